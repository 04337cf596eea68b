"""Changing the password; choosing the first one; asking for a link when it is forgotten."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from portal.access.actor import Actor
from portal.access.views import ActorRequest, signed_in
from portal.accounts.forms import ChangePasswordForm, ForgottenPasswordForm, NewPasswordForm
from portal.accounts.limits import Limit, at_most_from_one_address, too_many
from portal.accounts.models import Account
from portal.accounts.queries import normal_name
from portal.accounts.services.passwords import choose_password
from portal.accounts.services.sessions import end_sessions, stay_signed_in
from portal.accounts.tasks import send_reset_link
from portal.ui.forms import refusals_in

LINKS_FROM_ONE_ADDRESS = Limit("reset links by address", most=30, minutes=60)
LINKS_FOR_ONE_NAME = Limit("reset links by name", most=3, minutes=60)
CHANGES = Limit("changes of password", most=10, minutes=15)
SHOWN = ["GET", "HEAD", "POST"]


@require_http_methods(SHOWN)
@sensitive_post_parameters()
@never_cache
@signed_in
def change_password(request: ActorRequest) -> HttpResponse:
    account = request.actor.account
    form = ChangePasswordForm(request.POST or None)
    if request.method == "POST":
        if CHANGES.reached(account.pk):
            return too_many(request, CHANGES)
        CHANGES.count(account.pk)
        if form.is_valid():
            if not authenticate(request, username=account.username, password=form.cleaned_data["current"]):
                form.add_error("current", "Mật khẩu đang dùng chưa đúng.")
            elif _chosen(request, form):
                messages.success(request, "Đã đổi mật khẩu. Các máy khác đã được đăng xuất.")
                return redirect("account")
    return render(request, "accounts/change_password.html", {"form": form})


@require_http_methods(SHOWN)
@sensitive_post_parameters()
@never_cache
@signed_in
def new_password(request: ActorRequest) -> HttpResponse:
    """The first sign-in from a slip leads here, and nowhere else until it is done."""
    if not request.actor.account.must_change_password:
        return redirect("change_password")
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _chosen(request, form):
        messages.success(request, "Đã đặt mật khẩu mới. Từ nay hãy dùng mật khẩu này; phiếu giấy có thể hủy.")
        return redirect("home")
    return render(request, "accounts/new_password.html", {"form": form})


@require_http_methods(SHOWN)
@never_cache
@login_not_required
@at_most_from_one_address(LINKS_FROM_ONE_ADDRESS)
def forgotten_password(request: HttpRequest) -> HttpResponse:
    """The same answer for every name: whether there is such an account is nobody's business."""
    form = ForgottenPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data["username"]
        if not LINKS_FOR_ONE_NAME.reached(normal_name(typed)):
            LINKS_FOR_ONE_NAME.count(normal_name(typed))
            send_reset_link.delay(typed, f"{request.scheme}://{request.get_host()}")
        return render(request, "accounts/reset_link_sent.html")
    return render(request, "accounts/forgotten_password.html", {"form": form})


@require_http_methods(SHOWN)
@sensitive_post_parameters()
@never_cache
@login_not_required
@at_most_from_one_address(LINKS_FROM_ONE_ADDRESS)
def reset_password(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Behind the link of the mail. It opens once: the token is made of the password that it replaces."""
    account = Account.objects.filter(pk=pk, is_active=True).first()
    if account is None or not default_token_generator.check_token(account, slug):
        return render(request, "accounts/reset_link_expired.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            choose_password(account, password=form.cleaned_data["password"], by=Actor(account))  # the link is theirs
            end_sessions(account)
            messages.success(request, "Đã đặt mật khẩu mới. Hãy đăng nhập bằng mật khẩu này.")
            return redirect("sign_in")
    return render(request, "accounts/reset_password.html", {"form": form})


def _chosen(request: ActorRequest, form: NewPasswordForm) -> bool:
    account = request.actor.account
    with refusals_in(form):
        choose_password(account, password=form.cleaned_data["password"], by=request.actor)
        stay_signed_in(request, account)
    return not form.errors
