from typing import Any

from django.core.management import BaseCommand

from branches.services.rules import load_rules


class Command(BaseCommand):
    help = "Makes the rules of the whole country equal to the files of this release; an office's own stay as they are."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        done = load_rules()
        if any(done.values()):
            said = {"added": "quy định mới", "mended": "sửa lại", "removed": "bỏ"}
            self.stdout.write("Quy định chung: " + ", ".join(f"{done[name]} {said[name]}" for name in said) + ".")
