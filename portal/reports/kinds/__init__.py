"""The kinds of reports, each published by one small file here."""

from portal.reports.kinds import branch, committee
from portal.reports.kinds.kind import ReportKind, all_kinds, kind_named, kinds_of

__all__ = ["ReportKind", "all_kinds", "branch", "committee", "kind_named", "kinds_of"]
