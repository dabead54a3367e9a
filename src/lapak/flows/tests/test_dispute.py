"""A buyer's bank takes a payment back: who has the money while it is open, when it is won, and when it is lost."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.answer_dispute import answer_dispute, ask_about_dispute, bear_rest, send_evidence
from lapak.flows.cancel_order import cancel_late_order, cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.process_message import process_message
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import approve_return
from lapak.flows.send_refund import receive_refund
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt, decide_fate, ship_order
from lapak.flows.tasks import speak_to_partners
from lapak.flows.tests.partner import Partner
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.gateways.commands import record_message
from lapak.money.gateways.contract import DisputeStatus, RefundReport, RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.errors import (
    AnswerTooLate,
    DisputeMoved,
    DisputeNotFound,
    EvidenceMissing,
    WordsMissing,
)
from lapak.money.payments.models import Dispute, DisputeShare, PaymentIntent, Refund
from lapak.money.payments.queries import bank_refunds_owed, disputes_to_ask_about
from lapak.money.payments.rules import DisputeOutcome
from lapak.money.payouts.models import Payout, PayoutItem
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import charge_report, dispute_report, open_market
from lapak.testing.whose_is_what import differences
from lapak.trade.orders.commands import complete_when_due, pack_order
from lapak.trade.orders.errors import PaymentDisputed
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import withdraw_return
from lapak.trade.returns.errors import ReturnQuantityRefused
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def everyone_has_what_is_theirs() -> object:
    """After each of these, also by the second opinion."""
    yield
    assert not (wrong := differences()), "; ".join(wrong)


def intent_of(order: Order) -> PaymentIntent:
    return PaymentIntent.objects.get(pays_for=order.purchase_id)


def tell(order: Order, status: str = "opened", amount_idr: int | None = None, reference: str = "dp1") -> DisputeOutcome:
    intent = intent_of(order)
    return receive_dispute(dispute_report(intent, amount_idr, status, reference=reference), intent.provider)


def again(order: Order) -> Order:
    return Order.objects.select_related("shop").get(id=order.id)


def paid(cast: Cast) -> Order:
    return paid_order(cast, (stocked_variant(cast.shop), 1))


def balance(kind: AccountKind, owner: object = "sandbox") -> int:
    return balance_idr(AccountKey(kind, str(owner)))


def refused(kind: type[Refusal], act: Callable[..., object], *args: object) -> None:
    """It is, and nothing was written."""
    before = rows_everywhere()
    with pytest.raises(kind):
        act(*args)
    assert rows_everywhere() == before


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
            refused(PaymentDisputed, confirm_receipt, delivered.id, cast.buyer)
        assert again(delivered).state == "delivered"

    def test_a_completed_one_does_not_settle(self, cast: Cast, delivered: Order) -> None:
        assert delivered.complete_at
        with clock.stopped_at(delivered.complete_at + timedelta(seconds=1)):
            complete_when_due(delivered.id)
            tell(delivered)
            run_due_clocks()
            refused(PaymentDisputed, settle_order, delivered.id)
        assert again(delivered).settled_at is None

    def test_nothing_of_it_is_refunded_meanwhile(self, cast: Cast) -> None:
        order = paid(cast)
        tell(order)
        refused(PaymentDisputed, cancel_paid_order, order.id, cast.buyer, "no")
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            refused(PaymentDisputed, cancel_late_order, order.id)
            run_due_clocks()
        assert again(order).state == "to_pack"

    def test_a_late_shop_may_pack_and_ship_meanwhile(self, cast: Cast) -> None:
        """Its clock stands still: what it can show of the parcel may win."""
        order = paid(cast)
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            pack_order(order.id, cast.seller)
            assert ship_order(order.id, cast.seller, tracking_number()).state == "shipped"

    def test_a_lost_parcel_and_a_return_wait_as_well(self, cast: Cast) -> None:
        order = paid(cast)
        pack_order(order.id, cast.seller)
        ship_order(order.id, cast.seller, tracking_number())
        tell(order)
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            refused(PaymentDisputed, decide_fate, order.id, cast.operator, "lost", "Nobody has it.")
            assert decide_fate(order.id, cast.operator, "delivered", "Signed for.").state == "delivered"

    def test_an_open_return_pays_nothing_and_a_new_one_is_not_taken(self, cast: Cast, delivered: Order) -> None:
        return_ = asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered)
        refused(PaymentDisputed, approve_return, return_.id, cast.seller)
        with clock.stopped_at(clock.now() + timedelta(days=30)):
            run_due_clocks()
        assert Return.objects.get().state == "asked"
        other = delivered_order(cast, (stocked_variant(cast.shop), 1))
        tell(other, reference="dp2")
        refused(PaymentDisputed, lambda: asked_return(cast, other))

    def test_a_refund_owed_waits(self, cast: Cast, partner: Partner) -> None:
        order = paid(cast)
        cancel_paid_order(order.id, cast.buyer, "no")
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
        cancel_paid_order(order.id, cast.buyer, "no")
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
        assert send_due_payouts("sandbox", cast.operator)
        assert Payout.objects.count() == 2

    def test_what_has_settled_and_was_not_paid_out_waits(self, cast: Cast, settled: Callable[[], Order]) -> None:
        order, other, now = settled(), settled(), clock.now()
        credit_creator(cast.creator.id)
        tell(order)
        assert other.settled_at
        with clock.stopped_at(now + timedelta(days=1)):
            send_due_payouts("sandbox", cast.operator)
        assert dict(Payout.objects.values_list("account__kind", "amount_idr")) == {
            "seller_payable": 2 * 87_780 - 115_000, "creator_payable": 9_750,
        }  # fmt: skip
        tell(order, "won")
        with clock.stopped_at(now + timedelta(days=2)):
            send_due_payouts("sandbox", cast.operator)
        assert sum(Payout.objects.values_list("amount_idr", flat=True)) == 2 * (87_780 + 9_750)
        assert set(PayoutItem.objects.filter(kind="order").values_list("item_id", flat=True)) == {order.id, other.id}

    def test_what_was_paid_out_holds_back_no_other_money(
        self, cast: Cast, settled_order: Order, settled: Callable[[], Order]
    ) -> None:
        send_due_payouts("sandbox", cast.operator)
        tell(settled_order)
        settled()
        send_due_payouts("sandbox", cast.operator)
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
            order = pack_order(order.id, cast.seller)
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
            approve_return(return_.id, cast.seller)
        assert again(delivered).complete_at == left + timedelta(days=40)

    def test_a_return_that_is_withdrawn_leaves_the_days_of_the_dispute(self, cast: Cast, delivered: Order) -> None:
        left, return_ = delivered.complete_at, asked_return(cast, delivered, 1, goods_come_back=False)
        assert left
        tell(delivered)
        since = again(delivered).disputed_at
        assert since
        with clock.stopped_at(since + timedelta(days=40)):
            tell(delivered, "won")
            withdraw_return(return_.id, cast.buyer)
        assert again(delivered).complete_at == left + timedelta(days=40)

    def test_two_disputes_stop_the_clock_until_the_second_is_over(self, cast: Cast, delivered: Order) -> None:
        tell(delivered, amount_idr=50_000)
        tell(delivered, amount_idr=60_000, reference="dp2")
        tell(delivered, "won", 50_000)
        assert again(delivered).disputed_idr == 60_000
        tell(delivered, "won", 60_000, "dp2")
        assert again(delivered).disputed_at is None


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
        order = confirm_receipt(delivered.id, cast.buyer)
        assert order.settled_at
        assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 1_000
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 50_000 - 1_000 - 110 - 5_000
        assert Commission.objects.get().amount_idr == 5_000
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000

    def test_after_everyone_was_paid_they_owe_it(self, cast: Cast, settled_order: Order) -> None:
        send_due_payouts("sandbox", cast.operator)
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
            pack_order(order.id, cast.seller)
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
        cancel_paid_order(order.id, cast.buyer, "no")
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
        cancel_unpaid_purchase(placed.purchase_id, cast.buyer, "no")
        receive_payment(charge_report(intent_of(placed)), "sandbox")
        tell(placed)
        tell(placed, "lost")
        refund = Refund.objects.get()
        assert (refund.route, refund.status, refund.order_id) == ("chargeback", "arrived", None)

    def test_a_refund_that_was_sent_makes_it_the_platforms_loss_once_a_person_says_so(self, cast: Cast) -> None:
        order = paid(cast)
        cancel_paid_order(order.id, cast.buyer, "no")
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
        tell(order)
        tell(order, "lost")
        dispute = Dispute.objects.get()
        assert (dispute.unexplained_idr, balance(AccountKind.CHARGEBACK_PENDING)) == (115_000, 115_000)
        refused(DisputeNotFound, bear_rest, dispute.id, cast.seller, "Mine.")
        refused(WordsMissing, bear_rest, dispute.id, cast.operator, " ")
        bear_rest(dispute.id, cast.operator, "Refunded before, and the bank would not hear of it.")
        assert balance(AccountKind.CHARGEBACK_LOSS, PLATFORM) == 115_000
        assert balance(AccountKind.CHARGEBACK_PENDING) == 0
        refused(DisputeMoved, bear_rest, dispute.id, cast.operator, "Again.")

    def test_part_of_it_went_back_before(self, cast: Cast, delivered: Order) -> None:
        return_ = asked_return(cast, delivered, 1, goods_come_back=False)
        approve_return(return_.id, cast.seller)
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
        approve_return(Return.objects.get().id, cast.seller)
        order = again(delivered)
        assert (order.refunded_goods_idr, order.lines.get().taken_back_idr) == (100_000, 50_000)
        assert Refund.objects.get(route="gateway").amount_idr == 40_000

    def test_a_return_of_what_the_bank_took_whole_is_over(self, cast: Cast, delivered: Order) -> None:
        asked_return(cast, delivered, 1, goods_come_back=False)
        tell(delivered, amount_idr=100_000)
        tell(delivered, "lost", 100_000)
        assert (Return.objects.get().state, again(delivered).state) == ("closed", "delivered")
        refused(ReturnQuantityRefused, lambda: asked_return(cast, delivered, 1))

    def test_a_parcel_that_is_lost_after_a_part(self, cast: Cast) -> None:
        order = paid(cast)
        pack_order(order.id, cast.seller)
        ship_order(order.id, cast.seller, tracking_number())
        tell(order, amount_idr=60_000)
        tell(order, "lost", 60_000)
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            decide_fate(order.id, cast.operator, "lost", "Nobody has it.")
        assert again(order).state == "refunded"
        assert sum(Refund.objects.values_list("amount_idr", flat=True)) == 115_000


class TestMessages:
    def test_as_the_gateway_writes_them(self, delivered: Order) -> None:
        body = {
            "id": "dp1", "reference": str(intent_of(delivered).id), "amount_idr": 115_000, "fee_idr": 0, "currency": "IDR",
            "reason": "fraud", "answer_by": (clock.now() + timedelta(days=7)).isoformat(),
        }  # fmt: skip
        outcomes = []
        for n, kind in enumerate(["opened", "opened", "answered", "won", "lost", "opened"]):
            message, _ = record_message("sandbox", f"evt_{n}", f"dispute.{kind}", body)
            process_message(message.id)
            message.refresh_from_db()
            outcomes.append(message.outcome)
        assert outcomes == [
            "dispute opened", "ignored: nothing new", "dispute answered", "dispute won",
            "refused: ended the other way", "ignored: nothing new",
        ]  # fmt: skip

    @pytest.mark.parametrize("end", ["won", "lost"])
    def test_the_end_comes_first(self, delivered: Order, end: str) -> None:
        assert tell(delivered, end).value == f"dispute {end}"
        assert tell(delivered) is DisputeOutcome.NOTHING_NEW
        assert tell(delivered, end) is DisputeOutcome.NOTHING_NEW
        assert again(delivered).disputed_at is None

    def test_what_is_not_believed(self, delivered: Order, placed: Order) -> None:
        tell(delivered)
        intent, before = intent_of(delivered), rows_everywhere()
        unknown = dispute_report(intent)
        object.__setattr__(unknown, "intent_id", delivered.id)
        assert receive_dispute(unknown, "sandbox") is DisputeOutcome.UNKNOWN_INTENT
        assert receive_dispute(dispute_report(intent), "another") is DisputeOutcome.PROVIDER_DIFFERS
        assert receive_dispute(dispute_report(intent, 0), "sandbox") is DisputeOutcome.DIFFERS
        assert tell(delivered, "lost", 114_999) is DisputeOutcome.DIFFERS
        assert tell(placed, "lost") is DisputeOutcome.DIFFERS
        assert rows_everywhere() == before

    def test_a_last_moment_in_the_year_9999(self, delivered: Order) -> None:
        report = dispute_report(intent_of(delivered), reference="dp1")
        object.__setattr__(report, "answer_by", clock.now().replace(year=9999))
        receive_dispute(report, "sandbox")
        assert Dispute.objects.get().answer_by < clock.now() + timedelta(days=121)


class TestAnswer:
    @pytest.fixture
    def dispute(self, delivered: Order) -> Dispute:
        tell(delivered)
        return Dispute.objects.get()

    def test_it_reaches_the_partner(self, cast: Cast, dispute: Dispute, partner: Partner) -> None:
        answer_dispute(dispute.id, cast.operator, " Signed for by Budi. ")
        partner.is_away = True
        speak_to_partners(0)
        dispute.refresh_from_db()
        assert (dispute.status, dispute.evidence_sent_at) == ("answered", None)
        partner.is_away = False
        send_evidence(dispute.id)
        dispute.refresh_from_db()
        assert dispute.evidence_sent_at
        assert partner.asked[-1] == "dispute answer Signed for by Budi."

    def test_by_the_operator_once_in_time_and_with_words(self, cast: Cast, dispute: Dispute) -> None:
        for who in (cast.seller, cast.buyer):
            refused(DisputeNotFound, answer_dispute, dispute.id, who, "It came.")
        for words in ("", "x" * 4001):
            refused(EvidenceMissing, answer_dispute, dispute.id, cast.operator, words)
        with clock.stopped_at(dispute.answer_by + timedelta(seconds=1)):
            refused(AnswerTooLate, answer_dispute, dispute.id, cast.operator, "It came.")
        answer_dispute(dispute.id, cast.operator, "It came.")
        refused(DisputeMoved, answer_dispute, dispute.id, cast.operator, "It came.")
        refused(DisputeMoved, bear_rest, dispute.id, cast.operator, "Not lost.")

    def test_an_answer_that_contradicts_us_is_seen(self, dispute: Dispute, partner: Partner) -> None:
        """Such as an end with another amount: else it would be asked about every day, and its order wait for ever."""
        partner.dispute, partner.other_amount_idr = DisputeStatus.LOST, 60_000
        with clock.stopped_at(dispute.opened_at + timedelta(days=2)):
            speak_to_partners(0)
        assert DisputeOutcome.DIFFERS in StuckAct.objects.get(act="disputes").error
        dispute.refresh_from_db()
        assert dispute.status == "opened"

    def test_silence_is_asked_every_day_until_it_is_decided(self, dispute: Dispute, partner: Partner) -> None:
        for day in (1, 2, 9):
            with clock.stopped_at(dispute.opened_at + timedelta(days=day, hours=1)):
                assert dispute in disputes_to_ask_about()
                ask_about_dispute(dispute.id)
                assert dispute not in disputes_to_ask_about()
        partner.dispute = DisputeStatus.LOST
        with clock.stopped_at(dispute.opened_at + timedelta(days=11)):
            speak_to_partners(0)
            assert not disputes_to_ask_about()
        dispute.refresh_from_db()
        assert dispute.status == "lost"
