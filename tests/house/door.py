"""Reads past the door, found in the syntax tree: `Model.everything` is Django's own road, not a view's."""

import ast
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("portal", "branches", "members", "directives", "meetings")
# Who may, and why.
MAY_READ_PLAINLY = {
    "portal/help/services/writing.py": "locks the very row that the caller was given through the door",
    "portal/history/traces.py": "writes, and never reads",
    "portal/files/": "a file's own door decides row by row; orphans are looked for by the cleaner",
    "portal/history/journal.py": "writes rows that its caller was given, and puts them back",
    "branches/models/": "subqueries inside the words of guarded querysets",
    "branches/services/reorganisation/": "whoever reorganises was asked about every organisation that is named",
    "branches/services/tree.py": "today's copy is made for everybody",
    "branches/summary/recount.py": "counts for everybody",
    "members/summary.py": "counts for everybody",
    "members/receivers.py": "the members of a branch follow it, all of them",
    "members/models/": "subqueries inside the words of guarded querysets",
    "members/services/": "whoever writes was asked about the very member; locks and checks look at all rows",
    "members/imports/": "whoever imports was asked about the office; a person is looked for wherever they are",
    "directives/models/": "subqueries inside the words of guarded querysets",
    "meetings/models/": "subqueries inside the words of guarded querysets",
    "meetings/services/": "whoever writes was asked about the very meeting; a roll holds everybody of the day",
    "meetings/summary.py": "counts for everybody",
    "meetings/receivers.py": "what a branch has planned ends with it, all of it",
    "portal/notifications/models.py": "subqueries inside the words of guarded querysets",
    "portal/seeding/": "fills an empty database",
}


def plain_reads(checkout: Path = CHECKOUT) -> list[str]:
    found = []
    for package in PACKAGES:
        for path in sorted((checkout / package).rglob("*.py")):
            name = str(path.relative_to(checkout))
            if "/migrations/" in name or name.startswith(tuple(MAY_READ_PLAINLY)):
                continue
            found += [f"{name}:{line}" for line in _lines(path.read_text())]
    return found


def _lines(source: str) -> list[int]:
    """Uses of the attribute; a class that declares it only assigns the name."""
    plain = ("everything", "_base_manager", "_default_manager", "_meta.default_manager")
    tree = ast.walk(ast.parse(source))
    return [node.lineno for node in tree if isinstance(node, ast.Attribute) and node.attr in plain]
