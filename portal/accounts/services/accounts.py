"""Accounts are opened by an office, never by oneself; the first password stands on a slip of paper."""

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.accounts.mail import send_to
from portal.accounts.models import Account
from portal.accounts.phones import normal_phone
from portal.accounts.services.passwords import forget_failures, one_time_password
from portal.accounts.services.sessions import end_sessions
from portal.history.actions import action
from portal.words.errors import ChangedMeanwhile, DomainError
from portal.words.text import nfc

log = logging.getLogger(__name__)
USERNAME = re.compile(r"(?=.*[a-z])[a-z0-9][a-z0-9._-]{1,59}")  # a letter at least: digits alone could be a phone


@dataclass(frozen=True)
class Slip:
    """What is printed and handed over. The password is nowhere else: in the database stands its hash."""

    account: Account
    password: str = field(repr=False)


@dataclass(frozen=True)
class NewAccount:
    username: str
    full_name: str
    phone: str = ""
    email: str = ""


@action("cấp tài khoản")
def open_account(*, username: str, full_name: str, phone: str = "", email: str = "") -> Slip:
    account = Account(
        username=_free_username(username),
        full_name=checked_full_name(full_name),
        phone=_free_phone(phone),
        email=checked_email(email),
    )
    slip = _with_one_time_password(account)
    log.info("account opened", extra={"account": account.pk})
    return slip


@action("cấp nhiều tài khoản")
def open_accounts(wanted: Sequence[NewAccount]) -> list[Slip]:
    """Many at once, in two statements: a name or a phone that somebody else has taken meanwhile undoes them all."""
    slips = [
        _slip_for(
            Account(
                username=checked_username(one.username),
                full_name=checked_full_name(one.full_name),
                phone=checked_phone(one.phone),
                email=checked_email(one.email),
            )
        )
        for one in wanted
    ]
    try:
        with transaction.atomic():
            Account.objects.bulk_create([slip.account for slip in slips])
    except IntegrityError as error:
        raise ChangedMeanwhile("Vừa có người lập tài khoản trùng tên đăng nhập hoặc số điện thoại.") from error
    log.info("accounts opened", extra={"accounts": len(slips)})
    return slips


@action("cấp lại phiếu mật khẩu")
def reissue(account: Account) -> Slip:
    """For who forgot the password: all sessions end, and the person is told, since it may be somebody else who asked."""
    slip = _with_one_time_password(account)
    end_sessions(account)
    forget_failures(account)
    log.info("slip reissued", extra={"account": account.pk})
    transaction.on_commit(
        lambda: send_to(account, "Mật khẩu của đồng chí vừa được cấp lại", "accounts/mail/reissued.txt")
    )
    return slip


def _with_one_time_password(account: Account) -> Slip:
    slip = _slip_for(account)
    account.save()
    return slip


def _slip_for(account: Account) -> Slip:
    """Hashing takes a tenth of a second, on purpose."""
    password = one_time_password()
    account.set_password(password)
    account.must_change_password = True
    account.password_changed_at = timezone.now()
    return Slip(account, password)


def checked_username(typed: str) -> str:
    username = typed.strip().lower()
    if not USERNAME.fullmatch(username):
        raise DomainError(
            "Tên đăng nhập gồm chữ không dấu, chữ số, dấu chấm và gạch nối, có ít nhất một chữ cái; từ 2 đến 60 ký tự.",
            field="username",
        )
    return username


def _free_username(typed: str) -> str:
    username = checked_username(typed)
    if Account.objects.filter(username=username).exists():
        raise DomainError(f"Đã có tài khoản tên “{username}”.", field="username")
    return username


def checked_full_name(typed: str) -> str:
    full_name = " ".join(nfc(typed).split())
    if not full_name or len(full_name) > 120:
        raise DomainError("Họ và tên phải có, và không quá 120 chữ.", field="full_name")
    return full_name


def checked_phone(typed: str) -> str | None:
    if not typed.strip():
        return None
    phone = normal_phone(typed)
    if phone is None:
        raise DomainError("Số điện thoại chưa đúng, ví dụ 0912 345 678.", field="phone")
    return phone


def _free_phone(typed: str) -> str | None:
    phone = checked_phone(typed)
    if phone and Account.objects.filter(phone=phone).exists():
        raise DomainError("Số điện thoại này đã gắn với một tài khoản khác.", field="phone")
    return phone


def checked_email(typed: str) -> str:
    email = typed.strip()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise DomainError("Thư điện tử chưa đúng, ví dụ hoa@vidu.vn.", field="email") from None
    return email
