"""What follows from a decision when its meeting closes: the portal carries it out, or puts it before who may.

Each way says in words what has happened; those stand in the log.
"""

from collections.abc import Callable
from datetime import timedelta

from branches.models import Kind, Organisation
from directives.services.study import record_session
from meetings.models import (
    Attendance,
    Decision,
    DecisionKind,
    Meeting,
    PlanState,
    Proposal,
    ThematicPlan,
)
from meetings.queries.votes import needed, passed
from meetings.services.thematic import send_plan
from members.models import Member, Post, State
from members.services.assignments import agree_assignments
from members.services.states import relieve
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import day, number

LONGEST = 300


@action("làm theo quyết nghị của buổi họp")
def carry_out(meeting: Meeting, *, by: Actor) -> None:
    """Each once; again only when it was put right since."""
    rows = (
        Decision.everything.there().filter(meeting=meeting).select_related("member", "study__document", "vote__meeting")
    )
    for decision in rows.order_by("saved_at", "pk"):
        if decision.followed_version == decision.version:
            continue
        decision.meeting = meeting
        decision.follows = _what_follows(decision, by)[:LONGEST]
        decision.followed_version = decision.version
        decision.save(update_fields=["follows", "followed_version"])


def _what_follows(decision: Decision, by: Actor) -> str:
    vote = decision.vote
    if vote and not vote.gone:
        vote.meeting = decision.meeting
        if not passed(vote, by):
            least = number(needed(vote, by))
            return f"Không làm theo: {number(vote.in_favour)} tán thành, cần ít nhất {least}."
    try:
        return WAYS[DecisionKind(decision.kind)](decision, by)
    except DomainError as refusal:
        return f"Cổng chưa làm được: {refusal.sentence}"


def _assignments(decision: Decision, by: Actor) -> str:
    meeting, year = decision.meeting, decision.year or decision.meeting.day.year
    if not by.may(Permission.KEEP_ASSIGNMENTS, meeting.organisation.path):
        return _proposed(decision, f"Ghi nhiệm vụ năm {year} của đảng viên đã được chi bộ thông qua.")
    count = agree_assignments(meeting.organisation, year=year, on=meeting.day, by=by)
    return f"Đã ghi {number(count)} nhiệm vụ năm {year} là được thông qua ngày {day(meeting.day)}."


def _exemption(decision: Decision, by: Actor) -> str:
    """From the day after: in the meeting that decided it the member was still expected."""
    meeting, member = decision.meeting, _member(decision)
    since = decision.since or meeting.day + timedelta(days=1)
    if not by.may(Permission.KEEP_ROLL, meeting.organisation.path):
        return _proposed(decision, f"Ghi miễn công tác và sinh hoạt đảng cho đ/c {member.full_name} từ {day(since)}.")
    relieve(
        member,
        state=State.EXEMPT,
        since=since,
        until=decision.until,
        ground=decision.words[:200] or "Chi bộ quyết nghị",
        decision=_said_by(meeting),
        by=by,
    )
    until = f" đến hết ngày {day(decision.until)}" if decision.until else ""
    return f"Đã ghi miễn cho đ/c {member.full_name} từ ngày {day(since)}{until}."


def _candidate(decision: Decision, by: Actor) -> str:
    return "Đã ghi vào sổ họp; hồ sơ kết nạp lập sau."


def _officer(decision: Decision, by: Actor) -> str:
    post = Post(decision.post).label.lower() if decision.post in Post.values else "chức vụ"
    more = f" ({decision.words})" if decision.words else ""
    words = (
        f"Chi bộ bầu, giới thiệu đ/c {_member(decision).full_name} giữ {post}{more}. Đề nghị xem xét và ghi chức vụ."
    )
    return _proposed(decision, words)


def _thematic_plan(decision: Decision, by: Actor) -> str:
    meeting = decision.meeting
    plan = ThematicPlan.everything.filter(organisation=meeting.organisation, year=decision.year).first()
    if plan is None:
        raise DomainError(f"Chưa lập kế hoạch chuyên đề năm {decision.year}.")
    if plan.state in (PlanState.SENT, PlanState.APPROVED):
        return f"Kế hoạch chuyên đề năm {decision.year} đã gửi từ trước."
    send_plan(plan, by=by)
    return f"Đã gửi kế hoạch chuyên đề năm {decision.year} lên cấp trên, chờ duyệt."


def _study(decision: Decision, by: Actor) -> str:
    meeting, study = decision.meeting, decision.study
    if study is None:
        raise DomainError("quyết nghị chưa ghi đợt quán triệt.")
    came = Attendance.everything.filter(meeting=meeting).came().values("member")
    there = list(Member.everything.filter(pk__in=came, branch=meeting.organisation))
    record_session(study, branch=meeting.organisation, held_on=meeting.day, members=there, within_meeting=True, by=by)
    return f"Đã ghi buổi quán triệt “{study.document}”: {number(len(there))} đảng viên dự."


WAYS: dict[DecisionKind, Callable[[Decision, Actor], str]] = {
    DecisionKind.ASSIGNMENTS: _assignments,
    DecisionKind.EXEMPTION: _exemption,
    DecisionKind.CANDIDATE: _candidate,
    DecisionKind.OFFICER: _officer,
    DecisionKind.THEMATIC_PLAN: _thematic_plan,
    DecisionKind.STUDY: _study,
}


def _proposed(decision: Decision, words: str) -> str:
    """Put before the level above as a proposal: it has a day, is answered there, and the answer comes back."""
    above = _above(decision.meeting.organisation)
    if above is None:
        raise DomainError("không có cấp trên để gửi.")
    meeting = decision.meeting
    proposal = Proposal(
        meeting=meeting, to=above, member=decision.member, words=words, stamp=meeting.stamp, saved_by=decision.saved_by
    )
    proposal.save()
    return f"Đã gửi {above.name}: {words}"


def _above(organisation: Organisation) -> Organisation | None:
    """Whose office keeps the roll and offices of it: the next committee above that is no branch."""
    rows = organisation.parent
    while rows is not None and rows.kind in (Kind.BRANCH, Kind.CELL):
        rows = rows.parent
    return rows


def _member(decision: Decision) -> Member:
    if decision.member is None:
        raise DomainError("quyết nghị chưa ghi đảng viên.")
    return decision.member


def _said_by(meeting: Meeting) -> str:
    return f"Chi bộ họp ngày {day(meeting.day)}"
