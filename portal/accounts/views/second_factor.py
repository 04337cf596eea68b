"""Setting up the second factor, its recovery codes, and removing it."""

from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.internal.auth import clear_totp_secret, get_totp_secret
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.access.views import ActorRequest, signed_in
from portal.accounts.confirming import freshly_confirmed
from portal.accounts.duty import is_obliged, is_overdue, last_day_without
from portal.accounts.forms import CodeForm
from portal.accounts.limits import too_many
from portal.accounts.qr import qr_svg
from portal.accounts.services.second_factor import (
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
    """The secret waits in the session until a code has shown that the app has it; nothing is written before."""
    account = request.actor.account
    if account.second_factor_since:
        facts = {"account": account, "obliged": is_obliged(request.actor), "left": len(unused_recovery_codes(account))}
        return render(request, "accounts/second_factor.html", facts)
    form = CodeForm(request.POST or None)
    if request.method == "POST":
        if WRONG_CODES.reached(account.pk):
            return too_many(request, WRONG_CODES)
        WRONG_CODES.count(account.pk)
        if form.is_valid() and _set_up(request, form):
            messages.success(request, "Đã bật xác thực hai lớp. Hãy giữ tờ mã dự phòng này.")
            return redirect("recovery_codes")
    secret = get_totp_secret()
    facts = {
        "form": form,
        "secret": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "qr": qr_svg(get_adapter().build_totp_url(account, secret), label="Mã QR để quét bằng ứng dụng xác thực"),
        "last_day": last_day_without(request.actor),
    }
    return render(request, "accounts/second_factor_setup.html", facts)


def _set_up(request: ActorRequest, form: CodeForm) -> bool:
    with refusals_in(form):
        set_up_second_factor(request.actor.account, secret=get_totp_secret(), code=form.cleaned_data["code"])
        clear_totp_secret(request)
        WRONG_CODES.forget(request.actor.account.pk)
    return not form.errors


@require_POST
@signed_in
@freshly_confirmed
def remove(request: ActorRequest) -> HttpResponse:
    remove_second_factor(request.actor.account)
    if is_overdue(request.actor):
        until = " Hãy bật lại ngay để dùng tiếp các trang khác."
    else:
        last_day = last_day_without(request.actor)
        until = f" Hãy bật lại chậm nhất ngày {day(last_day)}." if last_day else ""
    messages.success(request, f"Đã tắt xác thực hai lớp.{until}")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
@freshly_confirmed
def recovery_codes(request: ActorRequest) -> HttpResponse:
    account = request.actor.account
    if not account.second_factor_since:
        return redirect("second_factor")
    if request.method == "POST":
        renew_recovery_codes(account)
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
