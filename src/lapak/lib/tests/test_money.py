"""Rupiah and basis points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.lib.money import MAX_IDR, divide_half_up, format_idr, share_idr, split_by_weight

amounts = st.integers(0, MAX_IDR)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=20))
def test_parts_sum_to_the_whole_and_none_is_negative(total_idr: int, weights: list[int]) -> None:
    parts = split_by_weight(total_idr, weights)
    assert sum(parts) == total_idr
    assert min(parts) >= 0
    if any(weights):
        assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if not weight)


@given(amounts, st.integers(0, 10_000))
def test_a_share_is_never_more_than_the_whole(amount_idr: int, rate_bp: int) -> None:
    assert 0 <= share_idr(amount_idr, rate_bp) <= amount_idr


def test_halves_round_up() -> None:
    assert (share_idr(115_000, 70), divide_half_up(1, 2), divide_half_up(149, 100)) == (805, 1, 1)


@pytest.mark.parametrize(("amount_idr", "text"), [(0, "Rp0"), (115_000, "Rp115.000"), (-1_234_567, "-Rp1.234.567")])
def test_written_as_indonesians_write_it(amount_idr: int, text: str) -> None:
    assert format_idr(amount_idr) == text


def test_bad_splits() -> None:
    assert split_by_weight(0, []) == []
    with pytest.raises(ValueError, match="nothing to split"):
        split_by_weight(1, [])
    with pytest.raises(ValueError, match="non-negative"):
        split_by_weight(-1, [1])
    with pytest.raises(ValueError, match="non-negative"):
        divide_half_up(-1, 2)
