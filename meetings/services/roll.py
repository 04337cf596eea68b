"""The roll of a meeting: everyone expected that day, and those who need not come; each line a copy of that day."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Exists, OuterRef

from branches.models import Kind
from meetings.models import Attendance, Mark, Meeting, MeetingKind, Standing
from members.models import CellSpell, Member, Membership, Office, Post, State, StateSpell

OF_OFFICERS = (MeetingKind.COMMITTEE, MeetingKind.PLENUM)


def settle_roll(meeting: Meeting) -> bool:
    """Lays out who is missing, takes out who does not belong and was not marked. Says whether anything changed.

    In the writer's transaction, while the meeting is open; a mark that was made stays.
    """
    wanted = {row.member_id: row for row in lines_of(meeting)}
    there = {row.member_id: row for row in Attendance.everything.filter(meeting=meeting)}
    new = [row for member, row in wanted.items() if member not in there]
    leaving = [row.pk for member, row in there.items() if member not in wanted and row.mark == Mark.UNMARKED]
    changed = []
    for member, row in wanted.items():
        if (old := there.get(member)) and _copied(old) != _copied(row):
            old.standing, old.votes, old.name, old.office, old.unit = _copied(row)
            if old.standing == Standing.EXEMPT and old.mark in (Mark.EXCUSED, Mark.ABSENT):
                old.mark, old.reason = Mark.UNMARKED, ""
            old.version += 1
            changed.append(old)
    stamp = meeting.stamp + 1
    for row in (*new, *changed):
        row.stamp = stamp
    Attendance.everything.filter(pk__in=leaving).delete()
    Attendance.everything.bulk_create(new)
    Attendance.everything.bulk_update(
        changed, ["standing", "votes", "name", "office", "unit", "mark", "reason", "version", "stamp"]
    )
    if new or leaving or changed:
        Meeting.everything.filter(pk=meeting.pk).update(stamp=stamp)
        meeting.stamp = stamp
    return bool(new or leaving or changed)


def lines_of(meeting: Meeting) -> list[Attendance]:
    """Who stands on it, in the order of the roll, unmarked."""
    rows = _of_officers(meeting) if _meets_by_office(meeting) else _of_branch(meeting)
    return list(rows)


def _meets_by_office(meeting: Meeting) -> bool:
    """A chi ủy and a committee meet by office; so does whatever is not a branch, but for its congress."""
    of_branch = meeting.organisation.kind in (Kind.BRANCH, Kind.CELL)
    return meeting.kind in OF_OFFICERS or not of_branch


def _of_branch(meeting: Meeting) -> Iterable[Attendance]:
    day, branch = meeting.day, meeting.organisation_id
    expected = Membership.everything.expected_on(day).filter(organisation=branch)
    there = Membership.everything.on(day).filter(organisation=branch)
    relieved = StateSpell.everything.on(day).filter(member=OuterRef("member"), state__in=State.reliefs())
    present = StateSpell.everything.on(day).filter(member=OuterRef("member"), state__in=State.present())
    exempt = there.filter(Exists(present), Exists(relieved))
    voters = set(Membership.everything.voting_on(day).filter(organisation=branch).values_list("member_id", flat=True))
    standing = dict.fromkeys(exempt.values_list("member_id", flat=True), Standing.EXEMPT)
    standing |= dict.fromkeys(expected.values_list("member_id", flat=True), Standing.EXPECTED)
    people = Member.everything.filter(pk__in=standing).order_by("sort_key", "pk")
    offices, cells = _offices(meeting, people), _cells(meeting, people)
    for member in people:
        yield Attendance(
            meeting=meeting,
            member=member,
            standing=standing[member.pk],
            votes=member.pk in voters,
            name=member.full_name,
            office=offices.get(member.pk, ""),
            unit=cells.get(member.pk, ""),
        )


def _of_officers(meeting: Meeting) -> Iterable[Attendance]:
    posts = [Post.SECRETARY, Post.DEPUTY, Post.STANDING, Post.COMMITTEE]
    offices = Office.everything.on(meeting.day).filter(organisation=meeting.organisation_id, post__in=posts)
    people = Member.everything.filter(pk__in=offices.values("member")).order_by("sort_key", "pk")
    titles = _offices(meeting, people)
    for member in people:
        yield Attendance(
            meeting=meeting, member=member, votes=True, name=member.full_name, office=titles.get(member.pk, "")
        )


def _offices(meeting: Meeting, people: models.QuerySet) -> dict[int, str]:
    """The highest of each, in the words of that organisation."""
    rows = Office.everything.on(meeting.day).filter(organisation=meeting.organisation_id, member__in=people)
    order = {post.value: place for place, post in enumerate(Post)}
    ranked = sorted(rows.select_related("organisation", "acting_for"), key=lambda office: -order[office.post])
    return {office.member_id: office.title for office in ranked}


def _cells(meeting: Meeting, people: models.QuerySet) -> dict[int, str]:
    rows = CellSpell.everything.on(meeting.day).filter(
        membership__organisation=meeting.organisation_id, membership__member__in=people
    )
    return dict(rows.values_list("membership__member_id", "cell__name"))


def _copied(row: Attendance) -> tuple[str, bool, str, str, str]:
    return (row.standing, row.votes, row.name, row.office, row.unit)
