"""Passwords: those printed on paper, which are read without doubt, typed on a phone and used once; and those one chooses."""

import logging
import secrets
from datetime import timedelta

from axes.utils import reset
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from portal.access.actor import Actor
from portal.accounts.mail import send_to
from portal.accounts.models import Account
from portal.history.actions import action
from portal.words.errors import DomainError

log = logging.getLogger(__name__)
_LETTERS = "abcdefghjkmnpqrstuvwxyz"
_DIGITS = "23456789"
# Django's own sentences speak of fields; these say what to do.
_REFUSALS = {
    "password_too_short": "Mật khẩu ngắn quá: cần ít nhất 10 ký tự.",
    "password_too_common": "Mật khẩu này nhiều người dùng, dễ bị đoán. Hãy ghép ba, bốn từ không liên quan.",
    "password_too_similar": "Mật khẩu giống tên hoặc số điện thoại của đồng chí quá. Hãy chọn mật khẩu khác.",
}


def one_time_password() -> str:
    """Three groups of four, about 54 bits: “hkpm-7392-trwq”."""
    groups = [(_LETTERS, 4), (_DIGITS, 4), (_LETTERS, 4)]
    return "-".join("".join(secrets.choice(signs) for _ in range(length)) for signs, length in groups)


def has_expired(account: Account) -> bool:
    """A slip may be used until the end of its last day."""
    if not account.must_change_password or account.password_changed_at is None:
        return False
    issued_on = timezone.localdate(account.password_changed_at)
    return timezone.localdate() > issued_on + timedelta(days=settings.ONE_TIME_PASSWORD_DAYS)


def forget_failures(account: Account) -> None:
    """With a new password nobody waits for what went wrong with the old one."""
    reset(username=account.username)


@action("đổi mật khẩu")
def choose_password(account: Account, *, password: str, by: Actor) -> None:
    """The person's own. Sessions that carry the old one end of themselves."""
    try:
        validate_password(password, account)
    except ValidationError as refused:
        raise DomainError(
            _REFUSALS.get(str(refused.error_list[0].code), "Mật khẩu này dễ bị đoán. Hãy chọn mật khẩu khác."),
            field="password",
        ) from None
    if account.check_password(password):
        raise DomainError("Đây vẫn là mật khẩu đang dùng. Hãy chọn mật khẩu khác.", field="password")
    account.set_password(password)
    account.must_change_password = False
    account.password_changed_at = timezone.now()
    account.save()
    forget_failures(account)
    log.info("password changed", extra={"account": account.pk})
    transaction.on_commit(lambda: send_to(account, "Mật khẩu vừa được đổi", "accounts/mail/changed.txt"))
