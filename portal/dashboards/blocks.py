"""Parts of a dashboard, each as it leaves the page: a table, and a picture where there is one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from portal.dashboards.frame import Frame, Level


@dataclass(frozen=True)
class Table:
    """All of it, not the page that is shown. `numbers`: columns that are numbers, from the left, the first is 0."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Block:
    slug: str  # in addresses: chi-tieu
    title: str
    lead: str  # of what and of when
    table: Table
    chart: str = ""  # a whole <svg> that stands alone
    names_persons: bool = False  # then it leaves a trace that it was handed out


Made = Callable[[Frame], Block | None]  # None: not for this reader
_known: dict[tuple[Level, str], Made] = {}


def block(slug: str, *, of: Level) -> Callable[[Made], Made]:
    """Registers what a page of that level can hand out under this name."""

    def register(make: Made) -> Made:
        assert (of, slug) not in _known, f"two blocks {slug} of a {of}"
        _known[of, slug] = make
        return make

    return register


def block_named(frame: Frame, slug: str) -> Block | None:
    make = _known.get((frame.level, slug))
    return make(frame) if make else None


def slugs_of(level: Level) -> list[str]:
    return [slug for of, slug in _known if of is level]
