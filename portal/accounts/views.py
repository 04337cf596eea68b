from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from portal.access.views import ActorRequest, signed_in
from portal.accounts.context import TEXT_SIZE_COOKIE
from portal.accounts.forms import SignInForm, TextSizeForm
from portal.accounts.services.preferences import choose_text_size

A_YEAR = 365 * 24 * 3600

sign_in = LoginView.as_view(
    template_name="accounts/sign_in.html", authentication_form=SignInForm, redirect_authenticated_user=True
)
sign_out = signed_in(LogoutView.as_view())


@require_safe
@signed_in
def more(request: ActorRequest) -> HttpResponse:
    """“Thêm”: the ways that do not fit the tab bar, and what belongs to the reader."""
    return render(request, "accounts/more.html")


@require_POST
@login_not_required
def text_size(request: HttpRequest) -> HttpResponse:
    form = TextSizeForm(request.POST)
    back = HttpResponseRedirect(_own_page(request, form.data.get("next", "")))
    if form.is_valid():
        size = form.cleaned_data["size"]
        back.set_cookie(TEXT_SIZE_COOKIE, str(size), max_age=A_YEAR, samesite="Lax", secure=request.is_secure())
        if request.user.is_authenticated:
            choose_text_size(request.user, size=size)
    return back


def _own_page(request: HttpRequest, address: str) -> str:
    """Back to where the reader was, and never to another site."""
    ours = url_has_allowed_host_and_scheme(
        address, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return address if ours and address.startswith("/") else resolve_url("home")
