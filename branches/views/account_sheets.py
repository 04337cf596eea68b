"""Accounts for many: the sheet, what would come of it, and the slips. Three addresses, one after the other."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from branches.forms.account_sheets import AccountSheetForm, CheckedAccountsForm
from branches.models import Organisation
from branches.services.account_sheets import MOST_AT_ONCE, check_sheet, open_accounts_from
from branches.services.grants import roles_to_give
from branches.services.sheet_people import COLUMNS
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.files.sheets.blank import CONTENT_TYPE, blank_sheet
from portal.files.sheets.forms import EXPIRED, MendSheetForm
from portal.files.sheets.headings import rows_again
from portal.files.sheets.texts import as_pasted
from portal.ui.forms import refusals_in
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def check(request: ActorRequest, pk: int) -> HttpResponse:
    """POST opens nothing yet: it answers with what would be opened, line by line."""
    organisation = reached_organisation(request, pk, Permission.MANAGE_ACCOUNTS)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AccountSheetForm(*sent)
    if form.is_valid():
        with refusals_in(form):
            return _preview(request, organisation, form.cleaned_data)
    facts = {
        "form": form,
        "organisation": organisation,
        "columns": COLUMNS.values(),
        "roles": roles_to_give(organisation, request.actor),
    }
    return render(request, "branches/account_sheet.html", facts)


@never_cache
@require_POST
@requires(Permission.MANAGE_ACCOUNTS)
def apply(request: ActorRequest, pk: int) -> HttpResponse:
    """Answers with the slips themselves: their passwords are shown once, and stand nowhere."""
    organisation = reached_organisation(request, pk, Permission.MANAGE_ACCOUNTS)
    form = CheckedAccountsForm(request.POST, belongs_to=[organisation.pk, request.actor.account.pk])
    if not form.is_valid():
        messages.warning(request, EXPIRED)
        return redirect("check_account_sheet", organisation.pk)
    given = form.cleaned_data
    try:
        sheet, slips = open_accounts_from(
            given["lines"], seal=given["seal"], organisation=organisation, by=request.actor
        )
    except ChangedMeanwhile as moved:
        return _preview(request, organisation, given, moved=moved.sentence)
    except NotAllowed:
        raise
    except DomainError as refusal:
        messages.warning(request, refusal.sentence)
        return redirect("check_account_sheet", organisation.pk)
    facts = {
        "organisation": organisation,
        "sheet": sheet,
        "slips": slips,
        "rows": as_pasted(rows_again(given["lines"], COLUMNS)),
    }
    return render(request, "branches/slips.html", facts)


@require_safe
@requires(Permission.MANAGE_ACCOUNTS)
def blank(request: ActorRequest, pk: int) -> HttpResponse:
    """An empty sheet to fill in."""
    organisation = reached_organisation(request, pk, Permission.MANAGE_ACCOUNTS)
    roles = "; ".join(role.label for role in roles_to_give(organisation, request.actor))
    explained = (
        f"Mỗi người một dòng, bắt đầu từ dòng 3. Vai trò ở {organisation.name}: {roles}. "
        f"Cột Chi bộ và cột Mã: ghi một trong hai; để trống cả hai là {organisation.name}. "
        "Số điện thoại và thư điện tử không bắt buộc."
    )
    content = blank_sheet(explained, [column.title for column in COLUMNS.values()], [28, 18, 28, 26, 32, 14])
    answer = HttpResponse(content, content_type=CONTENT_TYPE)
    answer["Content-Disposition"] = 'attachment; filename="bang-cap-tai-khoan.xlsx"'
    return answer


def _preview(
    request: ActorRequest, organisation: Organisation, given: dict[str, Any], *, moved: str = ""
) -> HttpResponse:
    sheet = check_sheet(given["lines"], organisation=organisation, by=request.actor)
    belongs_to = [organisation.pk, request.actor.account.pk]
    sealed = CheckedAccountsForm.sealed(given["lines"], belongs_to=belongs_to, seal=sheet.seal)
    facts = {
        "organisation": organisation,
        "sheet": sheet,
        "sealed": sealed,
        "moved": moved,
        "at_once": MOST_AT_ONCE,
        "again": MendSheetForm(initial={"pasted": as_pasted(rows_again(given["lines"], COLUMNS))}),
    }
    return render(request, "branches/account_sheet_checked.html", facts)
