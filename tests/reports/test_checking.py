"""Whoever holds a copy may see whether it is the one that was issued; nothing of what it says is told."""

from datetime import date

import pytest
import time_machine
from django.test import Client

from portal.reports.models import Report
from tests.cast import Cast, assemble
from tests.files import conftest as files
from tests.reports.sent import an_approved_report, replaced, sent

folder = files.folder
OCTOBER, NOW = date(2026, 10, 31), "2026-11-12 08:00+07:00"


@pytest.fixture
def cast(db: None) -> Cast:
    with time_machine.travel(NOW):
        return assemble()


@pytest.fixture
def report(cast: Cast, folder) -> Report:
    with time_machine.travel(NOW):
        return sent(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))


def said(code: str) -> str:
    answer = Client().get("/doi-chieu/", {"ma": code})
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_is_open_and_says_whose_it_is_and_its_mark(report: Report):
    assert Client().get("/doi-chieu/").status_code == 200
    page = said(report.code)
    assert report.number.symbol in page
    assert "Chi bộ thôn Đông" in page
    assert f'data-check="{report.pdf.sha256}"' in page
    assert "".join(page.split("checked__mark")[1].split("</p>")[0].split("<span>")).count("</span>") == 8
    assert "<form" in page
    assert 'method="post"' not in page.split("<h1>")[1].split("</main>")[0]  # nothing goes away from here


@pytest.mark.parametrize(
    "typed", [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code.replace('-', ' ')} "]
)
def test_however_the_code_was_typed(report: Report, typed):
    assert report.number.symbol in said(typed(report.code))


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("", "Lỗi:"),
        ("ABC", "Mã có 8 chữ cái"),
        ("A" * 500, "Lỗi:"),
        ("0000-1111", "Mã có 8"),
        ("2222-2222", "Không có báo cáo nào"),
    ],
)
def test_a_wrong_code_gets_a_sentence(db: None, code: str, answer: str):
    assert answer in said(code)


def test_what_was_replaced_says_by_which(cast: Cast, report: Report):
    with time_machine.travel(NOW):
        new = replaced(report, cast.actor("thinh"))
    page = said(report.code)
    assert "Đã được thay bằng số" in page
    assert new.number.symbol in page
    assert "Đã được thay" not in said(new.code)


def test_what_is_not_issued_is_not_known(cast: Cast, folder):
    with time_machine.travel(NOW):
        draft = an_approved_report(cast.dong, "chi-bo-thang", OCTOBER, cast.actor("thinh"))
    assert "Không có báo cáo nào" in said(draft.code)
