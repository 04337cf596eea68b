"""In and out: the password, the second factor, and the password again before locks are changed."""

from allauth.account.internal.flows.login import perform_password_login, record_authentication
from allauth.account.internal.flows.logout import logout
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from portal.access.actor import Actor
from portal.access.views import ActorRequest, signed_in
from portal.accounts.addresses import own_page
from portal.accounts.duty import last_day_without
from portal.accounts.forms import WRONG_PASSKEY, CodeForm, ConfirmForm, PasskeyStepForm, SignInForm
from portal.accounts.limits import Limit, at_most_from_one_address, too_many
from portal.accounts.models import Account
from portal.accounts.passkeys import answering_passkey, question
from portal.accounts.receivers import OWN_DEVICE
from portal.accounts.services.second_factor import (
    WRONG_CODE,
    Kind,
    factors_of,
    matching_factor,
    note_that_it_was_told,
    unused_recovery_codes,
)
from portal.ui.forms import PortalForm
from portal.words.quantities import day

FROM_ONE_ADDRESS = Limit("sign-in by address", most=200, minutes=10)  # a commune's hall before a meeting
UNDER_ONE_NAME = Limit("sign-in by name", most=30, minutes=15)  # from many addresses together
WRONG_CODES = Limit("wrong codes", most=5, minutes=15)
SHOWN = ["GET", "HEAD", "POST"]


@require_http_methods(SHOWN)
@sensitive_post_parameters("password")
@never_cache
@login_not_required
@at_most_from_one_address(FROM_ONE_ADDRESS)
def sign_in(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.user.is_authenticated:
        return redirect(own_page(request, wanted))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST":
        if UNDER_ONE_NAME.reached(form.counted_as):
            return too_many(request, UNDER_ONE_NAME)
        UNDER_ONE_NAME.count(form.counted_as)
        if form.is_valid():
            request.session[OWN_DEVICE] = form.cleaned_data["own_device"]
            login = Login(user=form.account, redirect_url=own_page(request, wanted))
            return _welcomed(request, perform_password_login(request, {}, login))
    return render(request, "accounts/sign_in.html", {"form": form, "next": wanted})


@require_http_methods(SHOWN)
@never_cache
@login_not_required
@at_most_from_one_address(FROM_ONE_ADDRESS)
def second_step(request: HttpRequest) -> HttpResponse:
    """The password was right; now a code or a passkey. allauth keeps who it is in the session, for a quarter of an hour."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or request.user.is_authenticated or not _still_welcome(stage.login):
        return redirect("sign_in")
    account = stage.login.user
    by_passkey = "credential" in request.POST
    form = (PasskeyStepForm if by_passkey else CodeForm)(request.POST or None)
    if request.method == "POST":
        if WRONG_CODES.reached(account.pk):
            return too_many(request, WRONG_CODES)
        WRONG_CODES.count(account.pk)
        if form.is_valid() and (factor := _shown_factor(request, account, form)):
            WRONG_CODES.forget(account.pk)
            post_authentication(request, factor)
            if factor.type == Kind.RECOVERY_CODES:
                left = len(unused_recovery_codes(account))
                messages.warning(request, f"Đồng chí vừa dùng một mã dự phòng. Còn {left} mã chưa dùng.")
            return _welcomed(request, stage.exit())
    facts = {
        "form": form,
        "code_form": CodeForm() if by_passkey else form,
        "question": question(request, account),
        "has_app": factors_of(account).filter(type=Kind.TOTP).exists(),
    }
    return render(request, "accounts/second_step.html", facts)


def _shown_factor(request: HttpRequest, account: Account, form: PortalForm) -> Authenticator | None:
    """What was shown, a code or a passkey, is one of the person's; if not, the form says so."""
    if isinstance(form, PasskeyStepForm):
        factor = answering_passkey(request, account, form.cleaned_data["credential"])
        if factor is None:
            form.add_error(None, WRONG_PASSKEY)
        return factor
    factor = matching_factor(account, code=form.cleaned_data["code"])
    if factor is None:
        form.add_error("code", WRONG_CODE)
    return factor


@require_POST
@signed_in
def sign_out(request: ActorRequest) -> HttpResponse:
    logout(request)
    return redirect("sign_in")


@require_http_methods(SHOWN)
@sensitive_post_parameters("password")
@never_cache
@signed_in
def confirm(request: ActorRequest) -> HttpResponse:
    """A wrong password here counts like one at the door."""
    form = ConfirmForm(request.POST or None)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        account = request.actor.account
        if authenticate(request, username=account.username, password=form.cleaned_data["password"]):
            record_authentication(request, account, method="password", reauthenticated=True)
            return redirect(own_page(request, wanted, "account"))
        form.add_error("password", "Mật khẩu chưa đúng.")
    return render(request, "accounts/confirm.html", {"form": form, "next": wanted})


def _still_welcome(login: Login) -> bool:
    """Between the password and the code an office may have closed the account, or reissued the slip."""
    if login.user is None or not login.user.is_active:
        return False
    changed_at = login.user.password_changed_at
    return changed_at is None or changed_at.timestamp() < login.initiated_at


def _welcomed(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Who comes in hears that an office took the second factor away, and while the grace period runs, until when."""
    if not request.user.is_authenticated:
        return answer
    if taken_at := request.user.second_factor_taken_at:
        messages.warning(
            request,
            f"Văn phòng đã gỡ xác thực hai lớp của đồng chí lúc {timezone.localtime(taken_at):%H:%M} "
            f"ngày {day(timezone.localdate(taken_at))}. Nếu đồng chí không yêu cầu, hãy gọi ngay văn phòng Đảng ủy xã, phường.",
        )
        note_that_it_was_told(request.user)
    if last_day := last_day_without(Actor.today(request.user)):
        messages.warning(
            request,
            f"Hãy bật xác thực hai lớp trong mục Tài khoản, chậm nhất ngày {day(last_day)}. Việc này mất vài phút.",
        )
    return answer
