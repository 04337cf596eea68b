"""In which tổ đảng somebody is on a day; and the portrait in the record."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from branches.models import Kind, Organisation
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from members.models import CellSpell, Member
from members.services.memberships import assign_cell, move_member
from members.services.photos import set_photo
from portal.files.models import StoredFile
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast, place
from tests.files.makers import photo, upload

D = date(2026, 3, 10)
DAY = timedelta(days=1)


@pytest.fixture
def cells(cast: Cast) -> list[Organisation]:
    return [place(9_300_000 + n, f"PL-2-T{n}", f"Tổ đảng {n}", Kind.CELL, cast.dong) for n in (1, 2)]


def cell_of(member: Member, on: date) -> str:
    spell = CellSpell.everything.on(on).filter(membership__member=member).select_related("cell").first()
    return spell.cell.name if spell else ""


def test_from_a_day_in_one_cell_then_in_another_then_in_none(cast: Cast, po: Member, cells: list[Organisation]):
    by = cast.actor("thinh")
    assign_cell(po, cell=cells[0], on=D, by=by)
    assign_cell(po, cell=cells[1], on=D + 10 * DAY, by=by)
    assign_cell(po, cell=None, on=D + 20 * DAY, by=by)
    seen = [cell_of(po, D + n * DAY) for n in (-1, 0, 9, 10, 19, 20)]
    assert seen == ["", "Tổ đảng 1", "Tổ đảng 1", "Tổ đảng 2", "Tổ đảng 2", ""]


def test_put_right_on_the_same_day(cast: Cast, po: Member, cells: list[Organisation]):
    assign_cell(po, cell=cells[0], on=D, by=cast.actor("thinh"))
    assign_cell(po, cell=cells[1], on=D, by=cast.actor("thinh"))
    assert (cell_of(po, D), CellSpell.everything.count()) == ("Tổ đảng 2", 1)


def test_what_makes_no_sense_is_refused(cast: Cast, po: Member, cells: list[Organisation]):
    by = cast.actor("mai")
    with pytest.raises(DomainError, match="phải thuộc chi bộ này"):
        assign_cell(po, cell=cast.doai, on=D, by=by)
    with pytest.raises(DomainError, match="không sinh hoạt"):
        assign_cell(po, cell=cells[0], on=date(1990, 1, 1), by=by)
    assign_cell(po, cell=cells[0], on=D, by=by)
    with pytest.raises(DomainError, match="từ ngày 10/03/2026"):
        assign_cell(po, cell=cells[1], on=D - DAY, by=by)
    with pytest.raises(NotAllowed):
        assign_cell(po, cell=cells[1], on=D, by=cast.actor("hoa"))


def test_who_is_moved_by_a_reorganisation_comes_back_into_the_cell(cast: Cast, po: Member, cells: list[Organisation]):
    """A membership that begins after the day of the act is taken out whole, with what hangs on it."""
    move_member(po, to=cast.doai, on=D, by=cast.actor("mai"))
    there = place(9_300_009, "PL-3-T1", "Tổ đảng Đoài", Kind.CELL, cast.doai)
    assign_cell(po, cell=there, on=D, by=cast.actor("mai"))
    before = list(CellSpell.everything.order_by("pk").values_list())
    record = dissolve_organisation(cast.doai, heir=cast.dong, on=D, by=cast.actor("mai"))
    assert cell_of(po, D) == ""
    undo_reorganisation(record, by=cast.actor("mai"))
    assert list(CellSpell.everything.order_by("pk").values_list()) == before


def test_the_page_offers_the_cells_of_the_branch_alone(cast: Cast, po: Member, cells, sign_in: Callable[[str], Client]):
    browser, path = sign_in("thinh"), f"/dang-vien/{po.pk}/viec/to-dang/"
    assert "Tổ đảng 2" in browser.get(path).content.decode()
    typed = {"cell": cells[0].pk, "on_day": "10", "on_month": "3", "on_year": "2026"}
    browser.post(path, typed)
    assert "Vào Tổ đảng 1" in browser.get(f"/dang-vien/{po.pk}/").content.decode()


def test_a_portrait_is_put_changed_and_taken_away(cast: Cast, po: Member, sign_in: Callable[[str], Client]):
    browser, path = sign_in("thinh"), f"/dang-vien/{po.pk}/viec/anh/"
    assert "Chọn một ảnh." in browser.post(path, {"sent": "1"}).content.decode()
    browser.post(path, {"photo": upload("a.jpg", photo())})
    first = Member.everything.get(pk=po.pk).photo
    assert f"/tep/{first.pk}/" in browser.get(f"/dang-vien/{po.pk}/").content.decode()
    statuses = {name: sign_in(name).get(f"/tep/{first.pk}/").status_code for name in ("thinh", "mai", "hoa", "hau")}
    assert statuses == {"thinh": 200, "mai": 200, "hoa": 404, "hau": 404}
    set_photo(po, photo=upload("b.jpg", photo()), by=cast.actor("mai"))
    assert list(StoredFile.everything.all()) == [Member.everything.get(pk=po.pk).photo]
    sign_in("mai").post(path, {"remove": "on"})
    assert (Member.everything.get(pk=po.pk).photo, StoredFile.everything.count()) == (None, 0)


def test_what_is_no_picture_is_refused_in_words(po: Member, sign_in: Callable[[str], Client]):
    answer = sign_in("thinh").post(f"/dang-vien/{po.pk}/viec/anh/", {"photo": upload("a.jpg", b"MZ" + b"0" * 2000)})
    assert answer.status_code == 200
    assert "error" in answer.content.decode()
    assert not StoredFile.everything.exists()
