"""Rupiah and basis points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.money import MAX_IDR, divide_half_up, format_idr, share_idr

amounts = st.integers(0, MAX_IDR)


@given(amounts, st.integers(0, 10_000))
def test_a_share_is_never_more_than_the_whole(amount_idr: int, rate_bp: int) -> None:
    assert 0 <= share_idr(amount_idr, rate_bp) <= amount_idr


def test_halves_round_up() -> None:
    assert (share_idr(115_000, 70), divide_half_up(1, 2), divide_half_up(149, 100)) == (805, 1, 1)


@pytest.mark.parametrize(("amount_idr", "text"), [(0, "Rp0"), (115_000, "Rp115.000"), (-1_234_567, "−Rp1.234.567")])
def test_written_as_indonesians_write_it(amount_idr: int, text: str) -> None:
    assert format_idr(amount_idr) == text


def test_rounding_is_defined_for_non_negative_amounts_only() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        divide_half_up(-1, 2)
