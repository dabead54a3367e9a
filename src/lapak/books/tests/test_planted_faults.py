"""The checks see what they are for: each fault, planted in a short history, is noticed; and without one nothing is.

A fault changes what the ledger is handed, or what a command leaves in a row. The checks know none of the code between.
"""

import uuid
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection

from lapak.affiliates.withholding import commands as withholding
from lapak.flows import answer_dispute, credit_creator, refund_return, win_back
from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.decide_late_win import decide_late_win
from lapak.flows.lose_dispute import set_off
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tasks import end_months
from lapak.goods.catalogue import stock
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import ChargeReport, RefundReport, RefundStatus
from lapak.money.ledger import commands as ledger
from lapak.money.ledger.errors import TransferNotFound
from lapak.money.ledger.models import AccountKind, BalanceSnapshot, KindSnapshot
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode
from lapak.money.payments.models import Dispute, DisputeAmendment, PaymentIntent, Refund
from lapak.money.payments.rules import Status
from lapak.money.payouts.models import Payout
from lapak.money.taxes.rules import pph21_idr
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.market import dispute_report
from lapak.trade.orders import settlement
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import OrderAmounts
from lapak.trade.reviews.writing import write_review

# Each is short; all of them take some minutes.
pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books, pytest.mark.long]

Change = Callable[[NewTransfer], Iterable[NewTransfer]]


def history(cast: Cast) -> None:
    """Two sales by a creator's link settle, one order is cancelled, one goes back in part, one payment comes too late;
    and everybody is paid."""
    for price_idr in (100_000, 110):
        shirt = stocked_variant(cast.shop, price_idr=price_idr)
        order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        confirm_receipt(cast.buyer, order.id)
        write_review(cast.buyer, order.lines.get().id, stars=5)
    credit_creator.credit_creator(cast.creator.id)
    cancel_paid_order(cast.seller, paid_order(cast, (stocked_variant(cast.shop), 1)).id, "Not packed in time.")
    shirts = stocked_variant(cast.shop, price_idr=50_000)
    delivered = delivered_order(cast, (shirts, 2), click=click_on(link_to(cast, shirts.product)))
    return_ = asked_return(cast, delivered, 1, goods_come_back=False)
    refund_return.approve_return(cast.seller, return_.id)
    confirm_receipt(cast.buyer, delivered.id)
    credit_creator.credit_creator(cast.creator.id)
    _pay_too_late(cast)
    _lose_disputes(cast)
    send_due_payouts(None, "sandbox")
    for payout in Payout.objects.all():
        confirm_payout(None, payout.id)
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        end_months(timestamp=0)


def _pay_too_late(cast: Cast) -> None:
    purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1)), [])
    cancel_unpaid_purchase(cast.buyer, purchase_id, "Not paid in time.")
    intent = PaymentIntent.objects.get(pays_for=purchase_id)
    receive_payment(ChargeReport(intent.id, Status.PAID, intent.amount_idr, 805, clock.now()), intent.provider)


def _lose_disputes(cast: Cast) -> None:
    """Of a settled order all, of one on its way half, of one refunded before; one won, one won later, one open and amended."""
    for amount_idr, *ends in (
        (57_500, "lost"),
        (115_000, "lost"),
        (115_000, "won"),
        (30_000, "lost", "won"),
        (25_000,),
    ):
        shirt = stocked_variant(cast.shop)
        order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        if (amount_idr, ends) == (115_000, ["lost"]):
            confirm_receipt(cast.buyer, order.id)
            credit_creator.credit_creator(cast.creator.id)
        _dispute(order, amount_idr, *ends)
    answer_dispute.amend_dispute(cast.operator, Dispute.objects.get(ended_at=None).id, 40_000, "The bank says 40.000.")
    cancelled = Order.objects.filter(state="cancelled", paid_at__isnull=False).earliest("placed_at")
    refund = Refund.objects.get(order_id=cancelled.id)
    receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
    _dispute(cancelled, 50_000, "lost")
    answer_dispute.bear_rest(cast.operator, Dispute.objects.get(unexplained_idr=50_000).id, "Refunded before.")
    _set_off_later(cast)
    _win_late(cast)


def _win_late(cast: Cast) -> None:
    """It was lost in part, and won when its order had settled on what was left."""
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    _dispute(order, 20_000, "lost")
    confirm_receipt(cast.buyer, order.id)
    _dispute(order, 20_000, "won")
    for dispute in Dispute.objects.filter(late_win__resolution=""):  # with a fault, others too
        decide_late_win(cast.operator, dispute.id, "shop", "The buyer kept it.")


