"""Whole numbers and percents in the ways people and spreadsheets write them."""

from collections.abc import Callable
from contextlib import suppress

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.money import MAX_IDR, format_idr
from lapak.lib.numbers import (
    NumberRefused,
    NumberStyle,
    format_count,
    format_rate,
    format_whole,
    read_count,
    read_idr,
    read_rate_bp,
    whole_number,
    without_currency,
)


@given(text=st.text(alphabet="0123456789.,- ", max_size=12), style=st.sampled_from(NumberStyle))
def test_what_is_read_is_never_a_different_number(text: str, style: NumberStyle) -> None:
    """Whatever number comes out, its digits are those of the text, decimals of zero aside."""
    number = whole_number(text, style)
    if number is not None:
        digits = "".join(filter(str.isdecimal, text))
        assert str(abs(number)) in {
            digits.lstrip("0") or "0",
            digits[:-1].lstrip("0") or "0",
            digits[:-2].lstrip("0") or "0",
        }


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("125000", NumberStyle.PLAIN, 125_000),
        ("125000.00", NumberStyle.PLAIN, 125_000),
        ("125000,00", NumberStyle.PLAIN, 125_000),
        ("125 000", NumberStyle.PLAIN, 125_000),
        ("Rp 125.000", NumberStyle.DOTS, 125_000),
        ("Rp125.000,00", NumberStyle.DOTS, 125_000),
        ("IDR 125,000.00", NumberStyle.COMMAS, 125_000),
        ("1.250.000", NumberStyle.DOTS, 1_250_000),
        ("750", NumberStyle.DOTS, 750),
        ("-5", NumberStyle.PLAIN, -5),
        ("-1.000", NumberStyle.DOTS, -1_000),
        ("125,000", NumberStyle.DOTS, None),
        ("125.000", NumberStyle.COMMAS, None),
        ("125.000", NumberStyle.PLAIN, None),
        ("12.5", NumberStyle.PLAIN, None),
        ("1.25", NumberStyle.DOTS, None),
        ("1.2500", NumberStyle.DOTS, None),
        ("seratus ribu", NumberStyle.PLAIN, None),
        ("1e5", NumberStyle.PLAIN, None),
        ("9" * 5_000, NumberStyle.PLAIN, None),
        ("١٢٣", NumberStyle.PLAIN, None),
        ("", NumberStyle.PLAIN, None),
    ],
)
def test_single_numbers_of_a_file(text: str, style: NumberStyle, number: int | None) -> None:
    assert whole_number(without_currency(text), style) == number


@pytest.mark.parametrize(
    ("typed", "amount_idr"),
    [
        ("150000", 150_000),
        ("150.000", 150_000),
        ("1.500.000", 1_500_000),
        ("Rp150.000", 150_000),
        ("Rp 150.000", 150_000),
        ("Rp. 150.000", 150_000),
        ("rp150000", 150_000),
        ("IDR 150.000", 150_000),
        ("150.000,-", 150_000),
        ("Rp150.000,-", 150_000),
        ("Rp 150.000,--", 150_000),
        ("150.000,00", 150_000),
        ("150000,00", 150_000),
        ("150 000", 150_000),
        ("150\u00a0000", 150_000),
        ("\u00a0Rp\u202f150.000 ", 150_000),
        ("１５０．０００", 150_000),
        ("1,000,000", 1_000_000),  # several commas part thousands: decimals have one
        ("150,000.00", 150_000),
        ("150000.00", 150_000),
        ("007", 7),
        ("0", 0),
        ("-5", -5),
        ("−150.000", -150_000),
        ("1.000.000.000.000", MAX_IDR),
        ("150rb", 150_000),
        ("Rp 150 ribu", 150_000),
        ("１５０Ｋ", 150_000),
        ("1,5jt", 1_500_000),
        ("1.25 juta", 1_250_000),
        ("Rp1,5rb", 1_500),
        ("150.000 rupiah", 150_000),
        ("Rp150.000,–", 150_000),
        ("\u202a150.000\u202c", 150_000),  # as pasted from a chat
        ("\ufeff150\u200b.000\u200e", 150_000),
    ],
)
def test_rupiah_as_people_type_them(typed: str, amount_idr: int) -> None:
    assert read_idr(typed) == amount_idr


