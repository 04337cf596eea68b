"""What this app adds to the page of an organisation."""

from typing import Any

from django.utils import timezone

from branches.models import Kind, Organisation
from directives.queries.targets import tally_of, targets_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.panels import Panel, publish_panel


def _targets(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    if organisation.kind == Kind.CELL:
        return None
    groups = targets_of(organisation, actor, timezone.localdate())
    return {"tally": tally_of(row for group in groups for row in group.rows)}


def register() -> None:
    publish_panel(Panel("chi-tieu", "Chỉ tiêu", Permission.READ_FIGURES, "directives/parts/panel.html", _targets))
