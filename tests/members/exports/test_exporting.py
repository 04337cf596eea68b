"""The roll out as a sheet: it comes back unchanged, says nothing that is closed to the reader, and leaves a trace."""

import io
import tempfile
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members.exports.changes import changes_of, export_changes
from members.exports.roll import columns_for, export_roll, write_form
from members.imports.applying import apply_import
from members.imports.checking import check_import
from members.imports.receiving import receive_sheet
from members.models import Member, State
from members.services.memberships import move_member
from members.services.states import relieve, set_state
from portal.access.permissions import Permission
from portal.files.sheets.blank import write_sheet
from portal.files.sheets.reading import rows_of_file
from portal.history.models import AccessTrace
from portal.words.errors import NotAllowed
from tests.cast import Cast
from tests.members.imports.makers import HEADINGS, LAN, PAO, sheet, upload
from tests.members.imports.test_importing import counts, lan

MORE = ["Tôn giáo", "Nghề nghiệp", "Trình độ", "Lý luận chính trị", "Điện thoại", "Miễn hoãn"]
FULL = [
    [*LAN, "Công giáo", "=1+1", "Đại học", "Cao cấp", "0912345678", ""],
    [*PAO, "", "-x", "12/12", "sơ cấp", "912345679", "Miễn sinh hoạt"],
]


def exported(cast: Cast, name: str = "mai", rows=None, place=None) -> list[list[str]]:
    out = io.BytesIO()
    found = Member.objects.allowed(cast.actor(name), Permission.READ_ROLL).in_order() if rows is None else rows
    export_roll(found, out, place=(place or cast.phu_luong).path, by=cast.actor(name))
    return rows_of_file(upload(out.getvalue()), most_rows=1_000)


def filled(cast: Cast) -> None:
    brought = receive_sheet(upload(sheet([*HEADINGS, *MORE], *FULL)), organisation=cast.phu_luong, by=cast.actor("mai"))
    apply_import(check_import(brought, by=cast.actor("mai")), by=cast.actor("mai"))


def test_what_goes_out_comes_back_unchanged(cast: Cast):
    filled(cast)
    out = io.BytesIO()
    rows = Member.objects.allowed(cast.actor("mai"), Permission.READ_ROLL)
    export_roll(rows, out, place=cast.phu_luong.path, by=cast.actor("mai"))
    again = receive_sheet(upload(out.getvalue()), organisation=cast.phu_luong, by=cast.actor("mai"))
    assert counts(check_import(again, by=cast.actor("mai"))) == (0, 0, 2, 0)


def test_formulas_are_text(cast: Cast):
    filled(cast)
    cells = [cell for row in exported(cast) for cell in row]
    assert {"'=1+1", "'-x"} <= set(cells)
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]
    assert set(Member.everything.values_list("job", flat=True)) == {"=1+1", "-x"}