def _set_off_later(cast: Cast) -> None:
    """A refund was on its way when its payment was lost, which the platform bore; then it did not arrive."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    cancel_paid_order(cast.seller, order.id, "Not packed in time.")
    refund = Refund.objects.get(order_id=order.id)
    receive_refund(RefundReport(refund.id, RefundStatus.PENDING, refund.amount_idr, ""), "sandbox")
    _dispute(order, 30_000, "lost")
    dispute = Dispute.objects.get(unexplained_idr=30_000)
    answer_dispute.bear_rest(cast.operator, dispute.id, "Refunded before.")
    receive_refund(RefundReport(refund.id, RefundStatus.FAILED, refund.amount_idr, "closed"), "sandbox")
    set_off(dispute.id)


def _dispute(order: Order, amount_idr: int, *ends: str) -> None:
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    reference = f"dp{intent.id.hex[-12:]}"
    for status in ("opened", *ends):
        receive_dispute(dispute_report(intent, amount_idr, status, reference=reference), intent.provider)


def noticed() -> set[str]:
    return {difference.check for difference in look_through_filled_books().shown}


def post_instead(monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    """The ledger books something else than it was handed."""
    insert = ledger._insert_missing

    def insert_changed(transfers: Iterable[NewTransfer]) -> int:
        handed = list(transfers)
        changed = [other for transfer in handed for other in change(transfer)]
        ledger._open_accounts({key for transfer in changed for key in (transfer.debit, transfer.credit)})
        if changed:
            insert(changed)
        return len(handed)

    monkeypatch.setattr(ledger, "_insert_missing", insert_changed)


def test_a_history_without_a_fault_is_sound(cast: Cast) -> None:
    history(cast)
    findings = look_through_filled_books()
    assert (findings.differences, findings.shown) == (0, ())
    assert findings.checked > 50


HANDED_OVER = [
    TransferCode.PAYMENT_RECEIVED,
    TransferCode.LATE_PAYMENT_RECEIVED,
    TransferCode.SHIPPING_SETTLED,
    TransferCode.GOODS_SETTLED,
    TransferCode.FEE,
    TransferCode.FEE_VAT,
    TransferCode.COMMISSION,
    TransferCode.COMMISSION_CREDITED,
    TransferCode.COMMISSION_PPH21,
    TransferCode.ORDER_REFUNDED,
    TransferCode.GOODS_REFUNDED,
    TransferCode.PAYOUT_SENT,
    TransferCode.PAYOUT_CONFIRMED,
    TransferCode.CHARGEBACK_TAKEN,
    TransferCode.CHARGEBACK_RETURNED,
    TransferCode.CHARGEBACK_FEE,
    TransferCode.CHARGEBACK_BORNE,
    TransferCode.CHARGEBACK_RECOVERED,
    TransferCode.REFUNDED_BY_CHARGEBACK,
    TransferCode.WON_LATE,
    TransferCode.WON_LATE_GIVEN,
    TransferCode.FEE_GIVEN_BACK,
    TransferCode.COMMISSION_RETURNED,
]
"""What the history posts, but for the gateway's charge: that one only the gateway's own statement can tell."""


@pytest.mark.parametrize("code", HANDED_OVER)
def test_a_fact_that_is_not_booked(cast: Cast, monkeypatch: pytest.MonkeyPatch, code: TransferCode) -> None:
    post_instead(monkeypatch, lambda transfer: [] if transfer.code == code else [transfer])
    with suppress(TransferNotFound):  # who undoes it finds out before the books do
        history(cast)
    assert noticed()


@pytest.mark.parametrize("code", HANDED_OVER)
def test_a_fact_booked_twice_under_another_id(cast: Cast, monkeypatch: pytest.MonkeyPatch, code: TransferCode) -> None:
    post_instead(
        monkeypatch,
        lambda transfer: [transfer, replace(transfer, part=str(new_id()))] if transfer.code == code else [transfer],
    )
    history(cast)
    assert noticed()


@pytest.mark.parametrize("code", HANDED_OVER)
def test_an_amount_a_rupiah_off(cast: Cast, monkeypatch: pytest.MonkeyPatch, code: TransferCode) -> None:
    post_instead(
        monkeypatch,
        lambda transfer: [replace(transfer, amount_idr=transfer.amount_idr + (transfer.code == code))],
    )
    history(cast)
    assert noticed()


def to_another(code: TransferCode, kind: AccountKind) -> Change:
    another = AccountKey(kind, str(uuid.UUID(int=7)))
    return lambda transfer: [replace(transfer, credit=another)] if transfer.code == code else [transfer]


@pytest.mark.parametrize(
    "change",
    [
        to_another(TransferCode.PAYMENT_RECEIVED, AccountKind.ORDER_ESCROW),
        to_another(TransferCode.LATE_PAYMENT_RECEIVED, AccountKind.BUYER_REFUND_PAYABLE),
        to_another(TransferCode.GOODS_SETTLED, AccountKind.SELLER_PAYABLE),
        to_another(TransferCode.SHIPPING_SETTLED, AccountKind.COURIER_PAYABLE),
        to_another(TransferCode.COMMISSION, AccountKind.CREATOR_CLEARING),
        to_another(TransferCode.COMMISSION_CREDITED, AccountKind.CREATOR_PAYABLE),
        to_another(TransferCode.ORDER_REFUNDED, AccountKind.BUYER_REFUND_PAYABLE),
        to_another(TransferCode.GOODS_REFUNDED, AccountKind.BUYER_REFUND_PAYABLE),
        to_another(TransferCode.CHARGEBACK_TAKEN, AccountKind.GATEWAY_CASH),
        to_another(TransferCode.CHARGEBACK_RECOVERED, AccountKind.CHARGEBACK_LOSS),
        to_another(TransferCode.REFUNDED_BY_CHARGEBACK, AccountKind.CHARGEBACK_PENDING),
        to_another(TransferCode.WON_LATE, AccountKind.UNEXPLAINED_RECEIPT),
        to_another(TransferCode.WON_LATE_GIVEN, AccountKind.SELLER_PAYABLE),
        to_another(TransferCode.PAYOUT_SENT, AccountKind.PAYOUT_IN_TRANSIT),
        to_another(TransferCode.PAYOUT_CONFIRMED, AccountKind.GATEWAY_CASH),
    ],
    ids=lambda change: change.__closure__[1].cell_contents if change.__closure__ else "",
)
def test_money_that_goes_to_another(cast: Cast, monkeypatch: pytest.MonkeyPatch, change: Change) -> None:
    post_instead(monkeypatch, change)
    history(cast)
    assert noticed()


class TestRulesOfTheSplit:
    def test_no_vat(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settlement, "vat_on_fee_idr", lambda _fee_idr: 0)
        history(cast)
        assert "split" in noticed()

    def test_the_fee_doubled(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            OrderAmounts, "remaining_fee_shares", property(lambda order: 400 * order.remaining_goods_idr)
        )
        history(cast)
        assert "split" in noticed()

    def test_income_tax_that_is_not_cumulative(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two commissions of Rp 11: half a rupiah of tax together, none each by itself."""
        monkeypatch.setattr(withholding, "pph21_idr", lambda gross_idr, _earned_idr: pph21_idr(gross_idr))
        for _ in range(2):
            shirt = stocked_variant(cast.shop, price_idr=110)
            order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
            confirm_receipt(cast.buyer, order.id)
        credit_creator.credit_creator(cast.creator.id)
        assert "tax_year" in noticed()


