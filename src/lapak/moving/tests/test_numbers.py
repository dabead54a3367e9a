"""A file's style is what most of its numbers show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.numbers import NumberStyle, whole_number
from lapak.moving.numbers import number_of_file, number_style

AMOUNTS = st.integers(min_value=0, max_value=10**12)


@given(numbers=st.lists(AMOUNTS, min_size=1), style=st.sampled_from(NumberStyle))
def test_a_file_is_read_as_it_was_written(numbers: list[int], style: NumberStyle) -> None:
    texts = [f"{number:,}".replace(",", style.value) for number in numbers]
    found = number_style(texts)
    assert [whole_number(text, found) for text in texts] == numbers


def test_amounts_below_nought_show_the_style_too() -> None:
    assert number_style(["(5.000)", "-Rp1.500", "500-"]) is NumberStyle.DOTS


def test_most_of_the_grouped_numbers_decide() -> None:
    assert number_style(["125.000", "Rp 99.500,-", "1,250"]) is NumberStyle.DOTS
    assert number_style(["125,000", "99"]) is NumberStyle.COMMAS
    assert number_style(["125000", "99", ""]) is NumberStyle.PLAIN


@pytest.mark.parametrize(
    ("text", "style", "number"),
    [
        ("18500.0000", NumberStyle.PLAIN, 18_500),
        ("125000.00", NumberStyle.DOTS, 125_000),
        ("125.000,00", NumberStyle.DOTS, 125_000),
        ("Rp 125,000.00", NumberStyle.COMMAS, 125_000),
        ("125rb", NumberStyle.PLAIN, 125_000),
        ("Rp1,5 juta", NumberStyle.DOTS, 1_500_000),
        ("-Rp5.000", NumberStyle.DOTS, -5_000),
        ("- IDR 5,000.00", NumberStyle.COMMAS, -5_000),
        ("Rp -5.000", NumberStyle.DOTS, -5_000),
        ("(5.000)", NumberStyle.DOTS, -5_000),
        (" (Rp5.000,00) ", NumberStyle.DOTS, -5_000),
        ("5.000-", NumberStyle.DOTS, -5_000),
        ("'125000", NumberStyle.PLAIN, 125_000),
        ("Rp5.000,-", NumberStyle.DOTS, 5_000),
        ("((5))", NumberStyle.PLAIN, None),
        ("--5", NumberStyle.PLAIN, None),
        ("18.5", NumberStyle.PLAIN, None),
        ("1.25E+05", NumberStyle.PLAIN, None),
        ("125,000", NumberStyle.DOTS, None),
        ("0.000", NumberStyle.PLAIN, None),
    ],
)
def test_a_cell_is_one_number_or_none(text: str, style: NumberStyle, number: int | None) -> None:
    assert number_of_file(text, style) == number
