"""The commune's orientation of a month: seen below when it is published, and brought into what is planned."""

from datetime import date, time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind
from meetings.models import Meeting, MeetingKind, Orientation
from meetings.services.orientation import add_line, move_line, publish_orientation, remove_line, write_orientation
from meetings.services.planning import plan_meeting
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast, place
from tests.directives.papers import a_document

MARCH = date(2026, 3, 1)


def written(cast: Cast, *lines: str) -> Orientation:
    row = write_orientation(cast.phu_luong, month=MARCH, contents="Tập trung chuyển đổi số", by=cast.actor("mai"))
    for words in lines:
        add_line(row, words=words, by=cast.actor("mai"))
    return row


def planned(cast: Cast, branch=None, day: date = date(2026, 3, 3), kind: str = MeetingKind.REGULAR) -> Meeting:
    return plan_meeting(branch or cast.dong, kind=kind, day=day, by=cast.actor("mai"))


def brought(meeting: Meeting) -> list[str]:
    rows = meeting.agendaitems.exclude(orientation_line=None).order_by("position")
    return list(rows.values_list("words", flat=True))


def test_published_it_comes_into_the_months_planned_meetings(cast: Cast):
    one, other, april = planned(cast), planned(cast, cast.doai), planned(cast, day=date(2026, 4, 2))
    begun = planned(cast, place(9000020, "PL-3", "Chi bộ thôn Nam", Kind.BRANCH, cast.phu_luong))
    Meeting.everything.filter(pk=begun.pk).update(started_at=time(14))
    row = written(cast, "Học Nghị quyết", "Làm đường")
    assert brought(one) == []
    assert publish_orientation(row, by=cast.actor("mai")) == 2
    assert brought(one) == brought(other) == ["Học Nghị quyết", "Làm đường"]
    assert brought(april) == brought(begun) == []
    positions = list(one.agendaitems.order_by("position").values_list("position", flat=True))
    assert positions == list(range(1, 20))


def test_a_line_that_comes_later_stands_behind_the_first(cast: Cast):
    row = written(cast, "Học Nghị quyết")
    meeting = planned(cast)
    publish_orientation(row, by=cast.actor("mai"))
    stamp = Meeting.everything.get(pk=meeting.pk).stamp
    add_line(row, words="Phòng cháy rừng", by=cast.actor("mai"))
    assert brought(meeting) == ["Học Nghị quyết", "Phòng cháy rừng"]
    assert Meeting.everything.get(pk=meeting.pk).stamp == stamp + 1
    assert brought(planned(cast, cast.doai)) == ["Học Nghị quyết", "Phòng cháy rừng"]


def test_its_documents_come_as_papers_once(cast: Cast):
    paper = a_document(cast.phu_luong, "Kế hoạch chuyển đổi số")
    row = written(cast)
    add_line(row, words="Học kế hoạch", document=paper, by=cast.actor("mai"))
    add_line(row, words="Bàn việc thực hiện kế hoạch", document=paper, by=cast.actor("mai"))
    before = planned(cast)
    publish_orientation(row, by=cast.actor("mai"))
    after = planned(cast, cast.doai)
    assert [one.document for one in before.papers.all()] == [one.document for one in after.papers.all()] == [paper]


def test_it_stays_within_the_commune(cast: Cast):
    elsewhere = plan_meeting(cast.thuong, kind=MeetingKind.REGULAR, day=MARCH, by=cast.actor("quyet"))
    publish_orientation(written(cast, "Làm đường"), by=cast.actor("mai"))
    assert brought(elsewhere) == []


def test_what_stands_in_an_agenda_is_not_taken_back(cast: Cast):
    row = written(cast, "Làm đường", "Trồng rừng")
    road, forest = row.lines.all()
    remove_line(forest, by=cast.actor("mai"))
    planned(cast)
    publish_orientation(row, by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã vào chương trình"):
        remove_line(road, by=cast.actor("mai"))


def test_lines_are_put_into_order(cast: Cast):
    row = written(cast, "Một", "Hai", "Ba")
    move_line(row.lines.get(words="Ba"), up=True, by=cast.actor("mai"))
    move_line(row.lines.get(words="Một"), up=True, by=cast.actor("mai"))  # it is the first
    assert [line.words for line in row.lines.all()] == ["Một", "Ba", "Hai"]


def test_who_changes_an_old_version_is_told(cast: Cast):
    row = written(cast)
    write_orientation(cast.phu_luong, month=MARCH, contents="Mới", version=row.version, by=cast.actor("mai"))
    with pytest.raises(ChangedMeanwhile):
        write_orientation(cast.phu_luong, month=MARCH, contents="Cũ", version=row.version, by=cast.actor("mai"))


@pytest.mark.parametrize("name", ["thinh", "quyet", "son", "kien"])
def test_only_the_committee_directs(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        write_orientation(cast.phu_luong, month=MARCH, contents="x", by=cast.actor(name))
    row = written(cast, "Một")
    for act in (publish_orientation, lambda row, by: add_line(row, words="x", by=by)):
        with pytest.raises(NotAllowed):
            act(row, by=cast.actor(name))


def test_a_branch_gives_no_orientation(cast: Cast):
    with pytest.raises(DomainError, match="Chỉ cấp ủy cấp trên"):
        write_orientation(cast.dong, month=MARCH, contents="x", by=cast.actor("mai"))


def test_it_is_published_once(cast: Cast):
    row = written(cast)
    publish_orientation(row, by=cast.actor("mai"))
    with pytest.raises(DomainError, match="đã công bố"):
        publish_orientation(row, by=cast.actor("mai"))


def test_publishing_costs_the_same_however_many_branches(cast: Cast):
    def cost(month: date, branches: int) -> int:
        row = write_orientation(cast.phu_luong, month=month, contents="x", by=cast.actor("mai"))
        add_line(row, words="Một", by=cast.actor("mai"))
        for number in range(branches):
            branch = place(
                9001000 + month.month * 100 + number, f"X{month.month}{number}", "Chi bộ", Kind.BRANCH, cast.phu_luong
            )
            planned(cast, branch, month.replace(day=2))
        actor = cast.actor("mai")
        with CaptureQueriesContext(connection) as queries:
            publish_orientation(row, by=actor)
        return len(queries)

    assert cost(date(2026, 5, 1), 2) == cost(date(2026, 6, 1), 7) <= 16


def test_published_at_is_now(cast: Cast):
    row = written(cast)
    publish_orientation(row, by=cast.actor("mai"))
    row.refresh_from_db()
    assert row.published_at is not None
    assert (timezone.now() - row.published_at).total_seconds() < 60
