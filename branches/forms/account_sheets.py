from branches.services.account_sheets import MOST_LINES
from branches.services.sheet_people import COLUMNS
from portal.files.sheets import forms


class AccountSheetForm(forms.SheetForm):
    """Read into lines, whose people the service then checks."""

    columns, most_lines, noun = COLUMNS, MOST_LINES, "người"


class CheckedAccountsForm(forms.CheckedSheetForm):
    """`seal`: how the accounts and branches looked when the sheet was checked."""

    columns, salt = COLUMNS, "account sheet"
