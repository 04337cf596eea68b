"""Every rule has a value for the whole country, with a day and a source; every value has its rule."""

import re
from collections import Counter
from pathlib import Path

import pytest

from branches.models import Kind
from branches.rules import registry
from branches.rules.files import WrongDefault, all_defaults, defaults_of
from branches.rules.registry import (
    Bound,
    Certainty,
    Definition,
    Subject,
    UnknownRule,
    definition_of,
    definitions,
    publish,
    subjects,
)
from branches.rules.shapes import Whole

DEFAULTS = list(all_defaults())
ALL = list(definitions())


def test_every_rule_has_a_default_and_every_default_a_rule():
    assert {default.key for default in DEFAULTS} == {definition.key for definition in ALL}


def test_every_default_has_a_source_and_says_how_sure_it_is():
    assert [default for default in DEFAULTS if len(default.source) < 10] == []
    assert {default.certainty for default in DEFAULTS} == set(Certainty) - {Certainty.OWN}


def test_no_rule_has_two_defaults_for_a_day():
    assert [place for place, times in Counter((d.key, d.since) for d in DEFAULTS).items() if times > 1] == []


def test_sources_fit_their_column():
    assert max(len(default.source) for default in DEFAULTS) <= 300


@pytest.mark.parametrize("definition", ALL, ids=lambda definition: definition.key)
def test_a_rule_can_be_said_in_words(definition: Definition):
    for default in DEFAULTS:
        if default.key == definition.key:
            value = definition.shape.load(default.value)
            assert definition.shape.say(value).strip()
            assert definition.shape.dump(value) == default.value
    assert definition.label[0].isupper()
    assert definition.description.endswith(".")
    assert re.fullmatch(r"[a-z_]+(\.[a-z_]+)+", definition.key)


@pytest.mark.parametrize("definition", [d for d in ALL if d.bound is not Bound.FREE], ids=lambda d: d.key)
def test_what_may_only_be_stricter_can_be_compared(definition: Definition):
    for default in DEFAULTS:
        if default.key == definition.key:
            value = definition.shape.load(default.value)
            assert not definition.laxer(value, value)


def test_subjects_have_names_of_their_own_and_their_file():
    assert len({subject.name for subject in subjects()}) == len(list(subjects()))
    files = {path.name for path in Path(next(subjects()).defaults).parent.glob("*.toml")}
    assert files == {subject.defaults.name for subject in subjects() if "branches" in str(subject.defaults)}


def test_a_key_is_published_once_and_a_subject_may_come_again():
    publish(next(subjects()))
    assert len(list(definitions())) == len(ALL)
    with pytest.raises(ValueError, match="already"):
        publish(Subject("khac", "Khác", (ALL[0],), Path("x.toml")))


def test_an_unknown_key_is_an_error():
    with pytest.raises(UnknownRule):
        definition_of("no.such.rule")


@pytest.fixture
def upstairs(tmp_path: Path) -> Subject:
    rule = Definition("upstairs.limit", "Mức của tầng trên", "Để thử.", Whole(most=9))
    return Subject("upstairs", "Tầng trên", (rule,), tmp_path / "upstairs.toml")


WRONG = {
    "out of shape": ("upstairs.limit", "10", "Quyết định 1"),
    "of no rule": ("upstairs.other", "1", "Quyết định 1"),
    "of another subject": ("meeting.minutes.least", "90", "Quyết định 1"),
    "no source": ("upstairs.limit", "1", ""),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_a_mistake_in_a_file_is_found(upstairs: Subject, monkeypatch: pytest.MonkeyPatch, mistake: str):
    key, value, source = WRONG[mistake]
    monkeypatch.setitem(registry._definitions, "upstairs.limit", upstairs.definitions[0])
    upstairs.defaults.write_text(
        f'[[rule]]\nkey = "{key}"\nsince = 2026-01-01\nvalue = {value}\ncertainty = "read"\nsource = "{source}"\n'
    )
    with pytest.raises(WrongDefault):
        list(defaults_of(upstairs))


def test_who_may_set_follows_the_height_of_an_organisation():
    minutes, fixed_day, age = map(definition_of, ("meeting.minutes.least", "meeting.fixed_day", "admission.age.least"))
    assert [kind for kind in Kind if minutes.may_be_set_in(kind)] == [
        Kind.CENTRE,
        Kind.PROVINCE,
        Kind.DISTRICT,
        Kind.COMMUNE,
    ]
    assert fixed_day.may_be_set_in(Kind.BRANCH)
    assert not fixed_day.may_be_set_in(Kind.CELL)
    assert not any(age.may_be_set_in(kind) for kind in Kind)
