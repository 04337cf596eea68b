"""Reports: what is written, what was issued and never changes, and where it went."""

from portal.reports.models.arrival import Arrival, ArrivalState
from portal.reports.models.report import Report, ReportState
from portal.reports.models.words import Words

__all__ = ["Arrival", "ArrivalState", "Report", "ReportState", "Words"]
