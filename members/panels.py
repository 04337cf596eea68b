"""What the roll adds to the page of an organisation."""

from typing import Any

from branches.models import Organisation
from members.queries.roll import roll_of, strength_of, waiting_corrections
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.panels import Panel, publish_panel


def _roll(actor: Actor, organisation: Organisation) -> dict[str, Any]:
    may_keep = actor.may(Permission.KEEP_ROLL, organisation.path)
    waiting = waiting_corrections(organisation, actor).count() if may_keep else 0
    return {"strength": strength_of(roll_of(organisation, actor)), "waiting": waiting, "may_keep": may_keep}


def register() -> None:
    publish_panel(Panel("dang-vien", "Đảng viên", Permission.READ_ROLL, "members/parts/panel.html", _roll))
