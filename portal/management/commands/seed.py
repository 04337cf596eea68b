from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from portal.seeding.scales import SCALES
from portal.seeding.seed import seed


class Command(BaseCommand):
    help = "Fills the database with invented data, the same for the same scale and day."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("scale", choices=list(SCALES))

    def handle(self, *, scale: str, **options: Any) -> None:
        for line in seed(scale):
            self.stdout.write(line)
