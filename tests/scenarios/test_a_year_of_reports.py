"""The year played to its end: branches report, communes issue, the province takes, returns, binds, and issues its own."""

import hashlib
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.db import connection
from django.test import Client

from branches.models import Grant, Organisation
from branches.models import Term as CommitteeTerm
from portal.access.roles import Role
from portal.duties.reading import duties_of
from portal.files import shelf
from portal.jobs.models import Job, State
from portal.jobs.services.running import run
from portal.reports.models import Report
from portal.reports.services import issuing, writing
from portal.reports.services.arriving import acknowledge, return_report
from tests.cast import Cast
from tests.files import conftest as files
from tests.papers.archival import bookmarks_of, faults_of
from tests.papers.reading import flat
from tests.reports.sent import arrival_of, kind, with_words
from tests.scenarios.test_a_year_of_the_plan import play
from tests.standing import standing

folder = files.folder
YEAR, END = 2026, date(2026, 12, 31)
BRANCHES = {"dong": "thinh", "doai": "hoa", "thuong": "yen"}


def played(cast: Cast) -> None:
    """A year of meetings; all who report may take numbers, and Tân Hòa has somebody who approves."""
    play(cast)
    for place in Organisation.everything.all():
        CommitteeTerm(organisation=place, name="nhiệm kỳ 2025–2030", since=date(2025, 4, 1)).save()
    Grant(account=cast["xua"], organisation=cast.tan_hoa, role=Role.COMMUNE_LEADER, since=date(2026, 1, 2)).save()


year_played = standing(played, on=date(YEAR, 1, 2))


@pytest.fixture
def year(year_played: Cast, db: None) -> Cast:
    return year_played


def on(day: int, hour: int = 9) -> time_machine.travel:
    return time_machine.travel(f"{YEAR}-12-{day:02} {hour:02}:00+07:00")


def reported(cast: Cast, place: Organisation, code: str, writer: str, approver: str) -> Report:
    report = writing.begin_report(kind=kind(code), organisation=place, day=END, by=cast.actor(writer))
    return through(cast, report, writer, approver)


def through(cast: Cast, report: Report, writer: str, approver: str) -> Report:
    """Handed over, approved, issued; the worker sets the PDF, and it goes up."""
    with_words(report, cast.actor(writer))
    writing.hand_over(report, by=cast.actor(writer))
    issuing.approve(report, by=cast.actor(approver))
    done(issuing.issue(report, by=cast.actor(writer)))
    report.refresh_from_db()
    return report


def done(job: Job) -> Job:
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    return job


def content_of(file) -> bytes:
    with shelf.open_file(file.path) as opened:
        return opened.read()


def to_do(cast: Cast, name: str) -> set[str]:
    items = duties_of(cast.actor(name), on=date.today())
    return {item.words for item in items if "báo cáo" in item.words}


def branches_report(cast: Cast) -> None:
    """Thôn Đông in time, thôn Đoài three days late; Thượng, of Tân Hòa, never."""
    with on(10):
        assert "Gửi báo cáo năm 2026" in to_do(cast, "thinh")
        reported(cast, cast.dong, "chi-bo-nam", "thinh", "thinh")
        assert "Gửi báo cáo năm 2026" not in to_do(cast, "thinh")
    with on(18):
        reported(cast, cast.doai, "chi-bo-nam", "hoa", "hoa")
        assert "Gửi báo cáo năm 2026" in to_do(cast, "yen")
        assert "Xác nhận 2 báo cáo năm 2026" in to_do(cast, "mai")


