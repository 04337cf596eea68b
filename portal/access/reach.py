"""Which places a capacity reaches, as a condition on a column of paths. Every guarded queryset narrows by this one."""

from functools import reduce
from operator import or_

from django.db.models import Q

from portal.access.actor import Actor
from portal.access.permissions import Permission


def paths_down_to(path: str) -> list[str]:
    """/1/4/12/ → /1/, /1/4/, /1/4/12/"""
    numbers = path.strip("/").split("/")
    return ["/" + "/".join(numbers[:depth]) + "/" for depth in range(1, len(numbers) + 1)]


def reached(actor: Actor, permission: Permission, *, column: str = "path") -> Q:
    """The place one acts in, and those below it where the role reaches down; or only those an enquiry has opened."""
    held = actor.capacity
    if held is None:
        return _nowhere()
    if held.opens(permission) and not held.gives(permission):
        return reduce(or_, (Q(**{f"{column}__startswith": path}) for path in held.opened), _nowhere())
    return Q(**{f"{column}__startswith": held.path}) if held.reaches_below else Q(**{column: held.path})


def _nowhere() -> Q:
    return Q(pk__in=[])
