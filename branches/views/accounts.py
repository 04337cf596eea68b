from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from branches.forms.grants import OpenAccountForm
from branches.models import Grant
from branches.services.accounts import need_care_of, open_account_for, reissue_slip, remove_lost_second_factor
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.history.sentences import history_of
from portal.ui.forms import PortalForm, refusals_in

RECENT = 10  # changes of the account shown beside what the office is about to do


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def open_account(request: ActorRequest, pk: int) -> HttpResponse:
    """Answers with the slip itself: its password is shown once, and stands nowhere."""
    organisation = reached_organisation(request, pk, Permission.MANAGE_ACCOUNTS)
    form = OpenAccountForm(request.POST or None, organisation=organisation, actor=request.actor)
    if form.is_valid():
        with refusals_in(form):
            slip = open_account_for(organisation=organisation, **form.cleaned_data, by=request.actor)
            return render(request, "branches/slip.html", {"slip": slip, "organisation": organisation, "again": False})
    facts = {
        "form": form,
        "organisation": organisation,
        "heading": "Cấp tài khoản",
        "lead": "Cổng đặt tên đăng nhập và in phiếu có mật khẩu dùng một lần.",
        "action": "Cấp tài khoản",
    }
    return render(request, "branches/form_page.html", facts)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def reissue_password(request: ActorRequest, pk: int) -> HttpResponse:
    """For who forgot the password. GET says what will happen, POST does it and shows the new slip."""
    grant = _grant_in_care(request, pk)
    if request.method == "POST":
        slip = reissue_slip(grant.account, by=request.actor)
        facts = {"slip": slip, "organisation": grant.organisation, "again": True}
        return render(request, "branches/slip.html", facts)
    return render(request, "branches/reissue.html", {"grant": grant, "history": history_of(grant.account, most=RECENT)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.MANAGE_ACCOUNTS)
def remove_second_factor(request: ActorRequest, pk: int) -> HttpResponse:
    """For who lost the phone. GET says what will happen, POST does it."""
    grant = _grant_in_care(request, pk)
    form = PortalForm(request.POST or None)
    if form.is_valid():
        with refusals_in(form):
            remove_lost_second_factor(grant.account, by=request.actor)
            messages.success(request, f"Đã gỡ xác thực hai lớp của đ/c {grant.account.full_name}.")
            return redirect("organisation", grant.organisation_id)
    facts = {"form": form, "grant": grant, "history": history_of(grant.account, most=RECENT)}
    return render(request, "branches/remove_second_factor.html", facts)


def _grant_in_care(request: ActorRequest, pk: int) -> Grant:
    """Whose account the office cares for. A refusal is heard before the button, not after."""
    rows = Grant.objects.allowed(request.actor, Permission.MANAGE_ACCOUNTS).select_related("account", "organisation")
    grant = get_object_or_404(rows, pk=pk)
    need_care_of(grant.account, request.actor)
    return grant
