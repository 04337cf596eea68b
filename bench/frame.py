"""The frame of every entry: warm up, run ours and the floor in turn, take medians, count queries, measure memory."""

import json
import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.db import connection
from django.test.utils import CaptureQueriesContext

Run = Callable[[], object]


@dataclass(frozen=True)
class Contest:
    """Ours against the floor. `goal` is the largest ratio that is good enough."""

    ours: Run
    floor: Run
    floor_is: str
    goal: float
    calls: int = 1  # calls in one timed run, for what is too short to time alone
    after: Run = lambda: None  # puts everything back after each run; not timed
    peak_mb: float = 0.0  # where the entry has measured it in a process of its own


@dataclass(frozen=True)
class Result:
    name: str
    value: float
    unit: str
    floor: str
    floor_value: float
    ratio: float
    goal: float
    met: bool
    queries: int
    peak_mb: float


ENTRIES: dict[str, Callable[[], Contest]] = {}
RUNS = 5


def entry(name: str) -> Callable[[Callable[[], Contest]], Callable[[], Contest]]:
    def register(prepare: Callable[[], Contest]) -> Callable[[], Contest]:
        ENTRIES[name] = prepare
        return prepare

    return register


def measure(name: str, runs: int = RUNS) -> Result:
    contest = ENTRIES[name]()
    with CaptureQueriesContext(connection) as queries:
        contest.ours()
    count = len(queries)  # now: the next request empties the log that it reads
    contest.after()
    contest.floor()
    contest.after()
    ours, floor = [], []
    for _ in range(max(runs, RUNS)):  # in turn, so that a machine that slows down slows both
        ours.append(_timed(contest.ours, contest.calls))
        contest.after()
        floor.append(_timed(contest.floor, contest.calls))
        contest.after()
    value, floor_value = statistics.median(ours), statistics.median(floor)
    return Result(
        name=name,
        value=round(value, 3),
        unit="ms",
        floor=contest.floor_is,
        floor_value=round(floor_value, 3),
        ratio=round(value / floor_value, 2),
        goal=contest.goal,
        met=value / floor_value <= contest.goal,
        queries=count,
        peak_mb=contest.peak_mb or round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    )


def table(results: list[Result]) -> str:
    lines = [f"{'entry':28}{'ours':>12}{'floor':>12}{'ratio':>8}{'goal':>8}{'queries':>9}  floor is"]
    for r in results:
        mark = "" if r.met else "  ← missed"
        figures = f"{r.value:>9.2f} {r.unit}{r.floor_value:>9.2f} {r.unit}{r.ratio:>8.2f}{r.goal:>8.2f}{r.queries:>9}"
        lines.append(f"{r.name:28}{figures}  {r.floor}{mark}")
    return "\n".join(lines)


def write(results: list[Result], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([asdict(result) for result in results], indent=1, ensure_ascii=False))


def _timed(run: Run, calls: int) -> float:
    started = time.perf_counter()
    for _ in range(calls):
        run()
    return (time.perf_counter() - started) * 1000 / calls
