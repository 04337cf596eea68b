"""Reviews of a document: opened above, composed by themselves, written and sent below, judged and concluded above."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from branches.models import Kind
from branches.services.reorganisation import dissolve_organisation
from directives.models import Document, Review, ReviewPart, Target
from directives.queries.review_figures import Sheet, composed, moved_since
from directives.queries.reviews import columns_of, side_by_side
from directives.services import reviews as services
from portal.indicators import registry
from portal.indicators.registry import Figure, Indicator, publish_indicators
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast, place
from tests.directives.papers import a_document, an_obligation
from tests.directives.reviews import FIRST, LAST, a_review
from tests.directives.test_pages import queries_of
from tests.duties.test_calendar import remaining, walk

TODAY = timezone.localdate
DAY = timedelta(days=1)
WORDS = {"results": "Họp đủ", "shortcomings": "Họp muộn", "causes": "Mùa vụ", "directions": "Giữ lịch", "proposals": ""}
SignIn = Callable[[str], Client]


@pytest.fixture
def held() -> Iterator[dict[int, Figure]]:
    """What an indicator of this test says of each branch."""
    before, said = dict(registry._published), {}

    def by_place(root: object, first: date, last: date) -> dict[int, Figure]:
        return {pk: figure for pk, (path, figure) in said.items() if path.startswith(root.path)}

    publish_indicators([Indicator("test.held", "Chi bộ họp đủ", "chi bộ", by_place)])
    yield said
    registry._published.clear()
    registry._published.update(before)


@pytest.fixture
def plan(cast: Cast) -> Document:
    document = a_document(cast.phu_luong, "Kế hoạch")
    an_obligation(document)
    return document


@pytest.fixture
def review(cast: Cast, plan: Document) -> Review:
    return a_review(plan, cast.phu_luong, cast.dong, cast.doai, opened_by=cast["mai"])


def part_of(review: Review, organisation: object) -> ReviewPart:
    return ReviewPart.everything.get(review=review, organisation=organisation)


def a_target(document: Document, value: int, *, comparison: str = "at least", indicator: str = "test.held") -> Target:
    row = an_obligation(document, start=40 + document.obligations.count(), end=60)
    row.task.delete()
    row.kind = "target"
    row.save()
    target = Target(obligation=row, comparison=comparison, value=value, unit="%", indicator=indicator)
    target.save()
    return target


def sent(cast: Cast, part: ReviewPart, by: str = "thinh") -> ReviewPart:
    version = ReviewPart.everything.get(pk=part.pk).version
    services.write_part(part, version=version, words=WORDS, by=cast.actor(by))
    return services.send_part(part, by=cast.actor(by))


def opened(cast: Cast, plan: Document, by: str = "mai", **facts: object) -> Review:
    usual = {"kind": "interim", "since": FIRST, "until": LAST, "due_on": TODAY(), "answering": "branch"}
    return services.open_review(plan, organisation=cast.phu_luong, **usual | facts, by=cast.actor(by))


def test_everybody_of_that_kind_below_is_asked_once(cast: Cast, plan: Document):
    review = opened(cast, plan)
    assert {part.organisation for part in review.parts.all()} == {cast.dong, cast.doai}
    new = place(9_300_001, "PL-3", "Chi bộ thôn Hạ", Kind.BRANCH, cast.phu_luong)
    assert services.ask_newcomers(review, by=cast.actor("mai")) == 1
    assert services.ask_newcomers(review, by=cast.actor("mai")) == 0
    assert part_of(review, new).state == "open"
    with pytest.raises(DomainError, match="mở rồi"):
        opened(cast, plan)


@pytest.mark.parametrize("name", ["thinh", "son", "quyet", "hau"])
def test_who_may_not_open_is_refused(cast: Cast, plan: Document, name: str):
    with pytest.raises(NotAllowed):
        opened(cast, plan, by=name)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"until": FIRST - DAY}, "sau ngày đầu"),
        ({"due_on": date(2026, 1, 2)}, "đã qua"),
        ({"answering": "base"}, "Không có tổ chức"),
    ],
)
def test_what_makes_no_sense_is_refused(cast: Cast, plan: Document, facts: dict, sentence: str):
    with pytest.raises(DomainError, match=sentence):
        opened(cast, plan, **facts)
    assert not Review.everything.exists()


def test_figures_compose_themselves_and_are_held_against_the_target(
    cast: Cast, plan: Document, review: Review, held: dict
):
    """Exactly 90 % is not over 90, and is at least 90."""
    over, at_least = a_target(plan, 90, comparison="over"), a_target(plan, 90)
    by_hand = a_target(plan, 5, indicator="")
    held[cast.dong.pk] = (cast.dong.path, Figure(9, 10))
    lines = composed(review, cast.dong).by_key
    assert [lines[f"target:{one.pk}"].met for one in (over, at_least, by_hand)] == [False, True, None]
    assert lines[f"target:{over.pk}"].said == "9/10 (90\u00a0%)"
    assert lines["proofs"].numerator == 0
    assert composed(review, cast.doai).by_key[f"target:{over.pk}"].met is None  # of nothing there is no share


def test_what_was_sent_keeps_its_figures_and_what_moved_is_told(cast: Cast, plan: Document, review: Review, held: dict):
    target = a_target(plan, 90)
    held[cast.dong.pk] = (cast.dong.path, Figure(8, 10))
    part = sent(cast, part_of(review, cast.dong))
    assert moved_since(Sheet.thawed(part.figures), composed(review, cast.dong)) == []
    held[cast.dong.pk] = (cast.dong.path, Figure(10, 10))
    part.refresh_from_db()
    moved = moved_since(Sheet.thawed(part.figures), composed(review, cast.dong))
    assert [(one.line.key, one.line.numerator, one.said_now) for one in moved] == [
        (f"target:{target.pk}", 8, "10/10 (100\u00a0%)")
    ]
    cell = side_by_side(review, [part]).rows[0].cells[0]
    assert (cell.line.numerator, cell.now and cell.now.numerator) == (8, 10)


def test_side_by_side_says_what_each_part_says(cast: Cast, plan: Document, held: dict):
    """Communes under the province: what their branches come to, in the table and on the part's own page."""
    target = a_target(plan, 90)
    review = a_review(plan, cast.province, cast.phu_luong, cast.tan_hoa, opened_by=cast["kien"], answering="commune")
    for number, branch in enumerate((cast.dong, cast.doai, cast.thuong), 1):
        held[branch.pk] = (branch.path, Figure(number, 10))
    rows = side_by_side(review, list(review.parts.select_related("organisation"))).rows
    shown = {row.part.organisation: (row.cells[0].line.numerator, row.cells[0].line.denominator) for row in rows}
    assert shown == {cast.phu_luong: (3, 20), cast.tan_hoa: (3, 10)}
    for commune, (numerator, denominator) in shown.items():
        own = composed(review, commune).by_key[f"target:{target.pk}"]
        assert (own.numerator, own.denominator) == (numerator, denominator)


