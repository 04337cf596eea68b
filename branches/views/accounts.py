from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from branches.forms import OpenAccountForm
from branches.models import Grant
from branches.services.accounts import open_account_for, reissue_slip
from branches.views.reached import reached_organisation
from portal.access.permissions import Permission
from portal.access.views import ActorRequest, requires
from portal.ui.forms import refusals_in


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
    rows = Grant.objects.allowed(request.actor, Permission.MANAGE_ACCOUNTS).select_related("account", "organisation")
    grant = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        slip = reissue_slip(grant.account, by=request.actor)
        facts = {"slip": slip, "organisation": grant.organisation, "again": True}
        return render(request, "branches/slip.html", facts)
    return render(request, "branches/reissue.html", {"grant": grant})
