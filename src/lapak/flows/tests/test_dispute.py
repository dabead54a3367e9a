"""A buyer's bank takes a payment back: who has the money while it is open, and when it is won."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.cancel_order import cancel_late_order, cancel_paid_order
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt, decide_fate, ship_order
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.disputed import again, balance, intent_of, paid, tell
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.money.gateways.contract import RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM
from lapak.money.payments.models import Dispute, DisputeShare, PaymentIntent, Refund
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payments.rules import DisputeOutcome
from lapak.money.payouts.models import Payout, PayoutItem
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, tracking_number
from lapak.testing.market import charge_report, dispute_report, open_market
from lapak.testing.refused import refused
from lapak.trade.orders.commands import complete_when_due, pack_order
from lapak.trade.orders.errors import PaymentDisputed
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import withdraw_return
from lapak.trade.returns.models import Return

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("everyone_has_what_is_theirs")]


class TestOpen:
    def test_the_money_is_with_nobody_and_the_order_waits(self, cast: Cast, delivered: Order) -> None:
        cash_idr = balance(AccountKind.GATEWAY_CASH)
        assert tell(delivered) is DisputeOutcome.OPENED
        assert balance(AccountKind.CHARGEBACK_PENDING) == 115_000
        assert balance(AccountKind.GATEWAY_CASH) == cash_idr - 115_000
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 115_000
        order = again(delivered)
        assert (order.disputed_idr, order.state) == (115_000, "delivered")
        assert order.events.latest("happened_at").kind == "disputed"

    def test_a_partner_that_takes_it_only_at_the_end(self, cast: Cast, delivered: Order) -> None:
        intent = intent_of(delivered)
        report = dispute_report(intent, reference="dp1")
        object.__setattr__(report, "is_taken", False)
        receive_dispute(report, "sandbox")
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0
        assert again(delivered).disputed_idr == 115_000
        assert tell(delivered, "won") is DisputeOutcome.WON
        assert again(delivered).disputed_at is None

    def test_it_neither_completes_nor_settles_whatever_time_passes(self, cast: Cast, delivered: Order) -> None:
        tell(delivered)
        with clock.stopped_at(clock.now() + timedelta(days=60)):
            run_due_clocks()
            with refused(PaymentDisputed):
                confirm_receipt(cast.buyer, delivered.id)
        assert again(delivered).state == "delivered"

    def test_a_completed_one_does_not_settle(self, cast: Cast, delivered: Order) -> None:
        assert delivered.complete_at
        with clock.stopped_at(delivered.complete_at + timedelta(seconds=1)):
            complete_when_due(delivered.id)
            tell(delivered)
            run_due_clocks()
            with refused(PaymentDisputed):
                settle_order(delivered.id)
        assert again(delivered).settled_at is None

    def test_nothing_of_it_is_refunded_meanwhile(self, cast: Cast) -> None:
        order = paid(cast)
        tell(order)
        with refused(PaymentDisputed):
            cancel_paid_order(cast.buyer, order.id, "no")
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            with refused(PaymentDisputed):
                cancel_late_order(order.id)
            run_due_clocks()
        assert again(order).state == "to_pack"

    def test_a_late_shop_may_pack_and_ship_meanwhile(self, cast: Cast) -> None:
        """Its clock stands still: what it can show of the parcel may win."""
        order = paid(cast)
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            pack_order(cast.seller, order.id)
            assert ship_order(cast.seller, order.id, tracking_number()).state == "shipped"

    def test_a_lost_parcel_and_a_return_wait_as_well(self, cast: Cast) -> None:
        order = paid(cast)
        pack_order(cast.seller, order.id)
        ship_order(cast.seller, order.id, tracking_number())
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            with refused(PaymentDisputed):
                decide_fate(cast.operator, order.id, "lost", "Nobody has it.")
            assert decide_fate(cast.operator, order.id, "delivered", "Signed for.").state == "delivered"

    def test_an_open_return_pays_nothing_and_a_new_one_is_not_taken(self, cast: Cast, delivered: Order) -> None:
        return_ = asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered)
        with refused(PaymentDisputed):
            approve_return(cast.seller, return_.id)
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            run_due_clocks()
        assert Return.objects.get().state == "asked"
        other = delivered_order(cast, (stocked_variant(cast.shop), 1))
        tell(other, reference="dp2")
        with refused(PaymentDisputed):
            asked_return(cast, other)

    def test_a_refund_owed_waits(self, cast: Cast, partner: Partner) -> None:
        order = paid(cast)
        cancel_paid_order(cast.buyer, order.id, "no")
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            speak_to_partners(0)
        assert (Refund.objects.get().status, partner.took) == ("owed", set())
        Refund.objects.update(route="bank", ask_at=None)
        assert not bank_refunds_owed()
        tell(order, "won")
        assert bank_refunds_owed().count() == 1

    def test_a_refund_that_the_gateway_took_without_our_hearing_of_it(self, cast: Cast, partner: Partner) -> None:
        """Its answer was lost before the dispute: it is asked, or the buyer would have the money twice."""
        order = paid(cast)
        cancel_paid_order(cast.buyer, order.id, "no")
        partner.loses_its_answers = True
        speak_to_partners(0)
        partner.loses_its_answers, partner.refund = False, RefundStatus.ARRIVED
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            speak_to_partners(0)
        assert Refund.objects.get().status == "arrived"
        tell(order, "lost")
        assert (Refund.objects.get().route, Dispute.objects.get().unexplained_idr) == ("gateway", 115_000)

    def test_payouts_go_on_for_the_rest(self, cast: Cast, settled_order: Order) -> None:
        tell(delivered_order(cast, (stocked_variant(cast.shop), 1)))
        assert send_due_payouts(cast.operator, "sandbox")
        assert Payout.objects.count() == 2

    def test_what_has_settled_and_was_not_paid_out_waits(self, cast: Cast, settled: Callable[[], Order]) -> None:
        order, other, now = settled(), settled(), clock.now()
        credit_creator(cast.creator.id)
        tell(order)
        assert other.settled_at
        with clock.stopped_at(now + timedelta(days=1)):
            send_due_payouts(cast.operator, "sandbox")
        assert dict(Payout.objects.values_list("account__kind", "amount_idr")) == {
            "seller_payable": 87_780, "creator_payable": 9_750,
        }  # fmt: skip
        with clock.stopped_at(now + timedelta(days=2)):
            tell(order, "won")
            send_due_payouts(cast.operator, "sandbox")
        assert sum(Payout.objects.values_list("amount_idr", flat=True)) == 2 * (87_780 + 9_750)
        assert set(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == {order.id, other.id}

    def test_what_was_paid_out_holds_back_no_other_money(
        self, cast: Cast, settled_order: Order, settled: Callable[[], Order]
    ) -> None:
        send_due_payouts(cast.operator, "sandbox")
        tell(settled_order)
        settled()
        send_due_payouts(cast.operator, "sandbox")
        assert [*Payout.objects.filter(account__kind="seller_payable").values_list("amount_idr", flat=True)] == [
            87_780
        ] * 2

    def test_each_order_of_a_purchase_has_its_part(self) -> None:
        market = open_market()
        purchase_id = place_purchase(
            market.casts[0].buyer.id, asked_for(market.casts[0], (market.variants[1], 1), (market.variants[2], 1))
        )
        intent = PaymentIntent.objects.get(pays_for=purchase_id)
        receive_payment(charge_report(intent), intent.provider)
        receive_dispute(dispute_report(intent, 100_001, reference="dp1"), intent.provider)
        shares = {share.order_id: share.amount_idr for share in DisputeShare.objects.all()}
        orders = Order.objects.filter(purchase_id=purchase_id)
        assert sum(shares.values()) == 100_001
        for order in orders:
            assert abs(shares[order.id] - 100_001 * order.total_idr / intent.amount_idr) < 1
            assert order.disputed_idr == shares[order.id]
        receive_dispute(dispute_report(intent, 100_001, "lost", reference="dp1"), intent.provider)
        assert {order.state for order in orders.all()} == {"cancelled"}

    def test_the_payment_is_told_only_afterwards(self, placed: Order, pay: Callable[..., str]) -> None:
        assert tell(placed) is DisputeOutcome.OPENED
        assert balance(AccountKind.CHARGEBACK_PENDING) == 115_000
        pay(placed.purchase_id)
        assert again(placed).disputed_idr == 115_000


class TestWon:
    def test_the_money_is_back_and_nothing_else_moved(self, cast: Cast, delivered: Order) -> None:
        before = {kind: balance(kind, owner) for kind, owner in (
            (AccountKind.GATEWAY_CASH, "sandbox"), (AccountKind.ORDER_ESCROW, cast.shop.id),
            (AccountKind.GATEWAY_FEE, PLATFORM), (AccountKind.BUYER_REFUND_PAYABLE, cast.buyer.id),
        )}  # fmt: skip
        tell(delivered)
        assert tell(delivered, "won") is DisputeOutcome.WON
        assert {
            kind: balance(kind, {"gateway_cash": "sandbox", "order_escrow": cast.shop.id, "gateway_fee": PLATFORM}.get(
                kind.value, cast.buyer.id
            ))
            for kind in before
        } == before  # fmt: skip
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0

    def test_the_clocks_go_on_where_they_stood(self, cast: Cast, delivered: Order) -> None:
        left = delivered.complete_at
        assert left
        now = clock.now()
        with clock.stopped_at(now + timedelta(days=2)):
            tell(delivered)
        with clock.stopped_at(now + timedelta(days=50)):
            tell(delivered, "won")
            assert again(delivered).complete_at == left + timedelta(days=48)
            run_due_clocks()
            assert again(delivered).state == "delivered"
        with clock.stopped_at(left + timedelta(days=48, seconds=1)):
            run_due_clocks()
        assert again(delivered).settled_at

    def test_a_clock_that_began_meanwhile_is_whole(self, cast: Cast) -> None:
        order = paid(cast)
        now = clock.now()
        with clock.stopped_at(now + timedelta(hours=1)):
            tell(order)
        with clock.stopped_at(now + timedelta(days=10)):
            order = pack_order(cast.seller, order.id)
            ship_by = order.ship_by
            assert ship_by
        with clock.stopped_at(now + timedelta(days=12)):
            tell(order, "won")
        assert again(order).ship_by == ship_by + timedelta(days=2)

    def test_an_open_returns_clock_goes_on(self, cast: Cast, delivered: Order) -> None:
        act_by = asked_return(cast, delivered, 1).act_by
        assert act_by
        tell(delivered)
        since = again(delivered).disputed_at
        assert since
        with clock.stopped_at(since + timedelta(days=20)):
            tell(delivered, "won")
        assert Return.objects.get().act_by == act_by + timedelta(days=20)

    def test_days_of_a_dispute_within_a_return_count_once(self, cast: Cast, delivered: Order) -> None:
        left = delivered.complete_at
        assert left
        return_ = asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered)
        with clock.stopped_at(return_.asked_at + timedelta(days=40)):
            tell(delivered, "won")
            approve_return(cast.seller, return_.id)
        assert again(delivered).complete_at == left + timedelta(days=40)

    def test_a_return_that_is_withdrawn_leaves_the_days_of_the_dispute(self, cast: Cast, delivered: Order) -> None:
        left, return_ = delivered.complete_at, asked_return(cast, delivered, 1, goods_come_back=False)
        assert left
        tell(delivered)
        since = again(delivered).disputed_at
        assert since
        with clock.stopped_at(since + timedelta(days=40)):
            tell(delivered, "won")
            withdraw_return(cast.buyer, return_.id)
        assert again(delivered).complete_at == left + timedelta(days=40)

    def test_two_disputes_stop_the_clock_until_the_second_is_over(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, amount_idr=50_000)
        tell(delivered, amount_idr=60_000, reference="dp2")
        tell(delivered, "won", 50_000)
        assert again(delivered).disputed_idr == 60_000
        tell(delivered, "won", 60_000, "dp2")
        assert again(delivered).disputed_at is None
