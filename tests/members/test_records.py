"""The record: entered, changed without overwriting another's words, corrected on request; doubles merged and parted."""

from datetime import date

import pytest
from django.db import connection

from members.models import ClosedRecord, Member, Membership, Merge, StateSpell
from members.services.corrections import accept_correction, ask_for_correction, refuse_correction
from members.services.merging import merge_members, undo_merge
from members.services.records import change_member, enter_member, write_closed_record
from portal.access.permissions import Permission
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import LONG_AGO, member


def test_who_saves_second_is_told(cast: Cast):
    an = member(cast, cast.dong)
    change_member(an, version=an.version, facts={"job": "giáo viên"}, by=cast.actor("thinh"))
    with pytest.raises(ChangedMeanwhile):
        change_member(an, version=an.version, facts={"job": "nông dân"}, by=cast.actor("mai"))
    assert Member.everything.get(pk=an.pk).job == "giáo viên"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"card_number": "1"}, "card_number"),
        ({"admitted_on": date(2020, 1, 1), "official_on": date(2019, 1, 1)}, "official_on"),
        ({"admitted_on": date(2020, 1, 1), "born_on": date(2020, 1, 1)}, "born_on"),
    ],
)
def test_what_the_database_refuses_is_said_at_its_field(cast: Cast, facts: dict, field: str):
    member(cast, cast.dong, card_number="1")
    with pytest.raises(DomainError) as refusal:
        member(cast, cast.dong, **facts)
    assert refusal.value.field == field


def test_a_branch_that_is_none_takes_nobody(cast: Cast):
    with pytest.raises(DomainError, match="không phải chi bộ"):
        enter_member(
            branch=cast.phu_luong, since=LONG_AGO, state="full", facts={"full_name": "x"}, by=cast.actor("mai")
        )


def test_which_records_somebody_reaches(cast: Cast):
    an, binh = member(cast, cast.dong, "An"), member(cast, cast.thuong, "Bình")
    Member.everything.filter(pk=binh.pk).update(account=cast["hau"])
    seen = {
        name: {str(m) for m in Member.objects.allowed(cast.actor(name), Permission.READ_ROLL)}
        for name in ("thinh", "hoa", "mai", "quyet", "kien", "khoi", "hau", "xua")
    }
    assert seen == {
        "thinh": {"An"}, "hoa": set(), "mai": {"An"}, "quyet": {"Bình"}, "kien": set(), "khoi": set(), "hau": set(), "xua": set(),
    }  # fmt: skip
    own = Member.objects.allowed(cast.actor("hau"), Permission.SEE_OWN_RECORD)
    assert list(own) == [binh]
    assert an not in own


def test_what_is_closed_is_no_column_of_the_roll(cast: Cast):
    an = member(cast, cast.dong)
    write_closed_record(an, religion="Công giáo", health="", remarks="", by=cast.actor("thinh"))
    assert not {f.name for f in Member._meta.get_fields()} & {"religion", "health", "remarks"}
    for name, count in {"thinh": 1, "mai": 1, "son": 1, "thom": 0, "vinh": 0, "kien": 0, "hoa": 0}.items():
        assert ClosedRecord.objects.allowed(cast.actor(name), Permission.READ_CLOSED).count() == count, name


def corrected(cast: Cast) -> Member:
    an = member(cast, cast.dong, "Phạm Đức Hậu", home="Thôn Đông")
    an.account = cast["hau"]
    an.save()
    return an


def test_a_member_asks_and_the_secretary_confirms(cast: Cast):
    an = corrected(cast)
    asked = ask_for_correction(an, column="born_on", after="1970-05-01", note="theo căn cước", by=cast.actor("hau"))
    with pytest.raises(DomainError, match="đang chờ"):
        ask_for_correction(an, column="born_on", after="1971-05-01", by=cast.actor("hau"))
    accept_correction(asked, by=cast.actor("thinh"))
    an.refresh_from_db()
    assert an.born_on == date(1970, 5, 1)
    with pytest.raises(DomainError, match="đã được trả lời"):
        refuse_correction(asked, reason="x", by=cast.actor("thinh"))


