"""Setting up the second factor, app or passkey; its recovery codes; removing it."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.views import ActorRequest, signed_in
from portal.accounts.confirming import freshly_confirmed
from portal.accounts.devices import device_in_words
from portal.accounts.duty import is_obliged, is_overdue, last_day_without
from portal.accounts.forms import WRONG_PASSKEY, CodeForm, PasskeyForm
from portal.accounts.limits import too_many
from portal.accounts.passkeys import new_credential, question_for_a_new_one
from portal.accounts.qr import qr_svg
from portal.accounts.services.second_factor import (
    Kind,
    add_passkey,
    factors_of,
    name_of,
    remove_factor,
    remove_second_factor,
    renew_recovery_codes,
    set_up_second_factor,
    unused_recovery_codes,
)
from portal.accounts.views.signing import WRONG_CODES
from portal.ui.forms import refusals_in
from portal.words.quantities import day


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@freshly_confirmed
def second_factor(request: ActorRequest) -> HttpResponse:
    """What there is; while there is nothing, how to set it up."""
    account = request.actor.account
    if not account.second_factor_since:
        return _app_page(request)
    factors = list(factors_of(account))
    facts = {
        "factors": [(factor, name_of(factor)) for factor in factors],
        "has_app": any(factor.type == Kind.TOTP for factor in factors),
        "obliged": is_obliged(request.actor),
        "left": len(unused_recovery_codes(account)),
    }
    return render(request, "accounts/second_factor.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@freshly_confirmed
def authenticator_app(request: ActorRequest) -> HttpResponse:
    """An app, beside the passkeys that are there already."""
    if factors_of(request.actor.account).filter(type=Kind.TOTP).exists():
        return redirect("second_factor")
    return _app_page(request)


def _app_page(request: ActorRequest) -> HttpResponse:
    """The secret waits in the session until a code has shown that the app has it; nothing is written before."""
    account = request.actor.account
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if WRONG_CODES.reached(account.pk):
            return too_many(request, WRONG_CODES)
        WRONG_CODES.count(account.pk)
        if form.is_valid() and _set_up(request, form):
            messages.success(request, "Đã bật ứng dụng xác thực. Hãy giữ tờ mã dự phòng này.")
            return redirect("recovery_codes")
    secret = get_totp_secret()
    facts = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr": qr_svg(get_adapter().build_totp_url(account, secret), label="Mã QR để quét bằng ứng dụng xác thực"),
        "last_day": last_day_without(request.actor),
        "has_one": bool(account.second_factor_since),
        "heading": "Thêm ứng dụng xác thực" if account.second_factor_since else "Bật xác thực hai lớp",
    }
    return render(request, "accounts/second_factor_setup.html", facts)


def _set_up(request: ActorRequest, form: CodeForm) -> bool:
    with refusals_in(form):
        set_up_second_factor(
            request.actor.account, secret=get_totp_secret(), code=form.cleaned_data["code"], by=request.actor
        )
        clear_totp_secret(request)
        WRONG_CODES.forget(request.actor.account.pk)
    return not form.errors


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@freshly_confirmed
def passkey(request: ActorRequest) -> HttpResponse:
    """The device is asked by the page's script; what it answers is checked against what it was asked."""
    account = request.actor.account
    form = PasskeyForm(request.POST or None)
    first = not account.second_factor_since
    if form.is_valid() and _added(request, form):
        messages.success(request, "Đã thêm khóa truy cập." + (" Hãy giữ tờ mã dự phòng này." if first else ""))
        return redirect("recovery_codes" if first else "second_factor")
    facts = {"form": form, "question": question_for_a_new_one(request, account)}
    return render(request, "accounts/passkey.html", facts)


def _added(request: ActorRequest, form: PasskeyForm) -> bool:
    credential = new_credential(request, form.cleaned_data["credential"])
    if credential is None:
        form.add_error(None, WRONG_PASSKEY)
        return False
    with refusals_in(form):
        name = form.cleaned_data["name"] or device_in_words(request.headers.get("User-Agent", ""))
        add_passkey(request.actor.account, name=name, credential=credential, by=request.actor)
    return not form.errors


@require_POST
@signed_in
@freshly_confirmed
def remove_one(request: ActorRequest, pk: int) -> HttpResponse:
    account = request.actor.account
    factor = get_object_or_404(factors_of(account), pk=pk)
    remove_factor(account, factor, by=request.actor)
    off = "" if account.second_factor_since else f" Xác thực hai lớp đã tắt.{_by_when_again(request)}"
    messages.success(request, f"Đã bỏ {name_of(factor)}.{off}")
    return redirect("second_factor" if account.second_factor_since else "account")


@require_POST
@signed_in
@freshly_confirmed
def remove(request: ActorRequest) -> HttpResponse:
    remove_second_factor(request.actor.account, by=request.actor)
    messages.success(request, f"Đã tắt xác thực hai lớp.{_by_when_again(request)}")
    return redirect("account")


def _by_when_again(request: ActorRequest) -> str:
    if is_overdue(request.actor):
        return " Hãy bật lại ngay để dùng tiếp các trang khác."
    last_day = last_day_without(request.actor)
    return f" Hãy bật lại chậm nhất ngày {day(last_day)}." if last_day else ""


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@freshly_confirmed
def recovery_codes(request: ActorRequest) -> HttpResponse:
    account = request.actor.account
    if not account.second_factor_since:
        return redirect("second_factor")
    if request.method == "POST":
        renew_recovery_codes(account, by=request.actor)
        messages.success(request, "Đã lập mã dự phòng mới. Tờ cũ không dùng được nữa.")
        return redirect("recovery_codes")
    return render(
        request, "accounts/recovery_codes.html", {"codes": unused_recovery_codes(account), "account": account}
    )


@require_safe
@never_cache
@signed_in
@freshly_confirmed
def recovery_codes_file(request: ActorRequest) -> HttpResponse:
    account = request.actor.account
    lines = [
        "Mã dự phòng, Cổng sinh hoạt chi bộ",
        f"Tên đăng nhập: {account.username}",
        "Mỗi mã dùng được một lần.",
        "",
    ]
    text = "\r\n".join([*lines, *unused_recovery_codes(account), ""])
    answer = HttpResponse(text.encode("utf-8-sig"), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="ma-du-phong.txt"'
    return answer
