from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from branches.services.accounts import open_first_administrator
from portal.words.errors import DomainError


class Command(BaseCommand):
    help = "Opens an administrator's account and prints its one-time password: how a new portal gets its first person."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("full_name")
        parser.add_argument("--code", default="TU", help="of the organisation at the root, when there is none yet")
        parser.add_argument("--organisation", default="Tỉnh ủy", help="its name, when there is none yet")

    def handle(self, *, username: str, full_name: str, code: str, organisation: str, **options: Any) -> None:
        try:
            slip = open_first_administrator(username=username, full_name=full_name, code=code, name=organisation)
        except DomainError as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"Tên đăng nhập: {slip.account.username}\nMật khẩu: {slip.password}")