def communes_issue(cast: Cast) -> tuple[Report, Report]:
    with on(19):
        for report in Report.everything.filter(kind="chi-bo-nam"):
            acknowledge(arrival_of(report), by=cast.actor("mai"))
        first = reported(cast, cast.phu_luong, "xa-nam", "mai", "vinh")
        text = flat(content_of(first.pdf))
        assert "Cả 2 chi bộ đã gửi báo cáo năm 2026. Gửi muộn: Chi bộ thôn Đoài (muộn 3 ngày)." in text
        assert "Gửi báo cáo năm 2026" not in to_do(cast, "mai")
    with on(22):
        assert "Gửi báo cáo năm 2026" in to_do(cast, "quyet")
        second = reported(cast, cast.tan_hoa, "xa-nam", "quyet", "xua")
        assert "Chi bộ duy nhất chưa gửi báo cáo năm 2026. Chưa gửi: Chi bộ thôn Thượng." in flat(
            content_of(second.pdf)
        )
    return first, second


def province_takes(cast: Cast, first: Report, second: Report) -> Report:
    """One is returned, and comes again under a new number; the old one stays as it was."""
    with on(23):
        assert "Xác nhận 2 báo cáo năm 2026" in to_do(cast, "kien")
        acknowledge(arrival_of(first), by=cast.actor("kien"))
        before = content_of(second.pdf)
        return_report(arrival_of(second), remark="Nêu rõ vì sao chi bộ chưa gửi.", by=cast.actor("kien"))
        assert "Gửi bản thay thế báo cáo năm 2026" in to_do(cast, "quyet")
    with on(24):
        again = through(cast, issuing.replace(second, by=cast.actor("quyet")), "quyet", "xua")
        assert "Gửi bản thay thế báo cáo năm 2026" not in to_do(cast, "quyet")
        assert again.number.number == second.number.number + 1
        assert content_of(second.pdf) == before
        acknowledge(arrival_of(again), by=cast.actor("kien"))
        assert "Xác nhận báo cáo năm 2026" not in to_do(cast, "kien")
    return again


def province_binds(cast: Cast, browser: Client, reports: list[Report]) -> None:
    address = f"/to-chuc/{cast.province.pk}/bao-cao-den/xa-nam/tai-ve/"
    for form in ("zip", "pdf"):
        assert browser.post(address, {"ky": f"{YEAR}-01-01", "dang": form}).status_code == 302
    asked = Job.everything.filter(kind__in=["reports.archive", "reports.volume"]).order_by("pk")
    archive, volume = (done(job) for job in asked)
    assert archive.told == volume.told == "2 báo cáo, đủ các nơi"
    with ZipFile(BytesIO(content_of(archive.result))) as packed:
        marks = {hashlib.sha256(packed.read(name)).hexdigest() for name in packed.namelist() if name.endswith(".pdf")}
    assert marks == {report.pdf.sha256 for report in reports}
    whole = content_of(volume.result)
    assert faults_of(whole) == []
    tops = [title for depth, title, _ in bookmarks_of(whole)]
    assert all(f"{one.organisation.name}, số {one.number.symbol}" in tops for one in reports)


def province_issues(cast: Cast) -> Report:
    with on(28):
        return reported(cast, cast.province, "tinh-nam", "kien", "kien")


def test_the_year_to_its_end(year: Cast, folder):
    branches_report(year)
    first, second = communes_issue(year)
    again = province_takes(year, first, second)
    with on(26):
        browser = Client()
        browser.force_login(year["kien"])
        province_binds(year, browser, [first, again])
    own = province_issues(year)
    content = content_of(own.pdf)
    assert "Cả 2 đảng bộ trực thuộc đã gửi báo cáo năm 2026. Gửi muộn: Đảng ủy xã Tân Hòa (muộn 2 ngày)." in flat(
        content
    )
    assert faults_of(content) == []
    assert not hasattr(own, "arrival")  # nobody stands above
    nothing_changes_what_was_issued(own, content)


def nothing_changes_what_was_issued(own: Report, content: bytes) -> None:
    """Whatever happens to the logs afterwards."""
    facts = own.facts
    with connection.cursor() as cursor:
        cursor.execute("UPDATE branches_month SET regular_held_on = NULL")
    Organisation.everything.filter(pk=own.organisation_id).update(name="Tỉnh ủy khác")
    own.refresh_from_db()
    assert own.facts == facts
    assert content_of(own.pdf) == content
    assert hashlib.sha256(content).hexdigest() == own.pdf.sha256
