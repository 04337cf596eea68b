"""What is due with reports: approved where they are written, sent by those below, taken by those above, sent again where one was returned."""

from portal.reports.duties.approving import ApproveReport
from portal.reports.duties.replacing import ReplaceReport
from portal.reports.duties.sending import SendReport, sending_duties
from portal.reports.duties.taking import ReportTaken, TakeReports

DUTIES = [*sending_duties(), ApproveReport(), TakeReports(), ReplaceReport(), ReportTaken()]

__all__ = ["DUTIES", "ApproveReport", "ReplaceReport", "ReportTaken", "SendReport", "TakeReports"]
