"""Whatever people and clocks do in whatever order: the books balance and stock stays within bounds."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.place_purchase import place_purchase
from lapak.flows.refund_return import accept_return, approve_return, uphold_return
from lapak.flows.ship_order import confirm_receipt, deliver_order, ship_order
from lapak.flows.tests.conftest import report
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.payments.models import PaymentIntent
from lapak.testing.books import check_books
from lapak.testing.cast import asked_for, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order, tracking_number
from lapak.trade.orders.commands import ask_to_cancel, pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.commands import (
    ask_for_return,
    decline_return,
    dismiss_return,
    escalate_return,
    receive_return,
    send_back,
    withdraw_return,
)
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import OPEN


class Histories(RuleBasedStateMachine):
    """A shop of three goods with little stock, everyone acting as they please, and time that passes."""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.now = clock.now()
        self.cast = assemble_cast()
        self.variants = [stocked_variant(self.cast.shop, price_idr=price, on_hand=5) for price in (1, 99_999, 345_678)]
        self.click = click_on(link_to(self.cast, self.variants[1].product))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    def act(self, what: Any, *args: Any) -> Any:
        """One act at this history's time; a refusal is a fine answer, and must have left everything sound."""
        with clock.stopped_at(self.now):
            try:
                return what(*args)
            except Refusal:
                return None

    @rule(hours=st.sampled_from([0.4, 1, 24, 72, 150]))
    def time_passes(self, hours: float) -> None:
        self.now += timedelta(hours=hours)
        self.act(run_due_clocks)

    @invariant()
    def books_balance_and_stock_is_within_bounds(self) -> None:
        check_books()


class OrderHistories(Histories):
    """From a cart to the money."""

    purchases: Bundle[Any] = Bundle("purchases")

    @rule(
        target=purchases,
        chosen=st.lists(
            st.tuples(st.integers(0, 2), st.integers(1, 3)), min_size=1, max_size=3, unique_by=lambda c: c[0]
        ),
    )
    def buy(self, chosen: list[tuple[int, int]]) -> Any:
        lines = [(self.variants[index], quantity) for index, quantity in chosen]
        return self.act(lambda: place_purchase(self.cast.buyer.id, asked_for(self.cast, *lines), [self.click]))

    @rule(purchase=purchases, kind=st.sampled_from(["charge.paid", "charge.paid", "charge.expired"]))
    def gateway_reports(self, purchase: Any, kind: str) -> None:
        if purchase:
            self.act(lambda: report(PaymentIntent.objects.get(pays_for=purchase), kind))

    @rule(purchase=purchases, step=st.sampled_from(["pack", "ship", "deliver", "receive", "cancel", "refund", "ask"]))
    def someone_acts(self, purchase: Any, step: str) -> None:
        for order in Order.objects.filter(purchase_id=purchase):
            self.act(self.take_step, order, step)

    def take_step(self, order: Order, step: str) -> None:
        buyer, seller = self.cast.buyer, self.cast.seller
        match step:
            case "pack":
                pack_order(order.id, seller)
            case "ship":
                ship_order(order.id, seller, tracking_number())
            case "deliver":
                deliver_order(order.id, None)
            case "receive":
                confirm_receipt(order.id, buyer)
            case "cancel":
                cancel_unpaid_purchase(order.purchase_id, buyer, "changed my mind")
            case "refund":
                cancel_paid_order(order.id, buyer, "changed my mind")
            case "ask":
                ask_to_cancel(order.id, buyer)


PIECES = st.lists(st.integers(1, 3), min_size=1, max_size=2)
REASONS = st.sampled_from(["damaged", "missing", "changed_mind"])


class ReturnHistories(Histories):
    """Two orders in the buyer's hands, and goods that go back."""

    @initialize(pieces=PIECES, reason=REASONS)
    def goods_arrive_and_disappoint(self, pieces: list[int], reason: str) -> None:
        cheap, middle, dear = self.variants
        with clock.stopped_at(self.now):
            for lines in ([(cheap, 3), (middle, 2)], [(dear, 1)]):
                delivered_order(self.cast, *lines, click=self.click)
        self.buyer_asks(0, pieces, reason)
        self.buyer_asks(1, [1], reason)

    @rule(order_number=st.integers(0, 1), pieces=PIECES, reason=REASONS)
    def buyer_asks(self, order_number: int, pieces: list[int], reason: str) -> None:
        order = Order.objects.order_by("id")[order_number]
        lines = zip(order.lines.order_by("unit_price_idr"), pieces, strict=False)
        self.act(
            lambda: ask_for_return(
                order.id,
                self.cast.buyer,
                quantities={line.id: min(quantity, line.remaining_quantity) for line, quantity in lines},
                reason=reason,
                words="No.",
                goods_come_back=True,
            )
        )

    @rule(order_number=st.integers(0, 1))
    def buyer_is_content(self, order_number: int) -> None:
        self.act(confirm_receipt, Order.objects.order_by("id")[order_number].id, self.cast.buyer)

    @rule(step=st.sampled_from(["decline", "withdraw", "waive", "escalate", "uphold", "dismiss"]))
    def someone_acts(self, step: str) -> None:
        for return_ in Return.objects.filter(state__in=OPEN):
            self.act(self.take_step, return_, step)

    @rule(steps=st.integers(1, 4), is_resellable=st.booleans())
    def it_takes_its_course(self, steps: int, is_resellable: bool) -> None:
        """So many of the usual steps in a row: few histories come to a refund by chance."""
        for _ in range(steps):
            for return_ in Return.objects.filter(state__in=OPEN):
                self.act(self.take_usual_step, return_, is_resellable)

    def take_step(self, return_: Return, step: str) -> None:
        buyer, seller, operator = self.cast.buyer, self.cast.seller, self.cast.operator
        match step:
            case "decline":
                decline_return(return_.id, seller, "No.")
            case "withdraw":
                withdraw_return(return_.id, buyer)
            case "waive":
                approve_return(return_.id, seller, waives_goods=True)
            case "escalate":
                escalate_return(return_.id, buyer, "Please.")
            case "uphold":
                uphold_return(return_.id, operator)
            case "dismiss":
                dismiss_return(return_.id, operator, "No.")

    def take_usual_step(self, return_: Return, is_resellable: bool) -> None:
        buyer, seller = self.cast.buyer, self.cast.seller
        match return_.state:
            case "asked":
                approve_return(return_.id, seller)
            case "approved":
                send_back(return_.id, buyer, "JNE", tracking_number())
            case "sent_back":
                receive_return(return_.id, seller)
            case "arrived":
                came_back = {row.line_id: row.quantity for row in return_.lines.all()}
                accept_return(return_.id, seller, came_back if is_resellable else None)


class TestHistories(TestCase):
    def test_any_history_of_orders_is_sound(self) -> None:
        run(OrderHistories)

    def test_any_history_of_returns_is_sound(self) -> None:
        run(ReturnHistories)


def run(histories: type[Histories]) -> None:
    run_state_machine_as_test(
        histories,
        settings=settings(
            max_examples=12, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
