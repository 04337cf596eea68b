"""Codes of an authenticator app, and the codes on paper for the day when the phone is lost."""

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.utils import timezone

from portal.accounts.models import Account
from portal.history.actions import action
from portal.words.errors import DomainError

WRONG_CODE = "Mã chưa đúng hoặc đã dùng rồi. Hãy đợi ứng dụng hiện mã mới rồi gõ lại."


def note_that_it_is_asked_for(account: Account) -> None:
    """The grace period begins today, and begins once."""
    today = timezone.localdate()
    Account.objects.filter(pk=account.pk, second_factor_asked_on=None).update(second_factor_asked_on=today)
    account.second_factor_asked_on = today


@action("bật xác thực hai lớp")
def set_up_second_factor(account: Account, *, secret: str, code: str) -> None:
    """The code shows that the app really has the secret."""
    if Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists():
        raise DomainError("Tài khoản này đã bật xác thực hai lớp.")
    if not validate_totp_code(secret, code):
        raise DomainError(WRONG_CODE, field="code")
    TOTP.activate(account, secret)
    RecoveryCodes.activate(account)
    _remember(account, has_one=True)


@action("tắt xác thực hai lớp")
def remove_second_factor(account: Account) -> None:
    Authenticator.objects.filter(user=account).delete()
    _remember(account, has_one=False)


def matching_factor(account: Account, *, code: str) -> Authenticator | None:
    """Which of the person's factors this code belongs to. A code is good once."""
    for factor in (
        Authenticator.objects.filter(user=account).exclude(type=Authenticator.Type.WEBAUTHN).order_by("-type")
    ):
        if factor.wrap().validate_code(code):
            return factor
    return None


def unused_recovery_codes(account: Account) -> list[str]:
    """In two halves, as they are easier to copy: “1234 5678”."""
    kept = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return [f"{code[:4]} {code[4:]}" for code in kept.wrap().get_unused_codes()] if kept else []


@action("lập lại mã dự phòng")
def renew_recovery_codes(account: Account) -> None:
    """The old sheet of paper is worth nothing from now on."""
    if not account.second_factor_since:
        raise DomainError("Hãy bật xác thực hai lớp trước.")
    Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
    RecoveryCodes.activate(account)


def _remember(account: Account, *, has_one: bool) -> None:
    account.second_factor_since = timezone.now() if has_one else None
    account.save(update_fields=["second_factor_since"])
