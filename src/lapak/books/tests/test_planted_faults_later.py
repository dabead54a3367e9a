"""The checks see what goes wrong after settlement too: refunds from those who were paid, debts, what came back, what came
in another amount, and a creator that is a company."""

import uuid
from collections.abc import Callable
from dataclasses import replace

import pytest

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.withholding import commands as withholding
from lapak.books.findings import look_through_books
from lapak.books.tests.test_planted_faults import noticed, post_instead
from lapak.flows import cancel_order, credit_creator, pay_out, payout_items, refund_settled_order, settle_order
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import accept_return, approve_return
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.review_commission import freeze_commission
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue import stock
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import charge_report
from lapak.trade.orders.models import Order
from lapak.trade.returns.sending import receive_return, send_back

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]

ANOTHER = str(uuid.UUID(int=7))

Plant = Callable[[pytest.MonkeyPatch], None]


def history(cast: Cast) -> None:
    """Two sales are paid out; the payouts come back and go out again, and half of one sale is refunded then."""
    first, second = _sale(cast), _sale(cast)
    return_ = asked_return(cast, first, 1, goods_come_back=False)
    paid_out = _pay_everybody_out()
    for payout in paid_out:
        pay_out.return_payout(None, payout.id, "closed")
    _pay_everybody_out()
    approve_return(cast.seller, return_.id)
    _deny_commission_of(second, cast)  # it was paid: the creator owes it
    _what_is_denied_or_goes_back(cast)
    _what_came_in_another_amount(cast)
    Creator.objects.update(tax_status="company")
    _sale(cast)
    _the_house_pays(cast)


def _pay_everybody_out() -> list[Payout]:
    pay_out.send_due_payouts(None, "sandbox")
    payouts = list(Payout.objects.filter(status="sent"))
    for payout in payouts:
        pay_out.confirm_payout(None, payout.id)
    return payouts


def _sale(cast: Cast) -> Order:
    shirt = stocked_variant(cast.shop, price_idr=50_000)
    order = delivered_order(cast, (shirt, 2), click=click_on(link_to(cast, shirt.product)))
    confirm_receipt(cast.buyer, order.id)
    credit_creator.credit_creator(cast.creator.id)
    return order


def _deny_commission_of(order: Order, cast: Cast) -> None:
    commission = Commission.objects.get(order_id=order.id)
    freeze_commission(cast.operator, commission.pk, "a look")
    deny_for_good(cast.operator, commission.pk, "fraud")


def _what_is_denied_or_goes_back(cast: Cast) -> None:
    _deny_commission_of(_sale(cast), cast)
    shirt = stocked_variant(cast.shop)
    return_ = asked_return(cast, delivered_order(cast, (shirt, 2)), 1)
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", tracking_number())
    receive_return(cast.seller, return_.id)
    accept_return(cast.seller, return_.id, {row.line_id: 1 for row in return_.lines.all()})
    approve_return(cast.seller, asked_return(cast, delivered_order(cast, (shirt, 1)), goods_come_back=False).id)
    cancelled = paid_order(cast, (shirt, 2), click=click_on(link_to(cast, shirt.product)))
    cancel_order.cancel_paid_order(cast.buyer, cancelled.id, "no")
    for refund in Refund.objects.filter(route="gateway"):
        receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr), "sandbox")


def _what_came_in_another_amount(cast: Cast) -> None:
    for came_idr, decide in ((15_000, take_receipt_as_payment), (900_000, give_receipt_back)):
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (stocked_variant(cast.shop), 1)), [])
        intent = PaymentIntent.objects.get(pays_for=purchase_id)
        receive_payment(charge_report(intent, amount_idr=came_idr), intent.provider)
        decide(cast.operator, intent.pk)


def _the_house_pays(cast: Cast) -> None:
    """The courier twice, once by a slip."""
    courier = AccountKey(AccountKind.COURIER_PAYABLE, "jne").id
    paid_on = clock.now().date()
    remit(cast.operator, courier, 15_000, reference="B1", paid_on=paid_on)
    slip = remit(cast.operator, courier, 15_000, reference="B2", paid_on=paid_on)
    undo_remittance(cast.operator, slip.id, "Noted twice.")


def test_a_history_without_a_fault_is_sound(cast: Cast) -> None:
    history(cast)
    assert look_through_books().shown == ()


def missing(*codes: TransferCode) -> Plant:
    return lambda patch: post_instead(patch, lambda transfer: [] if transfer.code in codes else [transfer])


def a_rupiah_more(*codes: TransferCode) -> Plant:
    return lambda patch: post_instead(
        patch, lambda transfer: [replace(transfer, amount_idr=transfer.amount_idr + (transfer.code in codes))]
    )


