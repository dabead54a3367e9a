"""Words of goods that may not be sold, and the honest uses of the same words."""

import re

import pytest

from lapak.goods.catalogue.categories import CATEGORIES
from lapak.goods.catalogue.prohibited import PROHIBITED, prohibited_words_in


def found(title: str, description: str = "") -> list[tuple[str, str]]:
    return [(match.kind.code, match.word) for match in prohibited_words_in(title, description)]


@pytest.mark.parametrize(
    ("title", "description", "expected"),
    [
        ("Senjata api rakitan", "", [("weapons", "senjata api")]),
        ("Suvenir", "Asli GADING-GAJAH, antik", [("wildlife", "gading gajah")]),
        ("Rhino horn powder", "", [("wildlife", "rhino horn")]),
        ("Obat", "Misoprostol, amoxicillin", [("medicine", "amoxicillin"), ("medicine", "misoprostol")]),
        ("Vodka & soju", "", [("alcohol", "vodka"), ("alcohol", "soju")]),
        ("Arak Bali 600 ml", "arak bali lagi", [("alcohol", "arak bali")]),
        ("Tembakau Gorila", "", [("drugs", "tembakau gorila")]),
        ("Gánja kering", "", [("drugs", "ganja")]),
        ("Krim", "mengandung merkuri", [("hazards", "merkuri")]),
    ],
)
def test_a_word_is_found_in_title_and_description(
    title: str, description: str, expected: list[tuple[str, str]]
) -> None:
    assert found(title, description) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Kemeja Batik Mega Mendung",
        "Pistol air anak",
        "Asbak rokok kayu",
        "Kaus Ganjar",
        "Krim wajah bebas merkuri",
        "Detektor uang palsu",
        "Gelas whisky",
        "Boneka kukang",
        "",
    ],
)
def test_an_honest_use_is_passed_over(title: str) -> None:
    assert found(title) == []


def test_a_spared_use_does_not_spare_another() -> None:
    assert found("Pistol air", "juga pistol asli") == [("weapons", "pistol")]


def test_the_list_is_written_as_it_is_matched() -> None:
    for kind in PROHIBITED:
        for phrase in (*kind.words, *kind.spared):
            assert re.fullmatch(r"[a-z0-9]+( [a-z0-9]+)*", phrase), phrase
        assert len(set(kind.words)) == len(kind.words)
        assert kind.source


def test_every_word_finds_itself_and_every_spared_use_nothing_of_its_kind() -> None:
    for kind in PROHIBITED:
        for word in kind.words:
            assert kind.code in {code for code, _ in found(word)}, word
        for phrase in kind.spared:
            assert kind.code not in {code for code, _ in found(phrase)}, phrase


def test_no_category_of_ours_is_a_match() -> None:
    assert [name for _, *names in CATEGORIES for name in names if found(name)] == []
