"""What waits for the operator, made by the acts that lead there: one of each kind."""

import io
from datetime import timedelta

from PIL import Image

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.models import StuckAct
from lapak.flows.pay_out import fail_payout, send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.review_commission import freeze_commission
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.commands import close_message, record_message
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.gateways.models import GatewayMessage, StatementDifference
from lapak.money.payments.models import Dispute, PaymentIntent, Refund
from lapak.money.payouts.models import Payout
from lapak.moving.past.models import PastReview
from lapak.moving.past.reporting import report_past_review
from lapak.testing.cast import Cast, asked_for, click_on, link_to
from lapak.testing.findings import closing_proposed, finding_in
from lapak.testing.histories import asked_return, delivered_order, paid_order, tracking_number
from lapak.testing.market import charge_report, dispute_report
from lapak.testing.past import past_review
from lapak.testing.posts import escalated_post
from lapak.testing.profiles import shown_channel
from lapak.testing.samples import asked_sample
from lapak.trade.orders.commands import claim_not_arrived, pack_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.pictures import add_pictures
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import write_review


def everything_waits(cast: Cast, variant: Variant) -> None:
    """Something of every kind is on the operator's desks; of the variant there are at least twelve pieces."""
    returned_payout(cast, variant)
    commission_under_review(cast, variant)
    finding_in(cast.creator)
    closing_proposed(cast.creator)
    shown_channel(cast)
    asked_sample(cast, variant)
    escalated_post(cast, variant)
    with_pictures_of_both(cast, escalated_return(cast, variant))
    overdue_parcel(cast, variant)
    dispute_of_refunded(cast, variant)
    dispute_won_late(cast, variant)
    open_dispute(cast, variant)
    paid_too_little(cast, variant)
    paid_too_late(cast, variant)
    refused_message()
    record_message("sandbox", "evt_waits", "charge.paid", {"reference": "?"})
    stuck_act()
    reported_review(cast, variant)
    reported_past_review(cast, variant)
    statement_difference()


def reported_review(cast: Cast, variant: Variant) -> Review:
    """With an answer, both of which somebody reports."""
    line = delivered_order(cast, (variant, 1)).lines.get()
    review = write_review(cast.buyer, line.id, stars=1, words="Ask Tono of the warehouse.")
    answer_review(cast.seller, review.id, "You cannot read.")
    report_review(cast.stranger, review.id, "personal", "That is me.")
    report_review(cast.buyer, review.id, "answer")
    return review


def reported_past_review(cast: Cast, variant: Variant) -> PastReview:
    """One that the shop brought along."""
    review = past_review(variant.product)
    report_past_review(cast.stranger, review.pk, "personal", "That is me.")
    return review


def paid_too_little(cast: Cast, variant: Variant) -> PaymentIntent:
    """Rp1.000 less than was asked came."""
    intent = _placed(cast, variant)
    receive_payment(charge_report(intent, amount_idr=intent.amount_idr - 1_000), intent.provider)
    return intent


def paid_too_late(cast: Cast, variant: Variant) -> PaymentIntent:
    """It came when the goods were no longer kept for it."""
    intent = _placed(cast, variant)
    cancel_unpaid_purchase(cast.buyer, intent.pays_for, "No more.")
    receive_payment(charge_report(intent), intent.provider)
    return intent


def _placed(cast: Cast, variant: Variant) -> PaymentIntent:
    return PaymentIntent.objects.get(pays_for=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


def escalated_return(cast: Cast, variant: Variant, words: str = "An empty box.") -> Return:
    """Goods that never came."""
    order = delivered_order(cast, (variant, 1))
    return_ = asked_return(cast, order, reason="missing", words=words, goods_come_back=False)
    decline_return(cast.seller, return_.id, "The courier weighed it.")
    return escalate_return(cast.buyer, return_.id, "It weighed nothing.")


def with_pictures_of_both(cast: Cast, return_: Return) -> None:
    """Both sides show what they saw."""
    for side, colour in ((cast.buyer, "maroon"), (cast.seller, "navy")):
        picture = io.BytesIO()
        Image.new("RGB", (640, 480), colour).save(picture, "JPEG")
        add_pictures(side, return_.id, [picture.getvalue()])


def overdue_parcel(cast: Cast, variant: Variant) -> Order:
    """It has not arrived, and the operator is late to say what became of it."""
    order = paid_order(cast, (variant, 1))
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, tracking_number())
    now = clock.now()
    Order.objects.filter(id=order.id).update(arrive_by=now - timedelta(days=16), decide_by=now - timedelta(days=1))
    return claim_not_arrived(cast.buyer, order.id)


def open_dispute(cast: Cast, variant: Variant) -> Dispute:
    """Of an order that is with its buyer."""
    return _told(delivered_order(cast, (variant, 1)), "opened")


def dispute_of_refunded(cast: Cast, variant: Variant) -> Dispute:
    """Lost, of a payment that had gone back already."""
    order = paid_order(cast, (variant, 1))
    cancel_paid_order(cast.buyer, order.id, "no")
    refund = Refund.objects.get(order_id=order.id)
    receive_refund(RefundReport(refund.id, RefundStatus.ARRIVED, refund.amount_idr, ""), "sandbox")
    return _told(order, "opened", "lost")


def dispute_won_late(cast: Cast, variant: Variant) -> Dispute:
    """Lost in part, won when its order had settled on what was left."""
    order = delivered_order(cast, (variant, 1))
    dispute = _told(order, "lost", amount_idr=60_000)
    confirm_receipt(cast.buyer, order.id)
    return _told(order, "won", amount_idr=60_000, reference=dispute.provider_reference)


def _told(order: Order, *states: str, amount_idr: int | None = None, reference: str = "") -> Dispute:
    """What the buyer's bank says, one after the other."""
    intent, reference = PaymentIntent.objects.get(pays_for=order.purchase_id), reference or f"dp{new_id().hex[-12:]}"
    for state in states:
        receive_dispute(dispute_report(intent, amount_idr, state, reference=reference), intent.provider)
    return Dispute.objects.get(provider_reference=reference)


def commission_under_review(cast: Cast, variant: Variant) -> None:
    """Of a link's one buyer."""
    order = paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    freeze_commission(cast.operator, order.lines.get().commissions.get().pk, "One buyer.")


def returned_payout(cast: Cast, variant: Variant) -> Payout:
    """What a shop had earned went out to its bank, and came back."""
    confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1)).id)
    send_due_payouts(None, "sandbox")
    payout = Payout.objects.latest("id")
    fail_payout(None, payout.id, "Account closed.")
    return payout


def refused_message() -> GatewayMessage:
    """One that nobody could read."""
    return close_message(
        record_message("sandbox", "evt_1", "charge.paid", {"reference": "?"})[0], "refused: unreadable"
    )


def stuck_act() -> StuckAct:
    """A batch of payouts that its partner does not take."""
    now = clock.now()
    return StuckAct.objects.create(
        act="batches", subject_id=new_id(), error="GatewayRefused: 401", failures=3, first_failed_at=now,
        last_failed_at=now, next_try_at=now + timedelta(hours=6),
    )  # fmt: skip


def statement_difference() -> StatementDifference:
    """A fee that the partner's statement has otherwise."""
    return StatementDifference.objects.create(
        provider="sandbox", kind="fee", reference="x", theirs_idr=-900, ours_idr=-805, found_at=clock.now()
    )
