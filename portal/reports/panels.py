"""What this app adds to the page of an organisation: its latest reports."""

from typing import Any

from branches.models import Organisation
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.reports.kinds import kinds_of
from portal.reports.page import title_of
from portal.reports.queries.listing import reports_of
from portal.ui.panels import Panel, publish_panel

SHOWN = 4


def _reports(actor: Actor, organisation: Organisation) -> dict[str, Any] | None:
    rows = list(reports_of(organisation, actor)[:SHOWN])
    if not rows and not kinds_of(organisation):
        return None
    return {"rows": [(row, title_of(row)) for row in rows]}


def register() -> None:
    publish_panel(Panel("bao-cao", "Báo cáo", Permission.READ_FIGURES, "reports/parts/panel.html", _reports))
