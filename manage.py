#!/usr/bin/env python
"""Django's commands. Without DATABASE_URL they borrow this checkout's own PostgreSQL and Valkey."""

import os
import sys
from contextlib import nullcontext

from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if os.environ.get("DATABASE_URL") or os.environ.get("PORTAL_PRODUCTION"):
        servers = nullcontext()
    else:
        from portal.machine.servers import servers_of_this_checkout

        servers = servers_of_this_checkout()
    with servers:
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
