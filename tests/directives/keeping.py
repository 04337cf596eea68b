"""One kept and one broken case for every code that the catalogue names and the portal can answer today.

A case builds the world as it is when the obligation is kept, or broken in one thing, and gives the portal's own answer.
"""

from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from branches.models import Month, Organisation, Settlement
from branches.rules.reading import Rulebook
from directives.models import Document, ReviewPart, Study, StudySession, TaskAssignment
from meetings.models import ActionItem, CriteriaSet, Meeting, Opinion, Proposal, QualityScore, ThematicPlan
from meetings.quality.gathering import facts_of
from meetings.quality.measurers import MEASURERS
from meetings.services.criteria import load_criteria
from members.models import Assignment, Charge, ConcurrentPost, Member, Office, State
from portal.access.actor import Actor
from portal.access.grants import held_by
from portal.duties.reading import duties_of
from portal.duties.rules import Asked
from portal.indicators.registry import indicator
from tests.cast import Cast
from tests.directives import orders
from tests.directives.inspections import a_begun_inspection, a_programme, planned_in
from tests.directives.orders import given
from tests.directives.papers import a_document
from tests.directives.reviews import a_review
from tests.meetings.meetings import held, meeting_of, people_of
from tests.members.people import on_the_roll

Case = Callable[[Cast, bool], bool]
FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
MONTHS = [date(2026, month, 1) for month in (1, 2, 3)]
WHOLE = {"regular_held_on": date(2026, 1, 5), "regular_state": "in time", "regular_expected": 100, "regular_steps": 8}


def measured(cast: Cast, code: str, place: Organisation | None = None) -> bool:
    """All of all, in chi bộ thôn Đông."""
    found = indicator(code)
    assert found, f"no indicator {code}"
    figure = found.figure(place or cast.dong, FIRST, LAST)
    assert figure.denominator, f"{code} counts nothing"
    return figure.numerator == figure.denominator


def of_months(code: str, broken: dict[str, Any], kept: dict[str, Any] | None = None) -> Case:
    """Three months as they should be; or one of them with what is wrong."""

    def case(cast: Cast, is_kept: bool) -> bool:
        for number, month in enumerate(MONTHS):
            said = WHOLE | (kept or {}) | ({} if is_kept or number != len(MONTHS) - 1 else broken)
            Month.everything.create(organisation=cast.dong, month=month, in_use=True, **said)
        return measured(cast, code)

    return case


def in_the_quarter(cast: Cast, kept: bool) -> bool:
    for number, month in enumerate(MONTHS):
        there = {"thematic_held_on": date(2026, 2, 10)} if kept and not number else {}
        Month.everything.create(organisation=cast.dong, month=month, in_use=True, **WHOLE | there)
    return measured(cast, "meetings.thematic")


def led_by(cast: Cast, kind: str, **facts: Any) -> Member:
    """A secretary of chi bộ thôn Đông, which is of this type."""
    Organisation.everything.filter(pk=cast.dong.pk).update(branch_type=kind)
    member = on_the_roll(cast.dong, "Lò Văn Dẫn", **facts)
    Office(member=member, organisation=cast.dong, post="secretary", since=date(2025, 1, 1)).save()
    return member


def secretary_there(cast: Cast, kept: bool) -> bool:
    member = led_by(cast, "village")
    if not kept:
        Office.everything.filter(member=member).update(until=date(2026, 3, 9))
    return measured(cast, "members.secretary")


def secretary_with_theory(cast: Cast, kept: bool) -> bool:
    led_by(cast, "village", theory="intermediate" if kept else "basic")
    return measured(cast, "members.secretary_theory")


def also_holds(code: str, kind: str, post: str) -> Case:
    def case(cast: Cast, kept: bool) -> bool:
        member = led_by(cast, kind)
        if kept:
            ConcurrentPost(member=member, post=post, since=date(2025, 1, 1), detail="ở nơi này").save()
        return measured(cast, code)

    return case


def a_village(cast: Cast, **facts: Any) -> Settlement:
    row = Settlement(commune=cast.phu_luong, kind="village", name="Đông", **facts)
    row.save()
    return row


def village_with_a_branch(cast: Cast, kept: bool) -> bool:
    a_village(cast, branch=cast.dong if kept else None)
    return measured(cast, "branches.settlements", cast.phu_luong)


def village_led_by_a_member(cast: Cast, kept: bool) -> bool:
    village = a_village(cast, branch=cast.dong)
    if kept:
        head = on_the_roll(cast.dong, "Lò Văn Dẫn")
        ConcurrentPost(member=head, post="village head", settlement=village, since=date(2025, 1, 1)).save()
    return measured(cast, "members.village_heads_members", cast.phu_luong)