def test_whoever_saves_second_is_told_and_loses_nothing(cast: Cast, review: Review, sign_in: SignIn):
    part = part_of(review, cast.dong)
    services.write_part(part, version=1, words=WORDS, by=cast.actor("thom"))
    with pytest.raises(ChangedMeanwhile):
        services.write_part(part, version=1, words=WORDS, by=cast.actor("thinh"))
    page = sign_in("thinh").post(f"/phan-so-ket/{part.pk}/viet/", WORDS | {"version": 1, "results": "Tôi vừa gõ"})
    assert "Tôi vừa gõ" in page.content.decode()
    assert "Bản mới nhất" in page.content.decode()
    assert "<title>Lỗi:" in page.content.decode()
    assert part_of(review, cast.dong).results == "Họp đủ"


def test_a_sent_part_does_not_change_any_more(cast: Cast, review: Review):
    part = sent(cast, part_of(review, cast.dong))
    with pytest.raises(DomainError, match="đã gửi"):
        services.write_part(part, version=part.version, words=WORDS, by=cast.actor("thinh"))
    for changed in ({"results": "khác"}, {"figures": {"on": "2026-01-01", "lines": []}}, {"sent_at": timezone.now()}):
        with pytest.raises(IntegrityError, match="review_part_sent_stays"), transaction.atomic():
            ReviewPart.everything.filter(pk=part.pk).update(**changed)


def test_nothing_is_sent_without_words_and_nobody_sends_for_others(cast: Cast, review: Review):
    part = part_of(review, cast.dong)
    with pytest.raises(DomainError, match="kết quả"):
        services.send_part(part, by=cast.actor("thinh"))
    for name in ("hoa", "vinh", "quyet", "hau"):
        with pytest.raises(NotAllowed):
            services.write_part(part, version=1, words=WORDS, by=cast.actor(name))


