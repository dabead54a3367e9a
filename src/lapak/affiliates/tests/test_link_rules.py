"""What links may be called and put onto addresses, and which goods a pasted line means."""

import uuid
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.link_rules import (
    LONGEST_UTM,
    LONGEST_UTM_QUERY,
    UTM_FIELDS,
    Outcome,
    code_as_chosen,
    code_meant,
    code_typed,
    is_reserved,
    lines_pasted,
    outcomes,
    product_in,
    utm_query,
    utm_values,
)

KEMEJA, SARUNG, KOPI = (uuid.UUID(int=n) for n in (0xA0, 0xB0, 0xC0))


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Batik-Edoh", "batik-edoh"),
        (" https://lapak.example/r/batik7/ ", "batik7"),
        ("1234", "1234"),
        ("abc", None),
        ("a" * 24, "a" * 24),
        ("a" * 25, None),
        ("-batik", None),
        ("batik-", None),
        ("batik--edoh", None),
        ("batik edoh", None),
        ("bätik", None),
        ("batik_edoh", None),
        ("", None),
    ],
)
def test_a_code_is_small_letters_digits_and_single_hyphens(typed: str, code: str | None) -> None:
    assert code_as_chosen(typed) == code


@pytest.mark.parametrize(
    "typed",
    [
        "Batik-Edoh", " batik-edoh. ", "*batik-edoh*", "“batik-edoh”", "#batik-edoh", "batik-edoh?", "batik-edoh\u200b",
        "https://lapak.example/r/batik-edoh", "lapak.example/r/BATIK-EDOH/.", "/r/batik-edoh?utm_source=ig#top",
        "https://lapak.example/r/batik-edoh/?fbclid=x/y", "https://lapak.example/r/batik-edoh%E2%80%8B",
    ],
)  # fmt: skip
def test_a_typed_code_is_without_what_hangs_on_it(typed: str) -> None:
    assert code_typed(typed) == "batik-edoh"


@given(st.text(max_size=40))
def test_whatever_is_typed_means_a_code_or_none(text: str) -> None:
    code = code_meant(text)
    assert code_meant(code) == code
    assert code_typed(code_typed(text)) == code_typed(text)


def test_no_code_passes_for_the_marketplace() -> None:
    assert [is_reserved(code) for code in ("lapak", "promo-lapak", "resmi-diskon", "lapakku", "batik-edoh")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_utm_values_are_plain_and_come_back() -> None:
    query = utm_query({"source": "TikTok", "campaign": " Lebaran  2026! ", "medium": "", "other": "x", "term": "🙂"})
    assert query == "utm_source=tiktok&utm_campaign=lebaran-2026"
    assert utm_values(query) == {"source": "tiktok", "campaign": "lebaran-2026"}


@given(st.dictionaries(st.sampled_from(UTM_FIELDS), st.text(max_size=LONGEST_UTM)))
def test_whatever_is_typed_stands_in_an_address_as_it_is(values: dict[str, str]) -> None:
    query = utm_query(values)
    assert len(query) <= LONGEST_UTM_QUERY
    assert query.isascii()
    assert not set(query) & set(" #?%+\"'<>\r\n")
    assert {f"utm_{name}": [value] for name, value in utm_values(query).items()} == parse_qs(query)
    assert utm_query(utm_values(query)) == query


class TestPasted:
    @pytest.mark.parametrize(
        "line",
        [
            f"https://lapak.example/p/kemeja-batik-{KEMEJA.hex}",
            f"lapak.example/p/kemeja-batik-{KEMEJA.hex.upper()}?v=1&utm_source=x#reviews",
            f"HTTP://WWW.LAPAK.EXAMPLE/P/{KEMEJA.hex}/reviews",
            f"yang ini ya kak: https://lapak.example/p/k-{KEMEJA.hex}, bagus banget!",
            f"https%3A%2F%2Flapak.example%2Fp%2Fkemeja-{KEMEJA.hex}",
            f"/p/-{KEMEJA.hex}",
            str(KEMEJA),
            KEMEJA.hex,
        ],
    )
    def test_an_address_in_any_spelling(self, line: str) -> None:
        assert product_in(line) == KEMEJA

    @pytest.mark.parametrize(
        "line", ["", "kemeja", "https://other.example/p/123", f"/p/kemeja-{KEMEJA.hex}0", f"/s/{KEMEJA.hex}", "\0", "%"]
    )
    def test_what_is_no_address_of_goods(self, line: str) -> None:
        assert product_in(line) is None

    def test_empty_lines_are_none(self) -> None:
        assert lines_pasted(" a \r\n\n\t\n b") == ["a", "b"]

    def test_each_line_is_answered(self) -> None:
        asked = [KEMEJA, None, SARUNG, KEMEJA, KOPI, uuid.UUID(int=1)]
        answers = outcomes(asked, on_sale={KEMEJA, SARUNG, KOPI}, promoted={KEMEJA, SARUNG}, had={SARUNG})
        assert answers == [
            Outcome.MADE, Outcome.UNKNOWN, Outcome.HAD, Outcome.DOUBLED, Outcome.NO_PROGRAMME, Outcome.UNKNOWN,
        ]  # fmt: skip
