import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.words.text import nfc, person_sort_key, search_key, sort_key


def in_order(*words: str) -> bool:
    keys = [sort_key(word) for word in words]
    return keys == sorted(keys) and len(set(keys)) == len(keys)


def test_letters_stand_in_the_order_of_the_alphabet():
    assert in_order(*"a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split())


def test_tones_count_only_between_equal_letters():
    assert in_order("ma", "mà", "mả", "mã", "má", "mạ", "mai")


def test_a_syllable_ends_before_a_longer_one_begins():
    assert in_order("Hồ", "Hồ Chí", "Hoa", "Hoài") is False  # ô is a letter after o
    assert in_order("Ho", "Ho An", "Hoa", "Hoài", "Hồ")


def test_the_place_of_the_tone_does_not_matter():
    assert sort_key("hoà") == sort_key("hòa")
    assert sort_key("thuý") == sort_key("thúy")


def test_numbers_sort_as_numbers():
    assert in_order("Thôn 2", "Thôn 10", "Thôn 10A")


def test_persons_go_by_given_name_then_family_name():
    names = ["Trần Văn Bình", "Nguyễn Thị An", "Lê Văn Bình", "Phạm Ân", "Đỗ Ánh"]
    assert sorted(names, key=person_sort_key) == [
        "Nguyễn Thị An", "Đỗ Ánh", "Phạm Ân", "Lê Văn Bình", "Trần Văn Bình",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "typed"), [("Nà Pài", "na pai"), ("Đảng ủy xã", "dang uy xa"), ("Ô Quy Hồ", "O QUY HO")]
)
def test_search_knows_neither_tones_nor_marks(written: str, typed: str):
    assert search_key(written) == search_key(typed)


@given(st.text())
def test_keys_are_the_same_for_both_normal_forms(text: str):
    decomposed, composed = unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)
    assert nfc(decomposed) == nfc(composed)
    assert sort_key(decomposed) == sort_key(composed)
    assert search_key(decomposed) == search_key(composed)


@given(st.text())
def test_a_sort_key_is_plain_ascii(text: str):
    assert sort_key(text).isascii()
