"""A small commune walked day by day: each rule is compared, on every day, with a table written by hand."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from branches.models import Rule, Term
from directives.models import Study, StudySession
from members.models import Assignment, BadgeAward, Correction, Import, Member, Office, State, StateSpell
from portal.access.actor import Actor
from portal.access.grants import held_by
from portal.duties.reading import Item, duties_of
from tests.cast import Cast, assemble
from tests.directives.papers import a_document
from tests.members.people import on_the_roll
from tests.notifications.told import reached

NEW_YEAR = date(2026, 1, 1)
YEAR = [NEW_YEAR + timedelta(days=number) for number in range(365)]


@pytest.fixture
def cast(db: None) -> Cast:
    """As it stands on the first of the year; who is to come or to go by then has come and gone."""
    return assemble(NEW_YEAR)


def walk(cast: Cast, name: str, days: list[date], *, of: str = "") -> dict[date, list[Item]]:
    """What stands on this person's list, day by day; of one rule alone, if asked."""
    lists = {day: duties_of(Actor(cast[name], held_by(cast[name], day)), on=day) for day in days}
    return {day: [item for item in items if of in ("", item.duty.code)] for day, items in lists.items()}


def around(*days: date) -> list[date]:
    """D−1, D, D+1 of each."""
    return sorted({day + timedelta(days=by) for day in days for by in (-1, 0, 1)})


def remaining(walked: dict[date, list[Item]]) -> dict[date, str]:
    """Of the one thing there is."""
    return {day: items[0].remaining for day, items in walked.items() if items}


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime(year, month, day, hour))


