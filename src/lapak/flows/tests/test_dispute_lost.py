"""A buyer's bank takes a payment back for good: who bears it."""

from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.answer_dispute import bear_rest
from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import accept_in_part, accept_return, approve_return
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, decide_fate, ship_order
from lapak.flows.tests.disputed import again, balance, intent_of, paid, tell
from lapak.goods.catalogue.models import Stock
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.errors import (
    DisputeMoved,
    DisputeNotFound,
    DisputeWordsRefused,
)
from lapak.money.payments.models import Dispute, Refund
from lapak.money.payments.rules import DisputeOutcome
from lapak.testing.books import check_books
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import charge_report
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Order
from lapak.trade.returns.errors import ReturnMoved, ReturnQuantityRefused
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import receive_return, send_back, shelve_kept_goods

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


class TestLost:
    def test_out_of_escrow(self, cast: Cast, delivered: Order) -> None:
        tell(delivered)
        assert tell(delivered, "lost") is DisputeOutcome.LOST
        order = again(delivered)
        assert (order.state, order.escrow_idr, order.refunded_idr) == ("refunded", 0, 115_000)
        refund = Refund.objects.get()
        assert (refund.route, refund.status, refund.amount_idr) == ("chargeback", "arrived", 115_000)
        assert Commission.objects.get().state == "reversed"
        assert balance(AccountKind.GATEWAY_FEE, PLATFORM) == 805 + 50_000
        for kind in (AccountKind.CHARGEBACK_PENDING, AccountKind.ORDER_ESCROW, AccountKind.BUYER_REFUND_PAYABLE):
            assert balance(kind, {"chargeback_pending": "sandbox", "order_escrow": cast.shop.id}.get(
                kind.value, cast.buyer.id
            )) == 0  # fmt: skip

    def test_a_part_takes_its_share_of_everyone(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, amount_idr=50_000)
        tell(delivered, "lost", 50_000)
        order = confirm_receipt(cast.buyer, delivered.id)
        assert order.settled_at
        assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 1_000
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 50_000 - 1_000 - 110 - 5_000
        assert Commission.objects.get().amount_idr == 5_000
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000

    def test_the_courier_is_owed_what_was_lost_before_the_order_settled_in_the_same_moment(
        self, cast: Cast, delivered: Order
    ) -> None:
        with clock.stopped_at(clock.now()):
            tell(delivered, amount_idr=107_499)
            tell(delivered, "lost", 107_499)
            assert confirm_receipt(cast.buyer, delivered.id).settled_at
        check_books()
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000

    def test_after_everyone_was_paid_they_owe_it(self, cast: Cast, settled_order: Order) -> None:
        send_due_payouts(cast.operator, "sandbox")
        tell(settled_order)
        tell(settled_order, "lost")
        assert again(settled_order).state == "refunded"
        assert balance(AccountKind.SELLER_RECEIVABLE, cast.shop.id) == 100_000 - 2_220 - 10_000 + 15_000
        assert balance(AccountKind.CREATOR_RECEIVABLE, cast.creator.id) == 9_750
        for kind in (AccountKind.PLATFORM_FEE, AccountKind.TAX_VAT, AccountKind.TAX_PPH21):
            assert balance(kind, PLATFORM) == 0

    @pytest.mark.parametrize("is_packed", [False, True])
    def test_what_was_not_sent_is_cancelled_and_the_rest_owed_back(self, cast: Cast, *, is_packed: bool) -> None:
        variant = stocked_variant(cast.shop)
        order = paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
        if is_packed:
            pack_order(cast.seller, order.id)
        tell(order, amount_idr=15_000)
        tell(order, "lost", 15_000)
        assert again(order).state == "cancelled"
        assert set(Refund.objects.values_list("route", "status", "amount_idr")) == {
            ("chargeback", "arrived", 15_000), ("gateway", "owed", 100_000),
        }  # fmt: skip
        assert Commission.objects.get().state == "reversed"
        variant.stock.refresh_from_db()
        assert variant.stock.reserved == 0

    def test_a_refund_that_was_not_sent_is_the_same_money(self, cast: Cast) -> None:
        order = paid(cast)
        cancel_paid_order(cast.buyer, order.id, "no")
        tell(order, amount_idr=40_000)
        tell(order, "lost", 40_000)
        live = Refund.objects.exclude(status="failed")
        assert set(live.values_list("route", "status", "amount_idr")) == {
            ("chargeback", "arrived", 40_000), ("gateway", "owed", 75_000),
        }  # fmt: skip
        tell(order, amount_idr=75_000, reference="dp2")
        tell(order, "lost", 75_000, "dp2")
        assert not Refund.objects.filter(status="owed").exists()
        assert not Dispute.objects.filter(unexplained_idr__gt=0).exists()

    def test_a_late_payments_refund_as_well(self, cast: Cast, placed: Order) -> None:
        cancel_unpaid_purchase(cast.buyer, placed.purchase_id, "no")
        receive_payment(charge_report(intent_of(placed)), "sandbox")
        tell(placed)
        tell(placed, "lost")
        refund = Refund.objects.get()
        assert (refund.route, refund.status, refund.order_id) == ("chargeback", "arrived", None)

    def test_a_refund_that_was_sent_makes_it_the_platforms_loss_once_a_person_says_so(self, cast: Cast) -> None:
        order = paid(cast)
        cancel_paid_order(cast.buyer, order.id, "no")
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
        tell(order)
        tell(order, "lost")
        dispute = Dispute.objects.get()
        assert (dispute.unexplained_idr, balance(AccountKind.CHARGEBACK_PENDING)) == (115_000, 115_000)
        with refused(DisputeNotFound):
            bear_rest(cast.seller, dispute.id, "Mine.")
        with refused(DisputeWordsRefused):
            bear_rest(cast.operator, dispute.id, " ")
        bear_rest(cast.operator, dispute.id, "Refunded before, and the bank would not hear of it.")
        assert balance(AccountKind.CHARGEBACK_LOSS, PLATFORM) == 115_000
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0
        with refused(DisputeMoved):
            bear_rest(cast.operator, dispute.id, "Again.")

    def test_part_of_it_went_back_before(self, cast: Cast, delivered: Order) -> None:
        return_ = asked_return(cast, delivered, 1, goods_come_back=False)
        approve_return(cast.seller, return_.id)
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
        tell(delivered)
        tell(delivered, "lost")
        assert again(delivered).state == "refunded"
        assert Dispute.objects.get().unexplained_idr == 50_000

    def test_more_than_was_paid_waits_for_a_person(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, amount_idr=115_777)
        assert again(delivered).disputed_idr == 115_000
        tell(delivered, "lost", 115_777)
        assert Dispute.objects.get().unexplained_idr == 777

    def test_what_was_never_paid_waits_for_a_person(self, placed: Order) -> None:
        tell(placed)
        tell(placed, "lost")
        assert Dispute.objects.get().unexplained_idr == 115_000
        assert again(placed).state == "awaiting_payment"

    def test_the_same_money_twice(self, cast: Cast, delivered: Order) -> None:
        tell(delivered)
        tell(delivered, reference="dp2")
        tell(delivered, "lost")
        assert again(delivered).disputed_idr == 115_000
        tell(delivered, "lost", reference="dp2")
        assert Dispute.objects.get(provider_reference="dp2").unexplained_idr == 115_000

    def test_an_open_return_ends_with_nothing_left_to_return_for(self, cast: Cast, delivered: Order) -> None:
        asked_return(cast, delivered, 1)
        tell(delivered)
        tell(delivered, "lost")
        assert Return.objects.get().state == "closed"
        assert again(delivered).open_return_id is None

    def test_a_return_after_a_part_pays_what_is_left(self, cast: Cast, delivered: Order) -> None:
        """Two shirts of 50,000, of which the bank took 60,000: one that goes back is worth the remaining 40,000."""
        asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered, amount_idr=60_000)
        tell(delivered, "lost", 60_000)
        approve_return(cast.seller, Return.objects.get().id)
        order = again(delivered)
        assert (order.refunded_goods_idr, order.lines.get().taken_back_idr) == (100_000, 50_000)
        assert Refund.objects.get(route="gateway").amount_idr == 40_000

    def test_a_return_of_what_the_bank_took_whole_is_over(self, cast: Cast, delivered: Order) -> None:
        asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered, amount_idr=100_000)
        tell(delivered, "lost", 100_000)
        assert (Return.objects.get().state, again(delivered).state) == ("closed", "delivered")
        with refused(ReturnQuantityRefused):
            asked_return(cast, delivered, 1)

    @pytest.mark.parametrize("is_inspected", [True, False])
    def test_a_return_whose_goods_the_bank_took_pays_the_shipping(
        self, cast: Cast, delivered: Order, *, is_inspected: bool
    ) -> None:
        """The goods' money goes first: what is left of the order is its shipping."""
        return_ = asked_return(cast, delivered, 2)
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", tracking_number())
        return_ = receive_return(cast.seller, return_.id)
        tell(delivered, "lost", 100_000)
        line_id = return_.lines.get().line_id
        with refused(ReturnQuantityRefused):  # for one of two pieces nothing is left
            accept_in_part(cast.seller, return_.id, {line_id: 1}, "One is worn.")
        if is_inspected:
            accept_return(cast.seller, return_.id)
        else:
            with clock.stopped_at(clock.now() + timedelta(days=10)):
                run_due_clocks()
        return_.refresh_from_db()
        assert (return_.state, return_.refunded_goods_idr, return_.refunded_shipping_idr) == ("refunded", 0, 15_000)
        assert (again(delivered).state, again(delivered).escrow_idr) == ("refunded", 0)
        assert not StuckAct.objects.exists()

    def test_a_parcel_that_is_lost_after_a_part(self, cast: Cast) -> None:
        order = paid(cast)
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        tell(order, amount_idr=60_000)
        tell(order, "lost", 60_000)
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            decide_fate(cast.operator, order.id, "lost", "Nobody has it.")
        assert again(order).state == "refunded"
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == 115_000


