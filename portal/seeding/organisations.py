from collections.abc import Iterator
from datetime import date
from random import Random

from branches.models import Kind, Organisation, Rank
from portal.seeding.places import PROVINCE, branch_names, commune_names
from portal.seeding.scales import Scale

BRANCHES_A_COMMUNE = 12  # in the demo; the large scales have as many as communes really have


def seed_organisations(scale: Scale, random: Random, today: date) -> str:
    """A province, its communes, their branches. Numbers and paths are laid out here, so that they can be written in bulk."""
    if Organisation.objects.everywhere(reason="seeding").exists():
        return "đã có cây tổ chức"
    made = Organisation.everything.bulk_create(_tree(scale, random), batch_size=2_000)
    _continue_numbers_after(len(made))
    return f"{len(made)} tổ chức"


def _tree(scale: Scale, random: Random) -> Iterator[Organisation]:
    numbers = iter(range(1, 1_000_000))
    province = _organisation(next(numbers), "TB", PROVINCE, Kind.PROVINCE, Rank.NONE, None)
    yield province
    for order, name in enumerate(commune_names(random, scale.communes), start=1):
        commune = _organisation(next(numbers), f"TB{order:03}", name, Kind.COMMUNE, Rank.ABOVE_BASE, province)
        yield commune
        count = scale.branches // scale.communes + (order <= scale.branches % scale.communes)
        for place, branch in enumerate(branch_names(random, name, count), start=1):
            yield _organisation(next(numbers), f"TB{order:03}-{place:02}", branch, Kind.BRANCH, Rank.BASE, commune)


def _organisation(
    number: int, code: str, name: str, kind: Kind, rank: Rank, parent: Organisation | None
) -> Organisation:
    path = f"{parent.path if parent else '/'}{number}/"
    return Organisation(pk=number, code=code, name=name, kind=kind, rank=rank, parent=parent, path=path)


def _continue_numbers_after(last: int) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('branches_organisation', 'id'), %s)", [last])
