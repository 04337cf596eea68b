from typing import Any

from django.core.management import BaseCommand

from directives.services.library import load_documents


class Command(BaseCommand):
    help = "Loads the documents that the portal brings along; what an office has changed stays as it is."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        done = load_documents()
        if any(done.values()):
            self.stdout.write(f"Kho văn bản: {done['added']} mục mới, {done['mended']} mục sửa lại.")
