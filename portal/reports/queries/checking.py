"""What whoever holds a copy may know of an issued report: whose it is, its number and day, its mark; nothing of what it says."""

from dataclasses import dataclass
from datetime import date

from portal.reports.kinds import kind_named
from portal.reports.models import Report

WHY = "whoever holds a copy has its code, and may know whether the copy is true"


@dataclass(frozen=True)
class Issued:
    name: str
    issuer: str
    symbol: str
    on: date | None
    sha256: str
    size: int
    replaced_by: str  # the number of the one that holds now
    replaced_on: date | None

    @property
    def groups(self) -> list[str]:
        """Eight at a time: to be compared by eye."""
        return [self.sha256[place : place + 8] for place in range(0, len(self.sha256), 8)]


def issued_with(code: str) -> Issued | None:
    rows = Report.objects.everywhere(reason=WHY).issued().select_related(
        "organisation", "number", "pdf", "replaced_by__number"
    )  # fmt: skip
    report = rows.defer("facts", "replaced_by__facts").filter(code=code).first()
    if report is None or report.number is None or report.pdf is None:
        return None
    kind, newer = kind_named(report.kind), getattr(report, "replaced_by", None)
    newer = newer if newer and newer.is_issued else None
    return Issued(
        name=kind.name if kind else "Báo cáo", issuer=report.organisation.name, symbol=report.number.symbol,
        on=report.issued_on, sha256=report.pdf.sha256, size=report.pdf.size,
        replaced_by=newer.number.symbol if newer and newer.number else "", replaced_on=newer.issued_on if newer else None,
    )  # fmt: skip
