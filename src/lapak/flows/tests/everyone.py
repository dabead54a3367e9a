"""A market of two shops, two creators and two buyers, and everything that any of them, a partner or the clock can do.

Each act takes the market and a number that says on which of the fitting things it is done. A `Refusal` is a fine answer.
"""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lapak.affiliates.integrity.appealing import appeal_finding
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.models import Commission
from lapak.flows.answer_dispute import amend_dispute, answer_dispute, bear_rest, concede_dispute
from lapak.flows.cancel_goods import cancel_goods
from lapak.flows.cancel_order import agree_to_cancel, cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.decide_late_win import decide_late_win
from lapak.flows.lose_dispute import set_off
from lapak.flows.pay_again import pay_again
from lapak.flows.pay_out import confirm_payout, fail_payout, return_payout, send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.receive_payment import receive_payment
from lapak.flows.refund_return import accept_in_part, accept_return, approve_return, uphold_return
from lapak.flows.resolve_receipt import give_receipt_back, take_receipt_as_payment
from lapak.flows.review_commission import deny_commission, freeze_commission, release_commission
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import confirm_receipt, correct_tracking_number, decide_fate, deliver_order, ship_order
from lapak.flows.tests.everyone_breaches import OF_BREACHES
from lapak.flows.tests.everyone_complaints import OF_COMPLAINTS
from lapak.flows.tests.everyone_fees import OF_FEES
from lapak.flows.tests.everyone_posts import OF_POSTS
from lapak.flows.tests.everyone_promotion import OF_PROMOTION
from lapak.flows.tests.everyone_samples import OF_SAMPLES
from lapak.flows.tests.everyone_settings import OF_SETTINGS
from lapak.flows.tests.everyone_taxes import OF_TAXES
from lapak.flows.tests.partner_tells import tell
from lapak.lib import clock
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.ledger.commands import take_snapshots
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Dispute, PaymentIntent, Refund, UnexplainedReceipt
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.rules import REMITTED
from lapak.testing.cast import asked_for
from lapak.testing.findings import time_is_over
from lapak.testing.histories import tracking_number
from lapak.testing.market import Market, charge_report, dispute_report
from lapak.trade.orders.cancelling import ask_to_cancel, decline_to_cancel
from lapak.trade.orders.commands import claim_not_arrived, pack_order, show_handed_over
from lapak.trade.orders.models import Order
from lapak.trade.orders.redirecting import change_address
from lapak.trade.returns.asking import ask_for_return, escalate_return, withdraw_return
from lapak.trade.returns.deciding import decline_return, dismiss_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import OPEN
from lapak.trade.returns.sending import _send_back, receive_return, send_again, shelve_kept_goods
from lapak.trade.reviews.answering import answer_review
from lapak.trade.reviews.hiding import dismiss_reports, hide_answer, hide_review, show_answer, show_review
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.reporting import report_review
from lapak.trade.reviews.writing import change_review, delete_review, write_review


def _one(rows: QuerySet[Any], pick: int, **fitting: Any) -> Any:
    """One of those that fit; every fifth time one of all: whoever presses the wrong button is refused."""
    ids = list((rows if pick % 5 == 4 else rows.filter(**fitting)).order_by("pk").values_list("pk", flat=True))
    return rows.get(pk=ids[pick % len(ids)]) if ids else None


Act = Callable[[Market, int], object]


def _of_order(do: Callable[[Market, Order, int], object], *states: str) -> Act:
    def act(market: Market, pick: int) -> object:
        order = _one(Order.objects.select_related("shop"), pick, state__in=states)
        return order and do(market, order, pick)

    return act


def _of_return(do: Callable[[Market, Return, int], object], *states: str) -> Act:
    def act(market: Market, pick: int) -> object:
        return_ = _one(Return.objects.select_related("order"), pick, state__in=states)
        return return_ and do(market, return_, pick)

    return act


def _of(rows: Callable[[], QuerySet[Any]], do: Callable[[Market, Any, int], object], **fitting: Any) -> Act:
    def act(market: Market, pick: int) -> object:
        row = _one(rows(), pick, **fitting)
        return row and do(market, row, pick)

    return act


