from collections.abc import Iterator
from datetime import date
from random import Random

from django.db import connection

from branches.models import Area, BranchType, Kind, Organisation, Rank
from branches.summary.recount import recount_since
from portal.seeding.places import PROVINCE, branch_names, commune_names, type_of
from portal.seeding.scales import Scale

BRANCHES_A_COMMUNE = 12  # in the demo; the large scales have as many as communes really have


def seed_organisations(scale: Scale, random: Random, today: date) -> str:
    """A province, its communes, their branches. Numbers and paths are laid out here, so that they can be written in bulk."""
    if Organisation.objects.everywhere(reason="seeding").exists():
        return "đã có cây tổ chức"
    joined = _months_before(today, scale.months)
    made = Organisation.everything.bulk_create(_tree(scale, random, joined), batch_size=2_000)
    _continue_numbers_after(len(made))
    return f"{len(made)} tổ chức"


def _tree(scale: Scale, random: Random, joined: date) -> Iterator[Organisation]:
    numbers = iter(range(1, 1_000_000))

    def laid_out(code: str, name: str, kind: Kind, rank: Rank, symbol: str, above: Organisation | None) -> Organisation:
        number = next(numbers)
        return Organisation(
            pk=number, code=code, name=name, kind=kind, rank=rank, symbol=symbol, parent=above, joined_on=joined,
            path=f"{above.path if above else '/'}{number}/",
            branch_type=type_of(name) if kind == Kind.BRANCH else BranchType.NONE,
        )  # fmt: skip

    province = laid_out("TB", PROVINCE, Kind.PROVINCE, Rank.NONE, "TU", None)
    yield province
    for order, name in enumerate(commune_names(random, scale.communes), start=1):
        commune = laid_out(f"TB{order:03}", name, Kind.COMMUNE, Rank.ABOVE_BASE, "ĐU", province)
        commune.area = random.choice([Area.DELTA, Area.MIDLAND, Area.MOUNTAIN])
        yield commune
        count = scale.branches // scale.communes + (order <= scale.branches % scale.communes)
        for place, branch in enumerate(branch_names(random, name, count), start=1):
            yield laid_out(f"TB{order:03}-{place:02}", branch, Kind.BRANCH, Rank.BASE, "CB", commune)


def seed_months(scale: Scale, random: Random, today: date) -> str:
    """The summary of all that was seeded. In this one transaction nobody has told the database yet how many rows there are."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    rows = Organisation.objects.everywhere(reason="seeding")
    return f"{recount_since(rows, None)} tháng"


def _months_before(today: date, months: int) -> date:
    year, month = divmod(today.year * 12 + today.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _continue_numbers_after(last: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval(pg_get_serial_sequence('branches_organisation', 'id'), %s)", [last])
