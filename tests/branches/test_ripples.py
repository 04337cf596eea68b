"""Every change of a watched table is seen by all above its place, whoever writes, folds or moves the tree meanwhile."""

from collections.abc import Callable
from datetime import date, time, timedelta
from threading import Event, Thread

import pgtrigger
import pytest
from django.db import connection, transaction

from branches.models import Ancestry, Kind, Month, Organisation, Placement, Ripple, Rule, Standing
from branches.models.ripple import UNSETTLED
from branches.services.reorganisation import move_organisations
from branches.services.ripples import fold_ripples
from branches.summary.kept import _watched_tables
from directives.models import Order, OrderedTask, Target, TaskAssignment
from meetings.models import Meeting, Proposal, SlotDecision
from members.models import Charge, Member, Office
from tests.cast import Cast, assemble, place
from tests.directives.orders import given
from tests.directives.papers import a_document, a_target
from tests.meetings.meetings import meeting_of
from tests.members.people import on_the_roll
from tests.ripples import OCTOBER, TODAY, Counting, settle, stand_at, strengths, taken


@pytest.fixture
def cast(cast: Cast) -> Cast:
    settle()
    return cast


def test_a_change_below_is_seen_by_all_above_and_by_nobody_beside(cast: Cast, month: Month):
    places = (cast.dong, cast.phu_luong, cast.province, cast.tan_hoa, cast.doai)
    counts = [strengths(cast.dong) for _ in places]
    for where, count in zip(places, counts, strict=True):
        taken(where, count)
    month.strength += 1
    month.save()
    for where, count in zip(places, counts, strict=True):
        taken(where, count)
    assert [count.times for count in counts] == [2, 2, 2, 1, 1]


def test_whoever_stood_above_once_sees_it_too(cast: Cast, month: Month):
    """Figures of a past year are of the tree of that year."""
    move_organisations(moved=[cast.dong], parent=cast.tan_hoa, on=TODAY, by=cast.actor("kien"))
    settle()
    then, now = strengths(cast.dong), strengths(cast.dong)
    taken(cast.phu_luong, then), taken(cast.tan_hoa, now)
    Month.everything.filter(organisation=cast.dong).update(strength=77)
    for where, count in ((cast.phu_luong, then), (cast.tan_hoa, now)):
        assert {strength for _, strength in taken(where, count)} == {77}
    assert (then.times, now.times) == (2, 2)


def test_so_does_who_stood_above_them_at_another_time(cast: Cast):
    """What a committee counts of the year before, it counts in the tree of that year: of a part that stood elsewhere then, and of a
    branch that has left that part since."""
    part = place(9_400_002, "PL-A", "Đảng bộ bộ phận A", Kind.PART, cast.phu_luong)
    other = place(9_400_003, "PL-B", "Đảng bộ bộ phận B", Kind.PART, cast.phu_luong)
    branch = place(9_400_004, "PL-A1", "Chi bộ A1", Kind.BRANCH, part)
    for moved, parent, on in ((branch, other, date(2026, 2, 1)), (part, cast.tan_hoa, date(2026, 5, 1))):
        Placement.everything.filter(organisation=moved).update(until=on - timedelta(days=1))
        Placement.everything.create(organisation=moved, parent=parent, since=on)
    assert not Ancestry.everything.filter(organisation=branch, ancestor=cast.tan_hoa).exists()
    before = stand_at(cast.tan_hoa)
    Month.everything.create(organisation=branch, month=date(2025, 10, 1))
    assert stand_at(cast.tan_hoa) != before


def test_what_was_rolled_back_has_moved_nothing(cast: Cast, month: Month):
    count = strengths(cast.dong)
    taken(cast.phu_luong, count)
    with transaction.atomic():
        Month.everything.filter(organisation=cast.dong).update(strength=99)
        assert {strength for _, strength in taken(cast.phu_luong, count)} == {99}
        transaction.set_rollback(True)
    assert 99 not in {strength for _, strength in taken(cast.phu_luong, count)}


def an_assignment(cast: Cast) -> TaskAssignment:
    order = given(cast.phu_luong, cast.actor("mai"))
    return TaskAssignment.everything.filter(ordered__order=order).earliest("pk")


def a_giver_that_is_another(cast: Cast) -> None:
    with pgtrigger.ignore("directives.Order:document_and_giver_stay"):
        Order.everything.update(organisation=cast.tan_hoa)