def buy(market: Market, pick: int) -> uuid.UUID:
    """One to four goods of both shops, one to three pieces each."""
    cast = market.casts[pick % 2]
    chosen = [variant for n, variant in enumerate(market.variants) if pick >> n & 1] or [market.variants[1]]
    lines = [(variant, 1 + (pick + n) % 3) for n, variant in enumerate(chosen)]
    return place_purchase(cast.buyer.id, asked_for(cast, *lines), market.clicks())


def _change_address(market: Market, order: Order, pick: int) -> object:
    """To the buyer's own that has another street by now."""
    buyer = market.buyer_of(order)
    address = buyer.addresses.latest("created_at")
    address.street = f"Jl. Mawar {pick % 100}"
    address.save(update_fields=["street"])
    return change_address(buyer, order.id, address.id)


def _ask_for_return(market: Market, order: Order, pick: int) -> object:
    lines = list(order.lines.order_by("id"))
    chosen = lines if pick % 2 else lines[:1]
    return ask_for_return(
        market.buyer_of(order),
        order.id,
        quantities={line.id: max(1, line.remaining_quantity - pick % 3) for line in chosen},
        reason=("damaged", "faulty", "changed_mind", "missing", "not_arrived")[pick // 3 % 5],
        words="No.",
        goods_come_back=pick % 7 != 0,
    )


def _accept(market: Market, return_: Return, pick: int) -> object:
    came_back = {row.line_id: row.quantity for row in return_.lines.all()}
    return accept_return(market.seller_of(return_), return_.id, came_back if pick % 2 else None)


def _accept_in_part(market: Market, return_: Return, pick: int) -> object:
    """All but one or two pieces of the first line."""
    pieces = {row.line_id: row.quantity for row in return_.lines.order_by("id")}
    first = next(iter(pieces))
    pieces[first] -= min(pieces[first], 1 + pick % 2)
    return accept_in_part(market.seller_of(return_), return_.id, pieces, "One is worn.")


def _refund_told(market: Market, refund: Refund, pick: int) -> object:
    status = (RefundStatus.PENDING, RefundStatus.ARRIVED, RefundStatus.ARRIVED, RefundStatus.FAILED)[pick // 5 % 4]
    provider = refund.intent.provider if refund.intent else "sandbox"
    return receive_refund(RefundReport(refund.id, status, refund.amount_idr, "account_closed"), provider)


def _some_are_missing(market: Market, order: Order, pick: int) -> object:
    """A piece of the first line, or all of it; at times all of every line."""
    lines = list(order.lines.order_by("id"))[: 1 if pick % 7 else None]
    pieces = {line.id: min(line.quantity, 1 + pick % 3) if pick % 7 else line.remaining_quantity for line in lines}
    return cancel_goods(market.seller_of(order), order.id, pieces, "Sold out.", are_sold_out=pick % 2 == 0)


def _raise_dispute(_market: Market, intent: PaymentIntent, pick: int) -> object:
    """Of all, of half, or of more than was paid; at times its end comes first, or all of it before the payment is told."""
    amounts_idr = (intent.amount_idr, max(1, intent.amount_idr // 2), intent.amount_idr + 777)
    status = ("opened", "opened", "opened", "lost")[pick // 15 % 4]
    return receive_dispute(dispute_report(intent, amounts_idr[pick // 5 % len(amounts_idr)], status), intent.provider)


def _dispute_told(_market: Market, dispute: Dispute, pick: int) -> object:
    """Won or lost; at times once more, late, or the other way."""
    status = ("won", "lost", "lost", "answered", "opened")[pick // 5 % 5]
    report = dispute_report(dispute.intent, dispute.amount_idr, status, reference=dispute.provider_reference)
    return receive_dispute(report, dispute.provider)


def _dispute_charged(_market: Market, dispute: Dispute, pick: int) -> object:
    """Whatever its state; at times less than before, which is old news."""
    return receive_dispute(
        dispute_report(
            dispute.intent,
            dispute.amount_idr,
            "opened",
            reference=dispute.provider_reference,
            fee_idr=pick * 100,
        ),
        dispute.provider,
    )


def _won_after_all(_market: Market, dispute: Dispute, _pick: int) -> object:
    report = dispute_report(dispute.intent, dispute.amount_idr, "won", reference=dispute.provider_reference)
    return receive_dispute(report, dispute.provider)


def _usual_step_of_order(market: Market, order: Order, pick: int) -> object:
    buyer, seller = market.buyer_of(order), market.seller_of(order)
    match order.state:
        case "to_pack":
            return pack_order(seller, order.id)
        case "packed":
            return ship_order(seller, order.id, tracking_number())
        case "shipped":
            return deliver_order(None, order.id)
        case _:
            return confirm_receipt(buyer, order.id)


def _usual_step_of_return(market: Market, return_: Return, pick: int) -> object:
    match return_.state:
        case "asked":
            return approve_return(market.seller_of(return_), return_.id)
        case "approved":
            # What `send_back` does once it has kept the receipt's picture.
            cost_idr = (0, 0, 9_000, 25_000)[pick % 4]
            buyer = market.buyer_of(return_.order)
            return _send_back(buyer, return_.id, "JNE", tracking_number(), way_back_idr=cost_idr, receipt="")
        case "sent_back":
            return receive_return(market.seller_of(return_), return_.id)
        case _:
            return _accept(market, return_, pick)


def _remit(market: Market, pick: int) -> object:
    """All or some of what is owed, or a rupiah more; under one of a few references."""
    account = _one(Account.objects.all(), pick, kind__in=REMITTED)
    if account is None:
        return None
    held_idr = balance_idr(AccountKey(AccountKind(account.kind), account.owner))
    ntpn = f"{pick % 30:016d}" if account.kind.startswith("tax") else ""
    amount_idr = max(1, (held_idr, held_idr // 2, held_idr + 1)[pick // 5 % 3])
    return remit(
        market.operator, account.id, amount_idr, reference=f"B{pick % 30}", paid_on=clock.now().date(), ntpn=ntpn
    )


ON_THE_WAY = ("to_pack", "packed", "shipped", "delivered")
DISPUTES = Dispute.objects.select_related("intent")
REVIEWS = Review.objects.select_related("author")
COMMISSIONS = Commission.objects.select_related("creator")
FINDINGS = Finding.objects.select_related("creator__user")

ACTS: dict[str, Act] = {
    "buy": buy,
    "buy again": buy,
    "tell": _of(PaymentIntent.objects.all, tell, status="pending"),
    "pay": _of(
        PaymentIntent.objects.all,
        lambda _m, i, _p: receive_payment(charge_report(i), i.provider),
        status__in=["pending", "expired", "failed"],
    ),
    "pay again": _of_order(lambda m, o, _p: pay_again(m.buyer_of(o), o.purchase_id), "awaiting_payment"),
    "give receipt back": _of(
        UnexplainedReceipt.objects.all, lambda m, r, _p: give_receipt_back(m.operator, r.pk), resolution=""
    ),
    "take receipt": _of(
        UnexplainedReceipt.objects.all, lambda m, r, _p: take_receipt_as_payment(m.operator, r.pk), resolution=""
    ),
    "go on": _of_order(_usual_step_of_order, *ON_THE_WAY),
    "go on again": _of_order(_usual_step_of_order, *ON_THE_WAY),
    "go on once more": _of_order(_usual_step_of_order, *ON_THE_WAY),
    "cancel unpaid": _of_order(
        lambda m, o, _p: cancel_unpaid_purchase(m.buyer_of(o), o.purchase_id, "no"), "awaiting_payment"
    ),
    "cancel by buyer": _of_order(lambda m, o, _p: cancel_paid_order(m.buyer_of(o), o.id, "no"), "to_pack"),
    "cancel by shop": _of_order(lambda m, o, _p: cancel_paid_order(m.seller_of(o), o.id, "no"), "to_pack", "packed"),
    "cancel as not there": _of_order(
        lambda m, o, pick: cancel_paid_order(
            m.seller_of(o), o.id, "no", **{("sold_out", "damaged")[pick % 2]: [o.lines.values_list("id", flat=True)[0]]}
        ),
        "to_pack",
        "packed",
    ),
    "some goods are missing": _of_order(_some_are_missing, "to_pack", "packed"),
    "ask to cancel": _of_order(lambda m, o, _p: ask_to_cancel(m.buyer_of(o), o.id), "packed"),
    "agree to cancel": _of_order(lambda m, o, _p: agree_to_cancel(m.seller_of(o), o.id), "packed"),
    "decline to cancel": _of_order(lambda m, o, _p: decline_to_cancel(m.seller_of(o), o.id), "packed"),
    "show handed over": _of_order(lambda m, o, _p: show_handed_over(m.seller_of(o), o.id, "Manifest"), "packed"),
    "say not arrived": _of_order(lambda m, o, _p: claim_not_arrived(m.buyer_of(o), o.id), "shipped"),
    "change address": _of_order(_change_address, "awaiting_payment", "to_pack"),
    "correct number": _of_order(
        lambda m, o, _p: correct_tracking_number(m.seller_of(o), o.id, tracking_number()), "shipped"
    ),
    "deliver by shop": _of_order(lambda m, o, _p: deliver_order(m.seller_of(o), o.id), "shipped"),
    "decide fate": _of_order(
        lambda m, o, p: decide_fate(m.operator, o.id, ("delivered", "lost")[p % 2], "Found out."), "shipped"
    ),
    "ask for return": _of_order(_ask_for_return, "delivered", "completed"),
    "ask for return again": _of_order(_ask_for_return, "delivered", "completed"),
    "return goes on": _of_return(_usual_step_of_return, *OPEN),
    "return goes on again": _of_return(_usual_step_of_return, *OPEN),
    "waive goods": _of_return(
        lambda m, r, _p: approve_return(m.seller_of(r), r.id, waives_goods=True), "asked", "declined"
    ),
    "accept in part": _of_return(_accept_in_part, "asked", "declined", "arrived"),
    "decline return": _of_return(
        lambda m, r, _p: decline_return(m.seller_of(r), r.id, "No."), "asked", "sent_back", "arrived"
    ),
    "withdraw return": _of_return(lambda m, r, _p: withdraw_return(m.buyer_of(r.order), r.id), *OPEN),
    "escalate return": _of_return(
        lambda m, r, _p: escalate_return(m.buyer_of(r.order), r.id, "Please."), "declined", "sent_again"
    ),
    "uphold return": _of_return(lambda m, r, _p: uphold_return(m.operator, r.id), "escalated"),
    "uphold in part": _of_return(
        lambda m, r, pick: uphold_return(
            m.operator, r.id, pieces={row.line_id: (row.quantity + pick) % (row.quantity + 1) for row in r.lines.all()}
        ),
        "escalated",
    ),
    "dismiss return": _of_return(lambda m, r, _p: dismiss_return(m.operator, r.id, "No."), "escalated"),
    "send again": _of_return(lambda m, r, _p: send_again(m.seller_of(r), r.id, "JNE", tracking_number()), "send_again"),
    "shelve kept goods": _of(
        Return.objects.select_related("order").all,
        lambda m, r, p: shelve_kept_goods(
            m.seller_of(r), r.id, {i.line_id: i.quantity * (p % 2) for i in r.lines.all()}
        ),
        kept_since__isnull=False,
    ),
    "write review": _of_order(
        lambda m, o, p: write_review(m.buyer_of(o), o.lines.earliest("id").id, stars=1 + p % 5),
        "delivered",
        "completed",
    ),
    "change review": _of(REVIEWS.all, lambda _m, r, p: change_review(r.author, r.id, stars=1 + p // 5 % 5)),
    "delete review": _of(REVIEWS.all, lambda _m, r, _p: delete_review(r.author, r.id)),
    "answer review": _of(REVIEWS.all, lambda m, r, _p: answer_review(m.seller_of(r), r.id, "Thank you.")),
    "hide review": _of(REVIEWS.all, lambda m, r, _p: hide_review(m.operator, r.id, "A name."), hidden_at=None),
    "show review": _of(REVIEWS.all, lambda m, r, _p: show_review(m.operator, r.id, "No."), hidden_at__isnull=False),
    "report review": _of(REVIEWS.all, lambda m, r, p: report_review(m.casts[p % 2].buyer, r.id, "insult")),
    "dismiss reports": _of(REVIEWS.all, lambda m, r, _p: dismiss_reports(m.operator, r.id, "It may be said.")),
    "hide answer": _of(REVIEWS.all, lambda m, r, _p: hide_answer(m.operator, r.id, "It insults.")),
    "show answer": _of(REVIEWS.all, lambda m, r, _p: show_answer(m.operator, r.id, "It does not.")),
    **OF_BREACHES,
    **OF_COMPLAINTS,
    **OF_FEES,
    **OF_SETTINGS,
    **OF_TAXES,
    **OF_SAMPLES,
    **OF_POSTS,
    **OF_PROMOTION,
    "credit": lambda _m, _p: credit_due_creators(),
    "freeze": _of(
        COMMISSIONS.all, lambda m, c, _p: freeze_commission(m.operator, c.pk, "Seen."), state__in=["pending", "payable"]
    ),
    "release": _of(COMMISSIONS.all, lambda m, c, _p: release_commission(m.operator, c.pk), state="frozen"),
    "deny": _of(COMMISSIONS.all, lambda m, c, _p: deny_commission(m.operator, c.pk, "Fraud."), state="frozen"),
    "object": _of(FINDINGS.all, lambda _m, f, _p: appeal_finding(f.creator.user, f.id, "I did not."), state="upheld"),
    "silence on a finding": _of(FINDINGS.all, lambda _m, f, _p: time_is_over(f), act_by__isnull=False),
    "pay out": lambda m, p: send_due_payouts(m.operator, ("sandbox", "bank_file")[p % 2]),
    "payout arrives": _of(Payout.objects.all, lambda _m, p, _p: confirm_payout(None, p.id), status="sent"),
    "payout fails": _of(Payout.objects.all, lambda _m, p, _p: fail_payout(None, p.id, "closed"), status="sent"),
    "payout comes back": _of(
        Payout.objects.all, lambda _m, p, _p: return_payout(None, p.id, "closed"), status="confirmed"
    ),
    "refund told": _of(
        Refund.objects.select_related("intent").all, _refund_told, route="gateway", status__in=["owed", "sent"]
    ),
    "payment disputed": _of(PaymentIntent.objects.all, _raise_dispute),
    "dispute decided": _of(DISPUTES.all, _dispute_told, status__in=["opened", "answered"]),
    "answer dispute": _of(DISPUTES.all, lambda m, d, _p: answer_dispute(m.operator, d.id, "It came."), status="opened"),
    "dispute charged for": _of(DISPUTES.all, _dispute_charged),
    "bank thinks better": _of(DISPUTES.all, _won_after_all, status="lost"),
    "decide late win": _of(
        DISPUTES.all,
        lambda m, d, p: decide_late_win(m.operator, d.id, ("shop", "buyer", "platform")[p % 3], "So be it."),
        late_win__resolution="",
    ),
    "concede dispute": _of(
        DISPUTES.all, lambda m, d, _p: concede_dispute(m.operator, d.id, "Too little."), ended_at=None
    ),
    "amend dispute": _of(
        DISPUTES.all,
        lambda m, d, p: amend_dispute(m.operator, d.id, max(1, d.amount_idr + (p - 500)), "The bank's letter."),
        ended_at=None,
    ),
    "set off": _of(DISPUTES.all, lambda _m, d, _p: set_off(d.id), unexplained_idr__gt=0),
    "bear rest": _of(
        DISPUTES.all,
        lambda m, d, _p: bear_rest(m.operator, d.id, "Refunded before."),
        unexplained_idr__gt=0,
        resolved_at=None,
    ),
    "house pays": _remit,
    "house pays again": _remit,
    "house payment is undone": _of(
        Remittance.objects.all, lambda m, r, _p: undo_remittance(m.operator, r.id, "A slip."), undone_at=None
    ),
    "snapshot": lambda _m, _p: take_snapshots(),
}
"""What anyone can do, by name. What leads on stands here more than once: few histories come far by chance."""


def at(moment: datetime, act: Act, market: Market, pick: int) -> object:
    """The act at that time."""
    with clock.stopped_at(moment):
        return act(market, pick)


def time_passes(moment: datetime) -> dict[str, int]:
    """Everything that is due by then."""
    with clock.stopped_at(moment):
        return run_due_clocks()
