"""All reports of one kind and period as one archive, or bound into one volume."""

import hashlib
from collections.abc import Callable
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import time_machine
from django.test import Client

from portal.files import shelf
from portal.jobs.models import Job, State
from portal.jobs.services.asking import cancel
from portal.jobs.services.running import run
from portal.papers.binding import pages_in
from portal.reports.models import Report
from portal.reports.services import issuing
from portal.reports.services.arriving import return_report
from tests.cast import Cast, assemble
from tests.files import conftest as files
from tests.papers.archival import bookmarks_of, faults_of
from tests.papers.reading import flat, lines_of
from tests.reports.sent import an_approved_report, arrival_of, sent

SignIn = Callable[[str], Client]
folder = files.folder
OCTOBER, NOW = date(2026, 10, 31), "2026-11-12 08:00+07:00"


@pytest.fixture
def cast(db: None) -> Cast:
    with time_machine.travel(NOW):
        return assemble()


def asked(browser: Client, cast: Cast, form: str) -> Job:
    address = f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/chi-bo-thang/tai-ve/"
    assert browser.post(address, {"ky": "2026-10-01", "dang": form}).status_code == 302
    return Job.everything.latest("pk")


def done(job: Job) -> bytes:
    run(job.pk)
    job.refresh_from_db()
    assert job.state == State.DONE, job.error
    assert job.result
    with shelf.open_file(job.result.path) as file:
        return file.read()


def really_issued(report: Report, by) -> Report:
    """With the PDF that a worker sets."""
    run(issuing.issue(report, by=by).pk)
    report.refresh_from_db()
    assert report.pdf, Job.everything.latest("pk").error
    return report


def test_an_archive_holds_the_files_as_they_were_issued(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        report = sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
        sent(cast.thuong, "chi-bo-thang", OCTOBER, cast.actor("yen"))  # of another commune
        with ZipFile(BytesIO(done(asked(sign_in("mai"), cast, "zip")))) as packed:
            assert packed.testzip() is None
            assert [name for name in packed.namelist() if "Thượng" in name] == []
            one = next(name for name in packed.namelist() if name.endswith(".pdf"))
            assert one == f"001 Chi bộ thôn Đông, {report.number.symbol.replace('/', '-')}.pdf"
            assert hashlib.sha256(packed.read(one)).hexdigest() == report.pdf.sha256
            with ZipFile(BytesIO(packed.read("Danh sách.xlsx"))) as sheet:
                listed = sheet.read("xl/worksheets/sheet1.xml").decode()
    assert report.pdf.sha256 in listed
    assert "Chi bộ thôn Đoài" in listed
    assert "Chưa gửi" in listed


def test_a_volume_has_contents_bookmarks_and_numbers(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        reports = [
            really_issued(an_approved_report(place, "chi-bo-thang", OCTOBER, cast.actor(name)), cast.actor(name))
            for place, name in ((cast.dong, "thinh"), (cast.doai, "hoa"))
        ]
        job = asked(sign_in("mai"), cast, "pdf")
        whole = done(job)
    assert job.told == "2 báo cáo, đủ các nơi"
    assert faults_of(whole) == []
    lengths = {}
    for report in reports:
        with shelf.open_file(report.pdf.path) as file:
            lengths[f"{report.organisation.name}, số {report.number.symbol}"] = pages_in(file.read())
    assert pages_in(whole) == 1 + sum(lengths.values())
    tops = {title: page for depth, title, page in bookmarks_of(whole) if title in lengths}
    assert sorted(tops.values()) == [2, 2 + lengths[min(tops, key=lambda title: tops[title])]]
    said = flat(whole)
    for title, page in tops.items():
        name, _, symbol = title.partition(", số ")
        assert f"{name} {symbol} 12/11/2026 {page}" in said
    feet = [line.words.strip() for line in lines_of(whole) if line.top > 270 and line.words.strip().isdecimal()]
    assert feet == [str(page) for page in range(2, pages_in(whole) + 1)]


def test_what_was_returned_is_not_in_it_and_is_named(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
        other = sent(cast.doai, "chi-bo-thang", OCTOBER, cast.actor("hoa"))
        return_report(arrival_of(other), remark="Thiếu.", by=cast.actor("mai"))
        job = asked(sign_in("mai"), cast, "zip")
        with ZipFile(BytesIO(done(job))) as packed:
            assert [name[4:21] for name in packed.namelist() if name.endswith(".pdf")] == ["Chi bộ thôn Đông,"]
    assert job.told == "1 báo cáo, còn thiếu 1 nơi"


def test_asked_twice_it_is_one_job_and_can_be_stopped(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
        browser = sign_in("mai")
        assert asked(browser, cast, "zip") == asked(browser, cast, "zip")
        job = asked(browser, cast, "pdf")
        assert Job.everything.count() == 2 + 1  # and the one that issued it
        cancel(job, by=cast.actor("mai"))
        run(job.pk)
        job.refresh_from_db()
        assert (job.state, job.result) == (State.CANCELLED, None)
        assert asked(browser, cast, "pdf") != job


def test_where_nothing_came_it_says_so(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        job = asked(sign_in("mai"), cast, "pdf")
        run(job.pk)
        job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "Chưa có báo cáo tháng 10/2026 nào gửi đến.")


def test_it_is_for_who_reads_figures_there(cast: Cast, sign_in: SignIn):
    address = f"/to-chuc/{cast.phu_luong.pk}/bao-cao-den/chi-bo-thang/tai-ve/"
    for name, status in (("hau", 403), ("quyet", 404), ("kien", 302), ("mai", 302)):
        assert sign_in(name).post(address, {"dang": "zip"}).status_code == status, name
    assert sign_in("mai").post(address, {"dang": "exe"}).status_code == 404


def test_a_role_that_ended_meanwhile_gets_nothing(cast: Cast, folder, sign_in: SignIn):
    with time_machine.travel(NOW):
        sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
        job = asked(sign_in("mai"), cast, "zip")
        Job.everything.filter(pk=job.pk).update(parameters=job.parameters | {"place": cast.tan_hoa.pk})
        run(job.pk)
        job.refresh_from_db()
    assert (job.state, job.error) == (State.FAILED, "Đồng chí không còn xem được báo cáo gửi đến nơi này.")
