"""Every page, and every form sent in empty and wrong, speaks Vietnamese."""

import pytest
from django.test import Client

from portal.help.services.library import load_library_if_empty
from tests.house.addresses import Address, all_addresses
from tests.house.language import english_leftovers
from tests.house.test_fuzz import addresses_of, form_fields

WRONG = ["", "x" * 30_000, "-1", "không phải số"]


def read(answer) -> list[str]:
    is_page = "text/html" in answer.headers.get("Content-Type", "") and answer.content
    return english_leftovers(answer.content.decode()) if is_page else []


@pytest.fixture
def client_of(request: pytest.FixtureRequest, db: None):
    load_library_if_empty()
    return {
        "nobody": Client(),
        "thinh": request.getfixturevalue("as_thinh"),
        "khoi": request.getfixturevalue("as_khoi"),
    }


@pytest.mark.parametrize("address", all_addresses(), ids=lambda address: address.name)
def test_pages_and_refusals_are_vietnamese(
    client_of: dict[str, Client], address: Address, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("portal.watch.health.PATIENCE", 0.01)
    for client in client_of.values():
        client.raise_request_exception = False
        for path in [addresses_of(address)[0], *existing(address)]:
            assert read(client.get(path, follow=True)) == []
            assert read(client.delete(path)) == []
            fields = form_fields(client, path)
            for wrong in WRONG:
                assert read(client.post(path, dict.fromkeys(fields, wrong))) == []


def existing(address: Address) -> list[str]:
    """Addresses of things that are there, so that their pages are read too."""
    from portal.help.models import Article, Term

    found = {
        "slug": Article.everything.first().slug,
        "pk": Term.everything.first().pk,
        "key": "quality.bands",
        "code": "meetings.held",
        "other": 1,
        "thang": "2026-03",
        "year": 2026,
    }
    return [address.filled(**found)] if address.parameters else []
