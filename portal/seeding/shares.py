"""Admissions of the year, shared out: by the province to its communes, and on to branches in the commune of the demo."""

from datetime import date
from random import Random

from branches.models import Organisation
from directives.models import TargetShare, TargetTotal
from portal.seeding.demo import COMMUNE, PROVINCE
from portal.seeding.scales import Scale

NAME, UNIT = "Kết nạp đảng viên", "đảng viên"
EACH = 40  # for a commune
KEPT_BACK = 2  # not yet given by the commune


def seed_shares(scale: Scale, random: Random, today: date) -> str:
    """The commune of the demo has kept two back, so that a difference is seen."""
    if TargetTotal.everything.exists():
        return "đã có chỉ tiêu phân bổ"
    known = Organisation.everything.filter(dissolved_on=None)
    province, commune = (known.get(code=code) for code in (PROVINCE, COMMUNE))
    communes = list(known.filter(parent=province).order_by("pk"))
    total = _total(province, today.year, amount=EACH * len(communes))
    TargetShare.everything.bulk_create([TargetShare(total=total, receiver=one, amount=EACH) for one in communes])
    received = TargetShare.everything.get(total=total, receiver=commune)
    on = _total(commune, today.year, received=received)
    branches = list(known.filter(parent=commune).order_by("pk"))
    parts = _parts(EACH - KEPT_BACK, len(branches))
    shares = [TargetShare(total=on, receiver=one, amount=part) for one, part in zip(branches, parts, strict=True)]
    TargetShare.everything.bulk_create(shares)
    return f"{len(communes) + len(shares)} phần chỉ tiêu kết nạp"


def _total(giver: Organisation, year: int, **facts: object) -> TargetTotal:
    total = TargetTotal(giver=giver, name=NAME, unit=UNIT, first_year=year, last_year=year, **facts)
    total.save()
    return total


def _parts(whole: int, number: int) -> list[int]:
    """As equal as can be, the first ones larger."""
    return [whole // number + (place < whole % number) for place in range(number)]
