from directives.services.progress_sheets import COLUMNS, MOST_LINES
from portal.files.sheets.forms import CheckedSheetForm, SheetForm


class ProgressSheetForm(SheetForm):
    columns, most_lines, noun = COLUMNS, MOST_LINES, "việc"


class CheckedProgressForm(CheckedSheetForm):
    columns, salt = COLUMNS, "progress of an order"
