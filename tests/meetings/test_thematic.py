"""Themes of the year: suggested, chosen by quarter, sent up, approved or returned, then the quarter's meeting."""

from datetime import date

import pytest

from meetings.models import MeetingKind, PlanState, ThematicPlan, Topic, TopicSuggestion
from meetings.services.planning import call_off_meeting, plan_meeting
from meetings.services.thematic import (
    approve_plan,
    choose_topic,
    drop_topic,
    return_plan,
    send_plan,
    suggest_topic,
    withdraw_suggestion,
)
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast


def chosen(cast: Cast, words: str = "Giảm nghèo bền vững", quarter: int = 1) -> Topic:
    return choose_topic(cast.dong, year=2026, quarter=quarter, words=words, by=cast.actor("thinh"))


def sent(cast: Cast) -> ThematicPlan:
    return send_plan(chosen(cast).plan, by=cast.actor("thinh"))


def test_the_branch_chooses_sends_and_the_commune_approves(cast: Cast):
    plan = sent(cast)
    assert plan.state == PlanState.SENT
    plan = approve_plan(plan, by=cast.actor("mai"))
    assert (plan.state, plan.decided_by) == (PlanState.APPROVED, cast["mai"])


def test_what_was_sent_is_not_changed_until_it_comes_back(cast: Cast):
    plan = sent(cast)
    topic = plan.topics.get()
    for act in (lambda: chosen(cast, "Khác"), lambda: drop_topic(topic, by=cast.actor("thinh"))):
        with pytest.raises(DomainError, match="đã gửi cấp trên"):
            act()
    with pytest.raises(DomainError, match="cần sửa gì"):
        return_plan(plan, remark=" ", by=cast.actor("mai"))
    plan = return_plan(plan, remark="Thêm chuyên đề chuyển đổi số", by=cast.actor("vinh"))
    assert plan.remark == "Thêm chuyên đề chuyển đổi số"
    chosen(cast, "Chuyển đổi số", 2)
    plan = send_plan(plan, by=cast.actor("thinh"))
    assert (plan.state, plan.remark, plan.topics.count()) == (PlanState.SENT, "", 2)


def test_an_empty_plan_is_not_sent(cast: Cast):
    topic = chosen(cast)
    drop_topic(topic, by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="ít nhất một chuyên đề"):
        send_plan(topic.plan, by=cast.actor("thinh"))


def test_only_what_waits_is_approved(cast: Cast):
    plan = chosen(cast).plan
    with pytest.raises(DomainError, match="không còn chờ duyệt"):
        approve_plan(plan, by=cast.actor("mai"))


def test_the_branch_does_not_approve_its_own_and_the_commune_next_door_neither(cast: Cast):
    plan = sent(cast)
    for name in ("thinh", "quyet", "son"):
        with pytest.raises(NotAllowed):
            approve_plan(plan, by=cast.actor(name))
        with pytest.raises(NotAllowed):
            return_plan(plan, remark="x", by=cast.actor(name))


@pytest.mark.parametrize("name", ["hau", "hoa", "vinh"])
def test_only_who_keeps_the_log_chooses(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        choose_topic(cast.dong, year=2026, quarter=1, words="x", by=cast.actor(name))


def test_a_theme_stands_once_in_a_plan(cast: Cast):
    chosen(cast)
    with pytest.raises(DomainError, match="đã có trong kế hoạch"):
        chosen(cast, quarter=3)


def test_a_suggestion_stands_once_and_may_be_withdrawn(cast: Cast):
    row = suggest_topic(cast.phu_luong, year=2026, words="Chuyển đổi số", by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã gợi ý"):
        suggest_topic(cast.phu_luong, year=2026, words="Chuyển đổi số", by=cast.actor("mai"))
    with pytest.raises(NotAllowed):
        withdraw_suggestion(row, by=cast.actor("thinh"))
    withdraw_suggestion(row, by=cast.actor("mai"))
    assert not TopicSuggestion.everything.exists()


def test_the_quarters_meeting_takes_up_its_theme(cast: Cast):
    topic = chosen(cast)
    meeting = plan_meeting(
        cast.dong, kind=MeetingKind.THEMATIC, day=date(2026, 2, 5), topic=topic, by=cast.actor("thinh")
    )
    topic.refresh_from_db()
    assert (topic.meeting, meeting.title) == (meeting, "Giảm nghèo bền vững")
    with pytest.raises(DomainError, match="đã lập buổi họp"):
        drop_topic(topic, by=cast.actor("thinh"))
    call_off_meeting(meeting, because="Bão", by=cast.actor("thinh"))
    topic.refresh_from_db()
    assert topic.meeting is None
