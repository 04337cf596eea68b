"""A decision is carried out when its meeting closes, by whoever may; else it is put before the committee above."""

from datetime import date

import pytest
from django.utils import timezone

from branches.models import Rule
from directives.models import Studied, Study, StudySession
from meetings.models import Decision, Meeting, Proposal, ThematicPlan, Topic, Vote
from meetings.queries.votes import needed, passed
from meetings.services.closing import close_meeting
from meetings.services.log import Change, save_items
from meetings.services.reopening import reopen_meeting
from members.models import Assignment, Member, StateSpell
from portal.duties.rules import Asked
from tests.cast import Cast
from tests.directives.papers import a_document
from tests.meetings.meetings import DAY, held, meeting_of, people_of


@pytest.fixture
def people(cast: Cast) -> list[Member]:
    return people_of(cast.dong, 4)


@pytest.fixture
def meeting(cast: Cast, people: list[Member]) -> Meeting:
    return held(meeting_of(cast.dong))


def decided(meeting: Meeting, kind: str, **facts: object) -> Decision:
    return Decision.everything.create(meeting=meeting, kind=kind, **facts)


def follows(decision: Decision) -> str:
    decision.refresh_from_db()
    return decision.follows


def voted(meeting: Meeting, in_favour: int, voters: int, majority: str = "half") -> Vote:
    return Vote.everything.create(
        meeting=meeting, question="Thông qua", voters=voters, in_favour=in_favour, majority=majority
    )


@pytest.mark.parametrize(
    ("majority", "voters", "least"),
    [
        ("half", 9, 5),
        ("half", 10, 6),
        ("half", 1, 1),
        ("two thirds", 9, 6),
        ("two thirds", 10, 7),
        ("two thirds", 2, 2),
    ],
)
def test_what_a_vote_needs_of_all_full_members(meeting: Meeting, majority: str, voters: int, least: int):
    asked = Asked(DAY)
    assert needed(voted(meeting, 0, voters, majority), asked) == least
    assert passed(voted(meeting, least, voters, majority), asked)
    assert not passed(voted(meeting, least - 1, voters, majority), asked)


def test_where_the_rule_counts_those_present(cast: Cast, meeting: Meeting):
    Rule.everything.create(key="vote.resolution.of", since=date(2026, 1, 1), value="present", certainty="general")
    meeting.attendances.filter(name="Lường Văn Aa").update(mark="absent")
    assert needed(voted(meeting, 0, 40), Asked(DAY)) == 2


def test_yearly_tasks_are_agreed_on_the_day_of_the_meeting(cast: Cast, meeting: Meeting, people: list[Member]):
    task = Assignment.everything.create(member=people[0], organisation=cast.dong, year=2026, words="Giữ sổ")
    decision = decided(meeting, "assignments", year=2026)
    close_meeting(meeting, by=cast.actor("thinh"))
    task.refresh_from_db()
    assert task.agreed_on == DAY
    assert follows(decision) == "Đã ghi 1 nhiệm vụ năm 2026 là được thông qua ngày 03/03/2026."


def test_without_enough_votes_nothing_follows(cast: Cast, meeting: Meeting, people: list[Member]):
    decision = decided(meeting, "exemption", member=people[0], vote=voted(meeting, 2, 4))
    close_meeting(meeting, by=cast.actor("thinh"))
    assert follows(decision) == "Không làm theo: 2 tán thành, cần ít nhất 3."
    assert not StateSpell.everything.filter(member=people[0], state="exempt").exists()


def test_an_exemption_begins_the_day_after(cast: Cast, meeting: Meeting, people: list[Member]):
    decision = decided(
        meeting, "exemption", member=people[0], until=date(2026, 9, 1), words="Tuổi cao", vote=voted(meeting, 3, 4)
    )
    close_meeting(meeting, by=cast.actor("thinh"))
    spell = StateSpell.everything.get(member=people[0], state="exempt")
    assert (spell.since, spell.until, spell.ground) == (date(2026, 3, 4), date(2026, 9, 1), "Tuổi cao")
    assert "Đã ghi miễn" in follows(decision)


def test_what_the_closer_may_not_is_put_before_the_committee_above(cast: Cast, meeting: Meeting, people: list[Member]):
    decision = decided(meeting, "exemption", member=people[0])
    close_meeting(meeting, by=cast.actor("thom"))  # the clerk
    proposal = Proposal.everything.get()
    assert (proposal.to, proposal.member, proposal.state) == (cast.phu_luong, people[0], "raised")
    assert follows(decision).startswith("Đã gửi Đảng ủy xã Phú Lương: Ghi miễn công tác")
    assert not StateSpell.everything.filter(state="exempt").exists()


def test_an_officer_is_proposed_to_the_office_that_keeps_offices(cast: Cast, meeting: Meeting, people: list[Member]):
    decided(meeting, "officer", member=people[0], post="deputy")
    close_meeting(meeting, by=cast.actor("thinh"))
    assert "giữ phó bí thư" in Proposal.everything.get().words


def test_the_thematic_plan_is_sent_up(cast: Cast, meeting: Meeting):
    early, decision = decided(meeting, "thematic plan", year=2027), decided(meeting, "thematic plan", year=2026)
    plan = ThematicPlan.everything.create(organisation=cast.dong, year=2026)
    Topic.everything.create(plan=plan, quarter=2, words="Nông thôn mới")
    close_meeting(meeting, by=cast.actor("thinh"))
    plan.refresh_from_db()
    assert (plan.state, plan.sent_on) == ("sent", timezone.localdate())
    assert follows(early) == "Cổng chưa làm được: Chưa lập kế hoạch chuyên đề năm 2027."
    assert "chờ duyệt" in follows(decision)


def test_a_study_is_recorded_with_those_who_came(cast: Cast, meeting: Meeting, people: list[Member]):
    document = a_document(cast.phu_luong, "Kế hoạch thực hiện")
    study = Study.everything.create(document=document, organisation=cast.phu_luong, due_on=date(2026, 6, 1))
    meeting.attendances.filter(member=people[0]).update(mark="excused")
    decided(meeting, "study", study=study)
    close_meeting(meeting, by=cast.actor("thom"))
    session = StudySession.everything.get()
    assert (session.held_on, session.within_meeting) == (DAY, True)
    assert set(Studied.everything.values_list("member", flat=True)) == {person.pk for person in people[1:]}


def test_each_is_carried_out_once_and_anew_when_put_right(cast: Cast, meeting: Meeting, people: list[Member]):
    thinh, decision = cast.actor("thinh"), decided(meeting, "officer", member=people[0], post="deputy")
    close_meeting(meeting, by=thinh)
    reopen_meeting(meeting, because="Xem lại", by=thinh)
    close_meeting(meeting, by=thinh)
    assert Proposal.everything.count() == 1
    reopen_meeting(meeting, because="Ghi nhầm người", by=thinh)
    save_items(meeting, [Change("decision", decision.pk, 1, {"member": people[1]})], by=thinh)
    close_meeting(meeting, by=thinh)
    assert Proposal.everything.filter(member=people[1]).count() == 1
