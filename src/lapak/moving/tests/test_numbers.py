"""A file's style is what most of its numbers show."""

from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.numbers import NumberStyle, whole_number
from lapak.moving.numbers import number_style

AMOUNTS = st.integers(min_value=0, max_value=10**12)


@given(numbers=st.lists(AMOUNTS, min_size=1), style=st.sampled_from(NumberStyle))
def test_a_file_is_read_as_it_was_written(numbers: list[int], style: NumberStyle) -> None:
    texts = [f"{number:,}".replace(",", style.value) for number in numbers]
    found = number_style(texts)
    assert [whole_number(text, found) for text in texts] == numbers


def test_most_of_the_grouped_numbers_decide() -> None:
    assert number_style(["125.000", "Rp 99.500,-", "1,250"]) is NumberStyle.DOTS
    assert number_style(["125,000", "99"]) is NumberStyle.COMMAS
    assert number_style(["125000", "99", ""]) is NumberStyle.PLAIN
