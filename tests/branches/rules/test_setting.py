"""Who sets a rule, where, from when; how it ends; and that loading the country's touches nobody's own."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from branches.models import Organisation, Rule
from branches.rules.reading import Rulebook
from branches.rules.registry import definition_of
from branches.services.rules import follow_above, load_rules, set_rule, take_back_rule
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast

KEY = "meeting.minutes.least"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def november() -> None:
    with time_machine.travel("2026-11-21 09:00:00+07:00"):
        yield


def setting(cast: Cast, by: str = "mai", where: Organisation | None = None, **more) -> Rule:
    options = {"key": KEY, "since": timezone.localdate(), "value": 100, "source": "Quy chế 1-QC/ĐU"} | more
    return set_rule(organisation=where or cast.phu_luong, by=cast.actor(by), **options)


def held(organisation: Organisation, on: date | None = None, key: str = KEY) -> object:
    return Rulebook().value(key, organisation, on=on or timezone.localdate())


def test_an_office_sets_its_own_and_the_row_says_who(cast: Cast):
    rule = setting(cast)
    assert (rule.set_by, rule.organisation, rule.certainty) == (cast["mai"], cast.phu_luong, "own")
    assert held(cast.dong) == 100
    assert rule.events.get().pgh_context["action"] == "đặt quy định riêng"


@pytest.mark.parametrize("name", ["hau", "thom", "thinh", "son", "vinh", "quyet", "khoi", "xua", "moi", "hoa"])
def test_nobody_else_does(cast: Cast, name: str):
    with pytest.raises(NotAllowed):
        setting(cast, by=name)
    assert held(cast.dong) == 90


def test_the_province_sets_for_itself_and_for_a_commune(cast: Cast):
    setting(cast, by="kien", where=cast.province, value=95)
    setting(cast, by="kien", where=cast.tan_hoa, value=105)
    assert [held(o) for o in (cast.dong, cast.thuong)] == [95, 105]


def test_a_commune_sets_nothing_for_the_province(cast: Cast):
    with pytest.raises(NotAllowed):
        setting(cast, where=cast.province)


@pytest.mark.parametrize(
    ("key", "value", "where"),
    [("admission.age.least", 17, "province"), ("visit.province.often", 1, "phu_luong"), (KEY, 100, "dong")],
)
def test_a_level_that_may_not_have_its_own_is_refused_with_the_reason(cast: Cast, key: str, value: object, where: str):
    with pytest.raises(NotAllowed, match="đặt"):
        setting(cast, by="kien", where=getattr(cast, where), key=key, value=value)


def test_the_fixed_day_of_one_branch_is_set_by_its_commune(cast: Cast):
    setting(cast, where=cast.dong, key="meeting.fixed_day", value=12)
    assert (held(cast.dong, key="meeting.fixed_day"), held(cast.doai, key="meeting.fixed_day")) == (12, 0)


@pytest.mark.parametrize(("value", "allowed"), [(89, False), (90, True), (91, True)])
def test_only_stricter(cast: Cast, value: int, allowed: bool):
    if allowed:
        setting(cast, value=value)
    else:
        with pytest.raises(DomainError, match="cấp trên đang quy định 90 phút") as refusal:
            setting(cast, value=value)
        assert refusal.value.field == "value"


@pytest.mark.parametrize(
    ("value", "allowed"),
    [("before 05/12", True), ("through 04/12", True), ("through 05/12", False), ("before 01/12", True)],
)
def test_a_deadline_may_only_be_earlier(cast: Cast, value: str, allowed: bool):
    key = "visit.report.visitor_by"  # before 05/12 in the whole country
    deadline = definition_of(key).shape.load(value)
    if allowed:
        setting(cast, by="kien", where=cast.province, key=key, value=deadline)
    else:
        with pytest.raises(DomainError, match="trước ngày 05/12"):
            setting(cast, by="kien", where=cast.province, key=key, value=deadline)


def test_only_stricter_than_what_will_hold_on_that_day(cast: Cast):
    soon = timezone.localdate() + 30 * DAY
    setting(cast, by="kien", where=cast.province, since=soon, value=110)
    setting(cast, value=100)
    with pytest.raises(DomainError, match="110 phút"):
        setting(cast, since=soon, value=100)


@pytest.mark.parametrize("value", ["x", None, True, 0, 10**9, {"a": 1}, 1.5])
def test_what_is_not_of_the_shape_is_refused(cast: Cast, value: object):
    with pytest.raises(DomainError):
        setting(cast, value=value)


@pytest.mark.parametrize(
    ("since", "allowed"), [(date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 1, 2), True)]
)
def test_backdated_into_this_year_only(cast: Cast, since: date, allowed: bool):
    if allowed:
        setting(cast, since=since)
    else:
        with pytest.raises(DomainError, match="01/01/2026") as refusal:
            setting(cast, since=since)
        assert refusal.value.field == "since"


def test_the_same_day_again_mends_and_the_history_keeps_what_was(cast: Cast):
    setting(cast, value=100)
    setting(cast, value=105, by="kien")
    rule = Rule.everything.get(organisation=cast.phu_luong)
    assert (rule.value, rule.set_by) == (105, cast["kien"])
    assert rule.events.filter(pgh_label="changed").get().value == 100


def test_back_to_the_level_above_from_a_day_on(cast: Cast):
    today = timezone.localdate()
    setting(cast, since=date(2026, 3, 1))
    follow_above(key=KEY, organisation=cast.phu_luong, since=today, source="Quyết định 2", by=cast.actor("mai"))
    assert [held(cast.dong, day) for day in (today - DAY, today, today + DAY)] == [100, 90, 90]


def test_there_must_be_something_to_end(cast: Cast):
    for _ in range(2):
        with pytest.raises(DomainError, match="vốn theo cấp trên"):
            follow_above(
                key=KEY, organisation=cast.phu_luong, since=timezone.localdate(), source="x", by=cast.actor("mai")
            )
        setting(cast, since=timezone.localdate() + DAY)  # begins later: nothing to end today yet


@pytest.mark.parametrize(("days", "allowed"), [(-1, False), (0, False), (1, True)])
def test_only_what_has_not_begun_is_taken_back(cast: Cast, days: int, allowed: bool):
    rule = setting(cast, since=timezone.localdate() + days * DAY)
    if allowed:
        take_back_rule(rule, by=cast.actor("mai"))
    else:
        with pytest.raises(DomainError, match="đã áp dụng từ ngày"):
            take_back_rule(rule, by=cast.actor("mai"))
    assert Rule.everything.filter(organisation=cast.phu_luong).exists() is not allowed


@pytest.mark.parametrize("name", ["quyet", "thinh", "khoi", "vinh"])
def test_nobody_else_takes_it_back(cast: Cast, name: str):
    rule = setting(cast, since=timezone.localdate() + DAY)
    with pytest.raises(NotAllowed):
        take_back_rule(rule, by=cast.actor(name))


def test_the_countrys_is_taken_back_by_nobody(cast: Cast):
    with pytest.raises(NotAllowed):
        take_back_rule(Rule.everything.filter(organisation=None).first(), by=cast.actor("kien"))


def test_a_request_that_sets_reads_what_it_set(cast: Cast):
    mai, today = cast.actor("mai"), timezone.localdate()
    assert Rulebook.of(mai).value(KEY, cast.dong, on=today) == 90
    set_rule(key=KEY, organisation=cast.phu_luong, since=today, value=100, source="x", by=mai)
    assert Rulebook.of(mai).value(KEY, cast.dong, on=today) == 100


class TestLoading:
    def test_a_second_time_changes_nothing(self, db: None):
        assert load_rules() == {"added": 0, "mended": 0, "removed": 0}

    def test_everything_from_the_start(self, db: None):
        count = Rule.everything.count()
        Rule.everything.all().delete()
        assert load_rules() == {"added": count, "mended": 0, "removed": 0}

    def test_what_an_office_set_stays(self, cast: Cast):
        rule = setting(cast)
        load_rules()
        rule.refresh_from_db()
        assert (rule.value, rule.source) == (100, "Quy chế 1-QC/ĐU")

    def test_a_row_misread_is_mended_and_the_history_keeps_it(self, db: None):
        misread = Rule.everything.filter(organisation=None, key=KEY).latest("since")
        Rule.everything.filter(pk=misread.pk).update(value=80, certainty="general")
        assert load_rules() == {"added": 0, "mended": 1, "removed": 0}
        misread.refresh_from_db()
        assert (misread.value, misread.certainty) == (90, "read")
        assert 80 in misread.events.values_list("value", flat=True)

    def test_a_row_that_is_no_longer_in_the_files_goes(self, db: None):
        Rule(key=KEY, since=date(2026, 1, 1), value=60, source="nhầm", certainty="read").save()
        assert load_rules() == {"added": 0, "mended": 0, "removed": 1}


class TestTheDatabase:
    def test_one_a_day_also_for_the_whole_country(self, cast: Cast):
        setting(cast)
        for organisation in (None, cast.phu_luong):
            there = Rule.everything.filter(organisation=organisation, key=KEY).first()
            with pytest.raises(IntegrityError, match="rule_one_a_day"), transaction.atomic():
                Rule.everything.bulk_create(
                    [
                        Rule(
                            key=KEY, organisation=organisation, since=there.since, value=1, source="x",
                            certainty=there.certainty,
                        )
                    ]
                )  # fmt: skip

    def test_the_whole_country_has_nobody_above_to_follow(self, db: None):
        with pytest.raises(IntegrityError, match="rule_of_the_country_has_a_value"), transaction.atomic():
            Rule.everything.filter(organisation=None, key=KEY).update(value=None)

    def test_an_offices_own_has_no_certainty_of_the_files(self, cast: Cast):
        setting(cast)
        with pytest.raises(IntegrityError, match="rule_certainty_known"), transaction.atomic():
            Rule.everything.filter(organisation=cast.phu_luong).update(certainty="read")
