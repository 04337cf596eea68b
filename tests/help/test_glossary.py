"""The glossary: who writes it, what a word may be, and that nobody's words are overwritten."""

import unicodedata

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.accounts.models import Account
from portal.help.models import Term
from portal.help.services.glossary import add_term, change_term, remove_term
from portal.words.errors import ChangedMeanwhile, DomainError, NotAllowed
from tests.conftest import actor


def terms() -> list[str]:
    return list(Term.everything.order_by("sort_key").values_list("word", flat=True))


def test_an_administrator_adds_a_word(khoi: Account):
    term = add_term(word="Chi bộ", meaning="Nơi đảng viên sinh hoạt.", by=actor(khoi))
    assert (term.word, term.version, term.changed_by) == ("Chi bộ", 1, khoi)


def test_others_may_not_write(khoi: Account, thinh: Account):
    term = add_term(word="Chi bộ", meaning="…", by=actor(khoi))
    with pytest.raises(NotAllowed):
        add_term(word="Đảng bộ", meaning="…", by=actor(thinh))
    with pytest.raises(NotAllowed):
        change_term(term, word="x", meaning="x", version=1, by=actor(thinh))
    with pytest.raises(NotAllowed):
        remove_term(term, by=actor(thinh))
    assert terms() == ["Chi bộ"]


@pytest.mark.parametrize("again", ["Hoà bình", "hòa bình", "HOÀ  BÌNH", unicodedata.normalize("NFD", "Hoà bình")])
def test_a_word_stands_once_however_it_is_spelt(khoi: Account, again: str):
    add_term(word="Hòa bình", meaning="…", by=actor(khoi))
    with pytest.raises(DomainError) as refusal:
        add_term(word=again, meaning="…", by=actor(khoi))
    assert refusal.value.field == "word"


def test_the_database_refuses_a_double_too(khoi: Account):
    add_term(word="Hòa bình", meaning="…", by=actor(khoi))
    with pytest.raises(IntegrityError):
        Term.everything.bulk_create([Term(word="Hoà bình", meaning="…")])


def test_a_word_without_meaning_is_refused_by_the_database(db: None):
    with pytest.raises(IntegrityError):
        Term.everything.bulk_create([Term(word="Chi bộ", meaning="")])


def test_who_saves_second_is_told_and_overwrites_nothing(khoi: Account):
    term = add_term(word="Chi bộ", meaning="cũ", by=actor(khoi))
    mine, theirs = Term.everything.get(pk=term.pk), Term.everything.get(pk=term.pk)
    change_term(theirs, word="Chi bộ", meaning="của người kia", version=1, by=actor(khoi))
    with pytest.raises(ChangedMeanwhile, match="Trịnh Minh Khôi vừa sửa"):
        change_term(mine, word="Chi bộ", meaning="của tôi", version=1, by=actor(khoi))
    assert Term.everything.get(pk=term.pk).meaning == "của người kia"


def test_after_seeing_the_newer_text_the_second_may_save(as_khoi: Client, khoi: Account):
    term = add_term(word="Chi bộ", meaning="cũ", by=actor(khoi))
    change_term(Term.everything.get(), word="Chi bộ", meaning="của người kia", version=1, by=actor(khoi))
    path = f"/tro-giup/thuat-ngu/{term.pk}/sua/"
    page = as_khoi.post(path, {"word": "Chi bộ", "meaning": "của tôi", "version": 1}).content.decode()
    assert "của người kia" in page
    assert "của tôi" in page
    assert 'name="version" value="2"' in page
    assert as_khoi.post(path, {"word": "Chi bộ", "meaning": "ghép cả hai", "version": 2}).status_code == 302
    assert Term.everything.get().meaning == "ghép cả hai"


@pytest.mark.parametrize("sought", ["đảng", "dang", "ĐẢNG", "Dang vien"])
def test_a_word_is_found_with_tones_or_without(as_thinh: Client, sought: str):
    Term.everything.bulk_create([Term(word="Đảng viên dự bị", meaning="…"), Term(word="Chi bộ", meaning="…")])
    page = as_thinh.get("/tro-giup/thuat-ngu/", {"tim": sought}).content.decode()
    assert "Đảng viên dự bị" in page
    assert "Chi bộ</dt>" not in page


def test_nothing_matches_is_another_sentence_than_nothing_here(as_thinh: Client):
    assert "Chưa có thuật ngữ nào" in as_thinh.get("/tro-giup/thuat-ngu/").content.decode()
    Term(word="Chi bộ", meaning="…").save()
    assert "Không có thuật ngữ nào khớp" in as_thinh.get("/tro-giup/thuat-ngu/?tim=zzz").content.decode()


def test_a_removed_word_can_be_put_back(as_khoi: Client, khoi: Account):
    term = add_term(word="Chi bộ", meaning="Nơi sinh hoạt.", by=actor(khoi))
    page = as_khoi.post(f"/tro-giup/thuat-ngu/{term.pk}/xoa/").content.decode()
    assert terms() == []
    assert "Đưa trở lại" in page
    as_khoi.post("/tro-giup/thuat-ngu/them/", {"word": "Chi bộ", "meaning": "Nơi sinh hoạt."})
    assert terms() == ["Chi bộ"]


def test_what_was_typed_stays_when_it_is_refused(as_khoi: Client):
    page = as_khoi.post("/tro-giup/thuat-ngu/them/", {"word": "", "meaning": "Một câu dài đã gõ"}).content.decode()
    assert "Một câu dài đã gõ" in page
    assert "<title>Lỗi: " in page


def test_the_list_costs_the_same_queries_for_three_words_and_thirty(as_thinh: Client):
    def cost(count: int) -> int:
        Term.everything.all().delete()
        Term.everything.bulk_create(Term(word=f"Từ {n}", meaning="…") for n in range(count))
        with CaptureQueriesContext(connection) as queries:
            as_thinh.get("/tro-giup/thuat-ngu/")
        return len(queries)

    assert cost(3) == cost(30) == 6  # session, account, grants, the bell, count, words


def test_the_swapped_part_equals_the_reloaded_page(as_thinh: Client):
    """After htmx put the rows in, the page is what a reload would show."""
    from lxml import html

    Term.everything.bulk_create([Term(word="Đảng viên", meaning="…"), Term(word="Chi bộ", meaning="…")])
    part = as_thinh.get("/tro-giup/thuat-ngu/?tim=chi", headers={"HX-Request": "true"}).content.decode()
    whole = html.fromstring(as_thinh.get("/tro-giup/thuat-ngu/?tim=chi").content.decode())
    swapped = html.fromstring(part)
    same = whole.xpath("//*[@id='ket-qua']")[0]
    assert html.tostring(swapped).split() == html.tostring(same, with_tail=False).split()
