"""Whoever writes help sees who wrote what before."""

from django.test import Client

from portal.help.models import Article, Term
from portal.help.services.library import load_library_if_empty


def test_an_articles_changes_stand_below_it_for_those_who_write(as_khoi: Client, as_thinh: Client):
    load_library_if_empty()
    article = Article.everything.first()
    path = f"/tro-giup/bai/{article.slug}/"
    form = {
        "title": "Tiêu đề khác",
        "summary": article.summary,
        "body": article.body,
        "position": 1,
        "version": article.version,
    }
    assert as_khoi.post(path + "sua/", form).status_code == 302
    page = as_khoi.get(path).content.decode()
    assert "Trịnh Minh Khôi" in page
    assert f"“{article.title}” thành “Tiêu đề khác”" in page
    assert "Trịnh Minh Khôi" not in as_thinh.get(path).content.decode()


def test_a_words_changes_stand_below_its_form(as_khoi: Client):
    load_library_if_empty()
    term = Term.everything.first()
    path = f"/tro-giup/thuat-ngu/{term.pk}/sua/"
    as_khoi.post(path, {"word": term.word, "meaning": "Nghĩa mới.", "version": term.version})
    assert "thành “Nghĩa mới.”" in as_khoi.get(path).content.decode()
