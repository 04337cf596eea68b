"""Which templates exist and which are named anywhere: one that nobody names is dead."""

import re
import sys
from pathlib import Path

import django

CHECKOUT = Path(__file__).resolve().parent.parent.parent
DJANGOS_OWN = (
    Path(django.__file__).parent / "forms" / "templates" / "django"
)  # what we put in their place, Django names
PACKAGES = ("portal", "branches", "members", "directives", "meetings")
NAMED = re.compile(r"""["']([\w./-]+\.(?:html|txt|svg|js|xml))(?:#[\w-]+)?["']""")

ERROR_PAGES = re.compile(r"""\b_page\(request, ["'](\w+)["']""")
DRAWN = re.compile(r"""\bdrawn\(["'](\w+)["']""")  # block components name their template so


def existing(checkout: Path = CHECKOUT) -> set[str]:
    folder = checkout / "templates"
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def named(checkout: Path = CHECKOUT) -> set[str]:
    sources = [path for package in PACKAGES for path in (checkout / package).rglob("*.py")]
    sources += [path for path in (checkout / "templates").rglob("*") if path.is_file()]
    texts = [source.read_text() for source in sources]
    components = {f"components/{name}.html" for text in texts for name in DRAWN.findall(text)}
    errors = {f"errors/{name}.html" for text in texts for name in ERROR_PAGES.findall(text)}
    return {name for text in texts for name in NAMED.findall(text)} | components | errors


def unused(checkout: Path = CHECKOUT) -> list[str]:
    found = existing(checkout) - named(checkout)
    return sorted(name for name in found if not (DJANGOS_OWN / name.removeprefix("django/")).exists())


if __name__ == "__main__":
    for template in unused():
        print(f"templates/{template}: nobody names it")
    sys.exit(bool(unused()))