TWO_WAYS = [
    ("150,000", "could be Rp150 or Rp150.000. For Rp150.000 type 150.000, or 150000 without a dot"),
    ("Rp 150,000", "could be Rp150 or Rp150.000"),
    ("1,500", "could be Rp1,5 or Rp1.500"),
    ("1.5", "could be Rp1,5 or Rp1.500. For Rp1.500 type 1.500, or 1500 without a dot"),
    ("1,5", "could be Rp1,5 or Rp1.500"),
    ("12.50", "could be Rp12,5 or Rp12.500"),
    ("150.00", "could be Rp150 or Rp150.000"),
    ("0.500", "could be Rp0,5 or Rp500. For Rp500 type 500"),
    ("0,150", "could be Rp0,15 or Rp150"),
]
NO_NUMBER = [
    (text, "not a whole number")
    for text in (
        "seratus", "150 rbu", "1.500rb", "150.000 ribu", "1500,5jt", "-150rb", "rb", "0.150.000",
        "1e3", "0x10", "1.2500", "15.00.000", "1.000,5", "1.000,000", "1,50,000", "1 5", "150 00", "+5",
        "--5", "5-", "1_000", "١٢٣", "10²", "½", "9" * 5_000, "1.000\x00", "∞", "NaN", "<b>1</b>", "1..000", ".5",
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "words"), [*TWO_WAYS, *NO_NUMBER, ("", "Type a number"), ("  ", "Type a number"), ("Rp", "Type a number")]
)
def test_rupiah_that_cannot_be_read_for_sure(typed: str, words: str) -> None:
    assert words in refusal(read_idr, typed)


@pytest.mark.parametrize(
    ("typed", "count"),
    [("1.000", 1_000), ("1000", 1_000), ("2.000", 2_000), ("12", 12), (" 12 ", 12), ("1 000", 1_000)],
)
def test_counts_as_people_type_them(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("1.5", "could be 1,5 or 1.500"),
        ("1,000", "could be 1 or 1.000"),
        ("Rp 5", "not a whole number"),
        ("5,-", "not a whole number"),
        ("2 kg", "not a whole number"),
        ("", "Type a number"),
    ],
)
def test_counts_that_cannot_be_read_for_sure(typed: str, words: str) -> None:
    assert words in refusal(read_count, typed)


@pytest.mark.parametrize(
    ("typed", "rate_bp"),
    [
        ("1,2", 120),
        ("1.2", 120),
        ("1,20", 120),
        ("1,2%", 120),
        ("1,2 %", 120),
        (" 12% ", 1_200),
        ("12", 1_200),
        ("12,05", 1_205),
        ("0", 0),
        ("0,5", 50),
        ("100", 10_000),
        ("-1,5", -150),
        ("１，２％", 120),
    ],
)
def test_percents_as_people_type_them(typed: str, rate_bp: int) -> None:
    assert read_rate_bp(typed) == rate_bp


@pytest.mark.parametrize(
    "typed", ["", "ten", "NaN", "10.123", "1.000", "1,", ",5", "1e1", "10%%", "12 5", "9" * 40, "1,2,3"]
)
def test_percents_that_cannot_be_read(typed: str) -> None:
    with pytest.raises(NumberRefused):
        read_rate_bp(typed)


@given(st.integers(0, MAX_IDR))
def test_what_is_shown_is_read_again(number: int) -> None:
    assert read_count(format_whole(number)) == read_idr(format_whole(number)) == read_idr(format_idr(number)) == number


@given(st.integers(0, 10_000), st.sampled_from(["id", "en"]))
def test_a_rate_that_is_shown_is_read_again(rate_bp: int, language: str) -> None:
    with override(language):
        assert read_rate_bp(format_rate(rate_bp)) == rate_bp


@given(st.text(max_size=40), st.sampled_from([read_count, read_idr, read_rate_bp]))
def test_any_text_is_read_or_refused(typed: str, read: Callable[[str], int]) -> None:
    with suppress(NumberRefused):
        assert isinstance(read(typed), int)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("id", "“1.5” bisa berarti Rp1,5 atau Rp1.500. Untuk Rp1.500 ketik 1.500"),
        ("en", "“1.5” could be Rp1,5 or Rp1.500"),
    ],
)
def test_a_refusal_speaks_the_reader_s_language(language: str, words: str) -> None:
    assert words in refusal(read_idr, "1.5", language)


def test_a_refusal_does_not_repeat_a_novel() -> None:
    assert len(refusal(read_idr, "9" * 5_000)) < 150


def refusal(read: Callable[[str], int], typed: str, language: str = "en") -> str:
    """What is said instead of a number."""
    with override(language), pytest.raises(NumberRefused) as refused:
        read(typed)
    with override(language):
        return str(refused.value)


def test_how_many_is_written_as_the_language_does() -> None:
    with override("id"):
        assert (format_count(2801), format_count(12)) == ("2.801", "12")
    with override("en"):
        assert format_count(1_234_567) == "1,234,567"
