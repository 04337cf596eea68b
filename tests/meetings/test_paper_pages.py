"""Papers as they are asked for: by whom, in which form, under which name; what leaves a trace, and what a worker draws."""

from collections.abc import Callable
from datetime import date
from urllib.parse import quote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings.models import AgendaItem, Meeting, Resolution, ThematicPlan
from meetings.services.long_papers import MOST_LETTERS_AT_ONCE
from portal.history.models import AccessTrace
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from tests.cast import Cast
from tests.files import conftest as files
from tests.meetings.meetings import held, meeting_of, people_of
from tests.meetings.papers_of import full_meeting
from tests.papers.reading import flat

SignIn = Callable[[str], Client]
folder = files.folder  # what a worker draws is kept in a store


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Closed, with everything in it."""
    meeting = full_meeting(cast)
    Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())
    meeting.refresh_from_db()
    return meeting


def text(answer) -> str:
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/plain")
    return answer.content.decode()


def test_a_paper_comes_in_three_forms_under_a_name_a_person_would_give(meeting: Meeting, as_thinh: Client):
    address = f"/hop/{meeting.pk}/bien-ban/"
    shown, saved, word, plain = (as_thinh.get(address + query) for query in ("", "?tai=1", "?dang=docx", "?dang=txt"))
    name = quote("Biên bản 03-03-2026 Chi bộ thôn Đông")
    assert shown.content.startswith(b"%PDF")
    assert "BIÊN BẢN" in flat(shown.content)
    assert word.content.startswith(b"PK")
    assert "BIÊN BẢN" in text(plain)
    for answer, ending, how in (
        (shown, "pdf", "inline"),
        (saved, "pdf", "attachment"),
        (word, "docx", "attachment"),
        (plain, "txt", "attachment"),
    ):
        assert answer["Content-Disposition"].startswith(how)
        assert f"{name}.{ending}" in answer["Content-Disposition"]
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_nonsense_in_the_address_is_a_pdf(meeting: Meeting, as_thinh: Client):
    assert as_thinh.get(f"/hop/{meeting.pk}/bien-ban/?dang=exe").content.startswith(b"%PDF")


def test_names_are_for_who_reads_the_roll(meeting: Meeting, sign_in: SignIn):
    secretary, member = (text(sign_in(name).get(f"/hop/{meeting.pk}/bien-ban/?dang=txt")) for name in ("thinh", "hau"))
    assert "Lường Văn Ac (Ốm)" in secretary
    assert "Lường Văn Ac" not in member
    assert "Huy động dân góp công." in member
    for paper in ("diem-danh", "danh-sach-ky"):
        assert sign_in("hau").get(f"/hop/{meeting.pk}/{paper}/").status_code == 403


def test_what_is_closed_is_asked_for_by_a_press_and_leaves_a_trace(meeting: Meeting, sign_in: SignIn):
    address = f"/hop/{meeting.pk}/bien-ban/?dang=txt"
    assert "Chuyện kín" not in text(sign_in("thinh").get(address + "&kin=1"))
    assert not AccessTrace.everything.exists()
    assert "Chuyện kín" in text(sign_in("thinh").post(address, {"kin": "1"}))
    assert AccessTrace.everything.get().subject == "Biên bản có phần kín của Sinh hoạt thường kỳ 03/03/2026"
    for name in ("thom", "hau"):  # the clerk of a closed log, a member
        assert sign_in(name).post(address, {"kin": "1"}).status_code == 403
    assert AccessTrace.everything.count() == 1


def test_what_is_being_written_is_the_writers(cast: Cast, sign_in: SignIn):
    meeting = full_meeting(cast)
    row = Resolution.everything.get()
    for path in (f"/hop/{meeting.pk}/bien-ban/", f"/hop/{meeting.pk}/bien-ban/chu/", f"/nghi-quyet/{row.pk}/"):
        answer = sign_in("hau").get(path, follow=True)
        assert answer.redirect_chain[0][0] == f"/hop/{meeting.pk}/"
        assert "giấy tờ của buổi họp có khi chi bộ đóng sổ" in answer.content.decode()
    assert sign_in("vinh").get(f"/hop/{meeting.pk}/diem-danh/").status_code == 302
    assert "DỰ THẢO" in text(sign_in("thom").get(f"/hop/{meeting.pk}/bien-ban/?dang=txt"))


def test_the_page_of_a_meeting_offers_its_papers(meeting: Meeting, sign_in: SignIn):
    page = sign_in("thinh").get(f"/hop/{meeting.pk}/").content.decode()
    row = Resolution.everything.get()
    for path in ("thong-bao", "danh-sach-ky", "diem-danh", "bien-ban", "bien-ban/chu"):
        assert f'href="/hop/{meeting.pk}/{path}/"' in page
    assert f'href="/nghi-quyet/{row.pk}/?dang=docx"' in page
    assert "Chưa lưu bản đã ký" in page
    assert "Biên bản có phần kín" in page
    page = sign_in("hau").get(f"/hop/{meeting.pk}/").content.decode()
    assert f'href="/hop/{meeting.pk}/bien-ban/"' in page
    for path in ("danh-sach-ky", "diem-danh", "ban-ky"):
        assert f"/hop/{meeting.pk}/{path}/" not in page
    assert "Biên bản có phần kín" not in page


def test_pages_lead_to_their_papers(meeting: Meeting, cast: Cast, as_thinh: Client):
    coming = meeting_of(cast.dong, timezone.localdate())
    ThematicPlan(organisation=cast.dong, year=timezone.localdate().year).save()
    for page, link in {
        f"/hop/{coming.pk}/chuan-bi/": f"/hop/{coming.pk}/thong-bao/",
        f"/to-chuc/{cast.dong.pk}/nhiem-vu/?nam=2026": f"/to-chuc/{cast.dong.pk}/nhiem-vu/van-ban/?nam=2026",
        f"/chi-bo/{cast.dong.pk}/dang-phi/": f"/chi-bo/{cast.dong.pk}/dang-phi/quy/?nam=2026&amp;quy=1",
        f"/chi-bo/{cast.dong.pk}/hop/": f"/chi-bo/{cast.dong.pk}/ho-so/2026/",
        f"/chi-bo/{cast.dong.pk}/chuyen-de/2026/": f"/chi-bo/{cast.dong.pk}/chuyen-de/2026/van-ban/",
    }.items():
        year = str(timezone.localdate().year)
        assert link.replace("2026", year) in as_thinh.get(page.replace("2026", year)).content.decode()


def test_the_text_can_be_copied(meeting: Meeting, as_thinh: Client):
    page = as_thinh.get(f"/hop/{meeting.pk}/bien-ban/chu/").content.decode()
    assert 'data-portal-copy="bien-ban"' in page
    assert "Diễn biến Thời sự." in page


def test_more_in_a_log_costs_no_more_queries(cast: Cast, as_thinh: Client):
    def cost(count: int, month: int) -> list[int]:
        people_of(cast.dong, count)
        meeting = held(meeting_of(cast.dong, date(2026, month, 3)))
        for number in range(count):
            AgendaItem.everything.create(meeting=meeting, position=number, words=f"Việc {number}")
            Resolution.everything.create(meeting=meeting, contents="Làm.", state="adopted")
        Meeting.everything.filter(pk=meeting.pk).update(closed_at=timezone.now())
        return [asked(as_thinh, path.format(meeting.pk)) for path in PATHS]

    PATHS = (
        f"/chi-bo/{cast.dong.pk}/ho-so/2026/",
        "/hop/{}/bien-ban/?dang=txt",
        "/hop/{}/diem-danh/?dang=txt",
        "/hop/{}/",
    )
    assert cost(2, 2) == cost(7, 3)


def asked(browser: Client, path: str) -> int:
    browser.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def test_long_minutes_are_drawn_by_a_worker(
    cast: Cast, meeting: Meeting, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("meetings.services.long_papers.MOST_LETTERS_AT_ONCE", 100)
    address = f"/hop/{meeting.pk}/bien-ban/"
    said = sign_in("thinh").get(address).content.decode()
    assert "Biên bản này dài" in said
    assert "Lập biên bản" in said
    answer = sign_in("thinh").post(address)
    job = Job.everything.get()
    assert answer.url == f"/tep-cua-toi/{job.pk}/"
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    assert job.result.name == "Biên bản 03-03-2026 Chi bộ thôn Đông.pdf"
    assert "BIÊN BẢN" in flat(b"".join(sign_in("thinh").get(f"/tep/{job.result.pk}/").streaming_content))
    assert MOST_LETTERS_AT_ONCE > 30_000  # a note of that length is drawn at once


def test_the_book_of_resolutions_is_drawn_by_a_worker(cast: Cast, meeting: Meeting, sign_in: SignIn):
    sign_in("hau").post(f"/chi-bo/{cast.dong.pk}/so-nghi-quyet/2026/")
    job = Job.everything.get()
    run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.told) == (State.DONE, "Sổ có 1 nghị quyết, kết luận")


def test_who_lost_the_right_meanwhile_gets_no_paper(cast: Cast, meeting: Meeting, sign_in: SignIn):
    sign_in("hau").post(f"/chi-bo/{cast.dong.pk}/so-nghi-quyet/2026/")
    cast["hau"].grants.update(until=date(2020, 1, 1), since=date(2019, 1, 1))
    job = Job.everything.get()
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.FAILED
    assert job.result is None


def test_the_archive_says_what_is_missing(cast: Cast, meeting: Meeting, sign_in: SignIn):
    page = sign_in("thinh").get(f"/chi-bo/{cast.dong.pk}/ho-so/2026/").content.decode()
    for said in (
        "Hồ sơ chưa đủ.",
        "Sinh hoạt thường kỳ tháng 3",
        "Thiếu bản đã ký",
        "Thời hạn lưu: Vĩnh viễn",
        "Nghị quyết 01-NQ/CB",
        "Đảng phí quý 1",
    ):
        assert said in page
    member = sign_in("hau").get(f"/chi-bo/{cast.dong.pk}/ho-so/2026/").content.decode()
    assert "Đảng phí quý 1" not in member
    assert "Danh sách dự họp" not in member
    assert sign_in("thinh").get(f"/chi-bo/{cast.dong.pk}/ho-so/1900/").status_code == 404
    for page in ("ho-so/2026/", "ho-so/2026/muc-luc/?dang=txt"):  # a committee has papers too
        assert sign_in("mai").get(f"/chi-bo/{cast.phu_luong.pk}/{page}").status_code == 200
