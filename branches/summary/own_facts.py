"""The first facts: that an organisation was there, and of what type it is."""

from collections.abc import Sequence

from branches.models import Organisation
from branches.summary.facts import Pair, months_have


def count(pairs: Sequence[Pair]) -> dict[Pair, tuple[bool, str]]:
    rows = Organisation.objects.everywhere(reason="the summary counts for whoever may read it")
    found = rows.in_bulk({pair.organisation for pair in pairs})
    return {pair: _of(found[pair.organisation], pair) for pair in pairs}


def _of(organisation: Organisation, pair: Pair) -> tuple[bool, str]:
    """Whoever came in the course of a month owes nothing for it yet."""
    joined = organisation.joined_on is None or organisation.joined_on <= pair.month
    return joined and organisation.lives_on(pair.month), organisation.branch_type


def register() -> None:
    months_have("organisation", columns=("in_use", "branch_type"), nothing=(False, ""), count=count)
