import pytest
from django.test import Client

from portal.accounts.models import Account
from portal.help.models import Article, Term
from portal.help.services.articles import add_article, change_article
from portal.help.services.library import load_library_if_empty
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.conftest import actor

TEXT = {"title": "Ghi buổi họp", "summary": "Cách ghi.", "body": "1. Mở trang\n2. Bấm nút", "position": 10}


def test_the_address_comes_from_the_title_and_stays(khoi: Account):
    article = add_article(**TEXT, by=actor(khoi))
    assert article.slug == "ghi-buoi-hop"
    change_article(article, **TEXT | {"title": "Ghi họp"}, version=1, by=actor(khoi))
    assert Article.everything.get().slug == "ghi-buoi-hop"


@pytest.mark.parametrize("title", ["Ghi buổi họp", "GHI BUỔI HỌP!", "ghi buoi hop", "???"])
def test_a_title_that_gives_no_new_address_is_refused(khoi: Account, title: str):
    add_article(**TEXT, by=actor(khoi))
    with pytest.raises(DomainError) as refusal:
        add_article(**TEXT | {"title": title}, by=actor(khoi))
    assert refusal.value.field == "title"


def test_others_may_not_write(khoi: Account, thinh: Account):
    article = add_article(**TEXT, by=actor(khoi))
    with pytest.raises(NotAllowed):
        add_article(**TEXT | {"title": "Bài khác"}, by=actor(thinh))
    with pytest.raises(NotAllowed):
        change_article(article, **TEXT, version=1, by=actor(thinh))


def test_a_stale_version_overwrites_nothing(khoi: Account):
    article = add_article(**TEXT, by=actor(khoi))
    change_article(article, **TEXT | {"body": "mới"}, version=1, by=actor(khoi))
    with pytest.raises(ChangedMeanwhile):
        change_article(article, **TEXT | {"body": "đè"}, version=1, by=actor(khoi))
    assert Article.everything.get().body == "mới"


def test_what_is_written_is_shown_and_never_run(as_khoi: Client):
    as_khoi.post("/tro-giup/bai-moi/", TEXT | {"body": "## Bước\n1. <script>alert(1)</script>"})
    page = as_khoi.get("/tro-giup/bai/ghi-buoi-hop/").content.decode()
    assert "<h2>Bước</h2>" in page
    assert "&lt;script&gt;" in page
    assert "<script>alert" not in page


def test_the_library_is_loaded_once_and_never_over_edits(khoi: Account):
    load_library_if_empty()
    articles, words = Article.everything.count(), Term.everything.count()
    assert articles >= 5
    assert words >= 40
    article = Article.everything.first()
    change_article(
        article, title=article.title, summary="của chúng tôi", body="…", position=1, version=1, by=actor(khoi)
    )
    load_library_if_empty()
    assert Article.everything.get(pk=article.pk).summary == "của chúng tôi"
    assert (Article.everything.count(), Term.everything.count()) == (articles, words)
