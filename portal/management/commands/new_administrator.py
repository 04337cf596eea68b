import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.accounts.services.accounts import open_account
from portal.words.errors import DomainError


class Command(BaseCommand):
    help = "Opens an administrator's account and prints its first password: how a new portal gets its first person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *, username: str, full_name: str, **options: Any) -> None:
        password = secrets.token_urlsafe(12)
        try:
            open_account(username=username, full_name=full_name, password=password, is_administrator=True)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Tên đăng nhập: {username}\nMật khẩu: {password}")
