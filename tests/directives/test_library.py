"""What the portal brings along: every sentence stands where the library says, and loading twice changes nothing."""

from collections import Counter
from datetime import date

import pytest

from directives.library import entries
from directives.models import Document, Obligation, Relation, Target, Task
from directives.services.library import load_documents
from portal.access.permissions import Permission
from tests.cast import Cast

SOURCES = {"S000": 52, "S001": 39, "S002": 28, "S003": 66, "S004": 30}
KINDS = {"task": 123, "record": 23, "target": 23, "role": 17, "rule": 17, "duty": 12}


@pytest.fixture
def library(db: None) -> None:
    load_documents()


def test_the_files_hold_five_texts_and_all_that_they_cite():
    with_text = [entry for entry in entries() if entry.text]
    assert {entry.facts["source"]: len(entry.obligations) for entry in with_text} == SOURCES
    assert sum(SOURCES.values()) == 215
    assert len(entries()) == 5 + 48 + 12


def test_every_sentence_stands_once_where_it_says(library: None):
    rows = list(Obligation.everything.select_related("document"))
    assert len(rows) == len({row.code for row in rows}) == 215
    for row in rows:
        assert " ".join(row.document.text[row.start : row.end].split()) == row.words, row.code
        assert row.code.startswith(f"{row.document.source}-{row.clause}"), row.code


def test_each_is_a_task_a_target_or_one_of_the_others(library: None):
    assert Counter(Obligation.everything.values_list("kind", flat=True)) == KINDS
    assert (Task.everything.count(), Target.everything.count()) == (KINDS["task"], KINDS["target"])


def test_nobody_who_signed_is_named():
    said = " ".join(entry.text + str(entry.facts) for entry in entries())
    assert "Nơi nhận" not in said
    assert not any(words in said for words in ("Ký bởi", "T/M BAN THƯỜNG VỤ", "BÍ THƯ\n"))


def test_loading_twice_changes_nothing(library: None):
    before = [
        list(model.everything.order_by("pk").values()) for model in (Document, Relation, Obligation, Task, Target)
    ]
    assert load_documents() == {"added": 0, "mended": 0}
    after = [list(model.everything.order_by("pk").values()) for model in (Document, Relation, Obligation, Task, Target)]
    assert after == before


def test_a_file_that_changed_mends_and_an_offices_own_stays(library: None):
    Document.everything.filter(slug="chi-thi-35-ct-hu-2023").update(subject="viết sai")
    Document.everything.filter(slug="nghi-quyet-21-nq-tw-2022").update(subject="văn phòng đã sửa", version=2)
    assert load_documents() == {"added": 0, "mended": 1}
    assert Document.everything.get(slug="nghi-quyet-21-nq-tw-2022").subject == "văn phòng đã sửa"


def in_force(symbol: str, day: date) -> list[str]:
    rows = Document.objects.everywhere(reason="a test").on(day).filter(symbol=symbol)
    return sorted(f"{row.issued_on:%d/%m/%Y}" for row in rows)


@pytest.mark.parametrize(
    ("day", "old", "new"),
    [
        (date(2018, 7, 5), [], []),
        (date(2018, 7, 6), ["06/07/2018"], []),
        (date(2025, 10, 27), ["06/07/2018"], []),
        (date(2025, 10, 28), [], ["28/10/2025"]),
        (date(2026, 11, 21), [], ["28/10/2025"]),
    ],
)
def test_the_guidance_on_meetings_in_force_on_a_day(library: None, day: date, old: list[str], new: list[str]):
    others = ["17/05/2012", "18/01/2022"]  # the same number, on the work with members
    assert [found for found in in_force("12-HD/BTCTW", day) if found not in others] == old
    assert in_force("42-HD/BTCTW", day) == new


def test_a_number_that_exists_three_times_is_told_apart(library: None):
    three = Document.everything.filter(symbol="12-HD/BTCTW").order_by("issued_on")
    assert [one.dated_name for one in three] == [
        "Hướng dẫn số 12-HD/BTCTW ngày 17/05/2012",
        "Hướng dẫn số 12-HD/BTCTW ngày 06/07/2018",
        "Hướng dẫn số 12-HD/BTCTW ngày 18/01/2022",
    ]
    assert len({one.slug for one in three}) == 3


@pytest.mark.parametrize("name", ["hau", "mai", "kien", "khoi"])
def test_everybody_with_a_role_reads_what_is_of_the_whole_country(library: None, cast: Cast, name: str):
    assert Document.objects.allowed(cast.actor(name), Permission.READ_LIBRARY).count() == len(entries())
