"""A report from the first press to the file: written where the network comes and goes, approved by another, issued, replaced."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from branches.models import DocumentNumber, Kind, Organisation
from branches.models import Term as CommitteeTerm
from branches.summary.months import last_day_of, last_whole_month
from directives.models import Document
from portal.access.actor import Actor
from portal.accounts.models import Account
from portal.figures.periods import Length
from portal.jobs.models import Job
from portal.jobs.services.running import run
from portal.reports.kinds import all_kinds, kind_named
from portal.reports.models import Report, Words
from portal.reports.services.issuing import approve, issue
from portal.reports.services.writing import begin_report, hand_over, write_words
from tests.browser.conftest import HELD, LAPTOP, PHONE
from tests.browser.measures import looks_right

SIZES = {"phone": PHONE, "laptop": LAPTOP}
WRITERS = {"bithu": Kind.BRANCH, "vanphong": Kind.COMMUNE, "bantochuc": Kind.PROVINCE}


def last_month_ends() -> date:
    return last_day_of(last_whole_month(timezone.localdate()))


def a_draft(kind: str, by: str, document: Document | None = None) -> Report:
    """Of last month; of this year, because the demo has its report of the last."""
    actor = Actor.today(Account.objects.get(username=by))
    assert actor.capacity
    place = Organisation.everything.get(pk=actor.capacity.organisation_id)
    found = kind_named(kind)
    assert found
    day = timezone.localdate() if found.length == Length.YEAR else last_month_ends()
    return begin_report(kind=found, organisation=place, day=day, document=document, by=actor)


def with_a_term(place: Organisation) -> None:
    """Numbers are taken in a term."""
    if not CommitteeTerm.everything.filter(organisation=place).exists():
        CommitteeTerm(organisation=place, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()


def part_of(page: Page, code: str):
    return page.locator(f'[data-report-part="{code}"]')


@pytest.mark.parametrize("size", SIZES)
def test_from_the_first_press_to_the_file(open_page, size: str):
    page = open_page(SIZES[size], as_="vanphong")
    page.goto("/bao-cao/")
    looks_right(page, f"report-list.{size}")
    page.get_by_role("link", name="Soạn báo cáo").first.click()
    looks_right(page, f"report-kinds.{size}")
    page.get_by_role("link", name=re.compile("Báo cáo tháng của Đảng ủy")).click()
    looks_right(page, f"report-period.{size}")
    page.get_by_label("Kỳ báo cáo").select_option(last_month_ends().isoformat())
    page.get_by_role("button", name="Tổng hợp số liệu").click()
    page.wait_for_url(re.compile(r"/bao-cao/\d+/$"))
    page.locator("form[data-report-ready]").wait_for()
    report = Report.everything.latest("pk")
    text = part_of(page, "directions").get_by_role("textbox")
    text.fill("Văn phòng đôn đốc các chi bộ còn thiếu kỳ, xong trước ngày 05.")
    expect(part_of(page, "directions").get_by_text("Đã lưu")).to_be_visible()
    assert Words.everything.get(report=report, part="directions").words.startswith("Văn phòng đôn đốc")
    page.locator("summary", has_text="Số liệu của phần này").first.click()
    looks_right(page, f"report-draft.{size}")
    page.locator("#trinh-duyet").get_by_role("button").click()
    expect(page.get_by_text("Đã trình duyệt.")).to_be_visible()
    looks_right(page, f"report-review.{size}")

    leader = open_page(SIZES[size], as_="thuongtruc")
    leader.goto(f"/bao-cao/{report.pk}/")
    looks_right(leader, f"report-to-approve.{size}")
    leader.get_by_role("button", name="Duyệt", exact=True).click()
    expect(leader.get_by_text("Báo cáo chờ lấy số, ban hành.")).to_be_visible()

    with_a_term(report.organisation)
    page.reload()
    looks_right(page, f"report-approved.{size}")
    page.get_by_role("button", name="Lấy số, ban hành").click()
    expect(page.get_by_text("Cổng đang lập bản ban hành.")).to_be_visible()
    looks_right(page, f"report-issuing.{size}")
    job = Job.everything.get(kind="reports.issue")
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error) == ("done", "")
    expect(page.get_by_role("link", name="Mở bản ban hành").first).to_be_visible(timeout=10_000)
    looks_right(page, f"report-issued.{size}")
    with page.expect_download() as download:
        page.evaluate("document.querySelector('.files a').setAttribute('download', '')")
        page.locator(".files a").first.click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    page.get_by_role("button", name="Soạn bản thay thế").click()
    expect(page.get_by_text("Bản thay thế.", exact=True)).to_be_visible()
    looks_right(page, f"report-replacement.{size}")


def test_what_is_written_without_network_goes_when_it_is_there_again(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(PHONE, as_="bithu")
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator("form[data-report-ready]").wait_for()
    page.context.set_offline(True)
    part = part_of(page, "proposals")
    part.get_by_role("textbox").fill("Đề nghị sửa nhà văn hóa thôn.")
    expect(part.get_by_text("Mất mạng. Chữ đã giữ trên máy này")).to_be_visible()
    page.context.set_offline(False)
    expect(part.get_by_text("Đã lưu")).to_be_visible(timeout=20_000)
    assert Words.everything.get(report=report, part="proposals").words == "Đề nghị sửa nhà văn hóa thôn."
    page.complaints.clear()  # the browser notes that it had no network


def test_what_was_not_sent_is_there_when_the_page_is_opened_again(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(PHONE, as_="bithu", **HELD)
    page.route("**/viet/", lambda route: route.abort())
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator("form[data-report-ready]").wait_for()
    part_of(page, "proposals").get_by_role("textbox").fill("Đề nghị làm đường.")
    expect(part_of(page, "proposals").get_by_text("Mất mạng")).to_be_visible()
    page.unroute("**/viet/")
    page.reload()
    expect(part_of(page, "proposals").get_by_role("textbox")).to_have_value("Đề nghị làm đường.")
    expect(part_of(page, "proposals").get_by_text("Đã lưu")).to_be_visible()
    page.complaints.clear()


@pytest.mark.parametrize("keep", ["mine", "theirs"])
def test_two_write_one_part(open_page, keep: str):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(PHONE, as_="bithu")
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator("form[data-report-ready]").wait_for()
    clerk = Actor.today(Account.objects.get(username="thuky"))
    row = Words.everything.get(report=report, part="shortcomings")
    write_words(report, part="shortcomings", words="Bản của thư ký.", version=row.version, by=clerk)
    part = part_of(page, "shortcomings")
    part.get_by_role("textbox").fill("Bản của bí thư.")
    expect(part.get_by_text("vừa lưu bản khác của phần này")).to_be_visible()
    looks_right(page, "report-conflict.phone")
    if keep == "mine":
        part.get_by_role("button", name="Giữ bản của tôi").click()
        expect(page.get_by_text("Đã lưu lời văn.")).to_be_visible()
    else:
        part.get_by_role("button", name="Lấy bản kia").click()
        expect(part.get_by_role("textbox")).to_have_value("Bản của thư ký.")
        expect(part.get_by_text("Đã lưu")).to_be_visible()
    row.refresh_from_db()
    assert row.words == ("Bản của bí thư." if keep == "mine" else "Bản của thư ký.")
    page.complaints.clear()  # the browser notes the 422


def test_without_scripts_one_form_saves_all_parts(open_page):
    report = a_draft("chi-bo-thang", "bithu")
    page = open_page(PHONE, as_="bithu", javascript=False)
    page.goto(f"/bao-cao/{report.pk}/")
    page.locator('[name="words_proposals"]').fill("Đề nghị sửa cầu.")
    page.get_by_role("button", name="Lưu lời văn").click()
    expect(page.get_by_text("Đã lưu lời văn.")).to_be_visible()
    assert Words.everything.get(report=report, part="proposals").words == "Đề nghị sửa cầu."


def test_what_could_not_be_set_is_set_again(open_page):
    """The same number, however often it is tried."""
    report, office = a_draft("xa-thang", "vanphong"), Actor.today(Account.objects.get(username="vanphong"))
    leader = Actor.today(Account.objects.get(username="thuongtruc"))
    with_a_term(report.organisation)
    numbers = DocumentNumber.everything.filter(issuer=report.organisation, type="BC")
    before = numbers.count()
    hand_over(report, by=office)
    approve(report, by=leader)
    job = issue(report, by=office)
    page = open_page(PHONE, as_="vanphong")
    page.goto(f"/bao-cao/{report.pk}/")
    now = timezone.now()
    error = "Chưa lập được bản PDF: hết chỗ ghi hoặc báo cáo quá lớn. Hãy bấm “Lập lại”."
    ended = {"finished_at": now, "expires_at": now + timedelta(days=7)}
    Job.everything.filter(pk=job.pk).update(state="failed", error=error, **ended)
    expect(page.get_by_text("hết chỗ ghi")).to_be_visible()
    looks_right(page, "report-failed.phone")
    page.get_by_role("button", name="Lập lại").click()
    expect(page.get_by_text("Cổng đang lập lại bản ban hành.")).to_be_visible()
    run(Job.everything.filter(kind="reports.issue").latest("pk").pk)
    expect(page.get_by_role("link", name="Mở bản ban hành").first).to_be_visible()
    report.refresh_from_db()
    assert report.state == "issued"
    assert numbers.count() == before + 1


@pytest.mark.parametrize("size", SIZES)
def test_a_figure_is_explained_and_what_moved_is_shown(open_page, size: str):
    report = a_draft("xa-nam", "vanphong")
    report.refresh_from_db()
    kept = report.facts
    kept["lines"][0] |= {"part": kept["lines"][0]["part"] + 1}
    Report.everything.filter(pk=report.pk).update(facts=kept)
    page = open_page(SIZES[size], as_="vanphong")
    page.goto(f"/bao-cao/{report.pk}/")
    expect(page.get_by_text("Số liệu đã đổi từ khi tổng hợp")).to_be_visible()
    page.locator("summary", has_text="Số liệu của phần này").first.click()
    page.get_by_role("link", name="Giải thích").first.click()
    looks_right(page, f"report-explain.{size}")
    page.get_by_label("Giải thích").fill("Hai chi bộ mới lập trong kỳ.")
    page.get_by_role("button", name="Lưu giải thích").click()
    page.locator("summary", has_text="Số liệu của phần này").first.click()
    expect(page.get_by_text("Hai chi bộ mới lập trong kỳ.")).to_be_visible()
    looks_right(page, f"report-year.{size}")
    page.get_by_role("button", name="Tổng hợp lại").click()
    expect(page.get_by_text("Đã tổng hợp lại số liệu.")).to_be_visible()
    expect(page.get_by_text("đến hôm nay chưa đổi")).to_be_visible()


KINDS = [(kind.code, by) for kind in all_kinds() for by, of in WRITERS.items() if of in kind.of]


@pytest.mark.parametrize("by", WRITERS)
def test_a_draft_of_every_kind_fits_reads_and_can_be_touched(open_page, by: str):
    """On a phone; then the window grows."""
    page = open_page(PHONE, as_=by)
    for code in [code for code, writer in KINDS if writer == by]:
        report = a_draft(code, by, document=Document.everything.get(pk=3) if code == "van-ban" else None)
        page.set_viewport_size(PHONE)
        page.goto(f"/bao-cao/{report.pk}/")
        page.locator("form[data-report-ready]").wait_for()
        looks_right(page, f"report-of-{by}-{code}.phone")
        page.set_viewport_size(LAPTOP)
        page.evaluate("scrollTo(0, 0)")
        looks_right(page, f"report-of-{by}-{code}.laptop")