def test_religion_only_for_who_reads_what_is_closed(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    filled(cast)
    assert "Công giáo" in str(exported(cast))
    monkeypatch.setattr(
        "members.exports.roll.columns_for", lambda by, path: [n for n in columns_for(by, path) if n != "religion"]
    )
    assert "Công giáo" not in str(exported(cast))


@pytest.mark.parametrize(("name", "has"), [("mai", True), ("thinh", True), ("vinh", False), ("thom", False)])
def test_who_has_the_closed_column(cast: Cast, name: str, has: bool):
    assert ("religion" in columns_for(cast.actor(name), cast.dong.path)) is has


@pytest.mark.parametrize("name", ["thom", "hau", "hoa", "vinh", "son", "quyet", "kien", "khoi"])
def test_who_may_not_export(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        exported(cast, name, place=cast.dong)
    assert not AccessTrace.everything.exists()


def test_a_secretary_exports_the_own_branch_and_leaves_a_trace(cast: Cast):
    filled(cast)
    assert "Lý A Páo" not in str(exported(cast, "thinh", place=cast.dong))
    trace = AccessTrace.everything.get()
    assert (trace.deed, trace.place, trace.account) == ("exported", cast.dong.path, cast["thinh"])
    assert trace.subject == "Danh sách đảng viên: 1 dòng, có cột tôn giáo"


@pytest.mark.parametrize("name", ["mai", "thinh", "hoa"])
def test_nothing_foreign_is_in_a_sheet(cast: Cast, name: str):
    lan(cast, branch=cast.thuong, by="quyet", full_name="Chim Yến", job="Chimyến", card_number="1")
    filled(cast)
    place = {"mai": cast.phu_luong, "thinh": cast.dong, "hoa": cast.doai}[name]
    rows = exported(cast, name, place=place)
    assert len(rows) > 2
    assert "Chim" not in str(rows)


def test_the_form_has_the_columns_of_the_import(tmp_path: Path):
    out = io.BytesIO()
    write_form(out)
    headings = rows_of_file(upload(out.getvalue()), most_rows=10)[1]
    assert headings[:3] == ["Họ và tên", "Ngày sinh", "Giới tính"]
    assert "Tôn giáo" in headings


def test_ten_times_as_many_rows_take_no_more_memory():
    """Rows are written one after the other, however many: what a list of the whole province rests on."""

    def peak(count: int) -> int:
        rows = (["Nguyễn Thị Lan", str(number), "thôn Đông, xã Phú Lương"] for number in range(count))
        with tempfile.TemporaryFile() as out:
            tracemalloc.start()
            try:
                assert write_sheet(out, "", ["Họ và tên", "Số thẻ", "Nơi ở"], [9, 9, 9], rows) == count
                return tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()

    peak(10)  # what is taken once, at the first sheet
    assert peak(10_000) < peak(1_000) + 100_000


def test_members_are_fetched_in_portions(cast: Cast):
    filled(cast)
    with CaptureQueriesContext(connection) as queries:
        exported(cast)
    assert any("DECLARE" in query["sql"] for query in queries)


def test_as_many_statements_for_any_number(cast: Cast):
    asked = []
    for first, count in ((0, 2), (100, 60)):
        for n in range(count):
            lan(cast, full_name=f"Lê Văn {chr(65 + n % 26)}", card_number=str(first + n))
        with CaptureQueriesContext(connection) as queries:
            exported(cast)
        asked.append(len(queries))
    assert asked[0] == asked[1]


# ------------------------------------------------------------------ who came, who went
def test_comings_and_goings_agree_with_the_strength(cast: Cast):
    mai = cast.actor("mai")
    stays, dies, moves, promoted = (lan(cast, card_number=str(n), full_name=f"Lê Văn {n}x") for n in range(4))
    set_state(dies, state=State.DIED, on=date(2026, 3, 5), by=mai)
    move_member(moves, to=cast.doai, on=date(2026, 4, 1), by=mai)
    relieve(stays, state=State.EXEMPT, since=date(2026, 2, 1), ground="già yếu", by=mai)
    new = lan(
        cast,
        card_number="9",
        full_name="Mới Vào",
        state=State.PROBATIONARY,
        admitted_on=date(2020, 1, 1),
        official_on=None,
    )
    assert promoted
    found = changes_of(cast.dong, since=date(2026, 1, 1), until=date(2026, 6, 30), by=mai)
    assert (found.before, found.after) == (5, 3)
    assert [(turn.full_name, turn.why, turn.on) for turn in found.went] == [
        (dies.full_name, "Từ trần", date(2026, 3, 5)), (moves.full_name, "Chuyển đi", date(2026, 4, 1))]  # fmt: skip
    at_doai = changes_of(cast.doai, since=date(2026, 1, 1), until=date(2026, 6, 30), by=mai)
    assert [(turn.why, turn.came) for turn in at_doai.turns] == [("Chuyển đến", True)]
    whole = changes_of(cast.phu_luong, since=date(2026, 1, 1), until=date(2026, 6, 30), by=mai)
    assert [turn.why for turn in whole.turns] == ["Từ trần"]  # a move inside is neither
    long_ago = changes_of(cast.phu_luong, since=date(2019, 1, 1), until=date(2020, 12, 31), by=mai)
    assert {turn.full_name: turn.why for turn in long_ago.came}[new.full_name] == "Kết nạp"
    for one in (found, at_doai, whole, long_ago):
        assert one.before + len(one.came) - len(one.went) == one.after


def test_the_first_and_the_last_day_are_in(cast: Cast):
    mai = cast.actor("mai")
    dies = lan(cast)
    set_state(dies, state=State.DIED, on=date(2026, 3, 31), by=mai)
    for since, until, count in [
        ("03-31", "04-30", 1),
        ("03-01", "03-31", 1),
        ("03-01", "03-30", 0),
        ("04-01", "04-30", 0),
    ]:
        found = changes_of(
            cast.dong, since=date.fromisoformat(f"2026-{since}"), until=date.fromisoformat(f"2026-{until}"), by=mai
        )
        assert len(found.went) == count


def test_the_sheet_of_comings_and_goings(cast: Cast):
    lan(cast)
    out = io.BytesIO()
    assert export_changes(cast.dong, out, since=date(2020, 1, 1), until=date(2020, 3, 1), by=cast.actor("thinh")) == 1
    rows = rows_of_file(upload(out.getvalue()), most_rows=100)
    assert rows[2][:2] == ["Tăng", "Nguyễn Thị Lan"]
    assert [row[1] for row in rows[3:]] == ["Đảng viên trước kỳ: 0", "Tăng: 1", "Giảm: 0", "Đảng viên cuối kỳ: 1"]
    assert AccessTrace.everything.get().deed == "exported"
