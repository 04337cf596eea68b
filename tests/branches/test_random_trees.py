"""Reorganisations nobody thought of, one after another: the tree stays a tree on every day, and undoing them all leads back."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from branches.models import Ancestry, Kind, Organisation, Placement
from branches.services.organisations import NewOrganisation
from branches.services.reorganisation import (
    abolish_level,
    dissolve_organisation,
    merge_organisations,
    move_organisations,
    split_organisation,
    undo_reorganisation,
)
from branches.services.reorganisation.splitting import Part
from portal.access.actor import Actor
from portal.words.errors import DomainError
from tests.branches.test_reorganisation import Land, everything, land, subtrees  # noqa: F401  the fixture

FIRST_DAY = date(2024, 3, 1)
step = st.tuples(
    st.sampled_from(["merge", "split", "dissolve", "move", "abolish"]),
    st.integers(0, 50),
    st.integers(0, 50),
    st.integers(0, 900),
)


def perform(kind: str, one: int, other: int, on: date, office: Actor, number: int):
    """The organisations meant are drawn from those living on the day, whichever they are by then."""
    rows = Organisation.objects.everywhere(reason="test").living(on).filter(dissolved_on=None).order_by("pk")
    communes, branches = list(rows.filter(kind=Kind.COMMUNE)), list(rows.filter(kind=Kind.BRANCH))
    root = rows.get(kind=Kind.PROVINCE)
    if not communes or not branches:
        raise DomainError("nobody is left for this")
    if kind == "merge":
        two = [communes[one % len(communes)], communes[other % len(communes)]]
        new = NewOrganisation(f"Đảng ủy xã {number}", f"N{number}", Kind.COMMUNE)
        return merge_organisations(merged=two, into=new, parent=root, on=on, by=office)
    if kind == "split":
        old = communes[one % len(communes)]
        parts = [Part(NewOrganisation(f"Đảng ủy xã {number}{x}", f"S{number}{x}", Kind.COMMUNE)) for x in "ab"]
        return split_organisation(old, parts=parts, remains=other % 2 == 0, on=on, by=office)
    if kind == "dissolve":
        old, heir = branches[one % len(branches)], branches[other % len(branches)]
        return dissolve_organisation(old, heir=heir if heir != old else None, on=on, by=office)
    if kind == "move":
        moved = branches[one % len(branches)]
        return move_organisations(moved=[moved], parent=communes[other % len(communes)], on=on, by=office)
    return abolish_level(kind=Kind.DISTRICT, within=root, on=on, by=office)


def chain(number: int, day: date, parents: dict[int, int]) -> list[int]:
    """From the organisation up to its root, step by step over the placements of the day."""
    found = [number]
    while found[-1] in parents:
        assert len(found) < 10, "a circle"
        found.append(parents[found[-1]])
    return found


def judge(day: date, root: int) -> None:
    living = set(Organisation.objects.everywhere(reason="test").living(day).values_list("pk", flat=True))
    placed = Placement.everything.on(day).values_list("organisation", "parent")
    assert max(Counter(child for child, _ in placed).values()) == 1
    parents = dict(placed)
    chains = {number: chain(number, day, parents) for number in living}
    assert all(line[-1] == root and set(line) <= living for line in chains.values()), (
        "everybody living hangs from the root"
    )
    written = Ancestry.everything.filter(days__contains=day).values_list("organisation", "depth", "ancestor")
    assert set(written) == {
        (number, depth, above) for number, line in chains.items() for depth, above in enumerate(line)
    }
    below = Counter(above for line in chains.values() for above in line)
    for number in living:
        assert below[number] == 1 + sum(
            below[child] for child, parent in parents.items() if parent == number and child in living
        )


@pytest.mark.django_db
@settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps=st.lists(step, min_size=1, max_size=6))
def test_the_tree_stays_a_tree(land: Land, steps: list[tuple[str, int, int, int]]):  # noqa: F811
    with transaction.atomic():
        before, past, root = everything(), subtrees(FIRST_DAY - timedelta(days=1)), land.cast.province.pk
        records = []
        for number, (kind, one, other, days) in enumerate(steps):
            on = FIRST_DAY + timedelta(days=days)
            try:
                with transaction.atomic():
                    records.append(perform(kind, one, other, on, land.office, number))
            except DomainError:
                continue
            for day in (FIRST_DAY, on - timedelta(days=1), on, on + timedelta(days=400)):
                judge(day, root)
        assert subtrees(FIRST_DAY - timedelta(days=1)) == past
        for record in reversed(records):
            undo_reorganisation(record, by=land.office)
        assert everything() == before
        transaction.set_rollback(True)
