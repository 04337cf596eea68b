"""Every line of a sheet is judged, and the judgements are laid down: they are shown, and they are what is written."""

import csv
import gc
import json
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.utils import timezone

from branches.models import Organisation
from members.imports.judging import Judged, Verdict, is_another, judged_known, judged_new
from members.imports.lines import CARD, Reader, Understood
from members.imports.offices import Branches
from members.imports.progress import EVERY, Report, to_nobody
from members.imports.receiving import rows_of
from members.imports.records import Record, records_by_card, records_by_name
from members.models import Import, ImportRow
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.history.actions import action
from portal.words.errors import DomainError
from portal.words.quantities import number as counted

LAID_DOWN = (
    "of_id", "number", "verdict", "name", "member", "seen", "branch", "branch_since", "state", "state_since", "relief",
    "facts", "before", "reasons",
)  # fmt: skip
_ENCODE = json.JSONEncoder(ensure_ascii=False, default=str, separators=(",", ":")).encode
NOTHING = "\\N"


class TooLong(Exception):
    """More lines than somebody waits for."""


@action("kiểm tra bảng đảng viên")
def check_import(brought: Import, *, by: Actor, report: Report = to_nobody, at_most: int | None = None) -> Import:
    """Nothing of the roll is written. The same statements, however many lines; of more than `at_most` none is judged."""
    by.need(Permission.IMPORT_MEMBERS, brought.organisation.path)
    brought = Import.everything.select_for_update(of=["self"]).select_related("organisation", "file").get(pk=brought.pk)
    if brought.state not in (Import.State.BROUGHT, Import.State.CHECKED):
        raise DomainError("Bảng này đã nhập rồi.")
    with _no_search_for_cycles():
        return _checked(brought, by, report, at_most)


