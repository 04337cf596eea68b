from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

from branches.services.rules import load_rules
from directives.services.library import load_documents
from meetings.services.criteria import load_criteria
from portal.help.services.library import load_library_if_empty
from portal.seeding.seed import nobody_lives_here, seed


class Command(BaseCommand):
    help = "Makes the database ready to start: migrations and what the portal brings along; the demo when asked."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--assets", action="store_true", help="the assets too; an image has them built in")
        parser.add_argument("--demo-if-empty", action="store_true")

    def handle(self, *, assets: bool, demo_if_empty: bool, **options: Any) -> None:
        if assets:
            call_command("assets")
        call_command("migrate", interactive=False, verbosity=options["verbosity"] - 1)
        load_library_if_empty()
        load_rules()
        load_documents()
        load_criteria()
        if demo_if_empty:
            if nobody_lives_here():
                seed("demo")
            call_command("demo_accounts", stdout=self.stdout)