class TestGoodsOfAReturnThatTheBankClosed:
    """The buyer has sent them back, and has the money from their bank: they are the shop's."""

    @pytest.fixture
    def kept(self, cast: Cast, delivered: Order) -> Return:
        return_ = asked_return(cast, delivered, 2)
        approve_return(cast.seller, return_.id)
        send_back(cast.buyer, return_.id, "JNE", tracking_number())
        receive_return(cast.seller, return_.id)
        tell(delivered, "lost")
        return Return.objects.get()

    def on_hand(self, return_: Return) -> int:
        on_hand: int = Stock.objects.get(variant_id=return_.lines.get().line.variant_id).on_hand
        return on_hand

    @pytest.mark.parametrize("pieces", [0, 1, 2])
    def test_the_shop_says_what_became_of_them(self, cast: Cast, kept: Return, pieces: int) -> None:
        on_hand, line_id = self.on_hand(kept), kept.lines.get().line_id
        assert kept.state == "closed"
        shelve_kept_goods(cast.seller, kept.id, {line_id: pieces})
        assert self.on_hand(kept) == on_hand + pieces
        with refused(ReturnMoved):
            shelve_kept_goods(cast.seller, kept.id, {line_id: 1})

    def test_the_shop_alone_and_no_more_than_came_back(self, cast: Cast, kept: Return) -> None:
        line_id = kept.lines.get().line_id
        for who in (cast.buyer, cast.stranger):
            with refused(OrderNotFound):
                shelve_kept_goods(who, kept.id, {line_id: 1})
        with refused(ReturnQuantityRefused):
            shelve_kept_goods(cast.seller, kept.id, {line_id: 3})

    def test_not_of_one_whose_goods_never_left_the_buyer(self, cast: Cast, delivered: Order) -> None:
        return_ = asked_return(cast, delivered, 2)
        tell(delivered, "lost")
        with refused(ReturnMoved):
            shelve_kept_goods(cast.seller, return_.id, {return_.lines.get().line_id: 1})

    def test_the_bank_cannot_take_it_back_by_itself_then(self, kept: Return, delivered: Order) -> None:
        """The shop would have goods and money."""
        assert tell(delivered, "won") is DisputeOutcome.WON_LATE
        assert again(delivered).state == "refunded"
        assert balance(AccountKind.UNEXPLAINED_RECEIPT) == 115_000


@pytest.mark.parametrize("is_settled", [False, True])
def test_a_rupiah_that_goes_back_raises_nobodys_commission(cast: Cast, *, is_settled: bool) -> None:
    """Of exactly Rp10.008,6 settlement books Rp10.008; the Rp10.008,5 that are left would be rounded up by themselves."""
    soap = stocked_variant(cast.shop, price_idr=100_086)
    order = delivered_order(cast, (soap, 1), click=click_on(link_to(cast, soap.product)))
    if is_settled:
        confirm_receipt(cast.buyer, order.id)
        credit_creator(cast.creator.id)
    tell(order, "lost", 1)
    if not is_settled:
        confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    assert Commission.objects.get().amount_idr == 10_008
    assert balance(AccountKind.CREATOR_CLEARING, cast.shop.id) == 0
