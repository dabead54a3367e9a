"""How returns move and what they pay back, without a database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.settlement import Rates, split_of_order
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import (
    OPEN,
    TRANSITIONS,
    LineRefund,
    Reason,
    ReturnState,
    act_by,
    comes_back,
    may_be_asked,
    may_be_asked_for_hidden_faults,
    may_move,
    refund_of,
    way_back_borne_idr,
)

FRIDAY = datetime(2026, 11, 20, 3, 0, tzinfo=UTC)
DAY = date(2026, 11, 24)


class TestStates:
    def test_models_and_rules_say_the_same(self) -> None:
        assert list(ReturnState) == Return.State.values
        assert list(Reason) == Return.Reason.values

    def test_every_state_can_be_reached(self) -> None:
        reached, waiting = set(), {ReturnState.ASKED}
        while waiting:
            reached |= waiting
            waiting = {state for source in waiting for state in TRANSITIONS[source]} - reached
        assert reached == set(ReturnState)

    def test_only_refunded_and_closed_are_over(self) -> None:
        assert set(ReturnState) - set(OPEN) == {ReturnState.REFUNDED, ReturnState.CLOSED}

    def test_no_open_return_waits_for_ever(self) -> None:
        assert all(act_by(state, FRIDAY, "Asia/Jakarta") for state in OPEN)

    @pytest.mark.parametrize(
        ("from_state", "to_state"),
        [("asked", "refunded"), ("declined", "refunded"), ("sent_back", "refunded"), ("refunded", "closed")],
    )
    def test_shortcuts_are_refused(self, from_state: str, to_state: str) -> None:
        assert not may_move(from_state, to_state)


class TestClocks:
    def test_the_shop_has_two_days_to_answer(self) -> None:
        assert act_by(ReturnState.ASKED, FRIDAY, "Asia/Jakarta") == FRIDAY + timedelta(days=2)

    def test_goods_that_arrive_on_a_friday_are_looked_at_by_tuesday(self) -> None:
        until = act_by(ReturnState.ARRIVED, FRIDAY, "Asia/Jakarta")
        assert until is not None
        assert until.date() == date(2026, 11, 24)

    @pytest.mark.parametrize(("hours", "allowed"), [(-1, True), (0, True), (1, False)])
    def test_a_return_is_asked_for_within_the_orders_last_day(self, hours: int, allowed: bool) -> None:
        assert may_be_asked("delivered", FRIDAY, FRIDAY + timedelta(hours=hours)) is allowed

    @pytest.mark.parametrize("state", ["shipped", "completed", "refunded", "cancelled"])
    def test_only_of_a_delivered_order(self, state: str) -> None:
        assert not may_be_asked(state, FRIDAY, FRIDAY)


@pytest.mark.parametrize(
    ("stated_idr", "reason", "borne_idr"),
    [(12_000, "damaged", 12_000), (40_000, "damaged", 22_000), (12_000, "changed_mind", 0), (0, "faulty", 0)],
)
def test_the_way_back_is_borne_for_the_shop_s_faults_up_to_the_dearest_service(
    stated_idr: int, reason: str, borne_idr: int
) -> None:
    assert way_back_borne_idr(stated_idr, 22_000, reason) == borne_idr


@pytest.mark.parametrize(
    ("state", "is_paid_out", "allowed"),
    [("completed", False, True), ("completed", True, False), ("cancelled", False, False)],
)
def test_hidden_faults_may_show_until_the_money_has_left(state: str, is_paid_out: bool, allowed: bool) -> None:
    assert may_be_asked_for_hidden_faults(state, is_paid_out=is_paid_out) is allowed


def test_what_never_came_cannot_be_sent_back() -> None:
    assert not comes_back("missing", offered=True)
    assert not comes_back("not_arrived", offered=True)
    assert comes_back("damaged", offered=True)
    assert not comes_back("damaged", offered=False)


class TestRefund:
    def test_of_one_piece_of_two(self) -> None:
        assert refund_of([LineRefund(2, 0, 1, 50_000)], 15_000, is_sellers_fault=True) == RefundSplit(50_000, 0)

    def test_of_all_for_a_fault_of_the_seller_with_the_shipping(self) -> None:
        lines = [LineRefund(2, 1, 1, 50_000), LineRefund(1, 1, 0, 0)]
        assert refund_of(lines, 15_000, is_sellers_fault=True) == RefundSplit(50_000, 15_000)

    def test_of_all_by_the_buyers_choice_without_it(self) -> None:
        assert refund_of([LineRefund(2, 0, 2, 100_000)], 15_000, is_sellers_fault=False) == RefundSplit(100_000, 0)

    @pytest.mark.parametrize("line", [LineRefund(2, 0, 3, 1), LineRefund(2, 2, 1, 1), LineRefund(2, 0, -1, 1)])
    def test_of_more_than_there_is_cannot_be_reckoned(self, line: LineRefund) -> None:
        with pytest.raises(ValueError, match="no more"):
            refund_of([line], 0, is_sellers_fault=True)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[tuple[int, int]], list[list[int]]]:
    """An order's lines (pieces, unit price), and returns one after the other: pieces of each line, never too many."""
    lines = draw(st.lists(st.tuples(st.integers(1, 20), st.integers(1, 10**8)), min_size=1, max_size=4))
    left = [quantity for quantity, _ in lines]
    returns = []
    for _ in range(draw(st.integers(0, 4))):
        pieces = [draw(st.integers(0, remaining)) for remaining in left]
        left = [remaining - taken for remaining, taken in zip(left, pieces, strict=True)]
        returns.append(pieces)
    return lines, returns


@given(history=histories(), shipping_idr=st.integers(0, 10**7), faults=st.lists(st.booleans(), min_size=4, max_size=4))
def test_part_refunds_never_exceed_what_was_paid_and_the_rest_still_sums_to_the_whole(
    history: tuple[list[tuple[int, int]], list[list[int]]], shipping_idr: int, faults: list[bool]
) -> None:
    lines, returns = history
    goods_idr = sum(quantity * price_idr for quantity, price_idr in lines)
    before = [0] * len(lines)
    refunded = RefundSplit(0, 0)
    for n, pieces in enumerate(returns):
        if not any(pieces):
            continue
        of_lines = [
            LineRefund(quantity, done, taken, taken * price_idr)
            for (quantity, price_idr), done, taken in zip(lines, before, pieces, strict=True)
        ]
        refund = refund_of(of_lines, shipping_idr, is_sellers_fault=all(faults[: n + 1]))
        refunded = RefundSplit(refunded.goods_idr + refund.goods_idr, refunded.shipping_idr + refund.shipping_idr)
        before = [done + taken for done, taken in zip(before, pieces, strict=True)]

    remaining_idr = sum((q - done) * price_idr for (q, price_idr), done in zip(lines, before, strict=True))
    assert refunded.goods_idr == goods_idr - remaining_idr
    assert refunded.shipping_idr in {0, shipping_idr}
    rates = Rates(fee_shares=remaining_idr * 200, pph22_bp=0, has_vat=True)
    split = split_of_order(remaining_idr, remaining_idr, shipping_idr - refunded.shipping_idr, rates)
    assert split.goods_idr + split.shipping_idr + refunded.total_idr == goods_idr + shipping_idr
    assert split.fee_idr + split.vat_idr + split.pph22_idr <= split.goods_idr
