"""Mail to the person of an account, in plain text. Who has no address is told by the office."""

import logging
from typing import Any

from django.core.mail import send_mail
from django.template.loader import render_to_string

from portal.accounts.models import Account

log = logging.getLogger(__name__)


def send_to(account: Account, subject: str, template: str, **facts: Any) -> None:
    """A mail that does not go out must not undo what it tells of."""
    if not account.email:
        return
    text = render_to_string(template, {"account": account, **facts})
    try:
        send_mail(f"{subject} – Cổng sinh hoạt chi bộ", text, None, [account.email])
    except OSError:
        log.exception("mail not sent", extra={"account": account.pk})
