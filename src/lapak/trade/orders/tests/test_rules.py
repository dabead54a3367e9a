"""How orders move, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import (
    HOLDS_STOCK,
    TRANSITIONS,
    RefundSplit,
    State,
    Word,
    held_of,
    may_move,
    paid_for_pieces_idr,
)


def test_models_and_rules_say_the_same() -> None:
    assert list(State) == Order.State.values
    assert list(Word) == Order.Word.values


def test_every_state_has_its_steps_and_can_be_reached() -> None:
    assert set(TRANSITIONS) == set(State)
    reached, waiting = set(), {State.AWAITING_PAYMENT}
    while waiting:
        reached |= waiting
        waiting = {state for source in waiting for state in TRANSITIONS[source]} - reached
    assert reached == set(State)


def test_cancelled_and_refunded_are_the_end() -> None:
    assert {state for state, steps in TRANSITIONS.items() if not steps} == {State.CANCELLED, State.REFUNDED}


def test_cancelled_from_every_state_before_shipped_and_no_other() -> None:
    """docs/concepts/orders-and-clocks.md; and these are the states in which goods are reserved."""
    assert {state for state in State if may_move(state, State.CANCELLED)} == HOLDS_STOCK


@pytest.mark.parametrize(
    ("from_state", "to_state"),
    [
        ("awaiting_payment", "packed"),
        ("to_pack", "shipped"),
        ("packed", "delivered"),
        ("shipped", "completed"),
        ("shipped", "cancelled"),
        ("completed", "delivered"),
        ("refunded", "completed"),
        ("cancelled", "to_pack"),
    ],
)
def test_shortcuts_and_ways_back_are_refused(from_state: str, to_state: str) -> None:
    assert not may_move(from_state, to_state)


@given(paid_idr=st.integers(0, 10**9), parts=st.lists(st.integers(1, 20), min_size=1, max_size=8))
def test_what_pieces_were_paid_sums_to_what_the_line_was(paid_idr: int, parts: list[int]) -> None:
    quantity, before, sum_idr = sum(parts), 0, 0
    for pieces in parts:
        sum_idr += paid_for_pieces_idr(paid_idr, quantity, before=before, pieces=pieces)
        before += pieces
    assert sum_idr == paid_idr


@given(
    goods_idr=st.integers(0, 10**6),
    way_back_idr=st.integers(0, 10**5),
    shipping_idr=st.integers(0, 10**5),
    held_idr=st.integers(0, 10**6),
)
def test_no_more_comes_out_of_an_order_than_is_held_for_its_goods(
    goods_idr: int, way_back_idr: int, shipping_idr: int, held_idr: int
) -> None:
    refund = RefundSplit(goods_idr, shipping_idr, way_back_idr)
    held = held_of(refund, RefundSplit(held_idr, shipping_idr))
    lacking = refund - held
    assert held.goods_idr + held.way_back_idr <= held_idr
    assert min(*vars_of(held), *vars_of(lacking)) >= 0
    assert lacking.shipping_idr == 0
    assert (held.goods_idr + held.way_back_idr == held_idr) or lacking.total_idr == 0


def vars_of(split: RefundSplit) -> tuple[int, int, int]:
    return split.goods_idr, split.shipping_idr, split.way_back_idr