Change = Callable[[Cast], object]
CHANGES: dict[str, tuple[Change, Change]] = {  # by table: what stands there before, and how it changes
    "branches_organisation": (lambda cast: None, lambda cast: Organisation.everything.filter(pk=cast.dong.pk).update(area="urban")),
    "branches_ancestry": (lambda cast: None, lambda cast: place(9_400_001, "PL-M", "Chi bộ thôn Mới", Kind.BRANCH, cast.phu_luong)),
    "branches_standing": (lambda cast: None, lambda cast: Standing.everything.filter(organisation=cast.dong).update(name="Chi bộ khác")),
    "branches_rule": (lambda cast: None, lambda cast: Rule.everything.filter(organisation=None).earliest("pk").delete()),
    "branches_month": (
        lambda cast: Month.everything.create(organisation=cast.dong, month=OCTOBER),
        lambda cast: Month.everything.filter(organisation=cast.dong).delete(),
    ),
    "meetings_meeting": (lambda cast: meeting_of(cast.dong, date(2026, 10, 3)), lambda cast: Meeting.everything.update(begins=time(7))),
    "meetings_slotdecision": (
        lambda cast: None,
        lambda cast: SlotDecision.everything.create(
            organisation=cast.province, kind="regular", period=date(2026, 10, 1), change="excused", because="Bão số 5"
        ),
    ),
    "directives_document": (lambda cast: None, lambda cast: a_document(None, "nâng cao chất lượng")),
    "directives_obligation": (
        lambda cast: a_target(a_document(None, "nâng cao"), "meetings.held", value=100),
        lambda cast: Target.everything.earliest("pk").obligation.delete(),
    ),
    "directives_target": (
        lambda cast: a_target(a_document(None, "nâng cao"), "meetings.held", value=100),
        lambda cast: Target.everything.update(value=90),
    ),
    "directives_orderedtask": (an_assignment, lambda cast: OrderedTask.everything.update(words="Việc khác")),
    "directives_order": (an_assignment, a_giver_that_is_another),
    "directives_taskassignment": (
        an_assignment,
        lambda cast: TaskAssignment.everything.filter(organisation=cast.dong).update(due_on=date(2026, 1, 1)),
    ),
    "meetings_proposal": (
        lambda cast: meeting_of(cast.dong, date(2026, 10, 3)),
        lambda cast: Proposal.everything.create(meeting=Meeting.everything.get(), to=cast.phu_luong, words="Sửa đường"),
    ),
    "members_charge": (
        lambda cast: on_the_roll(cast.dong, "Hà Văn Theo"),
        lambda cast: Charge.everything.create(member=Member.everything.latest("pk"), organisation=cast.dong, since=OCTOBER),
    ),
    "members_office": (
        lambda cast: on_the_roll(cast.dong, "Hà Văn Theo"),
        lambda cast: Office.everything.create(
            member=Member.everything.latest("pk"), organisation=cast.phu_luong, post="committee", since=OCTOBER
        ),
    ),
    "members_member": (
        lambda cast: on_the_roll(cast.dong, "Hà Văn Theo"),
        lambda cast: Member.everything.update(full_name="Hà Văn Thêu"),
    ),
}  # fmt: skip


def test_every_watched_table_is_tried():
    assert set(CHANGES) == set(_watched_tables())


@pytest.mark.parametrize("table", CHANGES)
def test_a_change_of_a_watched_table_is_seen(cast: Cast, table: str):
    before, change = CHANGES[table]
    before(cast)
    settle()
    columns = {
        "meetings_meeting": '"begins"',
        "directives_orderedtask": '"words"',
        "directives_order": '"document_id"',
        "members_member": '"full_name"',
    }.get(table, "*")

    def read() -> int:
        with connection.cursor() as cursor:
            named = columns if columns == "*" else f'"{table}".{columns}'
            cursor.execute(f'SELECT {named} FROM "{table}"')
            return len(cursor.fetchall())

    count = Counting(read)
    taken(cast.phu_luong, count), taken(cast.phu_luong, count)
    assert count.times == 1
    change(cast)
    taken(cast.phu_luong, count)
    assert count.times == 2


def test_what_is_written_into_a_log_moves_nothing(cast: Cast):
    meeting = meeting_of(cast.dong, date(2026, 10, 3))
    before = stand_at(cast.phu_luong)
    Meeting.everything.filter(pk=meeting.pk).update(title="Sinh hoạt tháng 10", place="Nhà văn hóa")
    assert stand_at(cast.phu_luong) == before
    Meeting.everything.filter(pk=meeting.pk).update(day=date(2026, 10, 4))
    assert stand_at(cast.phu_luong) != before