def no_branch_of_the_office(cast: Cast, kept: bool) -> bool:
    Organisation.everything.filter(pk=cast.dong.pk).update(branch_type="village" if kept else "office")
    return measured(cast, "branches.no_office_branch", cast.phu_luong)


def an_order(cast: Cast) -> Study:
    study = Study(document=a_document(cast.phu_luong, "Kế hoạch"), organisation=cast.dong, due_on=date(2026, 3, 10))
    study.save()
    return study


def studied_by(cast: Cast, day: date) -> StudySession:
    session = StudySession(study=an_order(cast), organisation=cast.dong, held_on=day)
    session.save()
    return session


def studied_in_time(cast: Cast, kept: bool) -> bool:
    studied_by(cast, date(2026, 3, 10 if kept else 11))
    return measured(cast, "directives.studied_in_time")


def an_item(cast: Cast, **facts: Any) -> ActionItem:
    meeting = meeting_of(cast.dong, day=date(2026, 3, 5))
    said = {"organisation": cast.dong, "words": "Lập danh sách", "due_on": date(2026, 3, 20)} | facts
    item = ActionItem.everything.create(meeting=meeting, **said)
    closed(meeting)
    return item


def done_by_its_day(cast: Cast, kept: bool) -> bool:
    an_item(cast, stand="done", stood_on=date(2026, 3, 20 if kept else 21))
    return measured(cast, "meetings.actions_in_time")


# what is due: kept is what nobody is reminded of


def is_quiet(cast: Cast, name: str, code: str, day: date) -> bool:
    items = duties_of(Actor(cast[name], held_by(cast[name], day)), on=day)
    return not [item for item in items if item.duty.code == code]


def closed(meeting: Meeting) -> Meeting:
    facts = {"closed_at": timezone.now(), "started_at": time(14), "ended_at": time(16)}
    Meeting.everything.filter(pk=meeting.pk).update(**facts)
    return meeting


def met_in_march(cast: Cast, kept: bool) -> bool:
    if kept:
        meeting_of(cast.dong, date(2026, 3, 5))
    return is_quiet(cast, "thinh", "hop-thuong-ky", date(2026, 3, 7))


def met_on_a_theme(cast: Cast, kept: bool) -> bool:
    if kept:
        meeting_of(cast.dong, date(2026, 2, 3), also_thematic=True)
    return is_quiet(cast, "thinh", "hop-chuyen-de", LAST)


def scored_after(cast: Cast, kept: bool) -> bool:
    load_criteria()
    meeting = meeting_of(cast.dong, date(2026, 3, 3))
    if kept:
        criteria, at = CriteriaSet.everything.get(kind="regular"), timezone.now()
        QualityScore.everything.create(meeting=meeting, criteria=criteria, agreed=True, agreed_at=at)
    closed(meeting)
    return is_quiet(cast, "thinh", "cham-diem-hop", date(2026, 3, 7))


def plan_sent(cast: Cast, kept: bool) -> bool:
    if kept:
        ThematicPlan.everything.create(organisation=cast.dong, year=2026, state="sent", sent_on=date(2026, 1, 31))
    return is_quiet(cast, "thinh", "gui-ke-hoach-chuyen-de", date(2026, 2, 1))


def plan_answered(cast: Cast, kept: bool) -> bool:
    state = "approved" if kept else "sent"
    ThematicPlan.everything.create(organisation=cast.dong, year=2026, state=state, sent_on=date(2026, 1, 31))
    return is_quiet(cast, "mai", "duyet-ke-hoach-chuyen-de", date(2026, 2, 11))


def own_item_done(cast: Cast, kept: bool) -> bool:
    hau = on_the_roll(cast.dong, "Phạm Đức Hậu", account=cast["hau"])
    an_item(cast, assignee=hau, stand="done" if kept else "open")
    return is_quiet(cast, "hau", "viec-duoc-giao", date(2026, 3, 21))


def no_item_overdue(cast: Cast, kept: bool) -> bool:
    an_item(cast, assignee_words="Chi ủy", stand="done" if kept else "open")
    return is_quiet(cast, "thinh", "viec-qua-han", date(2026, 3, 21))


def proposal_answered(cast: Cast, kept: bool) -> bool:
    meeting = meeting_of(cast.dong, date(2026, 3, 5))
    answer = {"state": "answered", "answer": "Đã ghi vào kế hoạch", "answered_on": date(2026, 3, 10)} if kept else {}
    Proposal.everything.create(meeting=meeting, to=cast.phu_luong, words="Sửa cầu", **answer)
    closed(meeting)
    return is_quiet(cast, "mai", "tra-loi-kien-nghi", date(2026, 3, 21))


