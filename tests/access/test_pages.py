"""One row a page, one column a person. A page that is missing here fails."""

import pytest
from django.test import Client

from portal.help.models import Article, Term
from portal.help.services.library import load_library_if_empty
from tests.house.addresses import all_addresses

TO_SIGN_IN = 302
# page: (signed out, Thịnh a branch secretary, Khôi an administrator), answering GET
TABLE: dict[str, tuple[int, int, int]] = {
    "home": (TO_SIGN_IN, 200, 200),
    "health": (503, 503, 503),  # no worker in this test; open to all, says nothing of the inside
    "sign_in": (200, 302, 302),
    "sign_out": (302, 405, 405),  # by POST only
    "more": (TO_SIGN_IN, 200, 200),
    "text_size": (405, 405, 405),
    "offline": (200, 200, 200),
    "service_worker": (200, 200, 200),
    "manifest": (200, 200, 200),
    "style_guide": (TO_SIGN_IN, 403, 200),
    "help": (TO_SIGN_IN, 200, 200),
    "help_article": (TO_SIGN_IN, 200, 200),
    "add_help_article": (TO_SIGN_IN, 403, 200),
    "change_help_article": (TO_SIGN_IN, 403, 200),
    "glossary": (TO_SIGN_IN, 200, 200),
    "add_term": (TO_SIGN_IN, 403, 200),
    "change_term": (TO_SIGN_IN, 403, 200),
    "remove_term": (TO_SIGN_IN, 405, 405),  # by POST only
}


def test_every_page_has_its_row():
    assert sorted(address.name for address in all_addresses()) == sorted(TABLE)


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_who_gets_in(client: Client, as_thinh: Client, as_khoi: Client, address, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("portal.watch.health.PATIENCE", 0.01)
    load_library_if_empty()
    path = address.filled(slug=Article.everything.first().slug, pk=Term.everything.first().pk)
    given = tuple(person.get(path).status_code for person in (client, as_thinh, as_khoi))
    assert given == TABLE[address.name]


def test_every_view_says_who_may_come_in():
    """By @requires, @signed_in or @login_not_required: silence is not an answer."""
    silent = [
        address.name
        for address in all_addresses()
        if not hasattr(address.view, "requires") and getattr(address.view, "login_required", True)
    ]
    assert silent == []


def test_a_refusal_gives_its_reason(as_thinh: Client):
    answer = as_thinh.get("/tro-giup/thuat-ngu/them/")
    assert answer.status_code == 403
    assert "Chỉ quản trị mới được sửa" in answer.content.decode()
