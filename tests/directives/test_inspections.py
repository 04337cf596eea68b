"""Inspections: the year's programme, what one finds and demands, and following it to the end."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from branches.models import Kind
from branches.services.reorganisation import dissolve_organisation, undo_reorganisation
from directives.duties import DUTIES
from directives.models import Demand, Finding, Inspection, InspectionProgramme, PlannedInspection
from directives.services import demands as following
from directives.services import inspections as services
from directives.services import programmes
from portal.history.models import AccessTrace
from portal.ui.icons import icon_names
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.cast import Cast, place
from tests.directives.inspections import a_begun_inspection, a_programme, planned_in
from tests.directives.papers import a_document
from tests.directives.test_pages import queries_of
from tests.duties.test_calendar import remaining, walk

TODAY = timezone.localdate
DAY = timedelta(days=1)
SignIn = Callable[[str], Client]


@pytest.fixture
def inspection(cast: Cast) -> Inspection:
    return a_begun_inspection(cast.phu_luong, cast.dong, by=cast["son"])


@pytest.fixture
def demand(inspection: Inspection) -> Demand:
    return Demand.everything.get()


def answered(cast: Cast, demand: Demand, by: str = "thinh") -> Demand:
    return following.answer_demand(demand, answer="Đã thu đủ", done_on=TODAY(), by=cast.actor(by))


def line(cast: Cast, **facts: object) -> dict:
    usual = {"subject": cast.dong, "kind": "check", "contents": "Đảng phí", "documents": []}
    return usual | {"since": date(2026, 2, 1), "until": date(2026, 2, 28), "by": cast.actor("son")} | facts


def test_a_programme_is_drawn_up_agreed_and_then_added_to(cast: Cast):
    son = cast.actor("son")
    made = programmes.make_programme(cast.phu_luong, year=2026, conducted_by="commission", by=son)
    with pytest.raises(DomainError, match="ít nhất một"):
        programmes.agree_programme(made, agreed_on=TODAY(), by=son)
    first = programmes.plan_inspection(made, **line(cast))
    programmes.agree_programme(made, agreed_on=TODAY(), by=son)
    assert (first.added_later, first.when) == (False, "Tháng 02/2026")
    later = programmes.plan_inspection(made, **line(cast, until=date(2026, 3, 2)))
    assert (later.added_later, later.when) == (True, "01/02/2026 – 02/03/2026")
    with pytest.raises(DomainError, match="lý do"):
        programmes.drop_planned(later, by=son)
    programmes.drop_planned(later, because="Trùng thanh tra", by=son)
    assert PlannedInspection.everything.get(dropped_on=None) == first
    with pytest.raises(DomainError, match="lập rồi"):
        programmes.make_programme(cast.phu_luong, year=2026, conducted_by="commission", by=son)


@pytest.mark.parametrize("name", ["thinh", "vinh", "quyet", "hau"])
def test_who_may_not_inspect_is_refused(cast: Cast, inspection: Inspection, demand: Demand, name: str):
    by, acts = cast.actor(name), [
        lambda: programmes.make_programme(cast.phu_luong, year=2030, conducted_by="committee", by=by),
        lambda: programmes.plan_inspection(inspection.planned.programme, **line(cast, by=by)),
        lambda: services.conclude(inspection, version=1, conclusion="x", concluded_on=TODAY(), by=by),
        lambda: services.write_finding(inspection, kind="merit", words="x", by=by),
        lambda: following.make_demand(inspection, words="x", due_on=TODAY(), by=by),
        lambda: following.let_go(demand, remark="x", by=by),
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(NotAllowed):
            act()


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"subject": "thuong"}, "trực thuộc"),
        ({"subject": "phu_luong"}, "trực thuộc"),
        ({"until": date(2026, 1, 31)}, "sau ngày đầu"),
        ({"since": date(2028, 1, 1), "until": date(2028, 2, 1)}, "của năm"),
    ],
)
def test_a_line_that_makes_no_sense_is_refused(cast: Cast, facts: dict, sentence: str):
    programme = a_programme(cast.phu_luong, year=2026)
    said = facts | ({"subject": getattr(cast, facts["subject"])} if "subject" in facts else {})
    with pytest.raises(DomainError, match=sentence):
        programmes.plan_inspection(programme, **line(cast, **said))


def test_last_years_programme_is_copied_a_year_later(cast: Cast):
    """A whole month stays one, also February; what was added or dropped on the way is not taken along."""
    document, old = a_document(cast.phu_luong, "Kế hoạch"), a_programme(cast.phu_luong, year=2023)
    facts = {"since": date(2023, 2, 1), "until": date(2023, 2, 28), "led_by": "Chủ nhiệm"}
    planned_in(old, cast.dong, **facts).documents.add(document)
    planned_in(old, cast.doai, added_later=True)
    planned_in(old, cast.doai, dropped_on=TODAY(), dropped_because="x")
    new = programmes.make_programme(
        cast.phu_luong, year=2024, conducted_by="commission", copied=True, by=cast.actor("son")
    )
    copy = new.planned.get()
    assert (copy.subject, copy.since, copy.until, copy.led_by) == (
        cast.dong, date(2024, 2, 1), date(2024, 2, 29), "Chủ nhiệm",
    )  # fmt: skip
    assert list(copy.documents.all()) == [document]
    with pytest.raises(DomainError, match="để chép"):
        programmes.make_programme(
            cast.phu_luong, year=2030, conducted_by="commission", copied=True, by=cast.actor("son")
        )
    assert not InspectionProgramme.everything.filter(year=2030).exists()


def test_a_subject_sees_what_concerns_it_when_the_programme_is_agreed(cast: Cast, sign_in: SignIn):
    programme = a_programme(cast.phu_luong, state="draft", agreed_on=None)
    mine, other = planned_in(programme, cast.dong), planned_in(programme, cast.doai)

    def seen() -> list[int]:
        return [sign_in("thinh").get(f"/kiem-tra/{one.pk}/").status_code for one in (mine, other)]

    assert seen() == [404, 404]
    assert sign_in("vinh").get(f"/chuong-trinh-kiem-tra/{programme.pk}/").status_code == 404  # a draft
    programmes.agree_programme(programme, agreed_on=TODAY(), by=cast.actor("son"))
    assert seen() == [200, 404]
    assert sign_in("vinh").get(f"/chuong-trinh-kiem-tra/{programme.pk}/").status_code == 200


def test_findings_are_figures_until_they_are_asked_for_and_each_reading_leaves_a_trace(
    cast: Cast, inspection: Inspection, sign_in: SignIn
):
    page, closed = (f"/kiem-tra/{inspection.planned_id}/{part}" for part in ("", "phat-hien/"))
    for name in ("thinh", "son", "kien", "vinh"):
        shown = sign_in(name).get(page).content.decode()
        assert "hạn chế, khuyết điểm" in shown
        assert "Thu thiếu đảng phí" not in shown
    assert {name: sign_in(name).post(closed).status_code for name in ("kien", "vinh", "hoa", "thom")} == {
        "kien": 403, "vinh": 403, "hoa": 404, "thom": 403,
    }  # fmt: skip
    assert not AccessTrace.everything.exists()
    assert "Thu thiếu đảng phí" in sign_in("thinh").post(closed).content.decode()
    trace = AccessTrace.everything.get()
    assert (trace.account, trace.place) == (cast["thinh"], cast.dong.path)
    assert "Phát hiện khi kiểm tra Chi bộ thôn Đông" in trace.subject


def test_a_finding_is_written_and_taken_back_by_who_inspects(cast: Cast, inspection: Inspection, sign_in: SignIn):
    closed = f"/kiem-tra/{inspection.planned_id}/phat-hien/"
    sent = {"viec": "ghi", "kind": "merit", "words": "Sổ sách đủ"}
    assert sign_in("thinh").post(closed, sent).status_code == 403
    assert "Sổ sách đủ" in sign_in("son").post(closed, sent).content.decode()
    wrong = sign_in("son").post(closed, sent | {"kind": ""}).content.decode()
    assert "<title>Lỗi:" in wrong
    row = Finding.everything.get(kind="merit")
    sign_in("son").post(f"/phat-hien/{row.pk}/bo/")
    assert Finding.everything.get().kind == "shortcoming"


def test_a_demand_goes_back_and_forth_until_it_is_settled(cast: Cast, inspection: Inspection, demand: Demand):
    son = cast.actor("son")
    with pytest.raises(NotAllowed):
        answered(cast, demand, by="hoa")
    answered(cast, demand)
    with pytest.raises(DomainError, match="Đã báo cáo"):
        answered(cast, demand)
    with pytest.raises(DomainError, match="còn thiếu"):
        following.return_demand(demand, remark="", by=son)
    following.return_demand(demand, remark="Thiếu tháng 5", by=son)
    with pytest.raises(DomainError, match="Còn 1 yêu cầu"):
        services.end_inspection(inspection, ended_on=TODAY(), by=son)
    answered(cast, demand)
    following.accept_demand(demand, by=son)
    with pytest.raises(DomainError, match="đã xong"):
        following.let_go(demand, remark="x", by=son)
    assert services.end_inspection(inspection, ended_on=TODAY(), by=son).ended_on == TODAY()
    with pytest.raises(DomainError, match="kết thúc"):
        following.make_demand(inspection, words="x", due_on=TODAY(), by=son)


def test_let_go_with_a_reason_lets_the_inspection_end(cast: Cast, inspection: Inspection, demand: Demand):
    son = cast.actor("son")
    with pytest.raises(DomainError, match="lý do"):
        following.let_go(demand, remark=" ", by=son)
    following.let_go(demand, remark="Đã giải thể tổ thu", by=son)
    services.end_inspection(inspection, ended_on=TODAY(), by=son)


def test_the_database_ends_nothing_with_open_demands(cast: Cast, inspection: Inspection, demand: Demand):
    rows = Inspection.everything.filter(pk=inspection.pk)
    with pytest.raises(IntegrityError, match="inspection_ended_with_open_demands"), transaction.atomic():
        rows.update(ended_on=TODAY())
    following.let_go(demand, remark="x", by=cast.actor("son"))
    with pytest.raises(IntegrityError, match="demand_settled_stays"), transaction.atomic():
        Demand.everything.filter(pk=demand.pk).update(words="khác")
    rows.update(ended_on=TODAY())
    new = Demand(inspection=inspection, organisation=cast.dong, words="x", made_on=TODAY(), due_on=TODAY())
    with pytest.raises(IntegrityError, match="demand_of_ended_inspection"), transaction.atomic():
        new.save()


@pytest.mark.parametrize("state", ["accepted", "returned"])
def test_an_unanswered_demand_is_not_judged(cast: Cast, demand: Demand, state: str):
    with pytest.raises(DatabaseError, match="Invalid transition"), transaction.atomic():
        Demand.everything.filter(pk=demand.pk).update(state=state)


def test_a_conclusion_is_not_overwritten_unseen(cast: Cast, inspection: Inspection):
    facts = {"version": 1, "concluded_on": TODAY()}
    services.conclude(inspection, conclusion="Lần một", **facts, by=cast.actor("son"))
    with pytest.raises(ChangedMeanwhile):
        services.conclude(inspection, conclusion="Lần hai", **facts, by=cast.actor("mai"))
    assert Inspection.everything.get().conclusion == "Lần một"


def test_what_is_due_to_whom(cast: Cast, demand: Demand):
    today = [TODAY()]
    programme = InspectionProgramme.everything.get()
    planned_in(programme, cast.doai, until=TODAY() + 3 * DAY)
    assert remaining(walk(cast, "son", today, of="kiem-tra-theo-chuong-trinh")) == {TODAY(): "Còn 3 ngày"}
    assert remaining(walk(cast, "thinh", today, of="yeu-cau-sau-kiem-tra")) == {TODAY(): "Còn 10 ngày"}
    assert walk(cast, "hoa", today, of="yeu-cau-sau-kiem-tra")[TODAY()] == []
    answered(cast, demand)
    assert walk(cast, "thinh", today, of="yeu-cau-sau-kiem-tra")[TODAY()] == []
    (item,) = walk(cast, "son", today, of="nhan-ket-qua-yeu-cau")[TODAY()]
    assert item.words == "Xem kết quả Chi bộ thôn Đông thực hiện yêu cầu sau kiểm tra"


def test_the_heir_of_a_branch_settles_what_it_owed(cast: Cast, inspection: Inspection, demand: Demand):
    planned_in(inspection.planned.programme, cast.dong, since=TODAY(), until=TODAY() + DAY)
    record = dissolve_organisation(cast.dong, heir=cast.doai, on=TODAY(), by=cast.actor("mai"))
    assert [demand.organisation for demand in Demand.everything.all()] == [cast.doai]
    assert PlannedInspection.everything.get(inspection=None).subject == cast.doai
    undo_reorganisation(record, by=cast.actor("mai"))
    assert [demand.organisation for demand in Demand.everything.all()] == [cast.dong]


def test_a_subject_answers_on_the_page_with_a_file(cast: Cast, demand: Demand, sign_in: SignIn):
    pixel = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001"
        "a5f645400000000049454e44ae426082"
    )
    page = f"/yeu-cau-kiem-tra/{demand.pk}/bao-cao/"
    lost = sign_in("thinh").post(page, {"answer": "Vừa gõ", "done_on": ""}).content.decode()
    assert "Vừa gõ" in lost
    sent = {"answer": "Đã thu", "done_on": f"{TODAY():%Y-%m-%d}", "file": SimpleUploadedFile("a.png", pixel)}
    assert sign_in("thinh").post(page, sent).status_code == 302
    demand.refresh_from_db()
    assert demand.file
    assert [sign_in(name).get(f"/tep/{demand.file.pk}/").status_code for name in ("son", "hoa", "quyet")] == [
        200, 404, 404,
    ]  # fmt: skip


def test_the_programme_as_a_paper_of_the_commission(cast: Cast, inspection: Inspection, sign_in: SignIn):
    said = sign_in("son").get(f"/chuong-trinh-kiem-tra/{inspection.planned.programme_id}/ban-in/?dang=txt")
    wanted = ["ỦY BAN KIỂM TRA", "-CTr/UBKT", "CHƯƠNG TRÌNH", "Chi bộ thôn Đông", "Chế độ sinh hoạt", "CHỦ NHIỆM"]
    text = said.content.decode()
    assert [words for words in wanted if words not in text] == []


def test_more_rows_cost_no_more_queries(cast: Cast, inspection: Inspection, demand: Demand, sign_in: SignIn):
    document, programme = a_document(cast.phu_luong, "Kế hoạch"), inspection.planned.programme
    inspection.planned.documents.add(document)
    pages = {
        "son": [
            f"/to-chuc/{cast.phu_luong.pk}/kiem-tra/", f"/chuong-trinh-kiem-tra/{programme.pk}/",
            f"/chuong-trinh-kiem-tra/{programme.pk}/ban-in/?dang=txt", f"/kiem-tra/{inspection.planned_id}/",
            f"/van-ban/{document.pk}/kiem-tra/", f"/to-chuc/{cast.phu_luong.pk}/phan/kiem-tra/",
            f"/chuong-trinh-kiem-tra/{programme.pk}/them/",
        ],
        "thinh": [f"/to-chuc/{cast.dong.pk}/kiem-tra/"],
    }  # fmt: skip

    def counted() -> list[int]:
        return [queries_of(sign_in(name), page) for name, paths in pages.items() for page in paths]

    few = counted()
    for number in range(5):
        place(9_300_001 + number, f"PL-{number + 3}", f"Chi bộ thôn {number}", Kind.BRANCH, cast.phu_luong)
        more = a_begun_inspection(cast.phu_luong, cast.dong, by=cast["son"], year=2040 + number, documents=[document])
        planned_in(programme, cast.dong).documents.add(document)
        facts = {"organisation": cast.dong, "words": "x", "made_on": TODAY(), "due_on": TODAY()}
        Demand(inspection=inspection, **facts).save()
        Finding(inspection=more, kind="merit", words="x").save()
    assert counted() == few


def test_every_thing_to_be_done_has_a_sign():
    assert [duty.code for duty in DUTIES if duty.icon not in icon_names()] == []
