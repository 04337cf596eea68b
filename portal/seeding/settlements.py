from collections.abc import Iterator
from datetime import date
from random import Random

from branches.models import Kind, Organisation, Settlement, SettlementKind
from portal.seeding.places import FIRST, SECOND
from portal.seeding.scales import Scale

KINDS = {f"Chi bộ {kind.label} ": kind for kind in (SettlementKind.VILLAGE, SettlementKind.NEIGHBOURHOOD)}
PAIRS = [f"{first} {second}" for first in FIRST for second in SECOND]


def seed_settlements(scale: Scale, random: Random, today: date) -> str:
    """The villages whose name a branch carries, and in each commune a few that have no branch."""
    if Settlement.objects.everywhere(reason="seeding").exists():
        return "đã có thôn, tổ dân phố"
    places = list(Organisation.objects.everywhere(reason="seeding").order_by("path"))
    branches: dict[int | None, list[Organisation]] = {}
    for place in places:
        if place.kind == Kind.BRANCH:
            branches.setdefault(place.parent_id, []).append(place)
    communes = [place for place in places if place.kind == Kind.COMMUNE]
    made = [one for commune in communes for one in _of(commune, branches.get(commune.pk, []), random, today)]
    Settlement.everything.bulk_create(made, batch_size=2_000)
    return f"{len(made)} thôn, tổ dân phố"


def _of(commune: Organisation, branches: list[Organisation], random: Random, today: date) -> Iterator[Settlement]:
    covered = [
        (kind, branch.name.removeprefix(beginning), branch)
        for branch in branches
        for beginning, kind in KINDS.items()
        if branch.name.startswith(beginning)
    ]
    taken = {name for _, name, _ in covered}
    free = [name for name in PAIRS if name not in taken]
    usual = covered[0][0] if covered else SettlementKind.VILLAGE
    bare = [(usual, name, None) for name in random.sample(free, random.randint(2, 4))]
    for kind, name, branch in [*covered, *bare]:
        yield Settlement(
            commune=commune, name=name, kind=kind, branch=branch, households=random.randint(35, 220),
            households_year=today.year - 1,
        )  # fmt: skip
