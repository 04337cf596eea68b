"""A roll as a sheet, in the columns of the import: what goes out comes back unchanged."""

from collections.abc import Iterator
from typing import IO, Any

from django.db.models import F, OuterRef, QuerySet, Subquery

from members.imports.columns import FORM
from members.imports.values import written_day
from members.models import Education, Membership, MembershipKind, Sex, State, Theory
from portal.access.actor import Actor
from portal.access.permissions import Permission
from portal.files.sheets.blank import write_sheet
from portal.history.models import Deed
from portal.history.traces import leave_trace
from portal.words.quantities import number

EXPLAINED = (
    "Mỗi đảng viên một dòng, bắt đầu từ dòng 3. Ngày ghi như 05/12/1980; ngày sinh chỉ biết tháng, năm thì ghi 12/1980 hoặc "
    "1980. Chi bộ ghi tên hoặc mã. Ô để trống là không đổi điều đang ghi trong hồ sơ."
)
_LABELS = {
    "sex": dict(Sex.choices), "education": dict(Education.choices), "theory": dict(Theory.choices),
    "state": dict(State.choices), "relief": dict(State.choices),
}  # fmt: skip
_DAYS = ("admitted_on", "decided_on", "official_on", "joined_on")
CLOSED = "religion"


def columns_for(by: Actor, path: str) -> list[str]:
    """What is closed goes to those who read it, and never else."""
    return [name for name in FORM if name != CLOSED or by.may(Permission.READ_CLOSED, path)]


def export_roll(rows: QuerySet, out: IO[bytes], *, place: str, by: Actor, said: str = "") -> int:
    """`rows`: members behind the door, filtered and in order; `place`: path of the organisation whose list it is."""
    by.need(Permission.EXPORT_ROLL, place)
    names = columns_for(by, place)
    count = _write(out, names, EXPLAINED, _rows(rows, names))
    closed = ", có cột tôn giáo" if CLOSED in names else ""
    leave_trace(
        Deed.EXPORTED, subject=f"Danh sách đảng viên{said}: {number(count)} dòng{closed}"[:300], place=place, by=by
    )
    return count


def write_form(out: IO[bytes]) -> int:
    """The official form, empty."""
    return _write(out, list(FORM), EXPLAINED, ())


def _write(out: IO[bytes], names: list[str], explained: str, rows: Any) -> int:
    return write_sheet(out, explained, [FORM[name].title for name in names], [FORM[name].width for name in names], rows)


def _rows(rows: QuerySet, names: list[str]) -> Iterator[list[str]]:
    """Read in portions from the database, which keeps the rest."""
    now = Membership.objects.everywhere(
        reason="since when the members of rows behind the door are where they are"
    ).filter(member=OuterRef("pk"), kind=MembershipKind.MAIN, organisation=OuterRef("branch"), until__isnull=True)
    sources = {"branch": F("branch__name"), "branch_code": F("branch__code"), "religion": F("closed__religion")}
    if "joined_on" in names:
        sources["joined_on"] = Subquery(now.values("since")[:1])
    said = {f"said_{name}": source for name, source in sources.items()}
    asked = [f"said_{name}" if name in sources else name for name in names]
    born = names.index("born_on")
    for *values, known_to in rows.annotate(**said).values_list(*asked, "born_known_to").iterator(chunk_size=2_000):
        cells = [_text(name, value) for name, value in zip(names, values, strict=True)]
        cells[born] = written_day(values[born], known_to)
        yield cells


def _text(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name in _LABELS:
        return _LABELS[name][value]
    if name in _DAYS or name == "born_on":
        return written_day(value)
    return str(value) if value != 0 else ""