def _checked(brought: Import, by: Actor, report: Report, at_most: int | None) -> Import:
    lines = _understood(brought, by, report, at_most)
    if not lines:
        raise DomainError("Dưới dòng tên cột chưa có ai.")
    ImportRow.everything.filter(of=brought).delete()
    counts = dict.fromkeys(Verdict, 0)
    _lay_down(
        brought, _counted(_with_numbers(_judged(lines, brought.organisation), len(lines)), counts, len(lines), report)
    )
    brought.new, brought.changed = counts[Verdict.NEW], counts[Verdict.CHANGED]
    brought.unchanged, brought.wrong = counts[Verdict.UNCHANGED], counts[Verdict.WRONG]
    brought.rows, brought.state = len(lines), Import.State.CHECKED
    brought.save()
    return brought


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """There are none among a hundred thousand lines; to look for them again and again is a tenth of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _understood(brought: Import, by: Actor, report: Report, at_most: int | None) -> list[Understood]:
    today = timezone.localdate()
    reader = Reader(brought.places, Branches(brought.organisation, by, today), today)
    lines = []
    for number, row in enumerate(rows_of(brought), start=1):
        if number >= brought.begins and (line := reader.understand(number, row)):
            lines.append(line)
            if at_most is not None and len(lines) > at_most:
                raise TooLong
            if len(lines) % EVERY == 0:
                report(len(lines), brought.rows, f"Đã đọc {counted(len(lines))} dòng")
    return lines


def _judged(lines: Sequence[Understood], office: Organisation) -> Iterator[Judged]:
    """First those whose card is known; of the others those whose name and birthday are; the rest is new."""
    known: dict[int, int] = {}  # record → line
    rest = []
    for line, record in _beside_cards(lines):
        if record:
            yield _once(judged_known(line, record, reach=office.path), known)
        else:
            rest.append(line)
    new: dict[object, int] = {}
    for line, records in _beside_names(rest):
        same = [record for record in records if not is_another(line, record, reach=office.path)]
        here = [record for record in same if record.path.startswith(office.path)]
        if len(here or same) > 1:
            line.is_wrong("card_number", f"Có {len(here or same)} người cùng tên, cùng ngày sinh. Hãy ghi số thẻ.")
            yield Judged(line, Verdict.WRONG)
        elif same:
            yield _once(judged_known(line, (here or same)[0], reach=office.path), known)
        else:
            yield judged_new(_without_twin(line, new))


def _beside_cards(lines: Sequence[Understood]) -> Iterator[tuple[Understood, Record | None]]:
    with_card = [line for line in lines if line.facts[CARD]]
    found = records_by_card([line.facts[CARD] for line in with_card])
    yield from _beside(with_card, found)
    yield from ((line, None) for line in lines if not line.facts[CARD])


def _beside_names(lines: Sequence[Understood]) -> Iterator[tuple[Understood, list[Record]]]:
    named = [(line, line.who) for line in lines]
    with_birth = [(line, who) for line, who in named if who]
    found = records_by_name([who for _, who in with_birth])
    yield from ((line, records or []) for line, records in _beside([line for line, _ in with_birth], found))
    yield from ((line, []) for line, who in named if not who)


def _beside(lines: Sequence[Understood], found: Iterator[tuple[int, object]]) -> Iterator[tuple[Understood, object]]:
    """Two lists in one order: each line with what was found for its place."""
    place, record = next(found, (-1, None))
    for at, line in enumerate(lines):
        if at == place:
            yield line, record
            place, record = next(found, (-1, None))
        else:
            yield line, None


def _once(judged: Judged, known: dict[int, int]) -> Judged:
    if judged.member is None:
        return judged
    first = known.setdefault(judged.member, judged.line.number)
    if first == judged.line.number:
        return judged
    judged.line.is_wrong("full_name", f"Trùng với dòng {first}: cùng một người.")
    return Judged(judged.line, Verdict.WRONG)


def _without_twin(line: Understood, new: dict[object, int]) -> Understood:
    card, who = line.facts[CARD], line.who
    if card:
        if (first := new.setdefault(card, line.number)) != line.number:
            line.is_wrong("card_number", f"Số thẻ trùng với dòng {first}.")
    elif who and (first := new.setdefault(who, line.number)) != line.number:
        line.is_wrong(
            "full_name", f"Trùng tên, ngày sinh với dòng {first}. Nếu là hai người, hãy ghi số thẻ của cả hai."
        )
    return line


def _with_numbers(judged: Iterable[Judged], at_most: int) -> Iterator[Judged]:
    """New records have their numbers from now on; those that are never written are left out of the count."""
    numbers: Iterator[int] | None = None
    for one in judged:
        if one.verdict == Verdict.NEW:
            numbers = numbers or _drawn(at_most)
            one.member = next(numbers)
        yield one


def _drawn(count: int) -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('members_member', 'id')) FROM generate_series(1, %s)", [count]
        )
        return iter([number for (number,) in cursor.fetchall()])


def _counted(judged: Iterable[Judged], counts: dict[Verdict, int], total: int, report: Report) -> Iterator[Judged]:
    for done, one in enumerate(judged, start=1):
        counts[one.verdict] += 1
        if done % EVERY == 0:
            report(done, total, f"Đang kiểm tra {counted(done)}/{counted(total)} dòng")
        yield one


def _lay_down(brought: Import, judged: Iterable[Judged]) -> None:
    """By way of a file: judging reads from the connection, which copying has for itself."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as laid:
        csv.writer(laid).writerows(_laid(brought, one) for one in judged)
        laid.seek(0)
        table = f"members_importrow ({', '.join(LAID_DOWN)})"
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN (FORMAT csv, NULL '{NOTHING}')") as copy,
        ):
            while portion := laid.read(65_536):
                copy.write(portion)
    with connection.cursor() as cursor:  # a planner that thinks these rows few writes them one by one
        cursor.execute("ANALYZE members_importrow (of_id, verdict, member, branch)")


def _laid(brought: Import, one: Judged) -> Iterator[object]:
    line = one.line
    cells = (
        brought.pk, line.number, one.verdict.value, line.name[:300], one.member, one.seen, one.branch, one.branch_since,
        one.state, one.state_since, one.relief, _json(one.facts, "{}"), _json(one.before, "{}"), _json(line.reasons, "[]"),
    )  # fmt: skip
    return (NOTHING if cell is None else cell for cell in cells)


def _json(value: object, empty: str) -> str:
    return _ENCODE(value) if value else empty