def to_another(code: TransferCode, side: str) -> Plant:
    """The account of the same kind that is another's."""

    def changed(transfer: NewTransfer) -> NewTransfer:
        if transfer.code != code:
            return transfer
        if side == "debit":
            return replace(transfer, debit=AccountKey(transfer.debit.kind, ANOTHER))
        return replace(transfer, credit=AccountKey(transfer.credit.kind, ANOTHER))

    return lambda patch: post_instead(patch, lambda transfer: [changed(transfer)])


def nobody_repays(patch: pytest.MonkeyPatch) -> None:
    for flow in (settle_order, credit_creator, pay_out, refund_settled_order):
        patch.setattr(flow, "repay", lambda _earned: None)


FAULTS: dict[str, tuple[Plant, str]] = {
    "the fee is not given back": (missing(TransferCode.FEE_GIVEN_BACK), "kept"),
    "too much of the fee is given back": (a_rupiah_more(TransferCode.FEE_GIVEN_BACK), "kept"),
    "the VAT is not given back": (missing(TransferCode.FEE_VAT_GIVEN_BACK), "kept"),
    "too much of the VAT is given back": (a_rupiah_more(TransferCode.FEE_VAT_GIVEN_BACK), "kept"),
    "no debt is repaid": (nobody_repays, "owes_and_holds"),
    "a payout that came back goes to another": (to_another(TransferCode.PAYOUT_RETURNED, "credit"), "payout_parties"),
    "a payout comes back at another's": (to_another(TransferCode.PAYOUT_RETURNED, "debit"), "payout_parties"),
    "a refund arrives out of another's cash": (to_another(TransferCode.REFUND_ARRIVED, "credit"), "refund_parties"),
    "a refund is sent for another buyer": (to_another(TransferCode.REFUND_SENT, "debit"), "refund_parties"),
    "PPh 23 doubled": (
        lambda patch: patch.setattr(withholding, "pph23_idr", lambda gross_idr: gross_idr * 4 // 100),
        "company_tax",
    ),
    "PPh 23 not withheld": (missing(TransferCode.COMMISSION_PPH23), "company_tax"),
    "a piece too many on the shelf again": (
        lambda patch: patch.setattr(
            stock, "put_back", lambda pieces, cause: stock.shift({id_: n + 1 for id_, n in pieces.items()}, cause)
        ),
        "restocked",
    ),
    "a commission outlives its order": (
        lambda patch: patch.setattr(cancel_order, "reverse_commissions", lambda *_: 0),
        "commission_ended",
    ),
    "a creator's payout names nothing": (
        lambda patch: patch.setattr(payout_items, "_name_commissions", lambda *_: None),
        "payout_items",
    ),
    "another amount lies at another's": (to_another(TransferCode.UNEXPLAINED_RECEIVED, "debit"), "intent_parties"),
    "another amount is given back out of another's": (
        to_another(TransferCode.UNEXPLAINED_GIVEN_BACK, "debit"),
        "intent_parties",
    ),
    "the platform puts in too much": (a_rupiah_more(TransferCode.SHORTFALL_BORNE), "shortfall"),
    "a denied commission is kept": (missing(TransferCode.COMMISSION_RETURNED), "commission_settled"),
    "nobody pays the courier of what went back whole": (missing(TransferCode.CARRIAGE_BORNE), "carriage"),
    "the courier of what went back whole gets too much": (a_rupiah_more(TransferCode.CARRIAGE_BORNE), "carriage"),
    "another courier gets it": (to_another(TransferCode.CARRIAGE_BORNE, "credit"), "parties_of_order"),
    "what the house pays is not booked": (missing(TransferCode.REMITTED), "remittance_booked"),
    "the house pays a rupiah more": (a_rupiah_more(TransferCode.REMITTED), "remittance_booked"),
    "another courier is paid": (to_another(TransferCode.REMITTED, "debit"), "remittance_parties"),
    "the house pays out of another's cash": (to_another(TransferCode.REMITTED, "credit"), "remittance_parties"),
    "what is undone stays booked": (missing(TransferCode.REMITTANCE_UNDONE), "remittance_booked"),
    "what is undone is owed to another": (to_another(TransferCode.REMITTANCE_UNDONE, "credit"), "remittance_parties"),
    "the tax on what is taken back is kept": (missing(TransferCode.PPH21_TAKEN_BACK), "tax_booked"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_noticed(cast: Cast, monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    plant, check = FAULTS[fault]
    plant(monkeypatch)
    history(cast)
    assert check in noticed()
