"""Signs in by user name or phone, unless the door is closed after repeated failures."""

from typing import Any

from axes.backends import AxesBackend
from django.http import HttpRequest

from portal.accounts.models import Account
from portal.accounts.queries import account_named


class NameOrPhone(AxesBackend):
    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **more: Any
    ) -> Account | None:
        if request is not None:  # a command at the console has no address to be kept out from
            super().authenticate(
                request, username=username, password=password, **more
            )  # raises when the door is closed
        if not username or not password:
            return None
        account = account_named(username)
        if account is None:
            Account().set_password(password)  # takes as long as a real check: a stranger learns no names by the clock
            return None
        return account if account.check_password(password) and self.user_can_authenticate(account) else None
