"""From a sheet to the roll and back: what was shown is what is written, wholly, and is taken back to the row."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models.summary import Month
from members.imports.applying import apply_import
from members.imports.checking import check_import
from members.imports.receiving import receive_sheet
from members.imports.undoing import undo_import
from members.models import ClosedRecord, Import, ImportRow, Member, Membership, State, StateSpell
from members.services.records import change_member, enter_member
from members.tasks import recount_after_a_sheet
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.members.imports.makers import HEADINGS, LAN, PAO, sheet, upload


def brought(cast: Cast, *rows, headings=HEADINGS, by: str = "mai", where: str = "phu_luong") -> Import:
    place = getattr(cast, where)
    return receive_sheet(upload(sheet(headings, *rows)), organisation=place, by=cast.actor(by))


def checked(cast: Cast, *rows, **options) -> Import:
    return check_import(brought(cast, *rows, **options), by=cast.actor(options.get("by", "mai")))


def applied(cast: Cast, *rows, **options) -> Import:
    return apply_import(checked(cast, *rows, **options), by=cast.actor("mai"))


def counts(found: Import) -> tuple[int, int, int, int]:
    return found.new, found.changed, found.unchanged, found.wrong


def reasons(found: Import) -> list[str]:
    lines = ImportRow.everything.filter(of=found, verdict="wrong").order_by("number")
    return [" ".join(sentence for _, sentence in line.reasons) for line in lines]


def whole_roll() -> list[list]:
    """Every column of every row that an import writes, but the counter of versions."""
    return [
        list(Member.everything.order_by("pk").values(*[f.attname for f in Member._meta.concrete_fields if f.name != "version"])),
        list(Membership.everything.order_by("pk").values()),
        list(StateSpell.everything.order_by("pk").values()),
        list(ClosedRecord.everything.order_by("pk").values()),
    ]  # fmt: skip


def lan(cast: Cast, **more) -> Member:
    facts = {
        "full_name": "Nguyễn Thị Lan", "born_on": date(1980, 12, 5), "sex": "female", "card_number": "123456",
        "admitted_on": date(2005, 2, 3), "official_on": date(2006, 2, 3),
    }  # fmt: skip
    where = more.pop("branch", cast.dong)
    by = more.pop("by", "mai")
    state = more.pop("state", State.FULL)
    return enter_member(branch=where, since=date(2020, 1, 1), state=state, facts=facts | more, by=cast.actor(by))


# ------------------------------------------------------------------ new
def test_new_members_stand_in_their_branches_in_their_states(cast: Cast):
    found = applied(cast, LAN, PAO)
    assert counts(found) == (2, 0, 0, 0)
    member = Member.everything.get(card_number="123456")
    assert (member.full_name, member.born_on, member.sex) == ("Nguyễn Thị Lan", date(1980, 12, 5), "female")
    assert (member.branch, member.state, member.official_on) == (cast.dong, State.FULL, date(2006, 2, 3))
    assert (member.sort_key, member.search_key) == (
        Member(full_name="Nguyễn Thị Lan")._meta.get_field("sort_key").pre_save(member, True), "nguyen thi lan")  # fmt: skip
    assert list(member.memberships.values_list("organisation", "kind", "since", "until")) == [
        (cast.dong.pk, "main", None, None)
    ]
    assert list(member.spells.values_list("state", "since", "until")) == [("full", date(2006, 2, 3), None)]
    pao = Member.everything.get(full_name="Lý A Páo")
    assert (pao.born, pao.born_known_to, pao.branch, pao.card_number) == ("1960", "year", cast.doai, None)


def test_nothing_is_written_before_it_is_confirmed(cast: Cast):
    checked(cast, LAN, PAO)
    assert whole_roll() == [[], [], [], []]


def test_probation_exemption_religion_and_the_day_of_coming(cast: Cast):
    headings = [*HEADINGS[:6], "Miễn, hoãn", "Tôn giáo", "Ngày về chi bộ"]
    applied(
        cast,
        [*LAN[:5], "03/02/2026", "", "Công giáo", "01/03/2026"],
        [*PAO[:6], "Miễn sinh hoạt", "", ""],
        headings=headings,
    )
    member = Member.everything.get(card_number="123456")
    assert member.state == State.PROBATIONARY
    assert member.spells.get().since == date(2026, 2, 3)
    assert member.memberships.get().since == date(2026, 3, 1)
    assert member.closed.religion == "Công giáo"
    pao = Member.everything.get(full_name="Lý A Páo")
    assert (pao.relief, not ClosedRecord.everything.filter(member=pao).exists()) == (State.EXEMPT, True)


# ------------------------------------------------------------------ known
def test_the_same_sheet_again_changes_nothing(cast: Cast):
    applied(cast, LAN, PAO)
    again = checked(cast, LAN, PAO)
    assert counts(again) == (0, 0, 2, 0)
    with pytest.raises(DomainError, match="không có gì để nhập"):
        apply_import(again, by=cast.actor("mai"))


def test_a_change_is_shown_with_what_stood_there_and_written(cast: Cast):
    member = lan(cast, job="Giáo viên")
    found = checked(cast, [*LAN[:5], "", "", "Bác sĩ", "Tày"], headings=[*HEADINGS, "Nghề nghiệp", "Dân tộc"])
    line = ImportRow.everything.get(of=found)
    assert (line.verdict, line.facts, line.before) == (
        "changed", {"job": "Bác sĩ", "ethnicity": "Tày"}, {"job": "Giáo viên", "ethnicity": ""})  # fmt: skip
    apply_import(found, by=cast.actor("mai"))
    member.refresh_from_db()
    assert (member.job, member.ethnicity, member.admitted_on, member.version) == ("Bác sĩ", "Tày", date(2005, 2, 3), 2)


def test_the_history_says_who_did_it(cast: Cast):
    member = lan(cast)
    applied(cast, [*LAN, "Bác sĩ"], headings=[*HEADINGS, "Nghề nghiệp"])
    event = member.events.get()
    assert event.pgh_context["action"] == "nhập đảng viên từ bảng"
    assert event.pgh_context["account"] == cast["mai"].pk


def test_name_and_birthday_find_who_has_no_card_yet(cast: Cast):
    member = lan(cast, card_number=None)
    applied(cast, ["NGUYỄN THỊ LAN", *LAN[1:]])
    member.refresh_from_db()
    assert (member.card_number, member.full_name, Member.everything.count()) == ("123456", "Nguyễn Thị Lan", 1)


def test_another_card_is_another_person(cast: Cast):
    lan(cast, card_number="999")
    assert counts(checked(cast, LAN)) == (1, 0, 0, 0)


def test_becoming_official_and_moving_are_dated(cast: Cast):
    member = lan(cast, state=State.PROBATIONARY, official_on=None, admitted_on=date(2025, 2, 3))
    headings = [*HEADINGS, "Tình trạng", "Ngày về chi bộ"]
    row = [*LAN[:4], "thôn Đoài", "03/02/2025", "03/02/2026", "Chính thức", "01/06/2026"]
    before = whole_roll()
    found = applied(cast, row, headings=headings)
    member.refresh_from_db()
    assert (member.state, member.branch, member.official_on) == (State.FULL, cast.doai, date(2026, 2, 3))
    assert list(member.spells.order_by("pk").values_list("state", "since", "until")) == [
        ("probationary", date(2020, 1, 1), date(2026, 2, 2)), ("full", date(2026, 2, 3), None)]  # fmt: skip
    assert list(member.memberships.order_by("pk").values_list("organisation", "since", "until")) == [
        (cast.dong.pk, date(2020, 1, 1), date(2026, 5, 31)), (cast.doai.pk, date(2026, 6, 1), None)]  # fmt: skip
    undo_import(found, by=cast.actor("mai"))
    assert whole_roll() == before


# ------------------------------------------------------------------ wrong
def test_somebody_of_another_office_is_not_taken(cast: Cast):
    lan(cast, branch=cast.thuong, by="quyet")
    found = checked(cast, LAN)
    assert counts(found) == (0, 0, 0, 1)
    assert reasons(found) == ["Đồng chí này đang ở đơn vị khác; đề nghị chuyển sinh hoạt."]


def test_of_a_namesake_far_away_only_the_year_is_known(cast: Cast):
    lan(cast, branch=cast.thuong, by="quyet", card_number=None, born_on=date(1980, 1, 1), born_known_to="year")
    assert counts(checked(cast, ["Nguyễn Thị Lan", "1980", "Nữ", "", *LAN[4:]])) == (1, 0, 0, 0)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({0: ""}, "Thiếu họ và tên."),
        ({0: "Lan"}, "chưa đủ là họ và tên"),
        ({1: "31/02/1960"}, "Không có ngày “31/02/1960” trong lịch."),
        ({1: "hôm qua"}, "không phải ngày"),
        ({1: "", 3: ""}, "Thiếu cả ngày sinh và số thẻ"),
        ({2: "khác"}, "Giới tính “khác” chưa hiểu. Ghi một trong: Nam; Nữ."),
        ({4: ""}, "Thiếu chi bộ"),
        ({4: "thôn Thượng"}, "Không có chi bộ “thôn Thượng” trong phạm vi"),
        ({5: "01/01/1970"}, "Ngày kết nạp phải sau ngày sinh."),
        ({6: "01/01/2004"}, "Ngày chính thức phải sau ngày kết nạp."),
        ({6: "01/01/2999"}, "chưa tới"),
        ({5: "2005"}, "chưa đủ ngày, tháng, năm"),
    ],
)
def test_a_wrong_cell_says_why(cast: Cast, change: dict[int, str], said: str):
    found = checked(cast, [change.get(place, text) for place, text in enumerate(LAN)], PAO)
    assert counts(found) == (1, 0, 0, 1)
    assert said in reasons(found)[0]


def test_two_lines_of_one_person(cast: Cast):
    found = checked(cast, LAN, [*LAN[:3], "123456", *LAN[4:]], PAO, PAO)
    assert counts(found) == (2, 0, 0, 2)
    assert reasons(found) == [
        "Số thẻ trùng với dòng 2.",
        "Trùng tên, ngày sinh với dòng 4. Nếu là hai người, hãy ghi số thẻ của cả hai.",
    ]


def test_a_card_of_quite_another_person(cast: Cast):
    lan(cast, full_name="Trần Văn Bình", born_on=date(1970, 1, 1))
    assert "Số thẻ này của đồng chí Trần Văn Bình" in reasons(checked(cast, LAN))[0]


def test_a_move_without_its_day(cast: Cast):
    lan(cast, branch=cast.doai)
    assert "Muốn chuyển, ghi cột Ngày về chi bộ" in reasons(checked(cast, LAN))[0]


def test_wrong_lines_do_not_keep_right_ones_out(cast: Cast):
    assert counts(applied(cast, LAN, ["Sai", "x", *PAO[2:]])) == (1, 0, 0, 1)
    assert Member.everything.count() == 1


# ------------------------------------------------------------------ exactly what was shown
def test_what_moved_meanwhile_has_it_checked_again(cast: Cast):
    member = lan(cast)
    found = checked(cast, [*LAN, "Bác sĩ"], PAO, headings=[*HEADINGS, "Nghề nghiệp"])
    change_member(member, version=1, facts={"phone": "0912345678"}, by=cast.actor("mai"))
    before = whole_roll()
    with pytest.raises(ChangedMeanwhile, match="chưa ghi gì"):
        apply_import(found, by=cast.actor("mai"))
    assert whole_roll() == before
    apply_import(check_import(found, by=cast.actor("mai")), by=cast.actor("mai"))
    assert Member.everything.count() == 2


@pytest.mark.parametrize("facts", [{}, {"card_number": None}, {"full_name": "Ai Khác"}])
def test_somebody_who_came_meanwhile_by_another_road(cast: Cast, facts: dict):
    found = checked(cast, LAN)
    lan(cast, **facts)
    with pytest.raises(ChangedMeanwhile):
        apply_import(found, by=cast.actor("mai"))


def test_sent_twice_it_is_written_once(cast: Cast):
    found = applied(cast, LAN)
    with pytest.raises(DomainError, match="đã nhập rồi"):
        apply_import(found, by=cast.actor("mai"))


# ------------------------------------------------------------------ taken back
def test_taken_back_to_the_row(cast: Cast):
    lan(cast, job="Giáo viên")
    before = whole_roll()
    found = applied(
        cast,
        ["Nguyễn Thu Lan", *LAN[1:], "Bác sĩ", "Công giáo"],
        [*PAO, "", "Phật giáo"],
        headings=[*HEADINGS, "Nghề nghiệp", "Tôn giáo"],
    )
    assert whole_roll() != before
    undone = undo_import(found, by=cast.actor("mai"))
    assert (whole_roll(), undone.state) == (before, Import.State.UNDONE)
    with pytest.raises(DomainError, match="đã được hoàn tác"):
        undo_import(found, by=cast.actor("mai"))


def test_not_after_somebody_built_on_it(cast: Cast):
    found = applied(cast, LAN, PAO)
    member = Member.everything.get(card_number="123456")
    change_member(member, version=1, facts={"job": "Bác sĩ"}, by=cast.actor("mai"))
    before = whole_roll()
    with pytest.raises(ChangedMeanwhile, match="Nguyễn Thị Lan"):
        undo_import(found, by=cast.actor("mai"))
    assert whole_roll() == before


def test_not_after_something_was_hung_on_it(cast: Cast):
    found = applied(cast, LAN, PAO)
    member = Member.everything.get(card_number="123456")
    member.badges.create(years=30)
    with pytest.raises(ChangedMeanwhile, match="một đồng chí"):
        undo_import(found, by=cast.actor("mai"))


def test_not_after_a_day(cast: Cast, monkeypatch: pytest.MonkeyPatch):
    found = applied(cast, LAN)
    Import.everything.filter(pk=found.pk).update(applied_at=timezone.now() - timedelta(days=1, minutes=1))
    with pytest.raises(DomainError, match="quá một ngày"):
        undo_import(found, by=cast.actor("mai"))


# ------------------------------------------------------------------ who may, and what it costs
@pytest.mark.parametrize("name", ["thinh", "hau", "quyet", "kien", "khoi", "vinh"])
def test_only_the_office_imports(cast: Cast, name: str):
    found = checked(cast, LAN)
    for step in (check_import, apply_import, undo_import):
        with pytest.raises(NotAllowed):
            step(found, by=cast.actor(name))
    with pytest.raises(NotAllowed):
        brought(cast, LAN, by=name)


def test_as_many_statements_for_two_lines_as_for_two_hundred(cast: Cast):
    def people(count: int, first: int) -> list[list[str]]:
        half = count // 2
        carded = [["Trần Văn Ba", "01/02/1970", "Nam", str(first + n), "PL-1", "", ""] for n in range(half)]
        named = [
            ["Lê Thị Tư", f"{n % 28 + 1:02}/{n // 28 % 12 + 1:02}/{1900 + first // 1000}", "Nữ", "", "PL-2", "", ""]
            for n in range(half)
        ]
        return carded + named

    asked = []
    for count, first in ((2, 50_000), (200, 60_000)):
        found = brought(cast, *people(count, first))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check_import(found, by=cast.actor("mai"))
            apply_import(found, by=cast.actor("mai"))
            undo_import(found, by=cast.actor("mai"))
        asked.append(len(queries))
    assert asked[0] == asked[1]
    again = []
    for count, first in ((2, 70_000), (200, 80_000)):
        applied(cast, *people(count, first))
        found = brought(
            cast, *[[*row, "Giáo viên"] for row in people(count, first)], headings=[*HEADINGS, "Nghề nghiệp"]
        )
        with CaptureQueriesContext(connection) as queries:
            check_import(found, by=cast.actor("mai"))
            apply_import(found, by=cast.actor("mai"))
            undo_import(found, by=cast.actor("mai"))
        again.append(len(queries))
    assert again[0] == again[1]


def test_the_summary_knows_at_once(cast: Cast):
    found = applied(cast, LAN, PAO)
    months = Month.everything.filter(month=timezone.localdate().replace(day=1))
    assert sum(months.values_list("strength", flat=True)) == 2
    undo_import(found, by=cast.actor("mai"))
    assert not Month.everything.filter(strength__gt=0).exists()


def test_many_months_are_counted_by_a_worker_after_the_writing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks
):
    sent: list[tuple] = []
    monkeypatch.setattr("members.summary.AT_ONCE", 0)
    monkeypatch.setattr("members.summary.current_app.send_task", lambda name, said: sent.append((name, said)))
    with django_capture_on_commit_callbacks(execute=True):
        applied(cast, LAN, PAO)
    assert not Month.everything.filter(strength__gt=0).exists()
    [(name, said)] = sent
    assert name == recount_after_a_sheet.name
    recount_after_a_sheet(*said)
    assert (
        sum(Month.everything.filter(month=timezone.localdate().replace(day=1)).values_list("strength", flat=True)) == 2
    )
