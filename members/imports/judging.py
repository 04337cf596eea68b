"""What becomes of a line beside the records there are: new, changed and in what, unchanged, or wrong and why."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from members.imports.columns import FACTS
from members.imports.lines import BORN, CARD, FULL_NAME, KNOWN_TO, Understood, order_of_days
from members.imports.records import Record
from members.models import ImportRow, Precision, State
from portal.words.quantities import day
from portal.words.text import person_sort_key, search_key

ELSEWHERE = "Đồng chí này đang ở đơn vị khác; đề nghị chuyển sinh hoạt."
GROUND = "Ghi theo danh sách nhập"
EMPTY: dict[str, Any] = dict.fromkeys(FACTS, "") | {
    "card_number": None, "born_on": None, "born_known_to": Precision.DAY.value, "admitted_on": None, "decided_on": None,
    "official_on": None, "months_not_counted": 0,
}  # fmt: skip
Verdict = ImportRow.Verdict


@dataclass(slots=True)
class Judged:
    line: Understood
    verdict: Verdict
    member: int | None = None
    seen: int | None = None
    branch: int | None = None
    branch_since: date | None = None
    state: str = ""
    state_since: date | None = None
    relief: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)


def is_another(line: Understood, record: Record, *, reach: str) -> bool:
    """Of one name and one birthday, and yet another: by the cards; or so little is known that it proves nothing far away."""
    mine, theirs = line.facts[CARD], record.facts[CARD]
    if mine and theirs and mine != theirs:
        return True
    exact = line.facts[KNOWN_TO] == Precision.DAY and record.facts[KNOWN_TO] == Precision.DAY
    return not record.path.startswith(reach) and not exact


def judged_new(line: Understood) -> Judged:
    """Somebody whom the portal does not know."""
    if line.branch is None and not line.reasons:
        line.is_wrong("branch", "Thiếu chi bộ. Hãy ghi tên hoặc mã chi bộ.")
    said = _said(line)
    facts = EMPTY | said
    state = line.state or _state_by_days(facts)
    if state not in State.present():
        line.is_wrong(
            "state", f"Người mới vào danh sách là chính thức hoặc dự bị, không thể là “{State(state).label}”."
        )
    if disorder := order_of_days(facts):
        line.is_wrong(*disorder)
    if line.reasons:
        return Judged(line, Verdict.WRONG)
    first = facts["official_on"] if state == State.FULL else facts["admitted_on"]
    return Judged(
        line, Verdict.NEW, branch=line.branch.pk if line.branch else None, branch_since=line.joined_on, state=state,
        state_since=min(filter(None, [first, line.joined_on]), default=None), relief=line.relief,
        facts=said | {"sort_key": person_sort_key(said["full_name"])[:600], "search_key": line.key[:600]},
    )  # fmt: skip


def judged_known(line: Understood, record: Record, *, reach: str) -> Judged:
    """An empty cell says nothing: it takes nothing away."""
    if not record.path.startswith(reach) or not record.path:
        line.is_wrong("full_name", ELSEWHERE)
        return Judged(line, Verdict.WRONG)
    stored, said = record.said(), _said(line)
    _must_be_the_same_person(line, stored)
    changed = {name: value for name, value in said.items() if _differs(name, value, stored, said)}
    if disorder := order_of_days(stored | changed):
        line.is_wrong(*disorder)
    judged = Judged(line, Verdict.UNCHANGED, member=record.pk, seen=record.seen)
    _move(judged, record)
    _promote(judged, record, stored | changed)
    if line.relief and line.relief != record.relief:
        line.is_wrong("relief", "Miễn, hoãn của người đã có trong danh sách thì ghi ở hồ sơ từng người.")
    if line.reasons:
        return Judged(line, Verdict.WRONG)
    judged.before = _with_keys({name: stored[name] for name in changed})
    judged.facts = _with_keys(changed)
    if changed or judged.branch or judged.state:
        judged.verdict = Verdict.CHANGED
    return judged


def _with_keys(facts: dict[str, Any]) -> dict[str, Any]:
    """The database does not know Vietnamese: its keys come with the name."""
    if name := facts.get("full_name"):
        return facts | {"sort_key": person_sort_key(name)[:600], "search_key": search_key(name)[:600]}
    return facts


def _said(line: Understood) -> dict[str, Any]:
    return {name: value for name, value in zip(FACTS, line.facts, strict=True) if value is not None}


def _differs(name: str, value: Any, stored: dict[str, Any], said: dict[str, Any]) -> bool:
    if name == "full_name":  # written in capitals in one of the two
        return value.casefold() != stored[name].casefold()
    if name == "born_known_to":
        return stored["born_on"] is None or value != stored[name]
    return value != stored[name]


def _must_be_the_same_person(line: Understood, stored: dict[str, Any]) -> None:
    """One card, another name and another birthday: a slip of the pen in the card, more likely than two corrections."""
    said, born = search_key(line.facts[FULL_NAME] or ""), line.facts[BORN]
    if said and said != search_key(stored["full_name"]) and born and stored["born_on"] and born != stored["born_on"]:
        line.is_wrong(
            "card_number",
            f"Số thẻ này của đồng chí {stored['full_name']}, sinh {day(stored['born_on'])}: khác cả tên lẫn ngày sinh.",
        )


def _state_by_days(facts: dict[str, Any]) -> str:
    return (State.PROBATIONARY if facts["admitted_on"] and not facts["official_on"] else State.FULL).value


def _move(judged: Judged, record: Record) -> None:
    line = judged.line
    if line.branch is None or line.branch.pk == record.branch:
        return
    if line.joined_on is None:
        line.is_wrong(
            "branch",
            "Đang sinh hoạt ở chi bộ khác của đồng chí. Muốn chuyển, ghi cột Ngày về chi bộ; không thì sửa cột Chi bộ.",
        )
    elif record.state not in State.present():
        line.is_wrong(
            "branch", f"Đã ghi “{State(record.state).label}”, không chuyển chi bộ được." if record.state else ELSEWHERE
        )
    else:
        judged.branch, judged.branch_since = line.branch.pk, line.joined_on


def _promote(judged: Judged, record: Record, facts: dict[str, Any]) -> None:
    """Of states a sheet tells one thing that it also dates: who was on probation is a full member since that day."""
    said = judged.line.state
    if not said or said == record.state:
        return
    if (record.state, said) == (State.PROBATIONARY, State.FULL) and facts["official_on"]:
        judged.state, judged.state_since = said, facts["official_on"]
        return
    now = State(record.state).label if record.state else "chưa ghi"
    what = (
        "ghi thêm ngày chính thức"
        if said == State.FULL and record.state == State.PROBATIONARY
        else "đổi ở hồ sơ từng người"
    )
    judged.line.is_wrong("state", f"Hồ sơ đang ghi “{now}”; muốn đổi thành “{State(said).label}” thì {what}.")