def test_what_is_not_corrected_has_a_reason(cast: Cast):
    asked = ask_for_correction(corrected(cast), column="home", after="Thôn Đoài", by=cast.actor("hau"))
    with pytest.raises(DomainError, match="vì sao"):
        refuse_correction(asked, reason=" ", by=cast.actor("thinh"))
    assert refuse_correction(asked, reason="chưa có giấy tờ", by=cast.actor("thinh")).reason == "chưa có giấy tờ"


@pytest.mark.parametrize(
    ("column", "after", "refusal"),
    [("home", "Thôn Đông", "đúng như vậy"), ("born_on", "hôm qua", "chưa đúng"), ("sex", "x", "chưa đúng"), ("state", "full", "không xin sửa"), ("full_name", "", "chưa đúng")],
)  # fmt: skip
def test_a_wish_that_makes_no_sense_is_refused(cast: Cast, column: str, after: str, refusal: str):
    with pytest.raises(DomainError, match=refusal):
        ask_for_correction(corrected(cast), column=column, after=after, by=cast.actor("hau"))


def test_nobody_corrects_for_others_or_answers_oneself(cast: Cast):
    an = corrected(cast)
    with pytest.raises(NotAllowed):
        ask_for_correction(an, column="home", after="x", by=cast.actor("thom"))
    an.account = cast["thinh"]
    an.save()
    asked = ask_for_correction(an, column="home", after="x", by=cast.actor("thinh"))
    with pytest.raises(NotAllowed):
        accept_correction(asked, by=cast.actor("thinh"))


def everything() -> dict[str, list[tuple]]:
    models = (Member, Membership, StateSpell, ClosedRecord)
    return {model.__name__: list(model._base_manager.order_by("pk").values_list()) for model in models}


def test_two_records_of_one_person_become_one_and_apart_again_to_the_row(cast: Cast):
    kept = member(cast, cast.dong, card_number="1", home="Thôn Đông")
    dropped = member(
        cast,
        cast.doai,
        card_number="2",
        home="Thôn Đoài",
        job="giáo viên",
        born_on=date(1970, 1, 1),
        born_known_to="year",
    )
    write_closed_record(dropped, religion="Công giáo", health="", remarks="", by=cast.actor("mai"))
    before = everything()
    merge = merge_members(kept=kept, dropped=dropped, by=cast.actor("mai"))
    kept.refresh_from_db()
    dropped.refresh_from_db()
    assert (kept.home, kept.job, kept.born, kept.card_number) == ("Thôn Đông", "giáo viên", "1970", "1")
    assert (dropped.merged_into, dropped.branch, dropped.state, dropped.card_number) == (kept, None, "", None)
    assert kept.closed.religion == "Công giáo"
    assert any("Bổ sung" in sentence for sentence in merge.told)
    undo_merge(merge, by=cast.actor("mai"))
    assert everything() == before
    with pytest.raises(DomainError, match="đã được tách"):
        undo_merge(Merge.everything.get(), by=cast.actor("mai"))


def test_only_within_ones_reach_and_never_a_record_with_itself(cast: Cast):
    an, binh, cuc = member(cast, cast.dong), member(cast, cast.doai), member(cast, cast.thuong)
    with pytest.raises(NotAllowed):
        merge_members(kept=an, dropped=cuc, by=cast.actor("mai"))
    with pytest.raises(DomainError, match="khác nhau"):
        merge_members(kept=an, dropped=an, by=cast.actor("mai"))
    merge_members(kept=an, dropped=binh, by=cast.actor("mai"))
    binh.refresh_from_db()
    with pytest.raises(DomainError, match="đã được nhập"):
        merge_members(kept=an, dropped=binh, by=Boss(cast))


class Boss:
    """Somebody whom nothing is refused, to get as far as the rule."""

    def __init__(self, cast: Cast) -> None:
        self.account = cast["mai"]
        self.capacity = None

    def need(self, *_: object) -> None: ...


def test_history_keeps_a_bulk_update_of_members(cast: Cast):
    an = member(cast, cast.dong)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_member SET home = 'x' WHERE id = %s", [an.pk])
    assert an.events.get().pgh_label == "changed"
