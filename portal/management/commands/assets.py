import hashlib
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import BaseCommand, call_command

from portal.ui.assets import build_assets, write_whole


class Command(BaseCommand):
    help = "Builds fonts, style sheet and icons, and gathers the static files under hashed names."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        build_assets(settings.ASSETS)
        gathered, stamp = _fingerprint(), settings.STATIC_ROOT / ".gathered"
        if stamp.exists() and stamp.read_text() == gathered:
            return
        call_command("collectstatic", interactive=False, verbosity=0)
        write_whole(stamp, gathered.encode())


def _fingerprint() -> str:
    """Names, sizes and times of all static files, packages' included: gathering and compressing them takes seconds."""
    found = hashlib.sha256()
    for finder in get_finders():
        for path, storage in sorted(finder.list([]), key=lambda item: item[0]):
            found.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return found.hexdigest()
