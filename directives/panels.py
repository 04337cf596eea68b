"""What this app adds to the page of an organisation: how its targets stand, reviews, inspections."""

from typing import Any

from django.db.models import Count, Q
from django.utils import timezone

from branches.models import Kind, Organisation
from directives.models import InspectionProgramme, ProgrammeState
from directives.queries.inspections import demands_at
from directives.queries.reviews import reviews_at
from directives.queries.targets import tally_of, targets_of
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.ui.panels import Panel, publish_panel

SHOWN = 4


def _reviews(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    rows = list(reviews_at(organisation, actor).newest_first()[:SHOWN])  # type: ignore[attr-defined]
    return {"rows": rows} if rows else None


def _inspections(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    today, standing = timezone.localdate(), Q(planned__dropped_on=None)
    rows = InspectionProgramme.objects.allowed(actor, Permission.SEE_TASKS)
    counts = rows.filter(organisation=organisation, year=today.year, state=ProgrammeState.AGREED).aggregate(
        count=Count("planned", filter=standing),
        begun=Count("planned", filter=standing & Q(planned__inspection__isnull=False)),
    )
    open_ones = demands_at(organisation, actor).aggregate(
        demands=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today))
    )
    return counts | open_ones | {"year": today.year}


def _targets(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    if organisation.kind == Kind.CELL:
        return None
    groups = targets_of(organisation, actor, timezone.localdate())
    return {"tally": tally_of(row for group in groups for row in group.rows)}


def register() -> None:
    publish_panel(Panel("chi-tieu", "Chỉ tiêu", Permission.READ_FIGURES, "directives/parts/panel.html", _targets))
    publish_panel(
        Panel("so-ket", "Sơ kết, tổng kết", Permission.SEE_TASKS, "directives/parts/reviews_panel.html", _reviews)
    )
    publish_panel(
        Panel(
            "kiem-tra",
            "Kiểm tra, giám sát",
            Permission.SEE_TASKS,
            "directives/parts/inspections_panel.html",
            _inspections,
        )
    )