def test_folded_ripples_come_to_the_same(cast: Cast, month: Month):
    Ripple.everything.update(folded=False)
    for strength in (1, 2, 3):
        Month.everything.filter(organisation=cast.dong).update(strength=strength)
    before = {where: stand_at(where) for where in (cast.dong, cast.phu_luong, cast.province)}
    fold_ripples()
    assert {where: stand_at(where) for where in before} == before
    sources = list(Ripple.everything.values_list("place", "source"))
    assert len(sources) == len(set(sources))


def test_writers_and_folders_at_once_lose_nothing(committed: None):
    """Whoever looked before sees that it moved, however the ripples were folded meanwhile; and no writer waits for another."""
    cast = assemble()
    Month.everything.get_or_create(organisation=cast.dong, month=OCTOBER)
    stands: list[dict] = []

    def write(first: int) -> None:
        for strength in range(first, first + 20):
            Month.everything.filter(organisation=cast.dong).update(strength=strength)
            stands.append(stand_at(cast.phu_luong))
        connection.close()

    def fold() -> None:
        for _ in range(40):
            fold_ripples()
        connection.close()

    threads = [Thread(target=write, args=(1_000 * number,)) for number in range(3)] + [Thread(target=fold)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
        assert not thread.is_alive()
    seen = [stand["branches_month"] for stand in stands]
    assert len(seen) == 60
    assert len(set(seen)) >= 20
    last = stand_at(cast.phu_luong)
    fold_ripples()
    assert stand_at(cast.phu_luong) == last


def test_while_the_tree_changes_nothing_is_kept(committed: None):
    """Who was writing when it changed leaves ripples where things stood before: what came to another place is not told there."""
    cast = assemble()
    settle()
    Month.everything.create(organisation=cast.dong, month=OCTOBER)
    count, written, go_on = strengths(cast.dong), Event(), Event()

    def write() -> None:
        with transaction.atomic():
            Month.everything.filter(organisation=cast.dong).update(strength=42)  # in Phú Lương, for all that it can see
            written.set()
            go_on.wait(20)
        connection.close()

    writer = Thread(target=write)
    writer.start()
    assert written.wait(20)
    Placement.everything.filter(organisation=cast.dong).update(parent=cast.tan_hoa)
    for _ in range(3):  # whatever the clock does meanwhile
        taken(cast.tan_hoa, count), taken(cast.tan_hoa, count)
        fold_ripples()
    assert count.times == 6
    go_on.set()
    writer.join(timeout=20)
    assert {strength for _, strength in taken(cast.tan_hoa, count)} == {42}
    settle()  # other databases of this server are at work as well: nobody knows how long
    seen = [taken(cast.tan_hoa, count) for _ in range(3)]
    assert count.times == 8, "kept again"
    assert {strength for found in seen for _, strength in found} == {42}


def test_the_tree_is_settled_when_all_are_done_who_had_begun(cast: Cast):
    def unsettled_by(horizon: int) -> bool:
        Ripple.everything.create(place=UNSETTLED, source=str(horizon), value=0, folded=True)
        fold_ripples()
        return Ripple.everything.filter(place=UNSETTLED, source=str(horizon)).exists()

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, pg_current_xact_id()::text::bigint"
        )
        oldest, own = cursor.fetchone()  # the oldest may be of another database of this server
    assert not unsettled_by(oldest)  # whoever had begun before this number is done
    assert unsettled_by(own + 1)  # this one, a test, is not
    Ripple.everything.filter(place=UNSETTLED).delete()
    place(9_400_005, "PL-N", "Chi bộ thôn Nữa", Kind.BRANCH, cast.phu_luong)
    fold_ripples()
    assert Ripple.everything.filter(place=UNSETTLED).count() == 1


def test_an_open_change_is_seen_when_it_is_saved(committed: None):
    """Who looks while a change is being written counts what stood before, and again when it stands."""
    cast = assemble()
    Month.everything.get_or_create(organisation=cast.dong, month=OCTOBER)
    settle()
    count, found = strengths(cast.dong), []

    def look() -> None:
        found.append({strength for _, strength in taken(cast.phu_luong, count)})
        connection.close()

    def elsewhere() -> None:
        thread = Thread(target=look)
        thread.start()
        thread.join(timeout=10)

    elsewhere()
    with transaction.atomic():
        Month.everything.filter(organisation=cast.dong).update(strength=42)
        elsewhere()
    elsewhere()
    assert (found[0], found[1], found[2]) == (found[0], found[0], {42})
    assert count.times == 2
