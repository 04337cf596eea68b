from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command

from portal.ui.assets import build_assets


class Command(BaseCommand):
    help = "Builds fonts, style sheet and icons, and gathers the static files under hashed names."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        build_assets(settings.ASSETS)
        call_command("collectstatic", interactive=False, verbosity=0)
