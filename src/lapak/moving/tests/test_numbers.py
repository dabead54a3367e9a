"""Whole numbers in the ways people and spreadsheets write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.moving.numbers import NumberStyle, number_style, whole_number

AMOUNTS = st.integers(min_value=0, max_value=10**12)


def written(number: int, style: NumberStyle) -> str:
    return f"{number:,}".replace(",", style.value)


@given(numbers=st.lists(AMOUNTS, min_size=1), style=st.sampled_from(NumberStyle))
def test_a_file_is_read_as_it_was_written(numbers: list[int], style: NumberStyle) -> None:
    texts = [written(number, style) for number in numbers]
    found = number_style(texts)
    assert [whole_number(text, found) for text in texts] == numbers


@given(text=st.text(alphabet="0123456789.,-Rp ", max_size=12), style=st.sampled_from(NumberStyle))
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
def test_single_numbers(text: str, style: NumberStyle, number: int | None) -> None:
    assert whole_number(text, style) == number


def test_most_of_the_grouped_numbers_decide() -> None:
    assert number_style(["125.000", "99.500", "1,250"]) is NumberStyle.DOTS
    assert number_style(["125,000", "99"]) is NumberStyle.COMMAS
    assert number_style(["125000", "99", ""]) is NumberStyle.PLAIN
