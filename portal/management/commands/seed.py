from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, call_command

from portal.seeding.scales import SCALES
from portal.seeding.seed import seed


class Command(BaseCommand):
    help = "Fills the database with invented data, the same for the same scale and day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scale", choices=list(SCALES))

    def handle(self, *, scale: str, **options: Any) -> None:
        call_command("prepare")  # on a fresh machine nobody has run the portal before
        for line in seed(scale):
            self.stdout.write(line)
