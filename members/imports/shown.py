"""Lines of an import in the words of the people who will confirm them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from branches.models import Organisation
from members.imports.bringing import APPLY
from members.imports.columns import COLUMNS
from members.imports.judging import EMPTY
from members.imports.values import written_day
from members.models import Education, Import, ImportRow, Sex, State, Theory
from portal.jobs.models import State as JobState
from portal.words.quantities import DOES_NOT_APPLY

_LABELS = {"sex": dict(Sex.choices), "education": dict(Education.choices), "theory": dict(Theory.choices)}
NOTHING_WRITTEN = "Chưa có gì được ghi."
_LEFT_OUT = ("full_name", "born_known_to", "sort_key", "search_key")


@dataclass(frozen=True)
class Said:
    title: str
    now: str
    before: str = ""


@dataclass(frozen=True)
class Ended:
    """What became of the job that was asked for last, where the page does not show it by itself."""

    tone: str
    title: str
    sentence: str


@dataclass(frozen=True)
class ShownLine:
    number: int
    name: str
    born: str
    branch: str
    state: str
    said: list[Said]
    wrong: list[Said]


def how_it_ended(brought: Import) -> Ended | None:
    job = brought.job
    if job is None or job.is_open:
        return None
    if job.state == JobState.FAILED:
        return Ended("bad", f"{job.words}: không xong.", f"{job.error.rstrip('.')}. {NOTHING_WRITTEN}")
    if job.state == JobState.CANCELLED:
        return Ended("warn", f"{job.words}: đã dừng theo yêu cầu.", NOTHING_WRITTEN)
    if job.kind == APPLY and not brought.applied_at:
        return Ended("warn", "Chưa ghi, cần xem lại.", f"{job.told}.")
    return None


def shown_lines(lines: Iterable[ImportRow]) -> list[ShownLine]:
    """One query for the branches of all of them."""
    lines = list(lines)
    wanted = {line.branch for line in lines if line.branch}
    named = Organisation.objects.everywhere(reason="names of the branches that this very sheet was checked against")
    names = dict(named.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}
    return [_shown(line, names) for line in lines]


def _shown(line: ImportRow, names: dict[int, str]) -> ShownLine:
    said = [
        Said(COLUMNS[name].title, _text(name, value, line.facts), _text(name, line.before.get(name), line.before))
        for name, value in line.facts.items() if name not in _LEFT_OUT and value != EMPTY[name]
    ]  # fmt: skip
    if "full_name" in line.before:
        said.insert(0, Said("Họ và tên", line.facts["full_name"], line.before["full_name"]))
    branch, state = names.get(line.branch or 0, ""), State(line.state).label if line.state else ""
    if line.verdict == ImportRow.Verdict.CHANGED and branch:
        said.append(Said(f"Chuyển chi bộ từ ngày {line.branch_since:%d/%m/%Y}", branch))
    if line.verdict == ImportRow.Verdict.CHANGED and state:
        said.append(Said(f"Tình trạng từ ngày {line.state_since:%d/%m/%Y}", state, State.PROBATIONARY.label))
    wrong = [Said(COLUMNS[column].title, sentence) for column, sentence in line.reasons]
    name = line.facts.get("full_name") or line.name or "(chưa có tên)"
    return ShownLine(
        line.number, name, _text("born_on", line.facts.get("born_on"), line.facts), branch, state, said, wrong
    )


def _text(name: str, value: object, facts: dict) -> str:
    if value in (None, ""):
        return DOES_NOT_APPLY
    if name in _LABELS:
        return _LABELS[name][str(value)]
    if name.endswith("_on"):
        return written_day(
            date.fromisoformat(str(value)), facts.get("born_known_to", "day") if name == "born_on" else "day"
        )
    return str(value)