class TestDisputes:
    def test_an_amendment_that_moves_no_money(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        post = ledger.post_transfers
        is_borne = TransferCode.CHARGEBACK_BORNE
        monkeypatch.setattr(
            answer_dispute,
            "post_transfers",
            lambda transfers: post([each for each in transfers if each.code == is_borne]),
        )
        history(cast)
        assert {"dispute_booked", "dispute_pending"} <= noticed()

    def test_an_amendment_that_no_order_hears_of(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(answer_dispute, "share_anew", lambda *_: None)
        history(cast)
        assert "dispute_shares" in noticed()

    def test_an_amendment_that_is_not_kept(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(DisputeAmendment.objects, "create", DisputeAmendment)
        history(cast)
        assert "dispute_amended" in noticed()

    def test_what_was_won_after_all_stays_given(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(win_back, "_undo", lambda _transfer_ids: None)
        history(cast)
        assert "refund_booked" in noticed()


def test_a_charge_above_its_payment(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    code = TransferCode.GATEWAY_CHARGE
    post_instead(
        monkeypatch,
        lambda transfer: [replace(transfer, amount_idr=115_001 if transfer.code == code else transfer.amount_idr)],
    )
    history(cast)
    assert "intent_parties" in noticed()


class TestRows:
    def test_stock_that_does_not_leave_the_shelf(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(stock, "take_from_shelf", lambda pieces, _cause: stock.release(pieces))
        history(cast)
        assert "shipped_stock" in noticed()

    def test_an_allocation_that_is_missing(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("lapak.flows.receive_payment.allocate_payment", lambda *_: None)
        history(cast)
        assert {"allocated", "order_paid"} <= noticed()

    @pytest.mark.parametrize(
        ("table", "fault", "check"),
        [
            ("orders_order", "escrow_idr = escrow_idr + 1", "escrow"),
            ("orders_order", "refunded_goods_idr = 1 WHERE refunded_goods_idr = 0", "order_refunds"),
            ("orders_order", "state = 'shipped' WHERE state = 'completed'", "order_events"),
            ("orders_orderline", "refunded_quantity = 0", "refunded_pieces_of_returns"),
            ("affiliates_commission", "base_idr = base_idr + 15000", "commission_base"),
            ("affiliates_commission", "paid_by_platform = true", "commission_settled"),
            ("affiliates_commission", "amount_idr = amount_idr - 1 WHERE amount_idr > 0", "commission_credited"),
            ("withholding_taxmonth", "tax_idr = tax_idr + 1", "tax_booked"),
            ("withholding_taxmonth", "gross_idr = gross_idr + 1", "tax_month"),
            ("statements_monthend", "balance_idr = balance_idr + 1", "month_end"),
            ("withholding_taxmonth", "tax_idr = tax_idr - 1, slip_due = false", "slip"),
            ("payments_paymentintent", "status = 'expired'", "intent_booked"),
            ("payouts_payout", "status = 'failed'", "payout_booked"),
            ("catalogue_stock", "on_hand = on_hand + 1", "stock_journal"),
            ("catalogue_stock", "reserved = 1", "reserved_stock"),
            ("catalogue_productrating", "stars_4 = stars_4 + 1", "product_stars"),
            ("catalogue_shoprating", "stars_5 = stars_5 - 1", "shop_stars"),
            ("orders_order", "disputed_idr = disputed_idr + 1 WHERE disputed_at IS NOT NULL", "disputed_orders"),
            ("orders_orderline", "taken_back_idr = 0", "refunded_pieces_of_lines"),
            ("payments_dispute", "unexplained_idr = 0", "dispute_lost"),
            ("payments_dispute", "fee_idr = 0", "dispute_booked"),
            ("payments_dispute", "taken_at = NULL", "dispute_pending"),
            ("payments_dispute", "amount_idr = amount_idr + 1 WHERE ended_at IS NULL", "dispute_amended"),
            ("payments_refund", "status = 'failed' WHERE route = 'chargeback'", "dispute_lost"),
            ("payments_refund", "status = 'owed' WHERE route = 'chargeback' AND status = 'arrived'", "dispute_lost"),
            ("payments_refund", "status = 'arrived' WHERE route = 'chargeback'", "dispute_lost"),
            ("payments_disputeshare", "amount_idr = amount_idr + 1", "dispute_shares"),
            ("payments_disputeshare", "lost_goods_idr = 0", "refunds_of_returns"),
            ("returns_return", "refunded_goods_idr = 1 WHERE state = 'refunded'", "refunds_of_returns"),
        ],
    )
    def test_a_row_that_says_something_else(self, cast: Cast, table: str, fault: str, check: str) -> None:
        history(cast)
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {fault}")
        assert check in noticed()

    def test_a_refund_without_its_transfer(self, cast: Cast) -> None:
        history(cast)
        refund = Refund.objects.exclude(order_id=None).earliest("owed_at")
        refund.pk = new_id()
        refund.save(force_insert=True)
        assert "refund_rows" in noticed()

    def test_a_snapshot_that_is_wrong(self, cast: Cast) -> None:
        history(cast)
        with connection.cursor() as cursor:
            cursor.execute("SELECT system_identifier, pg_current_xact_id()::text::bigint + 1 FROM pg_control_system()")
            counter, cut = cursor.fetchone()
        account_id = AccountKey(AccountKind.GATEWAY_CASH, "sandbox").id
        BalanceSnapshot.objects.create(
            account_id=account_id, counter=counter, cut=cut, debits_idr=1, credits_idr=0, taken_at=clock.now()
        )
        KindSnapshot.objects.create(
            kind=AccountKind.GATEWAY_CASH, counter=counter, cut=cut, debits_idr=1, credits_idr=0
        )
        assert {"snapshots", "kind_snapshots"} <= noticed()


def test_a_difference_names_the_references_whose_transfers_explain_it(cast: Cast) -> None:
    history(cast)
    order = Order.objects.filter(settled_at__isnull=False).earliest("placed_at")
    Order.objects.filter(id=order.id).update(escrow_idr=1)
    (escrow,) = [difference for difference in look_through_filled_books().shown if difference.check == "escrow"]
    assert (escrow.subject, escrow.expected, escrow.found, escrow.references) == (str(order.id), "0", "1", (order.id,))
