"""Words and roots of Indonesian text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.goods.search.analysis import (
    MAX_WORD_LENGTH,
    is_measure,
    kinds,
    other_spellings,
    root,
    telling_words,
    typos_forgiven,
    words,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kemeja BATIK Pria", ["kemeja", "batik", "pria"]),
        ("Kémeja naïve façade", ["kemeja", "naive", "facade"]),
        ("ＢＡＴＩＫ ﬁne №5", ["batik", "fine", "no5"]),
        ("Size: XL/2XL, 38–40", ["size", "xl", "2xl", "38", "40"]),
        ("Kopi 500gr", ["kopi", "500", "gr"]),
        ("iPhone13 128GB", ["iphone", "13", "128", "gb"]),
        ("20x30cm, 3in1", ["20", "x", "30", "cm", "3", "in", "1"]),
        ("Galaxy A52s, V60, MP3, 3XL", ["galaxy", "a52s", "v60", "mp3", "3xl"]),
        ("anak-anak_lucu", ["anak", "anak", "lucu"]),
        ("🔥🔥 PROMO!!! 🔥", ["promo"]),
        ("“.*[” OR title:(a^2) --", ["or", "title", "a", "2"]),
        ("", []),
        ("😀 — …", []),
    ],
)
def test_words_are_plain(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text())
def test_words_of_any_text_can_be_looked_up_and_are_their_own_words(text: str) -> None:
    found = words(text)
    for word in found:
        assert 0 < len(word) <= MAX_WORD_LENGTH
        assert not any(char.isspace() for char in word)
        assert root(word)
        assert words(word) == [word]
    assert words(unicodedata.normalize("NFD", text)) == words(unicodedata.normalize("NFC", text)) == found


@pytest.mark.parametrize(
    "same",
    [
        "kemeja kemejanya kemejaku kemejamu",
        "batik membatik pembatik dibatik batiknya",
        "kesehatan kesehatannya sehat",
        "mainan permainan bermain main",
        "pakaian baju bajunya busana",
        "hp hape handphone ponsel ponselnya",
        "hijab jilbab jilbabnya kerudung kerudungku",
        "kaos kaus kausnya",
        "2xl xxl",
        "kemeja hem kemejanya",
        "gram gr g",
        "liter ltr",
    ],
)
def test_one_meaning_has_one_root(same: str) -> None:
    assert len({root(word) for word in same.split()}) == 1


@pytest.mark.parametrize(
    "different",
    [
        "kemeja meja",
        "kepala pala",
        "permata mata",
        "terasi asi",
        "pelampung lampung",
        "kemiri miri",
        "tas tasbih",
        "38 39",
        "baju kemeja kaos gamis",
        "tas bag",
        "m meter",
        "l liter",
    ],
)
def test_other_things_have_other_roots(different: str) -> None:
    assert len({root(word) for word in different.split()}) == len(different.split())


def test_stop_words_count_only_when_nothing_else_was_said() -> None:
    assert telling_words(["baju", "untuk", "anak", "anak"]) == ["baju", "anak"]
    assert telling_words(["yang", "ini"]) == ["yang", "ini"]
    assert telling_words(["batik", "murah", "gratis", "ongkir"]) == ["batik"]
    assert telling_words(["promo"]) == ["promo"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("kemeja batik pria", ["pakaian", "atasan"]),
        ("kemejanya pak budi", ["pakaian", "atasan"]),
        ("kain batik bahan kemeja", []),
        ("sling bag dan sneakers", ["tas", "sepatu"]),
        ("baju rumah", []),
    ],
)
def test_a_wider_word_goes_with_what_the_goods_are(title: str, expected: list[str]) -> None:
    assert kinds(words(title)) == [root(word) for word in expected]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("power bank slim", ["powerbank"]),
        ("powerbank slim", ["power", "bank"]),
        ("bank power", []),
        ("rice cooker", ["magicom"]),
    ],
)
def test_what_is_written_as_one_word_or_as_two(title: str, expected: list[str]) -> None:
    assert other_spellings(words(title)) == expected


@pytest.mark.parametrize(
    ("word", "is_one"), [("500", True), ("gr", True), ("kilo", True), ("x", True), ("xl", False), ("a52", False)]
)
def test_measures(word: str, is_one: bool) -> None:
    assert is_measure(word) == is_one


@pytest.mark.parametrize(("word", "typos"), [("tas", 0), ("batk", 1), ("kemejas", 1), ("selendan", 2), ("a52xyzwq", 0)])
def test_longer_words_forgive_more(word: str, typos: int) -> None:
    assert typos_forgiven(word) == typos
