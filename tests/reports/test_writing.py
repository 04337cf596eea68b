"""A report is begun once, written by several, and its figures are nobody's to change."""

from datetime import date

import pytest

from portal.reports.models import Report, ReportState, Words
from portal.reports.papers import FIGURE
from portal.reports.services.issuing import approve, issue, replace, send_back
from portal.reports.services.writing import (
    compose_anew,
    drop_draft,
    hand_over,
    take_back,
    write_words,
)
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast
from tests.members.people import on_the_roll
from tests.reports.drafts import approved, begun, issued, written


@pytest.fixture
def draft(cast: Cast) -> Report:
    return begun(cast, cast.dong, "thinh")


def test_whoever_begins_what_stands_gets_that_one(cast: Cast, draft: Report):
    assert begun(cast, cast.dong, "thom") == draft
    assert begun(cast, cast.dong, "thom", day=date(2026, 9, 3)) != draft


def test_a_period_to_come_has_no_report(cast: Cast):
    with pytest.raises(DomainError, match="chưa đến"):
        begun(cast, cast.dong, "thinh", day=date(2099, 1, 1))


def test_a_kind_of_another_level_is_refused(cast: Cast):
    with pytest.raises(DomainError, match="không dành cho"):
        begun(cast, cast.dong, "thinh", kind="xa-thang")


def test_names_only_for_who_reads_the_roll(cast: Cast):
    with pytest.raises(NotAllowed):
        begun(cast, cast.dong, "kien", kind="diem-danh-nam")
    assert begun(cast, cast.dong, "thinh", kind="diem-danh-nam").kind == "diem-danh-nam"


def test_whoever_saves_second_is_told_and_the_first_words_stay(cast: Cast, draft: Report):
    write_words(draft, part="proposals", words="Sửa cầu.", version=0, by=cast.actor("thinh"))
    with pytest.raises(ChangedMeanwhile):
        write_words(draft, part="proposals", words="Sửa đường.", version=0, by=cast.actor("thom"))
    assert Words.everything.get(report=draft, part="proposals").words == "Sửa cầu."


@pytest.mark.parametrize("part", ["figure:khong.co", "khong-co", "meetings.held"])
def test_only_parts_and_figures_of_the_report_are_written(cast: Cast, draft: Report, part: str):
    with pytest.raises(DomainError, match="không có phần này"):
        write_words(draft, part=part, words="Chữ.", version=0, by=cast.actor("thinh"))


def test_a_figure_is_explained_and_stays_what_it_is(cast: Cast, draft: Report):
    before = Report.everything.get().facts
    key = before["lines"][0]["key"]
    write_words(draft, part=FIGURE + key, words="Mới lập.", version=0, by=cast.actor("thinh"))
    assert Report.everything.get().facts == before


def test_composed_anew_what_people_wrote_stays(cast: Cast, draft: Report):
    before = dict(draft.words.values_list("part", "words"))
    write_words(draft, part="proposals", words="Sửa cầu.", version=0, by=cast.actor("thinh"))
    on_the_roll(cast.dong, "Quàng Văn Pó")
    now = compose_anew(draft, by=cast.actor("thinh"))
    assert now.composed_at > draft.composed_at
    assert dict(draft.words.values_list("part", "words")) == before | {"proposals": "Sửa cầu."}


def test_an_empty_part_that_must_be_there_holds_the_report_back(cast: Cast, draft: Report):
    written(cast, draft, "thinh")
    write_words(draft, part="directions", words=" ", version=2, by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="còn trống") as refused:
        hand_over(draft, by=cast.actor("thinh"))
    assert refused.value.field == "directions"


def test_what_is_handed_over_is_written_no_more_until_it_is_taken_back(cast: Cast, draft: Report):
    hand_over(written(cast, draft, "thom"), by=cast.actor("thom"))
    with pytest.raises(DomainError, match="không sửa được nữa"):
        write_words(draft, part="proposals", words="Chữ.", version=0, by=cast.actor("thom"))
    take_back(draft, by=cast.actor("thom"))
    write_words(draft, part="proposals", words="Chữ.", version=0, by=cast.actor("thom"))


def test_a_clerk_hands_over_and_does_not_approve(cast: Cast, draft: Report):
    hand_over(written(cast, draft, "thom"), by=cast.actor("thom"))
    with pytest.raises(NotAllowed):
        approve(draft, by=cast.actor("thom"))
    assert approve(draft, by=cast.actor("thinh")).approved_by == cast["thinh"]


def test_sent_back_with_what_is_to_be_mended(cast: Cast, draft: Report):
    approved(cast, draft, by="thom", leader="thinh")
    with pytest.raises(DomainError, match="cần sửa gì"):
        send_back(draft, remark=" ", by=cast.actor("thinh"))
    back = send_back(draft, remark="Ghi rõ nguyên nhân.", by=cast.actor("thinh"))
    assert (back.state, back.remark, back.approved_by) == ("draft", "Ghi rõ nguyên nhân.", None)


def test_what_nobody_approved_has_no_number(cast: Cast, draft: Report):
    with pytest.raises(DomainError, match="chưa ban hành được"):
        issue(draft, by=cast.actor("thinh"))


def test_a_draft_is_dropped_and_what_is_approved_is_not(cast: Cast, draft: Report):
    approved(cast, draft, by="thom", leader="thinh")
    with pytest.raises(DomainError):
        drop_draft(draft, by=cast.actor("thinh"))
    send_back(draft, remark="Bỏ.", by=cast.actor("thinh"))
    drop_draft(draft, by=cast.actor("thinh"))
    assert Report.everything.count() == 0


def test_a_replacement_begins_with_the_words_of_the_old_one_and_leaves_it(cast: Cast, draft: Report):
    old = issued(cast, draft, by="thom", leader="thinh")
    assert old.is_issued
    assert old.pdf
    new = replace(old, by=cast.actor("thom"))
    assert (new.replaces, new.state) == (old, "draft")
    assert dict(new.words.values_list("part", "words"))["shortcomings"] == "Lời shortcomings."
    assert replace(old, by=cast.actor("thinh")) == new
    assert begun(cast, cast.dong, "thinh") == new


def test_whoever_reaches_a_place_from_above_writes_nothing_for_it(cast: Cast):
    """The province may write reports, and reaches the branch: it writes its own. Nor is its draft touched by hands from above."""
    with pytest.raises(NotAllowed, match="Mỗi nơi tự soạn"):
        begun(cast, cast.dong, "kien")
    report = begun(cast, cast.dong, "thinh")
    for act in (compose_anew, hand_over, drop_draft):
        with pytest.raises(NotAllowed, match="Mỗi nơi tự soạn"):
            act(report, by=cast.actor("kien"))
    assert Report.everything.get().state == ReportState.DRAFT
