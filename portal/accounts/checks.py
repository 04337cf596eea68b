"""A role that is spelt wrong in the environment would silently oblige nobody."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import Error, Tags, register

from portal.access.roles import Role


@register(Tags.security)
def second_factor_roles_exist(app_configs: Any = None, **options: Any) -> Iterable[Error]:
    known = [str(role) for role in Role]
    return [
        Error(
            f"SECOND_FACTOR_ROLES names {name!r}, which is no role.",
            hint=f"Known: {', '.join(known)}",
            id="portal.E020",
        )
        for name in settings.SECOND_FACTOR_ROLES
        if name not in known
    ]