def test_a_request_is_due_from_its_day_for_a_week(cast: Cast):
    """Asked an hour before midnight of the second: the ninth is its last good day."""
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", after="0912345678", asked_by=cast["hau"], asked_at=at(2026, 3, 2, 23)).save()
    listed = walk(cast, "thinh", around(date(2026, 3, 2), date(2026, 3, 9)))
    assert remaining(listed) == {
        date(2026, 3, 2): "Còn 7 ngày", date(2026, 3, 3): "Còn 6 ngày", date(2026, 3, 8): "Còn 1 ngày",
        date(2026, 3, 9): "Hạn hôm nay", date(2026, 3, 10): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert listed[date(2026, 3, 9)][0].words == "Trả lời đề nghị sửa số điện thoại của đ/c Phạm Đức Hậu"
    for other in ("hoa", "mai", "hau", "thom", "yen"):
        assert remaining(walk(cast, other, [date(2026, 3, 9)])) == {}


def test_an_answered_request_is_gone(cast: Cast):
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    asked = Correction(member=hau, column="phone", asked_by=cast["hau"], asked_at=at(2026, 3, 2))
    asked.save()
    day = [date(2026, 3, 5)]
    assert remaining(walk(cast, "thinh", day)) != {}
    asked.answer, asked.answered_by = Correction.Answer.ACCEPTED, cast["thinh"]
    asked.save()
    assert remaining(walk(cast, "thinh", day)) == {}


def test_what_the_secretary_asks_for_the_commune_answers(cast: Cast):
    thinh = on_the_roll(cast.dong, "Lò Văn Thịnh", account=cast["thinh"])
    Correction(member=thinh, column="job", after="Thợ mộc", asked_by=cast["thinh"], asked_at=at(2026, 3, 2)).save()
    day = date(2026, 3, 3)
    assert [item.words for item in walk(cast, "mai", [day])[day]] == [
        "Trả lời đề nghị sửa nghề nghiệp của đ/c Lò Văn Thịnh"
    ]
    assert remaining(walk(cast, "thinh", [day])) == remaining(walk(cast, "moi", [day])) == {}


def test_probation_is_shown_from_the_eleventh_month_and_due_thirty_working_days_after_the_twelfth(cast: Cast):
    """Admitted on Friday 07/03/2025: the file from 07/02/2026, over on Saturday 07/03/2026, then six weeks Monday to Friday."""
    sung = on_the_roll(cast.dong, "Ma Văn Sùng", since=date(2025, 3, 7), state=State.PROBATIONARY)
    listed = walk(cast, "thinh", around(date(2026, 2, 7), date(2026, 3, 7), date(2026, 4, 17)))
    assert remaining(listed) == {
        date(2026, 2, 7): "Còn 69 ngày", date(2026, 2, 8): "Còn 68 ngày",
        date(2026, 3, 6): "Còn 42 ngày", date(2026, 3, 7): "Còn 41 ngày", date(2026, 3, 8): "Còn 40 ngày",
        date(2026, 4, 16): "Còn 1 ngày", date(2026, 4, 17): "Hạn hôm nay", date(2026, 4, 18): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert listed[date(2026, 3, 6)][0].more == "Chuẩn bị hồ sơ; hết dự bị ngày 07/03/2026"
    assert listed[date(2026, 3, 7)][0].more == "Hết dự bị từ ngày 07/03/2026"
    Member.everything.filter(pk=sung.pk).update(state=State.FULL)
    assert remaining(walk(cast, "thinh", [date(2026, 4, 17)])) == {}


@pytest.mark.parametrize(
    ("decided_on", "round_on"),
    [
        (date(1986, 2, 3), date(2026, 2, 3)),  # forty years on the very day of the round
        (date(1986, 2, 4), date(2026, 5, 19)),  # a day later: the next round
        (date(1986, 5, 19), date(2026, 5, 19)),
        (date(1986, 5, 20), date(2026, 9, 2)),
    ],
)
def test_a_badge_belongs_to_the_first_round_from_the_day_it_is_reached(cast: Cast, decided_on: date, round_on: date):
    on_the_roll(cast.dong, "Hà Văn Tám", decided_on=decided_on, admitted_on=decided_on, official_on=decided_on)
    begins = round_on - timedelta(days=90)
    assert remaining(walk(cast, "thinh", around(begins, round_on))) == {
        begins: "Còn 90 ngày", begins + timedelta(days=1): "Còn 89 ngày", round_on - timedelta(days=1): "Còn 1 ngày",
        round_on: "Hạn hôm nay", round_on + timedelta(days=1): "Quá hạn 1 ngày",
    }  # fmt: skip


def test_a_badge_that_was_given_is_not_due(cast: Cast):
    day = date(1986, 5, 19)
    tam = on_the_roll(cast.dong, "Hà Văn Tám", decided_on=day, admitted_on=day, official_on=day)
    asked = around(date(2026, 5, 19))
    verbs = [items[0].step.verb for items in walk(cast, "thinh", asked).values()]
    assert verbs == ["Mở hồ sơ", "Ghi đã trao", "Ghi đã trao"]
    BadgeAward(member=tam, years=40).save()
    assert remaining(walk(cast, "thinh", asked)) == {}


def test_a_branch_is_not_asked_for_rounds_before_it_came(cast: Cast):
    day = date(1986, 5, 19)
    on_the_roll(cast.dong, "Hà Văn Tám", decided_on=day, admitted_on=day, official_on=day)
    type(cast.dong).everything.filter(pk=cast.dong.pk).update(joined_on=date(2026, 5, 20))
    assert remaining(walk(cast, "thinh", [date(2026, 5, 25)])) == {}


def test_wrong_lines_are_the_office_s_until_the_next_sheet(cast: Cast):
    def brought(on: datetime, wrong: int) -> None:
        facts = {"name": "a", "rows": 9, "wrong": wrong, "state": "applied", "applied_at": on}
        Import(organisation=cast.phu_luong, by=cast["mai"], **facts).save()

    days = around(date(2026, 6, 1), date(2026, 6, 8))
    brought(at(2026, 6, 1), 3)
    assert remaining(walk(cast, "mai", days)) == {
        date(2026, 6, 1): "Còn 7 ngày", date(2026, 6, 2): "Còn 6 ngày", date(2026, 6, 7): "Còn 1 ngày",
        date(2026, 6, 8): "Hạn hôm nay", date(2026, 6, 9): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert remaining(walk(cast, "thinh", days)) == remaining(walk(cast, "quyet", days)) == {}
    brought(at(2026, 6, 4), 0)
    assert remaining(walk(cast, "mai", days)) == {}


def test_a_term_that_ends_is_due_until_the_next_is_opened(cast: Cast):
    Term(organisation=cast.dong, name="2021–2026", since=date(2021, 5, 1), until=date(2026, 8, 31)).save()
    days = around(date(2026, 3, 4), date(2026, 8, 31))
    assert remaining(walk(cast, "thinh", days)) == remaining(walk(cast, "thom", days)) == {
        date(2026, 3, 4): "Còn 180 ngày", date(2026, 3, 5): "Còn 179 ngày", date(2026, 8, 30): "Còn 1 ngày",
        date(2026, 8, 31): "Hạn hôm nay", date(2026, 9, 1): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert remaining(walk(cast, "mai", days)) == {}
    Term(organisation=cast.dong, name="2026–2031", since=date(2026, 9, 1)).save()
    assert remaining(walk(cast, "thinh", days)) == {}


def test_a_year_of_reminders(cast: Cast):
    """Everything at once, on each of 365 days; who is told of what, and when for the first time."""
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", asked_by=cast["hau"], asked_at=at(2026, 3, 2)).save()
    on_the_roll(cast.doai, "Ma Văn Sùng", since=date(2025, 3, 7), state=State.PROBATIONARY)
    day = date(1986, 5, 1)
    on_the_roll(cast.thuong, "Hà Văn Tám", decided_on=day, admitted_on=day, official_on=day)
    facts = {"name": "a", "rows": 9, "wrong": 2, "state": "applied", "applied_at": at(2026, 8, 3)}
    Import(organisation=cast.phu_luong, by=cast["mai"], **facts).save()
    names = {cast[name].pk: name for name in cast.people}
    told: dict[tuple[str, str, int], date] = {}
    for today in YEAR:
        for account, rule, _, stage in reached(today):
            told.setdefault((names[account], rule, stage), today)
    assert told == {
        **{(who, "sua-ho-so", stage): date(2026, 3, on) for who in ("thinh", "moi") for stage, on in [(-7, 2), (-1, 8), (1, 10), (7, 16)]},
        ("hoa", "cong-nhan-chinh-thuc", -69): date(2026, 2, 7),  # the file
        ("hoa", "cong-nhan-chinh-thuc", -41): date(2026, 3, 7),  # the window opens
        ("hoa", "cong-nhan-chinh-thuc", -30): date(2026, 3, 18),
        ("hoa", "cong-nhan-chinh-thuc", -7): date(2026, 4, 10),
        ("hoa", "cong-nhan-chinh-thuc", -1): date(2026, 4, 16),
        ("hoa", "cong-nhan-chinh-thuc", 1): date(2026, 4, 18),
        ("hoa", "cong-nhan-chinh-thuc", 7): date(2026, 4, 24),
        ("yen", "huy-hieu", -30): date(2026, 4, 19),
        ("yen", "huy-hieu", -7): date(2026, 5, 12),
        ("yen", "huy-hieu", -1): date(2026, 5, 18),
        ("yen", "huy-hieu", 1): date(2026, 5, 20),
        ("yen", "huy-hieu", 7): date(2026, 5, 26),
        ("mai", "dong-nhap-loi", -7): date(2026, 8, 3),
        ("mai", "dong-nhap-loi", -1): date(2026, 8, 9),
        ("mai", "dong-nhap-loi", 1): date(2026, 8, 11),
        ("mai", "dong-nhap-loi", 7): date(2026, 8, 17),
    }  # fmt: skip


def test_what_came_late_skips_the_stages_that_are_over(cast: Cast):
    """Two weeks late the server comes back: one word, not four."""
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", asked_by=cast["hau"], asked_at=at(2026, 3, 2)).save()
    assert [stage for account, *_, stage in reached(date(2026, 3, 30)) if account == cast["thinh"].pk] == [7]


def test_a_commune_may_have_days_of_its_own(cast: Cast):
    for key, value in (("reminder.correction.days", 14), ("reminder.days_before", [5])):
        Rule(key=key, organisation=cast.phu_luong, since=NEW_YEAR, value=value, source="x", certainty="own").save()
    for branch, name in ((cast.dong, "hau"), (cast.thuong, "son")):
        member = on_the_roll(branch, "Phạm Đức Hậu", account=cast[name])
        Correction(member=member, column="phone", asked_by=cast[name], asked_at=at(2026, 3, 2)).save()
    day = date(2026, 3, 16)
    assert remaining(walk(cast, "thinh", [day])) == {day: "Hạn hôm nay"}
    assert remaining(walk(cast, "yen", [day])) == {day: "Quá hạn 7 ngày"}
    told = {account: stage for account, *_, stage in reached(date(2026, 3, 11))}
    assert (told[cast["thinh"].pk], told[cast["yen"].pk]) == (-5, 1)


def test_who_holds_it_on_the_day_is_asked_on_the_day(cast: Cast):
    """Mới becomes secretary on the second of January; Xưa was until the last of December."""
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", asked_by=cast["hau"], asked_at=at(2025, 12, 31)).save()
    three = around(NEW_YEAR)
    assert [*remaining(walk(cast, "xua", three))] == [date(2025, 12, 31)]
    assert [*remaining(walk(cast, "moi", three))] == [date(2026, 1, 2)]
    both = {cast["xua"].pk, cast["moi"].pk}
    told = [{account for account, *_ in reached(day)} & both for day in three]
    assert told == [{cast["xua"].pk}, set(), {cast["moi"].pk}]


def test_who_cannot_sign_in_is_not_told(cast: Cast):
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    Correction(member=hau, column="phone", asked_by=cast["hau"], asked_at=at(2026, 3, 2)).save()
    type(cast["thinh"]).objects.filter(pk=cast["thinh"].pk).update(is_active=False)
    assert cast["thinh"].pk not in {account for account, *_ in reached(date(2026, 3, 5))}


def agreed(member: Member, on: date) -> Assignment:
    row = Assignment(member=member, organisation=member.branch, year=on.year, words="Giữ sổ", agreed_on=on)
    row.save()
    return row


def test_everybody_has_tasks_by_the_end_of_january(cast: Cast, every_rule: None):
    pao = on_the_roll(cast.dong, "Lý A Páo")
    days = around(date(2026, 1, 1), date(2026, 1, 31))[1:]
    listed = walk(cast, "thinh", days, of="giao-nhiem-vu")
    assert remaining(listed) == {
        date(2026, 1, 1): "Còn 30 ngày", date(2026, 1, 2): "Còn 29 ngày", date(2026, 1, 30): "Còn 1 ngày",
        date(2026, 1, 31): "Hạn hôm nay", date(2026, 2, 1): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert remaining(walk(cast, "hoa", days, of="giao-nhiem-vu")) == {}
    agreed(pao, date(2026, 1, 31))
    done = walk(cast, "thinh", days, of="giao-nhiem-vu")
    assert [day for day, items in done.items() if items] == days[:3]  # until the day of the meeting


def test_the_exempt_need_no_task(cast: Cast, every_rule: None):
    old = on_the_roll(cast.dong, "Lò Văn Già")
    StateSpell(member=old, state=State.EXEMPT, since=date(2026, 1, 20), until=date(2026, 1, 25)).save()
    asked = around(date(2026, 1, 20), date(2026, 1, 25))
    listed = walk(cast, "thinh", asked, of="giao-nhiem-vu")
    assert [day.day for day, items in listed.items() if items] == [19, 26]


def test_a_newcomer_has_a_task_within_thirty_days(cast: Cast, every_rule: None):
    new = on_the_roll(cast.dong, "Hà Thị Mới", since=date(2026, 5, 4), state=State.PROBATIONARY)
    days = around(date(2026, 5, 4), date(2026, 6, 3))
    listed = walk(cast, "thinh", days, of="nhiem-vu-nguoi-moi")
    assert remaining(listed) == {
        date(2026, 5, 4): "Còn 30 ngày", date(2026, 5, 5): "Còn 29 ngày", date(2026, 6, 2): "Còn 1 ngày",
        date(2026, 6, 3): "Hạn hôm nay", date(2026, 6, 4): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert remaining(walk(cast, "thinh", days, of="giao-nhiem-vu")) == {}  # theirs is another day
    agreed(new, date(2026, 5, 20))
    assert remaining(walk(cast, "thinh", days[3:], of="nhiem-vu-nguoi-moi")) == {}


def test_a_branch_without_a_secretary_is_the_commune_s_for_sixty_days(cast: Cast, every_rule: None):
    led = on_the_roll(cast.dong, "Lò Văn Dẫn")
    Office(member=led, organisation=cast.doai, post="secretary", since=date(2025, 1, 1)).save()
    office = Office(
        member=led, organisation=cast.dong, post="secretary", since=date(2025, 1, 1), until=date(2026, 3, 9)
    )
    office.save()
    days = around(date(2026, 3, 10), date(2026, 5, 9))
    assert remaining(walk(cast, "mai", days, of="khuyet-bi-thu")) == {
        date(2026, 3, 10): "Còn 60 ngày", date(2026, 3, 11): "Còn 59 ngày", date(2026, 5, 8): "Còn 1 ngày",
        date(2026, 5, 9): "Hạn hôm nay", date(2026, 5, 10): "Quá hạn 1 ngày",
    }  # fmt: skip
    assert remaining(walk(cast, "thinh", days, of="khuyet-bi-thu")) == {}
    other = on_the_roll(cast.dong, "Hà Văn Bí")
    acting = {"acting_for": led, "since": date(2026, 3, 11), "until": date(2026, 5, 8)}
    Office(member=other, organisation=cast.dong, post="secretary", **acting).save()
    open_days = [day for day, items in walk(cast, "mai", days, of="khuyet-bi-thu").items() if items]
    assert open_days == [date(2026, 3, 10), date(2026, 5, 9), date(2026, 5, 10)]


def test_a_secretary_whose_time_ends_is_followed(cast: Cast):
    led = on_the_roll(cast.dong, "Lò Văn Dẫn")
    Office(member=led, organisation=cast.dong, post="secretary", since=date(2025, 1, 1), until=date(2026, 8, 31)).save()
    days = around(date(2026, 6, 2), date(2026, 8, 31))
    assert remaining(walk(cast, "mai", days, of="het-chuc-vu")) == {
        date(2026, 6, 2): "Còn 90 ngày", date(2026, 6, 3): "Còn 89 ngày", date(2026, 8, 30): "Còn 1 ngày",
        date(2026, 8, 31): "Hạn hôm nay",
    }  # fmt: skip
    other = on_the_roll(cast.dong, "Hà Văn Bí")
    Office(member=other, organisation=cast.dong, post="secretary", since=date(2026, 9, 1)).save()
    assert remaining(walk(cast, "mai", days, of="het-chuc-vu")) == {}


def test_a_year_of_offices_and_tasks(cast: Cast, every_rule: None):
    """On each of 365 days: who is told of what, and when for the first time."""
    led, other = on_the_roll(cast.dong, "Lò Văn Dẫn"), on_the_roll(cast.doai, "Hà Văn Bí")
    agreed(other, date(2026, 1, 5))
    Office(member=led, organisation=cast.dong, post="secretary", since=date(2025, 1, 1), until=date(2026, 8, 31)).save()
    for branch in (cast.doai, cast.thuong):
        Office(member=other, organisation=branch, post="secretary", since=date(2025, 1, 1)).save()
    agreed(led, date(2026, 2, 10))
    new = on_the_roll(cast.doai, "Hà Thị Mới", since=date(2026, 5, 4), state=State.PROBATIONARY)
    agreed(new, date(2026, 6, 20))
    names = {cast[name].pk: name for name in cast.people}
    told: dict[tuple[str, str, int], date] = {}
    for today in YEAR:
        for account, rule, _, stage in reached(today):
            told.setdefault((names[account], rule, stage), today)
    assert told == {
        ("thinh", "giao-nhiem-vu", -30): date(2026, 1, 1),
        ("moi", "giao-nhiem-vu", -30): date(2026, 1, 2),  # secretary from that day
        **{(who, "giao-nhiem-vu", stage): date(2026, *on) for who in ("thinh", "moi") for stage, on in [(-7, (1, 24)), (-1, (1, 30)), (1, (2, 1)), (7, (2, 7))]},
        ("hoa", "giao-nhiem-vu", -30): date(2026, 1, 1),  # until the fifth, when the branch agreed
        ("hoa", "nhiem-vu-nguoi-moi", -30): date(2026, 5, 4),
        ("hoa", "nhiem-vu-nguoi-moi", -7): date(2026, 5, 27),
        ("hoa", "nhiem-vu-nguoi-moi", -1): date(2026, 6, 2),
        ("hoa", "nhiem-vu-nguoi-moi", 1): date(2026, 6, 4),
        ("hoa", "nhiem-vu-nguoi-moi", 7): date(2026, 6, 10),
        ("mai", "het-chuc-vu", -30): date(2026, 8, 1),
        ("mai", "het-chuc-vu", -7): date(2026, 8, 24),
        ("mai", "het-chuc-vu", -1): date(2026, 8, 30),
        ("mai", "khuyet-bi-thu", -30): date(2026, 10, 1),  # free from the first of September: sixty days
        ("mai", "khuyet-bi-thu", -7): date(2026, 10, 24),
        ("mai", "khuyet-bi-thu", -1): date(2026, 10, 30),
        ("mai", "khuyet-bi-thu", 1): date(2026, 11, 1),
        ("mai", "khuyet-bi-thu", 7): date(2026, 11, 7),
    }  # fmt: skip


def test_a_document_is_studied_in_every_branch_below_by_the_day(cast: Cast):
    study = Study(
        document=a_document(cast.phu_luong, "Kế hoạch"), organisation=cast.phu_luong, due_on=date(2026, 10, 31)
    )
    study.save()
    days = around(date(2026, 9, 16), date(2026, 10, 31))
    expected = {
        date(2026, 9, 16): "Còn 45 ngày", date(2026, 9, 17): "Còn 44 ngày", date(2026, 10, 30): "Còn 1 ngày",
        date(2026, 10, 31): "Hạn hôm nay", date(2026, 11, 1): "Quá hạn 1 ngày",
    }  # fmt: skip
    for who in ("thinh", "hoa"):
        assert remaining(walk(cast, who, days, of="quan-triet")) == expected
    assert remaining(walk(cast, "yen", days, of="quan-triet")) == {}
    StudySession(study=study, organisation=cast.dong, held_on=date(2026, 10, 3)).save()
    assert remaining(walk(cast, "thinh", days, of="quan-triet")) == {}
    assert remaining(walk(cast, "hoa", days, of="quan-triet")) == expected
