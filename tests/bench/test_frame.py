"""The frame can miss a goal, counts queries, and writes what it prints."""

import json
import time
from pathlib import Path

import pytest

from bench import frame
from portal.accounts.models import Account


@pytest.fixture(autouse=True)
def own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "ENTRIES", {})


def contest(ours: float, floor: float, goal: float) -> frame.Contest:
    def work() -> None:
        time.sleep(ours)
        Account.objects.count()

    return frame.Contest(work, lambda: time.sleep(floor), "a nap", goal)


@pytest.mark.parametrize(("goal", "met"), [(1.5, False), (20.0, True)])
def test_a_goal_can_be_missed(db: None, goal: float, met: bool):
    frame.entry("nap")(lambda: contest(0.15, 0.05, goal))
    result = frame.measure("nap")
    assert result.met is met
    assert result.ratio > 1.5
    assert result.queries == 1
    assert ("missed" in frame.table([result])) is not met


def test_what_is_printed_is_written(db: None, tmp_path: Path):
    frame.entry("nap")(lambda: contest(0.01, 0.01, 3))
    result = frame.measure("nap")
    frame.write([result], tmp_path / "bench" / "latest.json")
    (written,) = json.loads((tmp_path / "bench" / "latest.json").read_text())
    assert written["ratio"] == result.ratio
    assert set(written) >= {"name", "value", "unit", "floor", "ratio", "goal", "met", "queries", "peak_mb"}


def test_ours_and_the_floor_take_turns(db: None):
    order: list[str] = []
    turn = frame.Contest(lambda: order.append("ours"), lambda: order.append("floor"), "itself", 5)
    frame.entry("turns")(lambda: turn)
    frame.measure("turns")
    assert order[2:] == ["ours", "floor"] * 5
