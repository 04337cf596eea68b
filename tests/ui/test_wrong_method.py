"""An address that only takes what a button sends was opened by hand: 405 has a page of ours, like 403 and 404."""

import pytest
from django.test import Client

from tests.house.language import english_leftovers


@pytest.mark.parametrize("path", ["/dang-xuat/", "/vai-tro/"])
def test_it_says_what_to_do_and_keeps_the_header(as_thinh: Client, path: str):
    answer = as_thinh.get(path)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "Hãy quay lại trang trước rồi bấm nút ở đó." in page
    assert "đọc số này" in page
    assert english_leftovers(page) == []


def test_htmx_gets_the_same_words_as_a_notice(as_thinh: Client):
    page = as_thinh.get("/dang-xuat/", headers={"HX-Request": "true"}).content.decode()
    assert page.startswith('<div class="notice"')
    assert "Hãy quay lại trang trước" in page


def test_other_answers_stay_as_they_are(as_thinh: Client):
    assert as_thinh.post("/tro-giup/").status_code == 405
    assert "Trợ giúp" in as_thinh.get("/tro-giup/").content.decode()
    assert as_thinh.head("/tro-giup/").status_code == 200