def test_it_is_returned_with_a_remark_written_again_and_accepted(cast: Cast, review: Review):
    part = sent(cast, part_of(review, cast.dong))
    with pytest.raises(DomainError, match="bổ sung gì"):
        services.return_part(part, remark=" ", by=cast.actor("vinh"))
    services.return_part(part, remark="Nêu rõ nguyên nhân", by=cast.actor("vinh"))
    again = sent(cast, part)
    assert (again.state, again.remark) == ("sent", "")
    assert services.accept_part(again, by=cast.actor("mai")).state == "accepted"
    with pytest.raises(NotAllowed):
        services.return_part(again, remark="x", by=cast.actor("son"))


def test_states_go_no_other_way(cast: Cast, review: Review):
    part = part_of(review, cast.dong)
    for state in ("accepted", "returned"):
        with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
            ReviewPart.everything.filter(pk=part.pk).update(state=state, remark="x")


def test_it_is_closed_with_a_conclusion_when_all_that_came_was_judged(cast: Cast, review: Review):
    mai, part = cast.actor("mai"), sent(cast, part_of(review, cast.dong))
    with pytest.raises(DomainError, match="Ghi kết luận"):
        services.close_review(review, by=mai)
    services.write_conclusion(review, version=1, conclusion="Tốt", by=mai)
    with pytest.raises(ChangedMeanwhile):
        services.write_conclusion(review, version=1, conclusion="Khá", by=cast.actor("vinh"))
    with pytest.raises(DomainError, match="Còn 1 phần"):
        services.close_review(review, by=mai)
    services.accept_part(part, by=mai)
    assert services.close_review(review, by=mai).closed_on == TODAY()
    with pytest.raises(DomainError, match="kết thúc"):
        services.write_part(part_of(review, cast.doai), version=1, words=WORDS, by=cast.actor("hoa"))
    with pytest.raises(IntegrityError, match="review_part_of_closed_review"), transaction.atomic():
        ReviewPart.everything.filter(review=review).update(results="khác")


def test_one_opened_by_mistake_goes_until_somebody_has_written(cast: Cast, review: Review, plan: Document):
    services.write_part(part_of(review, cast.dong), version=1, words=WORDS, by=cast.actor("thinh"))
    with pytest.raises(DomainError, match="không bỏ được"):
        services.drop_review(review, by=cast.actor("mai"))
    services.drop_review(opened(cast, plan, kind="final"), by=cast.actor("mai"))
    assert Review.everything.get() == review


def test_who_has_to_do_what_and_until_when(cast: Cast, review: Review):
    day = [TODAY()]
    assert remaining(walk(cast, "thinh", day, of="gui-so-ket")) == {TODAY(): "Còn 10 ngày"}
    assert walk(cast, "mai", day, of="gui-so-ket")[TODAY()] == []
    sent(cast, part_of(review, cast.dong))
    assert walk(cast, "thinh", day, of="gui-so-ket")[TODAY()] == []
    (item,) = walk(cast, "mai", day, of="nhan-so-ket")[TODAY()]
    assert item.words == f"Nhận xét 1 báo cáo sơ kết {review.document.symbol}"
    assert item.due_on == TODAY() + 10 * DAY
    services.return_part(part_of(review, cast.dong), remark="Thêm", by=cast.actor("mai"))
    assert walk(cast, "vinh", day, of="nhan-so-ket")[TODAY()] == []
    assert walk(cast, "thinh", day, of="gui-so-ket")[TODAY()][0].words.startswith("Bổ sung báo cáo")


def test_above_sees_who_has_sent_and_all_judgements_of_one_heading(cast: Cast, review: Review, sign_in: SignIn):
    sent(cast, part_of(review, cast.dong))
    services.write_part(part_of(review, cast.doai), version=1, words=WORDS | {"causes": "Riêng"}, by=cast.actor("hoa"))
    page = sign_in("mai").get(f"/so-ket/{review.pk}/").content.decode()
    assert "Chi bộ thôn Đông" in page
    assert "Chi bộ thôn Đoài" in page
    assert "Chưa gửi <b>1</b>" in page
    causes = sign_in("mai").get(f"/so-ket/{review.pk}/ket-luan/?muc=causes").content.decode()
    assert "Mùa vụ" in causes
    assert "Riêng" not in causes  # not sent yet
    own = sign_in("hoa").get(f"/so-ket/{review.pk}/").content.decode()
    assert "Chi bộ thôn Đoài" in own
    assert "Chi bộ thôn Đông" not in own


