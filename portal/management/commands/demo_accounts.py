from typing import Any

from django.core.management import BaseCommand

from portal.accounts.models import Account
from portal.seeding.demo import DEMO_ACCOUNTS, DEMO_PASSWORD


class Command(BaseCommand):
    help = "Prints the demo's accounts, one a role, where the demo is loaded."
    requires_system_checks: list[str] = []

    def handle(self, **options: Any) -> None:
        here = set(Account.objects.values_list("username", flat=True))
        known = [account for account in DEMO_ACCOUNTS if account.username in here]
        if not known:
            return
        width = max(len(account.username) for account in known)
        lines = [f"  {account.username:<{width}}  {account.role.label}" for account in known]
        self.stdout.write("\n".join(["", f"Tài khoản dùng thử (mật khẩu: {DEMO_PASSWORD})", *lines, ""]))
