"""python -m portal.machine run | system | clean: what the Makefile calls."""

import argparse
import sys

from portal.machine import system
from portal.machine.place import MachineError, forget
from portal.machine.run import run


def main() -> int:
    parser = argparse.ArgumentParser(prog="portal.machine")
    commands = parser.add_subparsers(dest="command", required=True)
    running = commands.add_parser("run")
    running.add_argument("--host", default="127.0.0.1")
    running.add_argument("--port", type=int, default=8000)
    commands.add_parser("system")
    commands.add_parser("clean")
    asked = parser.parse_args()
    try:
        if asked.command == "run":
            run(asked.host, asked.port)
        elif asked.command == "system":
            system.provide()
        else:
            forget()
    except KeyboardInterrupt:
        print("\nĐã dừng.")
    except MachineError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
