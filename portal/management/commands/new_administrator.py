from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.accounts.services.accounts import open_account
from portal.words.errors import DomainError


class Command(BaseCommand):
    help = "Opens an administrator's account and prints its one-time password: how a new portal gets its first person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")

    def handle(self, *, username: str, full_name: str, **options: Any) -> None:
        try:
            slip = open_account(username=username, full_name=full_name, is_administrator=True)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Tên đăng nhập: {slip.account.username}\nMật khẩu: {slip.password}")