def test_the_conclusion_is_read_below_when_the_review_is_closed(cast: Cast, review: Review, sign_in: SignIn):
    services.write_conclusion(review, version=1, conclusion="Nơi nào cũng họp", by=cast.actor("mai"))
    page = f"/so-ket/{review.pk}/"
    assert "Nơi nào cũng họp" not in sign_in("thinh").get(page).content.decode()
    services.close_review(review, by=cast.actor("mai"))
    assert "Nơi nào cũng họp" in sign_in("thinh").get(page).content.decode()


def test_the_paper_of_a_part_and_of_the_whole(cast: Cast, plan: Document, review: Review, held: dict, sign_in: SignIn):
    a_target(plan, 90)
    held[cast.dong.pk] = (cast.dong.path, Figure(9, 10))
    part = part_of(review, cast.dong)
    draft = sign_in("thinh").get(f"/phan-so-ket/{part.pk}/ban-in/?dang=txt").content.decode()
    assert "DỰ THẢO" in draft
    sent(cast, part)
    said = sign_in("thinh").get(f"/phan-so-ket/{part.pk}/ban-in/?dang=txt").content.decode()
    wanted = [
        "-BC/CB", "BÁO CÁO", "sơ kết việc thực hiện Kế hoạch số", "Kính gửi: Đảng ủy xã Phú Lương", "Chi bộ họp đủ",
        "9/10 (90\u00a0%)", "Đạt", "II. Kết quả nổi bật", "Họp đủ", "III. Hạn chế", "V. Phương hướng",
    ]  # fmt: skip
    assert [words for words in wanted if words.lower() not in said.lower()] == []
    assert "DỰ THẢO" not in said
    whole = sign_in("mai").get(f"/so-ket/{review.pk}/bao-cao/?dang=txt").content.decode()
    assert "Có 1/2 nơi đã gửi báo cáo." in whole
    assert "Chi bộ thôn Đoài" in whole
    assert sign_in("mai").get(f"/so-ket/{review.pk}/bao-cao/").content.startswith(b"%PDF")


def test_more_parts_cost_no_more_queries(cast: Cast, plan: Document, review: Review, held: dict, sign_in: SignIn):
    a_target(plan, 90)
    browser, part = sign_in("mai"), sent(cast, part_of(review, cast.dong))
    pages = [
        f"/so-ket/{review.pk}/", f"/so-ket/{review.pk}/ket-luan/", f"/van-ban/{plan.pk}/so-ket/",
        f"/to-chuc/{cast.phu_luong.pk}/so-ket/", f"/to-chuc/{cast.phu_luong.pk}/phan/so-ket/",
        f"/so-ket/{review.pk}/bao-cao/?dang=txt", f"/phan-so-ket/{part.pk}/",
    ]  # fmt: skip
    few = [queries_of(browser, page) for page in pages]
    for number in range(5):
        branch = place(9_300_001 + number, f"PL-{number + 3}", f"Chi bộ thôn {number}", Kind.BRANCH, cast.phu_luong)
        held[branch.pk] = (branch.path, Figure(1, 2))
        ReviewPart(review=review, organisation=branch).save()
        sent(cast, part_of(review, branch), by="mai")
        a_review(plan, cast.phu_luong, branch, opened_by=cast["mai"], since=FIRST - number * DAY - DAY)
    assert [queries_of(browser, page) for page in pages] == few


def test_a_document_without_figures_has_no_columns(cast: Cast, review: Review):
    assert columns_of(review) == []
    assert side_by_side(review, list(review.parts.all())).heads == []


def test_the_heir_of_a_commune_goes_on_with_its_open_reviews(cast: Cast, plan: Document, review: Review):
    """One that the heir holds itself stays where it was."""
    facts = {"since": FIRST - DAY, "opened_by": cast["mai"]}
    twins = [a_review(plan, place, **facts) for place in (cast.phu_luong, cast.tan_hoa)]
    dissolve_organisation(cast.phu_luong, heir=cast.tan_hoa, on=TODAY(), by=cast.actor("kien"))
    review.refresh_from_db()
    assert review.organisation == cast.tan_hoa
    assert {one.organisation for one in Review.everything.filter(pk__in=[one.pk for one in twins])} == {
        cast.phu_luong, cast.tan_hoa,
    }  # fmt: skip
