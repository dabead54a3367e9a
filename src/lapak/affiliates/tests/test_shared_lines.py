"""A line shared by several creators: their parts are the line's price, whatever goes back."""

from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.rates import commission_idr, parts_of_line_idr

SHARES = st.lists(st.integers(1, 10_000), min_size=1, max_size=8)


@given(sold_idr=st.integers(0, 10**12), shares_bp=SHARES, rate_bp=st.integers(1, 8000))
def test_the_parts_are_the_price_and_what_is_earned_on_them_never_exceeds_it(
    sold_idr: int, shares_bp: list[int], rate_bp: int
) -> None:
    parts = parts_of_line_idr(sold_idr, shares_bp)
    assert sum(parts) == sold_idr
    whole = sum(shares_bp)
    assert all(abs(part * whole - sold_idr * share) < whole for part, share in zip(parts, shares_bp, strict=True))
    assert sum(commission_idr(part, rate_bp) for part in parts) <= sold_idr


def test_forty_twenty_forty_of_an_odd_price() -> None:
    assert parts_of_line_idr(99_999, [4000, 2000, 4000]) == [40_000, 20_000, 39_999]
