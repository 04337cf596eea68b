"""Pages of the library: constant queries, what each person finds on them, and entering a plan as a newcomer would."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directives.library import entries
from directives.models import Bookmark, Document, Obligation, Relation
from directives.services import documents as services
from directives.services.library import load_documents
from tests.cast import Cast
from tests.directives.papers import a_document, an_obligation

SignIn = Callable[[str], Client]


def queries_of(browser: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(path).status_code == 200
    return len(queries)


def a_shelf(cast: Cast, count: int, center: Document, *, begin: int = 0) -> None:
    for number in range(begin, begin + count):
        one = a_document(cast.phu_luong, f"Kế hoạch sinh hoạt chi bộ {number}")
        an_obligation(one)
        an_obligation(center, start=number, end=number + 9)
        Bookmark(account=cast["mai"], document=one).save()
        for kind in ("implements", "cites", "replaces", "rests on"):
            Relation(document=one, kind=kind, other=center).save()
        Relation(document=center, kind="cites", other=one).save()
    a_document(cast.phu_luong, "xong")


@pytest.mark.parametrize(
    "page",
    ["/van-ban/", "/van-ban/?tim=sinh+hoat+chi+bo", "/van-ban/?danh_dau=on&loai=plan&nam=2026&hieu_luc=2026-11-01", "/van-ban/viec/",
     "/van-ban/viec/?tim=ban&loai=task", "/van-ban/{pk}/", "/van-ban/{pk}/boc-tach/", "/van-ban/{pk}/quan-he/"],
)  # fmt: skip
def test_more_rows_cost_no_more_queries(cast: Cast, sign_in: SignIn, page: str):
    browser, above = sign_in("mai"), a_document(None, "Nghị quyết")
    center = a_document(cast.phu_luong, "Kế hoạch sinh hoạt chi bộ của xã")
    Relation(document=center, kind="implements", other=above).save()
    a_shelf(cast, 1, center)
    few = queries_of(browser, page.format(pk=center.pk))
    a_shelf(cast, 5, center, begin=1)
    assert queries_of(browser, page.format(pk=center.pk)) == few


def test_a_search_shows_the_place_with_its_tones(cast: Cast, as_thinh: Client):
    load_documents()
    page = as_thinh.get("/van-ban/?tim=quan+triet+chi+thi+35").content.decode()
    assert "<mark>quán</mark> <mark>triệt</mark> <mark>Chỉ</mark> <mark>thị</mark>" in page
    document = Document.everything.get(source="S000")
    assert f'href="/van-ban/{document.pk}/#doan-' in page


def test_filters_ask_for_what_is_in_force_on_a_day(cast: Cast, as_thinh: Client):
    load_documents()
    before, after = (
        as_thinh.get(f"/van-ban/?loai=guidance&hieu_luc={day}").content.decode() for day in ("2025-10-27", "2025-10-28")
    )
    assert ("42-HD/BTCTW" in before, "42-HD/BTCTW" in after) == (False, True)
    assert before.count("12-HD/BTCTW") > after.count("12-HD/BTCTW")


def test_every_sentence_is_listed_with_counts_by_kind(cast: Cast, as_thinh: Client):
    load_documents()
    pages = [as_thinh.get(f"/van-ban/viec/?trang={number}").content.decode() for number in range(1, 9)]
    codes = [row["id"] for entry in entries() for row in entry.obligations]
    assert [code for code in codes if not any(f"#viec-{code}" in page for page in pages)] == []
    assert "Tất cả <b>215</b>" in pages[0]


def test_a_document_shows_its_text_and_what_it_obliges_to_with_ways_both_ways(cast: Cast, as_thinh: Client):
    load_documents()
    document = Document.everything.get(source="S002")
    page = as_thinh.get(f"/van-ban/{document.pk}/").content.decode()
    for code in document.obligations.values_list("code", flat=True):
        assert f'id="cho-{code}"' in page, code
        assert f'href="#cho-{code}"' in page, code
        assert f'id="viec-{code}"' in page, code
    assert page.count('href="#viec-S002') >= 20


def test_a_newcomer_enters_the_plan_and_sees_its_seven_days(cast: Cast, as_mai: Client):
    text = next(entry.text for entry in entries() if entry.facts.get("source") == "S002")
    sent = {
        "type": "plan", "symbol": "12-KH/ĐU", "issuer": "Đảng ủy xã Phú Lương", "issued_on_0": "1", "issued_on_1": "3",
        "issued_on_2": "2026", "subject": "dự sinh hoạt", "text": text.replace("\n", "\r\n"),
    }  # fmt: skip
    answer = as_mai.post("/van-ban/them/", sent)
    document = Document.everything.get()
    assert answer.headers["Location"] == f"/van-ban/{document.pk}/boc-tach/"
    page = as_mai.get(answer.headers["Location"])
    days = [one.timing.words for one in page.context["proposals"] if one.timing.is_dated]
    assert len(days) == 7
    assert all(words in page.content.decode() for words in days)
    first = next(one for one in page.context["proposals"] if one.timing.due_on == date(2020, 12, 15))
    form = as_mai.get(f"/van-ban/{document.pk}/boc-tach/?tu={first.start}&den={first.end}").context["form"]
    values = {field.name: field.value() for field in form if field.value() not in (None, "")}
    assert as_mai.post(f"/van-ban/{document.pk}/boc-tach/", values).status_code == 302
    row = Obligation.everything.get()
    assert (row.kind, row.due_on, row.clause, row.words) == (
        "task",
        date(2020, 12, 15),
        "II.2",
        " ".join(first.words.split()),
    )
    again = as_mai.get(f"/van-ban/{document.pk}/boc-tach/").context["proposals"]
    assert first.start not in [one.start for one in again]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(cast: Cast, as_mai: Client):
    plan = a_document(cast.phu_luong, "Kế hoạch")
    sent = {"start": "18", "end": "40", "kind": "task", "pace": "once", "when_words": "vừa gõ"}
    page = as_mai.post(f"/van-ban/{plan.pk}/boc-tach/", sent).content.decode()
    assert "Việc làm một lần cần có ngày." in page
    assert "vừa gõ" in page
    assert "<title>Lỗi:" in page


def test_a_bookmark_is_ones_own(cast: Cast, sign_in: SignIn):
    plan = a_document(cast.phu_luong, "Kế hoạch")
    assert sign_in("hau").post(f"/van-ban/{plan.pk}/danh-dau/", {"giu": "1"}).status_code == 302
    assert sign_in("quyet").post(f"/van-ban/{plan.pk}/danh-dau/", {"giu": "1"}).status_code == 404
    found = {name: sign_in(name).get("/van-ban/?danh_dau=on").context["count"] for name in ("hau", "thinh")}
    assert found == {"hau": 1, "thinh": 0}


def test_a_secret_paper_stands_only_in_the_lists_of_who_keeps_such(cast: Cast, sign_in: SignIn):
    secret = services.register_secret(symbol="77-BC/ĐU", secrecy="secret", by=cast.actor("mai"))
    pages = ["/van-ban/", "/van-ban/?tim=77-BC", f"/van-ban/{secret.pk}/"]
    for name in ("thinh", "vinh", "son", "khoi", "quyet"):
        browser = sign_in(name)
        assert not any("77-BC/ĐU" in browser.get(page).content.decode() for page in pages), name
    assert "77-BC/ĐU" in sign_in("mai").get("/van-ban/").content.decode()
    for page in ("sua/", "boc-tach/", "quan-he/", "nhap-vao/"):
        assert sign_in("mai").get(f"/van-ban/{secret.pk}/{page}").status_code == 404


def test_a_merged_stub_leads_to_the_real_one(cast: Cast, as_mai: Client):
    stub, plan = (
        a_document(cast.phu_luong, "mới có tên", text="", is_stub=True, number=None),
        a_document(cast.phu_luong, "thật"),
    )
    sent = {"into": plan.dated_name}
    assert as_mai.post(f"/van-ban/{stub.pk}/nhap-vao/", sent).headers["Location"] == f"/van-ban/{plan.pk}/"
    assert as_mai.get(f"/van-ban/{stub.pk}/").headers["Location"] == f"/van-ban/{plan.pk}/"


def test_a_number_that_exists_twice_asks_for_the_day(cast: Cast, as_mai: Client):
    stub = a_document(cast.phu_luong, "mới có tên", text="", is_stub=True, number=None)
    for day in (1, 2):
        a_document(cast.phu_luong, f"bản {day}", symbol="9-HD/TU", issued_on=date(2026, 5, day))
    page = as_mai.post(f"/van-ban/{stub.pk}/nhap-vao/", {"into": "9-HD/TU"}).content.decode()
    assert "Có nhiều văn bản mang số này" in page
