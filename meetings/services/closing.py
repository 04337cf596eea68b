"""Closing a log: nothing in it changes any more, and what was decided is carried out."""

from django.db.models import QuerySet
from django.utils import timezone

from directives.services.proving import prove_work_of
from meetings.models import ActionItem, AgendaItem, Attendance, Evidence, ItemReview, Meeting, Reopening, Topic
from meetings.services.decisions import carry_out
from meetings.services.log import open_for_writing
from meetings.services.missing import Missing, difference, what_is_missing
from meetings.services.roll import settle_roll
from meetings.services.scoring import fill_score
from meetings.services.signed import drop_signed
from meetings.summary import recount_of
from portal.access.actor import Actor
from portal.history.actions import action
from portal.words.errors import DomainError

__all__ = ["Missing", "close_meeting", "settle_before_closing", "what_is_missing"]


@action("đóng sổ buổi họp")
def close_meeting(meeting: Meeting, *, by: Actor) -> Meeting:
    """What stands in the way is said. From then on the database refuses whatever would change the tables of LOCKED."""
    meeting = open_for_writing(meeting, by=by)
    refusing = [one for one in what_is_missing(meeting, reader=by) if one.refuses]
    if refusing:
        raise DomainError(" ".join(one.sentence for one in refusing))
    carry_out(meeting, by=by)
    _write_reviews_through(meeting)
    tasks = _attach_evidence(meeting, by)
    fill_score(meeting, by)
    meeting.closed_at, meeting.closed_by = timezone.now(), by.account
    meeting.save(update_fields=["closed_at", "closed_by"])
    Reopening.everything.filter(meeting=meeting, closed_again_at=None).update(closed_again_at=meeting.closed_at)
    recount_of(meeting)
    prove_work_of(meeting.organisation_id, tasks)
    return meeting


@action("cập nhật danh sách điểm danh trước khi đóng sổ")
def settle_before_closing(meeting: Meeting, *, by: Actor) -> bool:
    """As the roll of that day is known now. Here also who was marked and does not belong goes: the page has named them."""
    meeting = open_for_writing(meeting, by=by)
    _, leaving, _ = difference(meeting, list(Attendance.everything.filter(meeting=meeting)))
    Attendance.everything.filter(pk__in=[row.pk for row in leaving]).delete()
    changed = settle_roll(meeting) or bool(leaving)
    if changed:
        drop_signed(meeting)
    return changed


def _write_reviews_through(meeting: Meeting) -> None:
    """What a later meeting, or the assignee since, has said of a thing stays."""
    for review in ItemReview.everything.there().filter(meeting=meeting).select_related("action"):
        item = review.action
        if item.stood_on is None or item.stood_on <= meeting.day:
            item.stand, item.stand_note, item.stood_on = review.stand, review.because, meeting.day
            item.save(update_fields=["stand", "stand_note", "stood_on"])


def _attach_evidence(meeting: Meeting, by: Actor) -> set[int]:
    """Of what was done here for a directive's task: things given, steps of the orientation, the theme. Closed again, it is
    as it is now. Returns the tasks that it bears on, or no longer does."""
    given = ActionItem.everything.there().filter(meeting=meeting, task__isnull=False)
    steps = AgendaItem.everything.there().filter(meeting=meeting, done=True, closed_data=False)
    wanted = {(row.task_id, row.pk): row.words for row in given}
    wanted |= _words_by_task(steps, "orientation_line__task") | _words_by_task(steps, "task")
    wanted |= _words_by_task(Topic.everything.filter(meeting=meeting), "task")
    there = {(row.task_id, row.action_id): row for row in Evidence.everything.filter(meeting=meeting)}
    Evidence.everything.filter(pk__in=[row.pk for key, row in there.items() if key not in wanted]).delete()
    Evidence.everything.bulk_create(
        Evidence(
            task_id=task, action_id=item, words=words, meeting=meeting, organisation=meeting.organisation, by=by.account
        )
        for (task, item), words in wanted.items()
        if (task, item) not in there
    )
    return {task for task, _ in (*wanted, *there)}


def _words_by_task(rows: QuerySet, task: str) -> dict[tuple[int, None], str]:
    return {(number, None): words for number, words in rows.exclude(**{task: None}).values_list(task, "words")}
