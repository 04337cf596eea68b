"""The book of a branch, the grid of a committee, the sums of a province: what stands on them, at a constant cost."""

from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Organisation
from branches.summary.recount import recount_since
from meetings.models import Attendance, Mark, Meeting, SlotDecision
from tests.cast import Cast, place
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close


@pytest.fixture(autouse=True)
def november() -> None:
    with time_machine.travel("2026-11-20 09:00+07:00"):
        yield


def held(branch: Organisation, day: date, *, away: int = 0, **facts: object) -> Meeting:
    row = meeting_of(branch, day, **facts)
    lines = Attendance.everything.filter(meeting=row)
    lines.update(mark=Mark.PRESENT)
    for line in lines.order_by("pk")[:away]:
        line.mark = Mark.ABSENT
        line.save()
    close(row)
    return row


def counted(*branches: Organisation) -> None:
    recount_since(branches, date(2026, 1, 1))


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_book_says_how_the_year_stands(cast: Cast, sign_in: Callable[[str], Client]):
    people_of(cast.dong, 8)
    held(cast.dong, date(2026, 10, 5), away=2)
    held(cast.dong, date(2026, 11, 12))
    counted(cast.dong)
    page = text(sign_in("thinh"), f"/chi-bo/{cast.dong.pk}/hop/")
    assert "Tháng 10: đúng hạn ngày 05/10" in page
    assert "Tháng 11: họp muộn ngày 12/11" in page
    assert "Tháng 9: chưa họp" in page
    assert "Tháng 12: chưa đến" in page
    assert "Quý IV: chưa đến" in page
    assert "Sinh hoạt thường kỳ tháng 10" in page


def test_the_next_meeting_stands_first_and_an_open_log_before_it(cast: Cast, sign_in: Callable[[str], Client]):
    meeting_of(cast.dong, date(2026, 12, 3))
    address = f"/chi-bo/{cast.dong.pk}/hop/"
    assert "Kỳ họp tới" in text(sign_in("hau"), address)
    meeting_of(cast.dong, date(2026, 11, 19))
    assert "Sổ đang ghi" in text(sign_in("thinh"), address)


def test_who_needs_attention_comes_first(cast: Cast, sign_in: Callable[[str], Client]):
    for month in range(1, 12):
        held(cast.dong, date(2026, month, 3))
    for month in range(1, 11):
        held(cast.doai, date(2026, month, 3))
    counted(cast.dong, cast.doai)
    client = sign_in("mai")
    page = text(client, f"/to-chuc/{cast.phu_luong.pk}/luoi-hop/")
    assert page.index("Thôn Đoài</a>") < page.index("Thôn Đông</a>")
    assert "1/2 chi bộ đã họp, 1 chưa họp, đã quá hạn" in page
    assert "Thôn Đông</a>" not in text(client, f"/to-chuc/{cast.phu_luong.pk}/luoi-hop/?loc=chua-hop")


def test_a_province_sees_its_committees(cast: Cast, sign_in: Callable[[str], Client]):
    held(cast.dong, date(2026, 10, 5))
    counted(cast.dong, cast.doai)
    page = text(sign_in("kien"), f"/to-chuc/{cast.province.pk}/luoi-hop/")
    assert "Đảng ủy xã Phú Lương" in page
    assert f"/to-chuc/{cast.phu_luong.pk}/luoi-hop/?nam=2026&amp;loc=chua-hop" in page


@pytest.mark.parametrize("asked", ["?nam=abc", "?nam=99999999999999999999", "?loai=x&xep=y&loc=z", "?nam=²"])
def test_nonsense_in_the_address_shows_the_plain_page(cast: Cast, sign_in: Callable[[str], Client], asked: str):
    assert text(sign_in("mai"), f"/to-chuc/{cast.phu_luong.pk}/luoi-hop/{asked}")
    assert text(sign_in("mai"), f"/chi-bo/{cast.dong.pk}/hop/{asked}")


def test_the_cost_of_the_pages_does_not_grow(cast: Cast, sign_in: Callable[[str], Client]):
    office, secretary = sign_in("mai"), sign_in("thinh")
    people_of(cast.dong, 5)
    held(cast.dong, date(2026, 2, 3))
    counted(cast.dong)

    def queries() -> list[int]:
        found = []
        for client, address in (
            (office, f"/to-chuc/{cast.phu_luong.pk}/luoi-hop/"),
            (secretary, f"/chi-bo/{cast.dong.pk}/hop/"),
        ):
            client.get(address)
            with CaptureQueriesContext(connection) as seen:
                client.get(address)
            found.append(len(seen))
        return found

    few = queries()
    for number in range(6):
        branch = place(9_000_100 + number, f"PL-9{number}", f"Chi bộ thôn {number}", "branch", cast.phu_luong)
        held(branch, date(2026, 4, 3))
        counted(branch)
    for month in range(3, 11):
        held(cast.dong, date(2026, month, 3))
    counted(cast.dong)
    assert queries() == few


def test_the_office_moves_the_month_for_the_whole_commune(cast: Cast, sign_in: Callable[[str], Client]):
    address = f"/to-chuc/{cast.phu_luong.pk}/ky-hop/"
    said = {
        "organisation": cast.phu_luong.pk, "kind": "regular", "period": "2026-12-01", "change": "moved",
        "until_day": "20", "until_month": "12", "until_year": "2026", "because": "Bão số 9",
    }  # fmt: skip
    answer = sign_in("mai").post(address, said)
    assert answer.status_code == 302, answer.content.decode()
    row = SlotDecision.everything.get()
    assert (row.until, row.by.username) == (date(2026, 12, 20), "mai")
    sign_in("mai").post(f"/ky-hop/{row.pk}/bo/")
    assert not SlotDecision.everything.exists()


def test_a_refusal_stands_beside_its_field_and_nothing_typed_is_lost(cast: Cast, sign_in: Callable[[str], Client]):
    said = {
        "organisation": cast.phu_luong.pk,
        "kind": "regular",
        "period": "2026-12-01",
        "change": "moved",
        "because": "Bão số 9",
    }
    answer = sign_in("mai").post(f"/to-chuc/{cast.phu_luong.pk}/ky-hop/", said)
    page = answer.content.decode()
    assert "Ghi ngày cuối cùng được họp." in page
    assert "Bão số 9" in page
