"""What an organisation's papers look like: by the dated rules and by the tree, as of a day."""

from datetime import date

import pytest

from branches.models import Rule
from branches.papers import form_of, heading_of
from branches.rules.reading import Rulebook
from portal.papers.content import BY_HAND, Heading, dated
from portal.papers.form import Part
from tests.cast import Cast


def test_the_form_comes_from_the_rules_of_the_day(cast: Cast):
    today = form_of(cast.dong, date(2026, 3, 3), cast.actor("thinh"))
    assert (today.top, today.bottom, today.left, today.right, today.mirrored) == (20, 20, 30, 15, False)
    assert (today.sheet, today.numbered_from, today.number_at) == ("A4", 2, 10)
    assert [today.size(part) for part in (Part.PARTY, Part.UPPER, Part.TYPE, Part.BODY, Part.TO_LIST)] == [
        15,
        14,
        16,
        14,
        12,
    ]
    assert today.face(Part.ISSUER).upper
    assert today.face(Part.ISSUER).bold
    assert today.face(Part.PLACE).italic
    assert not today.face(Part.PLACE).bold
    assert today.face(Part.TO).underlined
    assert today.face(Part.STAMP).boxed
    assert form_of(cast.dong, date(2010, 1, 1), cast.actor("thinh")).left == 35


def test_a_province_sets_its_own(cast: Cast):
    own = {"top": 22, "bottom": 20, "left": 28, "right": 15}
    Rule(
        key="papers.margins",
        organisation=cast.province,
        since=date(2026, 1, 1),
        value=own,
        source="QĐ",
        certainty="own",
    ).save()
    actor = cast.actor("thinh")
    Rulebook.forget(actor)
    assert (form_of(cast.dong, date(2026, 3, 3), actor).top, form_of(cast.dong, date(2025, 3, 3), actor).top) == (
        22,
        20,
    )


def test_the_heading_of_a_branch(cast: Cast):
    heading = heading_of(cast.dong, date(2026, 2, 3), type="NQ")
    assert heading == Heading(
        "Chi bộ thôn Đông",
        "Đảng bộ xã Phú Lương",
        f"Số{BY_HAND}-NQ/CB",
        "Phú Lương",
        date(2026, 2, 3),
    )
    assert heading.place_and_day == "Phú Lương, ngày 03 tháng 02 năm 2026"
    assert heading_of(cast.dong, date(2026, 2, 3), type="NQ", symbol="05-NQ/CB").number == "Số 05-NQ/CB"
    assert heading_of(cast.dong, date(2026, 2, 3)).number == ""


def test_the_heading_of_committees(cast: Cast):
    commune = heading_of(cast.phu_luong, date(2026, 12, 10))
    assert (commune.upper, commune.issuer, commune.place) == (
        "Đảng bộ tỉnh Thanh Bình",
        "Đảng ủy xã Phú Lương",
        "Phú Lương",
    )
    province = heading_of(cast.province, date(2026, 12, 10))
    assert (province.upper, province.place) == ("", "Thanh Bình")


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_days_and_months_that_could_be_changed_by_hand_carry_a_nought(day: date, said: str):
    assert dated("Phú Lương", day) == f"Phú Lương, {said}"
    assert dated("", day) == f"N{said[1:]}"
