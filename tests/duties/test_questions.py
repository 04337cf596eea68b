"""The words of a question are kept, and put anew where something that they read has changed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.utils import timezone

from branches.models import Organisation, Rule
from branches.services.reorganisation import move_organisations
from portal.duties import questions
from portal.duties.questions import question
from portal.duties.rules import Asked, Duty, Open, Step, duties, duty_named
from tests.cast import Cast


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "_put", {})


def asked(on: date | None = None) -> Asked:
    return Asked(on or timezone.localdate())


def test_they_are_put_once_a_day(cast: Cast):
    with patch.object(questions, "_in_words", side_effect=questions._in_words) as put:
        first = [question(duty, asked()) for duty in duties()]
        assert put.call_count == len(duties())
        assert [question(duty, asked()) for duty in duties()] == first
        assert put.call_count == len(duties())
        question(duties()[0], asked(timezone.localdate() + timedelta(days=1)))
        assert put.call_count == len(duties()) + 1


def test_a_rule_that_changes_changes_them(cast: Cast):
    late = duty_named("sua-ho-so")
    assert late
    before = question(late, asked())
    assert question(late, asked()) == before
    own = Rule.everything.get(key="reminder.correction.days", organisation=None)
    Rule.everything.create(
        key=own.key, organisation=cast.phu_luong, since=date(2020, 1, 1), value=3, source="CV 1", certainty="own"
    )
    with_own = question(late, asked())
    assert with_own != before
    Rule.everything.filter(organisation=cast.phu_luong).update(value=4)
    assert question(late, asked()) != with_own


def test_a_place_of_its_own_rule_that_moves_changes_them(cast: Cast):
    late = duty_named("sua-ho-so")
    assert late
    own = Rule.everything.get(key="reminder.correction.days", organisation=None)
    Rule.everything.create(
        key=own.key, organisation=cast.doai, since=date(2020, 1, 1), value=3, source="CV 1", certainty="own"
    )
    before = question(late, asked())
    move_organisations(moved=[cast.doai], parent=cast.tan_hoa, on=timezone.localdate(), by=cast.actor("kien"))
    after = question(late, asked())
    assert after != before
    assert any(str(value).startswith(Organisation.everything.get(pk=cast.doai.pk).path) for value in after.values)


def test_a_rule_that_reads_something_else_is_a_mistake(cast: Cast):
    class Reads(Duty):
        code, title = "reads", "Đọc thêm"

        def open(self, asked: Asked) -> Open:
            list(Organisation.everything.all())
            raise AssertionError("it could read")

        def words(self, facts: Mapping[str, Any]) -> str:
            return ""

        def step(self, facts: Mapping[str, Any], on: date) -> Step:
            return Step("", "")

    with pytest.raises(RuntimeError, match="read something"):
        question(Reads(), asked())
