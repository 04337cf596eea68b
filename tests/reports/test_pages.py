"""The pages of a report: who sees it, what can be done with it, and that nothing typed is lost."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from urllib.parse import quote
from zipfile import ZipFile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from branches.models import Term as CommitteeTerm
from portal.history.models import AccessTrace
from portal.jobs.models import Job
from portal.jobs.services.running import run
from portal.reports.models import Report, Words
from portal.reports.services import drafts as long_ones
from portal.reports.services.writing import write_words
from tests.cast import Cast
from tests.directives.papers import a_document, an_obligation
from tests.reports.drafts import approved, begun, issued, written

SignIn = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def draft(cast: Cast) -> Report:
    return begun(cast, cast.dong, "thinh")


def text_of(answer) -> str:
    return answer.content.decode()


def test_begun_by_its_kind_and_period(cast: Cast, sign_in: SignIn):
    browser = sign_in("thinh")
    assert "Báo cáo tháng của chi bộ" in text_of(browser.get("/bao-cao/soan/"))
    answer = browser.post("/bao-cao/soan/?loai=chi-bo-thang", {"day": "2026-10-31"})
    report = Report.everything.get()
    assert answer.headers["Location"] == f"/bao-cao/{report.pk}/"
    assert (report.kind, report.first, report.last) == ("chi-bo-thang", date(2026, 10, 1), date(2026, 10, 31))


@pytest.mark.parametrize("day", ["", "mai", "1999-01-31", "2026-10-30"])
def test_a_period_that_is_not_offered_is_refused_in_words(cast: Cast, sign_in: SignIn, day: str):
    answer = sign_in("thinh").post("/bao-cao/soan/?loai=chi-bo-thang", {"day": day})
    assert answer.status_code == 200
    assert "Lỗi:" in text_of(answer)
    assert Report.everything.count() == 0


def test_only_documents_that_oblige_are_reported_on(cast: Cast, sign_in: SignIn):
    plan, idle = a_document(None, "Kế hoạch thực hiện"), a_document(None, "Thư ngỏ")
    an_obligation(plan)
    page = text_of(sign_in("mai").get("/bao-cao/soan/?loai=van-ban"))
    assert "Kế hoạch thực hiện" in page
    assert "Thư ngỏ" not in page
    answer = sign_in("mai").post("/bao-cao/soan/?loai=van-ban", {"day": "2026-12-31", "document": idle.pk})
    assert "Lỗi:" in text_of(answer)
    sign_in("mai").post("/bao-cao/soan/?loai=van-ban", {"day": "2026-12-31", "document": plan.pk})
    assert Report.everything.get().document == plan


def test_a_kind_that_is_not_the_places_leads_to_the_list_of_kinds(cast: Cast, sign_in: SignIn):
    page = text_of(sign_in("thinh").get("/bao-cao/soan/?loai=xa-nam"))
    assert "Chọn loại báo cáo" in page
    assert "Báo cáo năm của Đảng ủy" not in page


def test_from_handed_over_to_issued_by_the_pages(cast: Cast, draft: Report, sign_in: SignIn):
    clerk, secretary, page = sign_in("thom"), sign_in("thinh"), f"/bao-cao/{draft.pk}/"
    written(cast, draft, "thom")
    clerk.post(f"{page}viec/trinh-duyet/")
    assert "Rút về sửa" in text_of(clerk.get(page))
    assert "Duyệt báo cáo" not in text_of(clerk.get(page))
    secretary.post(f"{page}viec/duyet/")
    assert "Lấy số, ban hành" in text_of(clerk.get(page))
    CommitteeTerm(organisation=cast.dong, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()
    assert "Cổng đang lập bản ban hành" in text_of(clerk.post(f"{page}viec/ban-hanh/", follow=True))
    assert "HX-Refresh" not in clerk.get(page, headers=HTMX).headers
    run(Job.everything.get().pk)
    assert clerk.get(page, headers=HTMX).headers["HX-Refresh"] == "true"
    shown = text_of(clerk.get(page))
    assert "Mở bản ban hành" in shown
    assert "Đã gửi Đảng ủy xã Phú Lương" in shown


def test_without_a_term_there_is_no_number_and_it_is_said(cast: Cast, draft: Report, sign_in: SignIn):
    approved(cast, draft, by="thom", leader="thinh")
    answer = text_of(sign_in("thinh").post(f"/bao-cao/{draft.pk}/viec/ban-hanh/", follow=True))
    assert "nhiệm kỳ" in answer
    draft.refresh_from_db()
    assert draft.state == "approved"


def test_sent_back_without_a_reason_keeps_the_page(cast: Cast, draft: Report, sign_in: SignIn):
    approved(cast, draft, by="thom", leader="thinh")
    Report.everything.filter(pk=draft.pk).update(state="draft", approved_by=None)
    Report.everything.filter(pk=draft.pk).update(state="review")
    browser, path = sign_in("thinh"), f"/bao-cao/{draft.pk}/tra-ve/"
    assert "Lỗi:" in text_of(browser.post(path, {"remark": ""}))
    browser.post(path, {"remark": "Ghi rõ nguyên nhân."})
    assert "Ghi rõ nguyên nhân." in text_of(sign_in("thom").get(f"/bao-cao/{draft.pk}/"))


def test_a_part_saves_itself_and_says_when(cast: Cast, draft: Report, sign_in: SignIn):
    sent = {"words_proposals": "Sửa cầu.\r\nLàm đường.", "version_proposals": "0"}
    answer = sign_in("thinh").post(f"/bao-cao/{draft.pk}/viet/", sent, headers=HTMX)
    assert answer.status_code == 200
    assert 'name="version_proposals" value="1"' in text_of(answer)
    assert Words.everything.get(report=draft, part="proposals").words == "Sửa cầu.\nLàm đường."


def test_another_was_quicker_and_both_texts_are_there(cast: Cast, draft: Report, sign_in: SignIn):
    browser, path = sign_in("thinh"), f"/bao-cao/{draft.pk}/viet/"
    write_words(draft, part="proposals", words="Bản của thư ký.", version=0, by=cast.actor("thom"))
    sent = {"words_proposals": "Bản của bí thư.", "version_proposals": "0"}
    answer = browser.post(path, sent, headers=HTMX)
    assert answer.status_code == 422
    assert "Bản của thư ký." in text_of(answer)
    assert 'name="version_proposals" value="0"' in text_of(answer)  # until somebody has chosen
    whole = text_of(browser.post(path, sent))
    assert "Bản của bí thư." in whole
    assert "Bản của thư ký." in whole
    browser.post(path, sent | {"over": "proposals:1"})
    assert Words.everything.get(report=draft, part="proposals").words == "Bản của bí thư."


def test_one_part_that_is_refused_does_not_keep_the_others_back(cast: Cast, draft: Report, sign_in: SignIn):
    write_words(draft, part="proposals", words="Bản của thư ký.", version=0, by=cast.actor("thom"))
    directions = dict(draft.words.values_list("part", "version")).get("directions", 0)
    sent = {"words_proposals": "Bản khác.", "version_proposals": "0"}
    sent |= {"words_directions": "Họp đúng ngày.", "version_directions": str(directions)}
    sign_in("thinh").post(f"/bao-cao/{draft.pk}/viet/", sent)
    kept = dict(draft.words.values_list("part", "words"))
    assert (kept["proposals"], kept["directions"]) == ("Bản của thư ký.", "Họp đúng ngày.")


def test_what_is_too_long_is_said_and_stays(cast: Cast, draft: Report, sign_in: SignIn):
    sent = {"words_proposals": "ố" * 30_001, "version_proposals": "0"}
    answer = sign_in("thinh").post(f"/bao-cao/{draft.pk}/viet/", sent)
    assert "ố" * 30_001 in text_of(answer)
    assert "Lỗi:" in text_of(answer)
    assert not Words.everything.filter(part="proposals").exists()


def test_what_was_typed_stays_when_the_report_was_handed_over_meanwhile(cast: Cast, draft: Report, sign_in: SignIn):
    approved(cast, draft, by="thom", leader="thinh")
    sent = {"words_proposals": "Đề nghị sửa cầu.", "version_proposals": "0"}
    answer = sign_in("thinh").post(f"/bao-cao/{draft.pk}/viet/", sent)
    assert "không sửa được nữa" in text_of(answer)
    assert "Đề nghị sửa cầu." in text_of(answer)


def test_markup_is_text(cast: Cast, draft: Report, sign_in: SignIn):
    browser = sign_in("thinh")
    sent = {"words_proposals": "<script>alert(1)</script>", "version_proposals": "0"}
    browser.post(f"/bao-cao/{draft.pk}/viet/", sent)
    page = text_of(browser.get(f"/bao-cao/{draft.pk}/"))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_figure_is_explained_and_the_paper_says_so(cast: Cast, draft: Report, sign_in: SignIn):
    browser, key = sign_in("thinh"), "situation.strength"
    path = f"/bao-cao/{draft.pk}/giai-thich/?so-lieu={quote(key)}"
    assert "Đảng viên" in text_of(browser.get(path))
    browser.post(path, {"words": "Hai đồng chí mới chuyển đến.", "version": "0"})
    assert "Hai đồng chí mới chuyển đến." in text_of(browser.get(f"/bao-cao/{draft.pk}/"))
    assert "Về số liệu “Đảng viên”: Hai đồng chí mới chuyển đến." in text_of(
        browser.get(f"/bao-cao/{draft.pk}/ban-in/?dang=txt")
    )
    stale = text_of(browser.post(path, {"words": "Khác.", "version": "0"}))
    assert "Hai đồng chí mới chuyển đến." in stale
    assert "Khác." in stale


def test_what_moved_is_shown_and_composed_anew(cast: Cast, draft: Report, sign_in: SignIn):
    browser, page = sign_in("thinh"), f"/bao-cao/{draft.pk}/"
    assert "giống hệt" in text_of(browser.get(f"{page}da-doi/"))
    draft.refresh_from_db()
    draft.facts["lines"][0]["part"] += 1
    draft.save()
    shown = text_of(browser.get(f"{page}da-doi/", headers=HTMX))
    assert "Số liệu đã đổi từ khi tổng hợp" in shown
    browser.post(f"{page}viec/tong-hop-lai/")
    assert "giống hệt" in text_of(browser.get(f"{page}da-doi/"))


def test_every_figure_that_is_an_indicator_leads_to_its_page(cast: Cast, draft: Report, sign_in: SignIn):
    browser = sign_in("thinh")
    page = text_of(browser.get(f"/bao-cao/{draft.pk}/"))
    address = f"/chi-so/meetings.held/?to-chuc={cast.dong.pk}&amp;ky=thang&amp;den=2026-10-31"
    assert address in page
    assert browser.get(address.replace("&amp;", "&")).status_code == 200


@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK"), ("txt", "ĐẢNG CỘNG".encode())])
def test_a_draft_is_printed_as_such(cast: Cast, draft: Report, sign_in: SignIn, kind: str, begins: bytes):
    answer = sign_in("thinh").get(f"/bao-cao/{draft.pk}/ban-in/?dang={kind}")
    assert answer.status_code == 200
    assert answer.content.startswith(begins)
    if kind == "txt":
        assert "DỰ THẢO" in text_of(answer)


def test_a_long_draft_is_set_in_the_background(cast: Cast, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(long_ones, "MOST_ROWS_AT_ONCE", 0)
    report, browser = begun(cast, cast.phu_luong, "mai", "xa-thang"), sign_in("mai")
    path = f"/bao-cao/{report.pk}/ban-in/"
    assert "Lập bản in dự thảo" in text_of(browser.get(path, follow=True))
    browser.post(path)
    browser.post(path)  # the same job
    job = Job.everything.get()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    content = b"".join(browser.get(f"/tep/{job.result_id}/").streaming_content)
    assert content.startswith(b"%PDF-")


def test_a_table_leaves_as_a_sheet(cast: Cast, sign_in: SignIn):
    report, browser = begun(cast, cast.phu_luong, "mai", "xa-thang"), sign_in("mai")
    answer = browser.get(f"/bao-cao/{report.pk}/bang/?bang=places.all")
    with ZipFile(BytesIO(answer.content)) as packed:
        assert "Chi bộ thôn Đông" in packed.read("xl/worksheets/sheet1.xml").decode()
    assert browser.get(f"/bao-cao/{report.pk}/bang/?bang=khac").status_code == 404


def test_names_that_leave_leave_a_trace(cast: Cast, sign_in: SignIn):
    report = begun(cast, cast.dong, "thinh", "diem-danh-nam")
    sign_in("thinh").get(f"/bao-cao/{report.pk}/ban-in/?dang=txt")
    assert AccessTrace.everything.get().place == cast.dong.path


# Of an issued report of thôn Đông: the commune and the province read it, nobody beside does; names only who reads the roll.
READERS = {
    "thinh": 200,
    "thom": 200,
    "mai": 200,
    "vinh": 200,
    "kien": 200,
    "hoa": 404,
    "quyet": 404,
    "hau": 403,
    "khoi": 403,
}


@pytest.mark.parametrize(("name", "status"), READERS.items())
def test_who_reads_what_was_issued(cast: Cast, draft: Report, sign_in: SignIn, name: str, status: int):
    report, browser = issued(cast, draft, by="thom", leader="thinh"), sign_in(name)
    assert browser.get(f"/bao-cao/{report.pk}/").status_code == status
    assert browser.get(f"/tep/{report.pdf_id}/").status_code == (200 if status == 200 else 404)


@pytest.mark.parametrize("name", ["mai", "kien"])
def test_from_above_nothing_is_done_with_it(cast: Cast, draft: Report, sign_in: SignIn, name: str):
    report, browser = issued(cast, draft, by="thom", leader="thinh"), sign_in(name)
    page = text_of(browser.get(f"/bao-cao/{report.pk}/"))
    assert "Soạn bản thay thế" not in page
    assert browser.post(f"/bao-cao/{report.pk}/viec/thay-the/").status_code == 403
    assert Report.everything.count() == 1


@pytest.mark.parametrize(("name", "status"), [("thinh", 200), ("mai", 404), ("kien", 404), ("hoa", 404)])
def test_a_draft_is_seen_where_it_is_written_alone(cast: Cast, draft: Report, sign_in: SignIn, name: str, status: int):
    assert sign_in(name).get(f"/bao-cao/{draft.pk}/").status_code == status


def test_the_list_says_what_is_due_and_what_there_is(cast: Cast, sign_in: SignIn):
    browser = sign_in("thinh")
    assert "Đến kỳ báo cáo" in text_of(browser.get("/bao-cao/"))
    report = issued(cast, begun(cast, cast.dong, "thom"), by="thom", leader="thinh")
    assert report.number
    page = text_of(browser.get("/bao-cao/?loc=da-ban-hanh&nam=2026&loai=chi-bo-thang"))
    assert report.number.symbol in page
    assert "Không có báo cáo nào như vậy" in text_of(browser.get("/bao-cao/?loc=dang-soan"))


@pytest.mark.parametrize("query", ["?nam=mười", "?loai=khac", "?loc=x", "?trang=99", "?to-chuc=", "?nam=99999999999"])
def test_nonsense_in_the_address_narrows_nothing(cast: Cast, draft: Report, sign_in: SignIn, query: str):
    assert sign_in("thinh").get(f"/bao-cao/{query}").status_code == 200


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_more_reports_cost_no_more_queries(cast: Cast, draft: Report, sign_in: SignIn):
    browser = sign_in("thinh")
    issued(cast, draft, by="thom", leader="thinh")
    few = queries_of(browser, "/bao-cao/")
    for month in (3, 4, 5, 6):
        issued(cast, begun(cast, cast.dong, "thom", day=date(2026, month, 5)), by="thom", leader="thinh")
    assert queries_of(browser, "/bao-cao/") == few


def test_more_words_and_a_longer_course_cost_no_more_queries(cast: Cast, draft: Report, sign_in: SignIn):
    browser, page = sign_in("thinh"), f"/bao-cao/{draft.pk}/"
    few = queries_of(browser, page)
    for number, line in enumerate(draft.facts["lines"]):
        write_words(draft, part=f"figure:{line['key']}", words=f"Lời {number}.", version=0, by=cast.actor("thinh"))
    for _ in range(3):
        written(cast, draft, "thinh")
        browser.post(f"{page}viec/trinh-duyet/")
        browser.post(f"{page}viec/rut-ve/")
    assert queries_of(browser, page) == few
