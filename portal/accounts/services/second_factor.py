"""The second factor: codes of an authenticator app, passkeys, and the codes on paper for the day when the phone is lost."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from portal.access.actor import Actor
from portal.accounts.mail import send_to
from portal.accounts.models import Account
from portal.accounts.services.sessions import end_sessions
from portal.history.actions import action
from portal.words.errors import DomainError

WRONG_CODE = "Mã chưa đúng hoặc đã dùng rồi. Hãy đợi ứng dụng hiện mã mới rồi gõ lại."
MOST_PASSKEYS = 10
Kind = Authenticator.Type


@action("hỏi xác thực hai lớp")
def note_that_it_is_asked_for(account: Account) -> None:
    """The grace period begins today, and begins once."""
    today = timezone.localdate()
    Account.objects.filter(pk=account.pk, second_factor_asked_on=None).update(second_factor_asked_on=today)
    account.second_factor_asked_on = today


@action("bật ứng dụng xác thực")
def set_up_second_factor(account: Account, *, secret: str, code: str, by: Actor) -> None:
    """The code shows that the app really has the secret."""
    _one_at_a_time(account)
    if factors_of(account).filter(type=Kind.TOTP).exists():
        raise DomainError("Tài khoản này đã có ứng dụng xác thực.")
    if not validate_totp_code(secret, code):
        raise DomainError(WRONG_CODE, field="code")
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    _changed(account, told="vừa bật ứng dụng xác thực")


@action("thêm khóa truy cập")
def add_passkey(account: Account, *, name: str, credential: dict[str, Any], by: Actor) -> None:
    """The credential has been checked against what was asked: portal/accounts/passkeys.py."""
    _one_at_a_time(account)
    known = passkeys_of(account)
    if any(key.data["credential"]["id"] == credential["id"] for key in known):
        raise DomainError("Khóa truy cập này đã được thêm rồi.")
    if len(known) >= MOST_PASSKEYS:
        raise DomainError(
            f"Mỗi tài khoản có tối đa {MOST_PASSKEYS} khóa truy cập. Hãy bỏ một khóa không dùng nữa trước."
        )
    WebAuthn.add(account, name, credential)
    RecoveryCodes.activate(account)
    _changed(account, told=f"vừa thêm khóa truy cập “{name}”")


@action("bỏ một cách xác thực")
def remove_factor(account: Account, factor: Authenticator, *, by: Actor) -> None:
    """One of them. With the last one the sheet of recovery codes goes too: alone it is no second factor."""
    _one_at_a_time(account)
    name = name_of(factor)
    factor.delete()
    if not factors_of(account).exists():
        Authenticator.objects.filter(user=account).delete()
    _changed(account, told=f"vừa bỏ {name}")


@action("tắt xác thực hai lớp")
def remove_second_factor(account: Account, *, by: Actor) -> None:
    """All of it: the app, every passkey, the recovery codes."""
    _one_at_a_time(account)
    Authenticator.objects.filter(user=account).delete()
    _changed(account, told="vừa tắt xác thực hai lớp")


@action("gỡ xác thực hai lớp")
def take_away_second_factor(account: Account, *, by: Actor) -> None:
    """For who lost the phone: it may be in other hands, so all sessions end. The person is told by mail and at the next
    sign-in, since it may be somebody else who asked."""
    _one_at_a_time(account)
    if not factors_of(account).exists():
        raise DomainError("Tài khoản này không bật xác thực hai lớp, không có gì để gỡ.")
    Authenticator.objects.filter(user=account).delete()
    account.second_factor_taken_at = timezone.now()
    end_sessions(account)
    _changed(account)
    transaction.on_commit(
        lambda: send_to(account, "Xác thực hai lớp của đồng chí vừa được gỡ", "accounts/mail/second_factor_taken.txt")
    )


@action("báo đã gỡ xác thực hai lớp")
def note_that_it_was_told(account: Account) -> None:
    account.second_factor_taken_at = None
    account.save(update_fields=["second_factor_taken_at"])


@action("lập lại mã dự phòng")
def renew_recovery_codes(account: Account, *, by: Actor) -> None:
    """The old sheet of paper is worth nothing from now on."""
    _one_at_a_time(account)
    if not factors_of(account).exists():
        raise DomainError("Hãy bật xác thực hai lớp trước.")
    Authenticator.objects.filter(user=account, type=Kind.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)
    _changed(account, told="vừa lập lại mã dự phòng")


def factors_of(account: Account) -> QuerySet[Authenticator]:
    """What is a second factor by itself; recovery codes only stand in for one. In the order they were added."""
    return Authenticator.objects.filter(user=account).exclude(type=Kind.RECOVERY_CODES).order_by("pk")


def passkeys_of(account: Account) -> list[Authenticator]:
    return list(factors_of(account).filter(type=Kind.WEBAUTHN))


def credential_id_of(passkey: Authenticator) -> bytes:
    return passkey.wrap().authenticator_data.credential_data.credential_id


def name_of(factor: Authenticator) -> str:
    return "ứng dụng xác thực" if factor.type == Kind.TOTP else f"khóa truy cập “{factor.wrap().name}”"


def matching_factor(account: Account, *, code: str) -> Authenticator | None:
    """Which of the person's factors this code belongs to. A code is good once."""
    for factor in Authenticator.objects.filter(user=account).exclude(type=Kind.WEBAUTHN).order_by("-type"):
        if factor.wrap().validate_code(code):
            return factor
    return None


def unused_recovery_codes(account: Account) -> list[str]:
    """In two halves, as they are easier to copy: “1234 5678”."""
    kept = Authenticator.objects.filter(user=account, type=Kind.RECOVERY_CODES).first()
    return [f"{code[:4]} {code[4:]}" for code in kept.wrap().get_unused_codes()] if kept else []


def _one_at_a_time(account: Account) -> None:
    """Two who each remove the last but one would leave an account that says it has a factor and has none."""
    account.refresh_from_db(
        fields=["second_factor_since", "second_factor_taken_at"], from_queryset=Account.objects.select_for_update()
    )


def _changed(account: Account, *, told: str = "") -> None:
    """The account says since when there is one, so that the door need not ask; its history sees every change."""
    now = timezone.now()
    account.second_factor_since = (account.second_factor_since or now) if factors_of(account).exists() else None
    account.second_factor_changed_at = now
    account.save(update_fields=["second_factor_since", "second_factor_changed_at", "second_factor_taken_at"])
    if told:
        subject, template = "Xác thực hai lớp vừa thay đổi", "accounts/mail/second_factor_changed.txt"
        transaction.on_commit(lambda: send_to(account, subject, template, what=told))
