"""By what each of the catalogue's targets, thresholds, cadences, deadlines and reports is kept.

The library names it (`kept_by`); here every name is held against what there is, and what can be computed today gives two
answers: one kept, one broken. The rest is listed in docs/obligations.md with what it waits for.
"""

import re
from datetime import date
from pathlib import Path

import pytest

from directives.keepers import LATER, REPORTS, Keeper, Way, answers, is_well_written
from directives.library import entries
from portal.reports.kinds import all_kinds
from tests.cast import assemble
from tests.directives.keeping import CASES

# What the sources say a target, threshold, cadence, deadline or report in: 95 of the 215.
COUNTED = 95
AT_MOST_BY_HAND = 0.1
PAPER = Path(__file__).resolve().parents[2] / "docs" / "obligations.md"
COMPUTED = (Way.INDICATOR, Way.DUTY, Way.GUARD, Way.CASCADE, Way.REVIEW, Way.INSPECTION)


def rows() -> dict[str, list[str]]:
    """By the obligation's code: what keeps it. The five texts, those that the portal was asked to keep."""
    found = {row["id"]: row.get("kept_by", []) for entry in entries() for row in entry.obligations}
    return {code: kept for code, kept in found.items() if code in counted()}


def counted() -> list[str]:
    """As docs/obligations.md lists them."""
    return re.findall(r"^\| (S00\d-\S+) \|", PAPER.read_text(encoding="utf-8"), re.MULTILINE)


def named(*ways: Way) -> list[str]:
    return sorted({code for kept in rows().values() for code in kept if Keeper.of(code).way in ways})


def test_all_ninety_five_are_there_once():
    assert len(counted()) == len(set(counted())) == len(rows()) == COUNTED


def test_each_is_kept_by_something():
    assert [code for code, kept in rows().items() if not kept] == []


def test_every_name_is_known_to_the_portal():
    every = [(row["id"], kept) for entry in entries() for row in entry.obligations for kept in row.get("kept_by", [])]
    assert all(is_well_written(kept) for _, kept in every)
    assert [(code, kept) for code, kept in every if not Keeper.of(kept).name] == []


def test_at_most_a_tenth_is_kept_by_hand():
    by_hand = [code for code, kept in rows().items() if "hand" in kept]
    assert len(by_hand) <= AT_MOST_BY_HAND * COUNTED


def test_a_target_that_is_measured_says_by_which_indicator():
    """The column of the target, and what stands beside the obligation, are one and the same."""
    for entry in entries():
        for row in entry.obligations:
            measured_by = row.get("target", {}).get("indicator", "")
            kept = [Keeper.of(one).code for one in row.get("kept_by", []) if Keeper.of(one).way == Way.INDICATOR]
            if row["kind"] == "target":
                assert kept[:1] == ([measured_by] if measured_by else []), row["id"]


def test_what_can_be_computed_has_a_case():
    assert [code for code in named(*COMPUTED) if code not in CASES] == []


def test_the_rest_waits_for_a_part_that_has_a_name():
    waiting = (Way.LATER, Way.REPORT, Way.HAND)
    alone = [
        code for code, kept in rows().items()
        if not any(one in CASES for one in kept) and not any(Keeper.of(one).way in waiting for one in kept)
        and not all(Keeper.of(one).way == Way.RULE for one in kept)
    ]  # fmt: skip
    assert alone == []


@pytest.mark.parametrize("kept", [True, False], ids=["kept", "broken"])
@pytest.mark.parametrize("code", CASES)
def test_kept_or_broken(db: None, code: str, kept: bool):
    assert CASES[code](assemble(date(2026, 1, 1)), kept) is kept


def test_the_paper_says_what_the_library_says():
    said = dict(re.findall(r"^\| (S00\d-\S+) \| .* \| (.*) \|$", PAPER.read_text(encoding="utf-8"), re.MULTILINE))
    assert said == {code: ", ".join(f"`{one}`" for one in kept) for code, kept in rows().items()}


def test_the_paper_names_all_that_is_still_to_come():
    said = set(re.findall(r"^\| `((?:later|report):\S+)` \|", PAPER.read_text(encoding="utf-8"), re.MULTILINE))
    composed = {name for kind in all_kinds() for name in kind.answers}
    assert composed < set(REPORTS)
    assert said == {*(f"later:{name}" for name in LATER), *(f"report:{name}" for name in {*REPORTS} - composed)}
    assert said == set(named(Way.LATER, Way.REPORT)) - {f"report:{name}" for name in composed}


def test_a_report_that_is_composed_is_not_said_to_come():
    there, to_come = answers(["report:directive.summary", "report:visits.host"])
    assert (there.over, [one.code for one in there.keepers]) == ("Báo cáo, cổng soạn sẵn", ["directive.summary"])
    assert (to_come.over, [one.code for one in to_come.keepers]) == ("Báo cáo, sẽ có", ["visits.host"])