def tasks_by_january(cast: Cast, kept: bool) -> bool:
    member = on_the_roll(cast.dong, "Lý A Páo")
    if kept:
        said = {"year": 2026, "words": "Giữ sổ", "agreed_on": date(2026, 1, 31)}
        Assignment(member=member, organisation=cast.dong, **said).save()
    return is_quiet(cast, "thinh", "giao-nhiem-vu", date(2026, 2, 1))


def recognised_in_time(cast: Cast, kept: bool) -> bool:
    """A year of probation is over on 07/03/2026."""
    member = on_the_roll(cast.dong, "Ma Văn Sùng", since=date(2025, 3, 7), state=State.PROBATIONARY)
    if kept:
        member.spells.filter(state=State.PROBATIONARY).update(until=date(2026, 3, 6))
        member.spells.create(state=State.FULL, since=date(2026, 3, 7))
        Member.everything.filter(pk=member.pk).update(state=State.FULL, official_on=date(2026, 3, 7))
    return is_quiet(cast, "thinh", "cong-nhan-chinh-thuc", date(2026, 4, 18))


def secretary_found(cast: Cast, kept: bool) -> bool:
    for branch in (cast.dong, cast.doai):
        if kept or branch != cast.dong:
            led = on_the_roll(branch, "Lò Văn Dẫn")
            Office(member=led, organisation=branch, post="secretary", since=date(2025, 1, 1)).save()
    return is_quiet(cast, "mai", "khuyet-bi-thu", LAST)


def successor_found(cast: Cast, kept: bool) -> bool:
    led, other = on_the_roll(cast.dong, "Lò Văn Dẫn"), on_the_roll(cast.dong, "Hà Văn Bí")
    ends = {"since": date(2025, 1, 1), "until": date(2026, 4, 30)}
    Office(member=led, organisation=cast.dong, post="secretary", **ends).save()
    if kept:
        Office(member=other, organisation=cast.dong, post="secretary", since=date(2026, 5, 1)).save()
    return is_quiet(cast, "mai", "het-chuc-vu", LAST)


def studied_at_all(cast: Cast, kept: bool) -> bool:
    study = an_order(cast)
    if kept:
        StudySession(study=study, organisation=cast.dong, held_on=date(2026, 3, 9)).save()
    return is_quiet(cast, "thinh", "quan-triet", date(2026, 3, 11))


def came_to_the_branch(cast: Cast, kept: bool) -> bool:
    """Who is in charge is called until the meeting is over."""
    people_of(cast.dong, 1)
    son = on_the_roll(cast.phu_luong, "Trần Đình Sơn", account=cast["son"])
    Charge(member=son, organisation=cast.dong, since=date(2025, 1, 1)).save()
    meeting = meeting_of(cast.dong, date(2026, 3, 5))
    Meeting.everything.filter(pk=meeting.pk).update(told_at=at(date(2026, 3, 1)))
    if kept:
        closed(meeting)
    return is_quiet(cast, "son", "du-hop-chi-bo-phu-trach", date(2026, 3, 4))


# what a rule says of a log


def of_the_log(measurer: str, broken: dict[str, Any]) -> Case:
    """By the rules of the branch on the day of the meeting; all points or not."""

    def case(cast: Cast, kept: bool) -> bool:
        people = people_of(cast.dong, 4)
        meeting = held(meeting_of(cast.dong, date(2026, 3, 5), told_at=at(date(2026, 3, 4))))
        for member in people[: 4 if kept else 1]:
            Opinion.everything.create(meeting=meeting, member=member, words="Nhất trí")
        if not kept:
            Meeting.everything.filter(pk=meeting.pk).update(**broken)
            meeting.refresh_from_db()
        facts = facts_of([meeting], Asked(LAST))[meeting.pk]
        return MEASURERS[measurer].fill(facts, 5).points == 5

    return case


def at(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day, 9))


def of_the_share(rule: str, whole: int, kept_by: int) -> Case:
    """The border itself, and one below it."""

    def case(cast: Cast, kept: bool) -> bool:
        share = Rulebook.of(cast.actor("mai")).value(rule, cast.dong, on=LAST)
        return share.met(kept_by if kept else kept_by - 1, whole)

    return case


def secret_without_words(cast: Cast, kept: bool) -> bool:
    said = {} if kept else {"text": "Nội dung mật"}
    try:
        with transaction.atomic():
            Document(slug="mat", symbol="01-BC/ĐU", secrecy="top", keeper=cast.phu_luong, **said).save()
    except DatabaseError:
        return False
    return True


