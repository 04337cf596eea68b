from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from portal.watch.health import PARTS, web_answers


class Command(BaseCommand):
    help = "Asks the named parts whether they serve; fails if one does not. What the containers' health checks call."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("parts", nargs="+", choices=["web", *PARTS])

    def handle(self, *, parts: list[str], **options: Any) -> None:
        questions = {**PARTS, "web": web_answers}
        for part in parts:
            if not questions[part]():
                raise CommandError(f"{part} does not serve.")
