"""Points, bands and the band of the year: what the portal says a second count from raw rows says too."""

from datetime import date
from random import Random
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from branches.models import Kind, Organisation
from branches.rules.reading import Rulebook
from branches.summary.recount import recount_since
from meetings import summary
from meetings.models import CriteriaSet, Criterion, Meeting, QualityScore, ScoreRow
from meetings.queries.quality_below import branch_lines, committee_lines
from meetings.queries.year_quality import year_quality
from meetings.services.criteria import load_criteria
from portal.indicators.registry import indicator
from tests.cast import Cast, place
from tests.meetings.meetings import meeting_of, people_of
from tests.meetings.test_slots import close
from tests.recount import quality as second

FIRST, LAST = date(2026, 1, 1), date(2026, 11, 15)
BANDS = [("Tốt", 90), ("Khá", 70), ("Trung bình", 50), ("Kém", 0)]
STEPS = [("Tốt", "Khá", 100, 7), ("Khá", "Trung bình", 100, 0)]


def rows(sql: str, values: list[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@pytest.fixture
def year(cast: Cast) -> Cast:
    """Three branches, ten months: one scores well, one so-so with a criterion that must be full, one not always."""
    with time_machine.travel("2026-11-20 09:00+07:00"):
        load_criteria()
        Criterion.everything.filter(fills="duration").update(must_be_full=True)
        random, lines = Random(5), list(Criterion.everything.filter(block__criteria__kind="regular"))
        for branch, care in ((cast.dong, 0.97), (cast.doai, 0.86), (cast.thuong, 0.6)):
            people_of(branch, 2)
            for month in range(1, 11):
                row = meeting_of(branch, date(2026, month, 3))
                if branch != cast.thuong or month % 3:
                    _score(row, "branch", lines, random, care, agreed=month != 4)
                if month % 4 == 1:
                    _score(row, "above", lines, random, care)
                _score(row, "visitor", lines, random, 0.1)
                close(row)
        recount_since(Organisation.everything.all(), FIRST)
        yield cast


def _score(
    meeting: Meeting, scorer: str, lines: list[Criterion], random: Random, care: float, agreed: bool = True
) -> None:
    criteria = CriteriaSet.everything.get(kind="regular")
    at = timezone.now() if agreed else None
    score = QualityScore.everything.create(
        meeting=meeting, criteria=criteria, scorer=scorer, agreed=agreed, agreed_at=at
    )
    ScoreRow.everything.bulk_create(
        ScoreRow(
            score=score, meeting=meeting, criterion=line,
            points=line.most if random.random() < care else line.most // 3, gone=False,
        )
        for line in lines
    )  # fmt: skip


def known(code: str, root: Organisation) -> dict[int, tuple[int, int]]:
    found = indicator(code).by_place(root, FIRST, LAST)
    return {branch: (figure.numerator, figure.denominator) for branch, figure in found.items()}


def test_indicators_of_scores(year: Cast):
    root = year.province
    assert known("meetings.scored", root) == second.scored(rows, root.pk, FIRST, LAST)
    assert known("meetings.best", root) == second.best(rows, root.pk, FIRST, LAST, BANDS)
    assert known("meetings.agrees", root) == second.agrees(rows, root.pk, FIRST, LAST)
    assert known("meetings.good", root) == second.good(rows, root.pk, FIRST, LAST, BANDS)
    assert len({part for part, _ in known("meetings.best", root).values()}) > 1
    assert known("meetings.good", root) != known("meetings.best", root)


def test_the_band_of_the_year(year: Cast):
    found = {}
    for branch in (year.dong, year.doai, year.thuong):
        quality = year_quality(branch, 2026, today=date(2026, 11, 20), book=Rulebook())
        assert quality
        found[branch.pk] = quality.band.name
    assert found == second.year(rows, year.province.pk, FIRST, LAST, BANDS, STEPS)
    lines = branch_lines(year.phu_luong, year.actor("mai"), 2026, today=date(2026, 11, 20))
    assert {line.branch.pk: line.band.name for line in lines if line.band} == {
        number: name for number, name in found.items() if number != year.thuong.pk
    }
    assert len(set(found.values())) > 1


def test_a_province_reads_its_committees(year: Cast):
    lines = committee_lines(year.province, year.actor("kien"), 2026, today=date(2026, 11, 20))
    assert [line.name for line in lines] == ["Đảng ủy xã Phú Lương", "Đảng ủy xã Tân Hòa"]
    for line in lines:
        assert (line.scored, line.held) == summed(second.scored(rows, line.pk, FIRST, LAST))
        assert (line.best, line.scored) == summed(second.best(rows, line.pk, FIRST, LAST, BANDS))
        same, both = summed(second.agrees(rows, line.pk, FIRST, LAST))
        assert line.differing == both - same


def summed(found: dict[int, tuple[int, int]]) -> tuple[int, int]:
    return sum(part for part, _ in found.values()), sum(whole for _, whole in found.values())


def test_as_many_queries_for_two_branches_as_for_many(year: Cast):
    counts = []
    for number in (0, 5):
        for more in range(number):
            place(9_300_000 + more, f"PL-Y{more}", "Chi bộ thêm", Kind.BRANCH, year.phu_luong)
        actor = year.actor("mai")
        with CaptureQueriesContext(connection) as seen:
            branch_lines(year.phu_luong, actor, 2026, today=date(2026, 11, 20))
        counts.append(len(seen))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("score.scorer <> 'visitor'", "true"),
        ("AND score.agreed", ""),
        ("own.scorer = 'branch'", "own.scorer <> 'visitor'"),
        ("FILTER (WHERE criterion.must_be_full)", "FILTER (WHERE false)"),
    ],
)
def test_a_mistake_is_found_out(year: Cast, monkeypatch: pytest.MonkeyPatch, said: str, instead: str):
    assert summary.COUNT.count(said) == 1
    wrong = summary.COUNT.replace(said, instead)
    if "visitor" in said:  # a visitor's points taken for the branch's
        wrong = wrong.replace("own.scorer = 'branch'", "own.scorer IN ('branch', 'visitor')").replace(
            "max(own.points) FILTER (WHERE closed.kind = 'regular')",
            "min(own.points) FILTER (WHERE closed.kind = 'regular')",
        )
    monkeypatch.setattr(summary, "COUNT", wrong)
    recount_since(Organisation.everything.all(), FIRST)
    root = year.province
    assert (known("meetings.scored", root), known("meetings.best", root)) != (
        second.scored(rows, root.pk, FIRST, LAST), second.best(rows, root.pk, FIRST, LAST, BANDS),
    )  # fmt: skip
