"""When the tree is reorganised: what was given and is not done goes to the heir, once."""

import pytest

from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from directives.models import TaskAssignment, To
from tests.cast import Cast
from tests.directives.orders import a_task, given, today
from tests.directives.papers import a_document


@pytest.fixture
def ended(cast: Cast):
    """Of three things one was given to thôn Đông alone, one to both branches, and one was done."""
    mai, document = cast.actor("mai"), a_document(cast.phu_luong, "Kế hoạch")
    for words, chosen in (("riêng", [cast.dong]), ("xong", [cast.dong]), ("chung", [cast.dong, cast.doai])):
        given(cast.phu_luong, mai, a_task(document, words), to=To.CHOSEN, chosen=chosen, title=words)
    done = TaskAssignment.everything.filter(ordered__words="xong")
    done.update(state="done", done_on=today())
    return dissolve_organisation(cast.dong, heir=cast.doai, on=today(), by=mai)


def stands() -> set[tuple[str, str, str]]:
    rows = TaskAssignment.everything.values_list("ordered__words", "organisation__code", "state")
    return set(rows)


def test_it_goes_to_the_heir_who_has_it_once(cast: Cast, ended):
    assert stands() == {
        ("riêng", "PL-2", "doing"), ("xong", "PL-1", "done"), ("chung", "PL-1", "withdrawn"), ("chung", "PL-2", "doing"),
    }  # fmt: skip


def test_undone_it_is_as_before(cast: Cast, ended):
    undo_reorganisation(ended, by=cast.actor("mai"))
    assert stands() == {
        ("riêng", "PL-1", "doing"), ("xong", "PL-1", "done"), ("chung", "PL-1", "doing"), ("chung", "PL-2", "doing"),
    }  # fmt: skip
