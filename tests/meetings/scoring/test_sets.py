"""Sets of criteria: which holds, what is kept as it was, how one becomes another."""

import uuid
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from meetings.models import (
    CriteriaSet,
    Criterion,
    Meeting,
    QualityScore,
    Resolution,
)
from meetings.quality.sets import NewBlock, NewCriterion, NewSet
from meetings.queries.criteria import set_in_force
from meetings.services.criteria import follow_criteria_above, load_criteria, set_criteria
from portal.words.errors import DomainError, NotAllowed
from tests.cast import Cast
from tests.meetings.meetings import DAY, held, meeting_of, people_of
from tests.meetings.scoring.sheets import closed, give, sheet


def a_set(kind: str = "regular", **said: object) -> NewSet:
    blocks = (NewBlock("Chung", (NewCriterion("Dự họp", 60, "attendance"), NewCriterion("Nội dung", 40))),)
    return NewSet(**{"kind": kind, "name": "Bộ của xã", "blocks": blocks, **said})  # type: ignore[arg-type]


class TestSets:
    def test_the_nearest_one_holds(self, cast: Cast):
        today = timezone.localdate()
        set_criteria(a_set(name="Tỉnh"), organisation=cast.province, since=today, by=cast.actor("kien"))
        set_criteria(a_set(name="Xã"), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        names = [str(set_in_force(place, "regular", today)) for place in (cast.dong, cast.thuong)]
        assert names == ["Xã", "Tỉnh"]
        assert str(set_in_force(cast.dong, "thematic", today)).startswith("Đánh giá")
        assert str(set_in_force(cast.dong, "regular", today - timedelta(days=1))).startswith("Đánh giá")

    def test_a_set_changed_in_mid_year_leaves_older_meetings_alone(self, cast: Cast, meeting: Meeting):
        row = closed(meeting, cast)
        before = [(one.words, one.branch) for one in sheet(row).rows]
        today = timezone.localdate()
        set_criteria(a_set(), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        assert [(one.words, one.branch) for one in sheet(row).rows] == before
        new = held(meeting_of(cast.dong, today))
        assert [one.words for one in sheet(new).rows] == ["Dự họp", "Nội dung"]

    def test_another_from_the_same_day_takes_its_place_until_it_is_used(self, cast: Cast):
        today = timezone.localdate()
        place = {"organisation": cast.phu_luong, "since": today, "by": cast.actor("mai")}
        set_criteria(a_set(name="Một"), **place)
        second = set_criteria(a_set(name="Hai"), **place)
        people_of(cast.dong, 2)
        meeting = held(meeting_of(cast.dong, today))
        QualityScore.everything.create(meeting=meeting, criteria=second)
        with pytest.raises(DomainError, match="đã dùng chấm điểm"):
            set_criteria(a_set(name="Ba"), **place)
        later = set_criteria(a_set(name="Ba"), **place | {"since": today + timedelta(days=1)})
        second.refresh_from_db()
        assert (second.until, later.since) == (today, today + timedelta(days=1))

    def test_the_database_keeps_a_used_set_as_it_was(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        used = CriteriaSet.everything.get(kind="regular")
        block = used.blocks.first()
        changes = [
            lambda: CriteriaSet.everything.filter(pk=used.pk).update(name="Khác"),
            lambda: CriteriaSet.everything.filter(pk=used.pk).update(until=DAY - timedelta(days=1)),
            lambda: Criterion.everything.filter(block=block).update(most=1),
            lambda: Criterion.everything.create(block=block, position=9, words="Thêm", most=1),
            lambda: block.lines.last().delete(),
            lambda: used.blocks.create(position=9, title="Thêm"),
            used.delete,
        ]
        for change in changes:
            with pytest.raises((DatabaseError, IntegrityError)), transaction.atomic():
                change()
        CriteriaSet.everything.filter(pk=used.pk).update(until=DAY)

    def test_two_sets_of_a_place_share_no_day(self, cast: Cast):
        for organisation in (None, cast.phu_luong):
            CriteriaSet.everything.get_or_create(
                kind="regular", organisation=organisation, defaults={"name": "Một", "since": DAY}
            )
            with pytest.raises(IntegrityError, match="criteria_set_one_at_a_time"), transaction.atomic():
                CriteriaSet.everything.create(kind="regular", organisation=organisation, name="Hai", since=DAY)

    @pytest.mark.parametrize(
        ("wanted", "refusal"),
        [
            (a_set(blocks=(NewBlock("Chung", (NewCriterion("Dự họp", 99),)),)), "được 99 điểm"),
            (a_set(blocks=()), "ít nhất một tiêu chí"),
            (a_set(kind="congress"), "thường kỳ và chuyên đề"),
            (a_set(name=""), "tên bộ tiêu chí"),
            (a_set(blocks=(NewBlock("Chung", (NewCriterion("Dự họp", 100, "mystery"),)),)), "chưa biết cách chấm"),
        ],
    )
    def test_what_is_no_set(self, cast: Cast, wanted: NewSet, refusal: str):
        with pytest.raises(DomainError, match=refusal):
            set_criteria(wanted, organisation=cast.phu_luong, since=timezone.localdate(), by=cast.actor("mai"))

    def test_not_for_days_that_are_over_nor_by_a_branch(self, cast: Cast):
        yesterday = timezone.localdate() - timedelta(days=1)
        with pytest.raises(DomainError, match="từ hôm nay trở đi"):
            set_criteria(a_set(), organisation=cast.phu_luong, since=yesterday, by=cast.actor("mai"))
        with pytest.raises(NotAllowed):
            set_criteria(a_set(), organisation=cast.dong, since=timezone.localdate(), by=cast.actor("mai"))
        with pytest.raises(NotAllowed):
            set_criteria(a_set(), organisation=cast.phu_luong, since=timezone.localdate(), by=cast.actor("thinh"))

    def test_back_to_the_level_above_from_tomorrow(self, cast: Cast):
        today = timezone.localdate()
        set_criteria(a_set(), organisation=cast.phu_luong, since=today, by=cast.actor("mai"))
        follow_criteria_above(organisation=cast.phu_luong, kind="regular", by=cast.actor("mai"))
        assert str(set_in_force(cast.dong, "regular", today)) == "Bộ của xã"
        assert str(set_in_force(cast.dong, "regular", today + timedelta(days=1))).startswith("Đánh giá")
        with pytest.raises(DomainError, match="không có bộ tiêu chí riêng"):
            follow_criteria_above(organisation=cast.tan_hoa, kind="regular", by=cast.actor("quyet"))

    def test_loading_the_defaults_twice_changes_nothing(self, cast: Cast):
        before = list(Criterion.everything.values_list("pk", flat=True))
        assert load_criteria() == 0
        assert list(Criterion.everything.values_list("pk", flat=True)) == before

    def test_where_the_file_says_otherwise_a_used_set_ends_and_a_new_one_begins(self, cast: Cast, meeting: Meeting):
        give(meeting, "asked", 3, cast)
        Resolution.everything.filter(meeting=meeting).update(gone=True)
        CriteriaSet.everything.filter(kind="thematic").update(name="Tên cũ")
        assert load_criteria() == 1
        assert CriteriaSet.everything.filter(kind="thematic").count() == 1
        assert uuid.UUID(str(QualityScore.everything.get().pk))
