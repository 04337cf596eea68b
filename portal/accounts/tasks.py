import logging

from celery import shared_task
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse

from portal.accounts.mail import send_to
from portal.accounts.queries import account_named

log = logging.getLogger(__name__)


@shared_task(name="accounts.send_reset_link")
def send_reset_link(typed: str, site: str) -> None:
    """The name is looked up here and not in the page: it answers as fast for a name that does not exist."""
    account = account_named(typed)
    if account is None or not account.is_active or not account.email:
        return
    link = site + reverse("reset_password", args=[account.pk, default_token_generator.make_token(account)])
    send_to(account, "Đặt lại mật khẩu", "accounts/mail/reset_link.txt", link=link)
    log.info("reset link sent", extra={"account": account.pk})
