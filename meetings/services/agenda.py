"""The agenda: laid out from the standard steps and the month's orientation, then freely changed."""

import uuid
from collections.abc import Iterable, Sequence

from django.db.models import Max

from branches.rules.reading import Rulebook
from directives.queries.cascade import open_tasks_of
from meetings.models import AgendaItem, Meeting, MeetingKind, MeetingPaper, OrientationLine
from meetings.queries.steps import Step, standard_steps
from meetings.services.log import Change, open_for_writing, save_items
from portal.access.actor import Actor
from portal.access.reach import paths_down_to
from portal.history.actions import action
from portal.words.errors import DomainError

ORIENTATION_STEP = "dinh-huong"  # the lines of the month stand behind the step that speaks of it
DISCUSSION_STEP = "thao-luan"  # and the theme before the one that discusses it
LONGEST_TITLE = MeetingPaper._meta.get_field("title").max_length


def lay_out_agenda(meeting: Meeting, *, by: Actor) -> None:
    """Of a new meeting."""
    steps = standard_steps(meeting.organisation, meeting.kind, meeting.day, Rulebook.of(by))
    items = [AgendaItem(words=step.words, step=step.code) for step in steps]
    if meeting.also_thematic:
        items.insert(_place_of_theme(steps), AgendaItem(words=_theme_words(meeting)))
    lines = list(lines_for(meeting))
    place = place_of_orientation(items)
    items[place:place] = [AgendaItem(words=line.words[:300], orientation_line=line) for line in lines]
    for position, item in enumerate(items, start=1):
        item.meeting, item.position, item.stamp, item.saved_by = meeting, position, meeting.stamp, by.account
    AgendaItem.everything.bulk_create(items)
    papers_of_lines(meeting, lines, by=by)


def lines_for(meeting: Meeting) -> Iterable[OrientationLine]:
    """What the committees above have published for its month."""
    if meeting.kind != MeetingKind.REGULAR or meeting.period is None:
        return []
    rows = OrientationLine.everything.filter(
        orientation__month=meeting.period,
        orientation__published_at__isnull=False,
        orientation__organisation__path__in=paths_down_to(meeting.organisation.path),
    ).exclude(orientation__organisation=meeting.organisation_id)
    return rows.select_related("document").order_by("-orientation__organisation__path", "position", "pk")


def papers_of_lines(meeting: Meeting, lines: Sequence[OrientationLine], *, by: Actor) -> None:
    """A document that two lines name comes once."""
    documents = {line.document_id: line.document for line in lines if line.document and not line.document.is_secret}
    MeetingPaper.everything.bulk_create(
        MeetingPaper(
            meeting=meeting, title=document.dated_name[:LONGEST_TITLE], document=document, put_out_by=by.account
        )
        for document in documents.values()
    )


def place_of_orientation(items: Sequence[AgendaItem]) -> int:
    places = [place for place, item in enumerate(items, start=1) if item.step.startswith(ORIENTATION_STEP)]
    return places[-1] if places else _before_discussion([item.step for item in items])


def _place_of_theme(steps: Sequence[Step]) -> int:
    return _before_discussion([step.code for step in steps])


def _before_discussion(codes: Sequence[str]) -> int:
    return next((place for place, code in enumerate(codes) if code.startswith(DISCUSSION_STEP)), len(codes))


def _theme_words(meeting: Meeting) -> str:
    return f"Sinh hoạt chuyên đề: {meeting.title}"[:300] if meeting.title else "Sinh hoạt chuyên đề"


@action("thêm nội dung họp")
def add_line(meeting: Meeting, *, words: str, presenter: str = "", by: Actor) -> None:
    """At the end; from there it is moved to where it belongs."""
    last = AgendaItem.everything.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0
    values = {"position": last + 1, "words": words, "presenter": presenter}
    save_items(meeting, [Change("agenda", uuid.uuid4(), 0, values)], by=by)


@action("đưa việc được giao vào chương trình")
def take_up_task(meeting: Meeting, assignment: int, *, by: Actor) -> None:
    """Where it is discussed. Done, it proves the task when the log closes."""
    meeting = open_for_writing(meeting, by=by)
    given = next((one for one in open_tasks_of(meeting.organisation_id) if one.pk == assignment), None)
    if given is None:
        raise DomainError("Việc này không còn trong danh sách được giao.")
    items = list(AgendaItem.everything.there().filter(meeting=meeting).order_by("position", "pk"))
    if any(one.task_id == given.task_id for one in items):
        raise DomainError("Việc này đã có trong chương trình.")
    words, place = given.ordered.words, _before_discussion([one.step for one in items])
    new = AgendaItem(meeting=meeting, words=words[:1].upper() + words[1:300], task_id=given.task_id, position=place + 1)
    new.stamp, new.saved_by = meeting.stamp, by.account
    new.save(force_insert=True)
    items.insert(place, new)
    for position, one in enumerate(items, start=1):
        one.position = position
    AgendaItem.everything.bulk_update(items, ["position"])


@action("bỏ nội dung họp")
def drop_line(meeting: Meeting, item: AgendaItem, *, by: Actor) -> None:
    save_items(meeting, [Change("agenda", item.pk, item.version, gone=True)], by=by)


@action("đổi thứ tự nội dung họp")
def move_line(meeting: Meeting, item: AgendaItem, *, up: bool, by: Actor) -> None:
    """Lines that share a place are told apart on the way."""
    items = list(AgendaItem.everything.there().filter(meeting=meeting).order_by("position", "pk"))
    place = next((place for place, one in enumerate(items) if one.pk == item.pk), 0)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return
    items[place], items[other] = items[other], items[place]
    changes = [
        Change("agenda", one.pk, one.version, {"position": position})
        for position, one in enumerate(items, start=1)
        if one.position != position
    ]
    save_items(meeting, changes, by=by)
