"""What the roll adds to the page of an organisation."""

from typing import Any

from django.utils import timezone

from branches.models import Kind, Organisation
from members.queries.assignments import year_of
from members.queries.offices import office_holders
from members.queries.roll import roll_of, strength_of, waiting_corrections
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.panels import Panel, publish_panel


def _roll(actor: Actor, organisation: Organisation) -> dict[str, Any]:
    may_keep = actor.may(Permission.KEEP_ROLL, organisation.path)
    waiting = waiting_corrections(organisation, actor).count() if may_keep else 0
    return {"strength": strength_of(roll_of(organisation, actor)), "waiting": waiting, "may_keep": may_keep}


def _leaders(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    held = office_holders(organisation, actor, timezone.localdate())
    return {"held": held.now} if organisation.kind != Kind.CELL else None


def _tasks(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    if organisation.kind != Kind.BRANCH:
        return None
    today = timezone.localdate()
    return {"found": year_of(organisation, today.year, today, actor), "year": today.year}


def register() -> None:
    publish_panel(Panel("cap-uy", "Cấp ủy", Permission.READ_ROLL, "members/parts/leaders_panel.html", _leaders))
    publish_panel(Panel("dang-vien", "Đảng viên", Permission.READ_ROLL, "members/parts/panel.html", _roll))
    publish_panel(
        Panel("nhiem-vu", "Nhiệm vụ của đảng viên", Permission.READ_ROLL, "members/parts/tasks_panel.html", _tasks)
    )