def given_and_done(cast: Cast, kept: bool) -> bool:
    """A task of a document, given with a day, is proved in time; or its day passes."""
    given(cast.phu_luong, cast.actor("mai"))
    if kept:
        TaskAssignment.everything.update(state="done", done_on=orders.today())
    return is_quiet(cast, "thinh", "viec-theo-van-ban", orders.days(31))


def looked_back_on(cast: Cast, kept: bool) -> bool:
    review = a_review(a_document(cast.phu_luong, "Kế hoạch"), cast.phu_luong, cast.dong, opened_by=cast["mai"])
    if kept:
        facts = {"state": "sent", "sent_at": timezone.now(), "sent_by": cast["thinh"]}
        ReviewPart.everything.filter(review=review).update(
            figures={"on": "2026-01-01", "lines": []}, results="Giữ nền nếp", **facts
        )
    return is_quiet(cast, "thinh", "gui-so-ket", orders.days(11))


def inspected(cast: Cast, kept: bool) -> bool:
    if kept:
        a_begun_inspection(cast.phu_luong, cast.dong, by=cast["son"])
    else:
        planned_in(a_programme(cast.phu_luong), cast.dong)
    return is_quiet(cast, "son", "kiem-tra-theo-chuong-trinh", orders.days(1))


CASES: dict[str, Case] = {
    "indicator:meetings.held": of_months("meetings.held", {"regular_held_on": None}),
    "indicator:meetings.week_one": of_months("meetings.week_one", {"regular_state": "late"}),
    "indicator:meetings.thematic": in_the_quarter,
    "indicator:meetings.regime": of_months(
        "meetings.regime", {"regular_held_on": None}, {"thematic_held_on": date(2026, 2, 10)}
    ),
    "indicator:meetings.steps": of_months("meetings.steps", {"regular_steps_done": 7}, {"regular_steps_done": 8}),
    "indicator:meetings.attendance": of_months("meetings.attendance", {"regular_came": 89}, {"regular_came": 100}),
    "indicator:meetings.scored": of_months("meetings.scored", {"regular_score": None}, {"regular_score": 90}),
    "indicator:meetings.actions_in_time": done_by_its_day,
    "indicator:members.with_tasks": of_months("members.with_tasks", {"with_tasks": 8}, {"working": 9, "with_tasks": 9}),
    "indicator:members.officers_complete": of_months(
        "members.officers_complete",
        {"has_deputy": False},
        {"has_secretary": True, "has_deputy": True, "full_members": 30},
    ),
    "indicator:members.secretary": secretary_there,
    "indicator:members.secretary_theory": secretary_with_theory,
    "indicator:members.secretary_head": also_holds("members.secretary_head", "village", "front head"),
    "indicator:members.secretary_unit_head": also_holds("members.secretary_unit_head", "school", "unit head"),
    "indicator:members.village_heads_members": village_led_by_a_member,
    "indicator:branches.settlements": village_with_a_branch,
    "indicator:branches.no_office_branch": no_branch_of_the_office,
    "indicator:directives.studied_in_time": studied_in_time,
    "duty:hop-thuong-ky": met_in_march,
    "duty:hop-chuyen-de": met_on_a_theme,
    "duty:cham-diem-hop": scored_after,
    "duty:gui-ke-hoach-chuyen-de": plan_sent,
    "duty:duyet-ke-hoach-chuyen-de": plan_answered,
    "duty:viec-duoc-giao": own_item_done,
    "duty:viec-qua-han": no_item_overdue,
    "duty:tra-loi-kien-nghi": proposal_answered,
    "duty:giao-nhiem-vu": tasks_by_january,
    "duty:cong-nhan-chinh-thuc": recognised_in_time,
    "duty:khuyet-bi-thu": secretary_found,
    "duty:het-chuc-vu": successor_found,
    "duty:quan-triet": studied_at_all,
    "duty:du-hop-chi-bo-phu-trach": came_to_the_branch,
    "rule:meeting.minutes.least": of_the_log("duration", {"ended_at": time(15, 29)}),
    "rule:meeting.papers.days_before": of_the_log("papers", {"told_at": at(date(2026, 3, 5))}),
    "rule:quality.speakers.full_points": of_the_log("speakers", {}),
    "rule:target.attendance": of_the_share("target.attendance", 100, 90),
    "rule:target.organisations_good": of_the_share("target.organisations_good", 1_000, 901),
    "rule:target.members_good": of_the_share("target.members_good", 1_000, 901),
    "rule:target.residence": of_the_share("target.residence", 50, 50),
    "guard:secret-papers": secret_without_words,
    "cascade": given_and_done,
    "review": looked_back_on,
    "inspection": inspected,
}
