"""Whatever road text comes by, it is stored composed and without NUL."""

import unicodedata

import pytest
from django.http import QueryDict
from django.test import Client

from portal.accounts.models import Account
from portal.help.models import Term
from portal.words.middleware import clean

NFD = unicodedata.normalize("NFD", "Nguyễn Thị Hoà")
NFC = unicodedata.normalize("NFC", NFD)


def test_the_middleware_composes_names_and_values():
    assert clean(QueryDict(mutable=False)).dict() == {}
    typed = QueryDict(mutable=True)
    typed.setlist("tên", [NFD, NFD])
    assert clean(typed).getlist("tên") == [NFC, NFC]


def test_a_model_stores_the_composed_form_and_finds_by_the_other(db: None):
    Account(username="hoa", full_name=NFD).save()
    assert Account.objects.values_list("full_name", flat=True).get(full_name=NFD) == NFC


def test_bulk_writing_passes_the_same_border(db: None):
    Term.everything.bulk_create([Term(word=NFD, meaning=NFD)])
    stored = Term.everything.get()
    assert (stored.word, stored.meaning) == (NFC, NFC)


@pytest.mark.parametrize("address", ["/dang-nhap/?a=%00", "/dang-nhap/?%00=a", "/%00/"])
def test_a_nul_in_the_address_is_refused_in_words(client: Client, db: None, address: str):
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Yêu cầu" in answer.content.decode()


def test_a_nul_in_a_field_is_refused(client: Client, db: None):
    assert client.post("/dang-nhap/", {"username": "a\0b", "password": "x"}).status_code == 400
