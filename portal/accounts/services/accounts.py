import re

from django.db import transaction

from portal.accounts.models import Account
from portal.words.errors import DomainError

USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")


@transaction.atomic
def open_account(*, username: str, full_name: str, password: str, is_administrator: bool = False) -> Account:
    """The first account of a portal; there is nobody yet in whose name it could be opened."""
    username = username.strip().lower()
    if not USERNAME.fullmatch(username):
        raise DomainError(
            "Tên đăng nhập chỉ gồm chữ không dấu, chữ số, dấu chấm và gạch nối; từ 2 đến 60 ký tự.", field="username"
        )
    if Account.objects.filter(username=username).exists():
        raise DomainError(f"Đã có tài khoản tên “{username}”.", field="username")
    account = Account(username=username, full_name=full_name, is_administrator=is_administrator)
    account.set_password(password)
    account.save()
    return account
