"""Whose account it is."""

from portal.accounts.models import Account
from portal.accounts.phones import normal_phone
from portal.words.text import nfc


def account_named(typed: str) -> Account | None:
    """By user name or by phone, as it was typed: one query, whether there is such an account or not."""
    phone = normal_phone(typed)
    found = Account.objects.filter(phone=phone) if phone else Account.objects.filter(username=normal_name(typed))
    return found.first()


def normal_name(typed: str) -> str:
    """What failures are counted under: other capitals, spaces or ways to write a phone give no further tries."""
    return normal_phone(typed) or nfc(typed).strip().lower()
