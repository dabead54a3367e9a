"""Words the marketplace knows, whatever is sold."""

import pytest

from lapak.goods.search.known import is_known, known_words, nearest_known, spelled_out


@pytest.mark.parametrize(
    "text",
    [
        "murah hijab kerudungku selendang",
        "hp hapenya televisi",
        "songket perhiasan nappies",
        "yang terlaris",
        "wardah cirebon",
    ],
)
def test_list_categories_synonyms_fillers_and_their_inflections_are_known(text: str) -> None:
    assert all(is_known(word) for word in text.split())


def test_slips_and_made_up_words_are_not() -> None:
    assert not any(is_known(word) for word in ("kemja", "selendan", "batk", "zzzzzz", "ke\u00df"))


def test_a_comment_of_the_list_is_no_word_of_it() -> None:
    assert "written" not in known_words()


@pytest.mark.parametrize(
    ("word", "expected"),
    [("kerudun", (1, "kerudung")), ("selendan", (1, "selendang")), ("zzzzzz", None), ("tass", (1, "tas"))],
)
def test_the_nearest_within_what_is_forgiven(word: str, expected: tuple[int, str] | None) -> None:
    assert nearest_known(word) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("kmja", {"kemeja"}),
        ("jlbb", {"jilbab"}),
        ("mrh", {"merah", "murah"}),
        ("bju", {"baju"}),
        ("km", set()),  # two letters may be anything
        ("ukna", set()),  # the first letter is never left out
        ("kemeja", set()),
        ("led", set()),
        ("kamja", set()),  # a vowel that is not in the word is a slip, no abbreviation
    ],
)
def test_vowels_left_out_are_put_back(word: str, expected: set[str]) -> None:
    assert expected == set(spelled_out(word)) & (expected or set(known_words()))
