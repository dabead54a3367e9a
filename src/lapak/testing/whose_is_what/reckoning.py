"""What every balance must be, reckoned from the histories with rates and fractions of its own."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from django.db.models import F, Sum

from lapak.affiliates.models import Commission
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.money.payments.models import Dispute, LateWin, PaymentIntent, Refund, UnexplainedReceipt
from lapak.money.payouts.models import Payout
from lapak.money.remittances.models import Remittance
from lapak.testing.whose_is_what.histories import History, all_histories
from lapak.trade.orders.models import PaymentAllocation

FEE, VAT_ON_FEE, GATEWAY_FEE = Fraction(2, 100), Fraction(11, 100), Fraction(7, 1000)
TAX_ON_HALF = ((60_000_000, Fraction(5, 100)), (250_000_000, Fraction(15, 100)), (500_000_000, Fraction(25, 100)))
"""The rates of docs/concepts/money.md, once more: a slip in the code must not be repeated here.
Art. 17's first brackets suffice."""


def _apportioned(total_idr: int, shares: Sequence[Fraction]) -> list[int]:
    """Whole rupiah by largest remainder, the first of equals first."""
    parts = [floor(share) for share in shares]
    by_remainder = sorted(range(len(shares)), key=lambda n: parts[n] - shares[n])
    for n in by_remainder[: total_idr - sum(parts)]:
        parts[n] += 1
    return parts


def _half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def _tax_of_year(gross_idr: int) -> int:
    tax, floor_idr = Fraction(0), 0
    for ceiling_idr, rate in TAX_ON_HALF:
        tax += max(Fraction(0), min(Fraction(gross_idr, 2), Fraction(ceiling_idr)) - floor_idr) * rate
        floor_idr = ceiling_idr
    return _half_up(tax)


Key = tuple[str, str]

_COME_TO_NOTHING = {"given_up", "lapsed", "denied"}


@dataclass(slots=True)
class Expected:
    """Each balance, and how far it may be off: a refund after settlement may move a rupiah between an order's parties."""

    idr: Counter[Key] = field(default_factory=Counter)
    slack: Counter[Key] = field(default_factory=Counter)

    def add(self, kind: str, owner: object, idr: int, slack: int = 0) -> None:
        self.idr[kind, str(owner)] += idr
        self.slack[kind, str(owner)] += slack


def expected_balances() -> Expected:
    """Every balance of the books, from where everything else stands."""
    expected = Expected()
    histories = list(all_histories())
    _money_in(expected)
    _taken_back(expected)
    for history in histories:
        expected.add("order_escrow", history.shop, history.held_idr)
        expected.add("seller_payable", history.shop, -history.borne_at_once_idr - history.carriage_idr)
        expected.add("courier_payable", history.order.courier, history.carriage_idr)
        expected.add("buyer_refund_payable", history.order.buyer_id, history.paid_back_idr)
        expected.add("promotion_cost", "platform", -history.back_to_platform_idr)
        if history.order.settled_at:
            _settled(expected, history)
    _posts(expected)
    _withheld(
        expected, [commission for history in histories for line in history.lines for commission in line.commissions]
    )
    _money_out(expected)
    return expected


def _money_in(expected: Expected) -> None:
    allocated = set(PaymentAllocation.objects.values_list("intent_id", flat=True))
    receipts = {receipt.intent_id: receipt for receipt in UnexplainedReceipt.objects.all()}
    due = dict(
        PaymentAllocation.objects.values_list("intent_id").annotate(
            idr=Sum(F("order__goods_idr") + F("order__shipping_idr"))
        )
    )
    for intent in PaymentIntent.objects.all():
        receipt = receipts.get(intent.id)
        came_idr = receipt.amount_idr if receipt else intent.amount_idr if intent.status == "paid" else 0
        fee_idr = _half_up(came_idr * GATEWAY_FEE)
        expected.add("gateway_cash", intent.provider, came_idr - fee_idr)
        expected.add("gateway_fee", "platform", fee_idr)
        if receipt and not receipt.resolution:
            expected.add("unexplained_receipt", intent.provider, came_idr)
        elif came_idr and intent.id not in allocated:
            expected.add("buyer_refund_payable", intent.buyer_id, came_idr)
        elif receipt:
            expected.add("buyer_refund_payable", intent.buyer_id, max(0, came_idr - due[intent.id]))
            expected.add("promotion_cost", "platform", max(0, due[intent.id] - came_idr))


def _taken_back(expected: Expected) -> None:
    """A bank has it until it is decided; then it is at the gateway again, or the buyer's, or lost by the platform."""
    for dispute in Dispute.objects.all():
        by_bank_idr = 0 if dispute.status == "won" or not dispute.taken_at else dispute.amount_idr
        rest_idr = dispute.unexplained_idr
        expected.add("gateway_cash", dispute.provider, -by_bank_idr - dispute.fee_idr)
        expected.add("gateway_fee", "platform", dispute.fee_idr)
        if dispute.status != "lost":
            expected.add("chargeback_pending", dispute.provider, by_bank_idr)
        elif dispute.resolved_at:
            expected.add("chargeback_loss", "platform", rest_idr)
        else:
            expected.add("chargeback_pending", dispute.provider, rest_idr)
        if dispute.status == "lost":
            expected.add("buyer_refund_payable", dispute.intent.buyer_id, rest_idr - by_bank_idr)
    for won in LateWin.objects.select_related("dispute__intent"):
        _won_late(expected, won)


def _won_late(expected: Expected, won: LateWin) -> None:
    """At the gateway, and whose a person says it is; of a shop's what its order had lost."""
    dispute, left_idr = won.dispute, won.dispute.amount_idr
    expected.add("gateway_cash", dispute.provider, left_idr)
    if won.resolution == "shop":
        for share in dispute.shares.all():
            lost_idr = share.lost_goods_idr + share.lost_shipping_idr
            expected.add("seller_payable", share.shop_id, lost_idr)
            left_idr -= lost_idr
    kind, owner, sign = {
        "": ("unexplained_receipt", dispute.provider, 1),
        "buyer": ("buyer_refund_payable", dispute.intent.buyer_id, 1),
        "shop": ("chargeback_loss", "platform", -1),
        "platform": ("chargeback_loss", "platform", -1),
    }[won.resolution]
    expected.add(kind, owner, sign * left_idr)


def _settled(expected: Expected, history: History) -> None:
    """docs/concepts/money.md: shipping to the courier, goods to shop, platform, tax and creators."""
    order, goods_idr, slack = history.order, history.remaining_idr, history.refunds_after_settlement
    slack += bool(order.pph22_refund_id)  # given back after it had its part in the rounding
    earning = sorted(
        ((line, commission) for line in history.lines for commission in line.commissions if commission.settled_at),
        key=lambda earned: earned[1].id,
    )
    by_platform = [earned for earned in earning if earned[1].paid_by_platform]
    earning = [earned for earned in earning if not earned[1].paid_by_platform]
    exact = [line.earns(commission) for line, commission in earning]
    fee = goods_idr * FEE
    pph22 = Fraction(0 if order.pph22_refund_id else goods_idr * (order.pph22_bp or 0), 10_000)
    rest = goods_idr - fee - pph22 - sum(exact)
    *commissions_idr, fee_idr, pph22_idr, _shop = _apportioned(goods_idr, [*exact, fee, pph22, rest])
    vat_idr = min(_half_up(fee_idr * VAT_ON_FEE), _shop)
    # The courier has carried it, whoever bears that in the end: what is paid back later is the shop's loss.
    carried_idr = order.shipping_idr - history.shipping_lost_before_idr
    expected.add("courier_payable", order.courier, carried_idr)
    shipping_back_idr = carried_idr - history.remaining_shipping_idr
    expected.add("platform_fee", "platform", fee_idr, slack)
    expected.add("tax_vat", "platform", vat_idr, slack)
    expected.add("tax_pph22", "platform", pph22_idr, slack)
    kept_idr = goods_idr - fee_idr - vat_idr - pph22_idr - history.way_back_idr - shipping_back_idr
    for (_line, commission), earns, exact_idr in zip(earning, exact, commissions_idr, strict=True):
        if commission.state == "reversed":
            continue
        idr = commission.amount_idr
        # After a refund it was reckoned anew: within a rupiah of the exact share.
        assert abs(idr - earns) < slack + 1 if slack else idr == exact_idr, (idr, earns)
        kept_idr -= idr
        _reaches_creator(expected, history, commission)
    for line, commission in by_platform:
        if commission.state != "reversed":
            earns = line.earns(commission)
            assert commission.amount_idr == _half_up(earns), (commission.amount_idr, earns)
            expected.add("promotion_cost", "platform", commission.amount_idr)
            _reaches_creator(expected, history, commission)
    expected.add("seller_payable", history.shop, kept_idr, 2 * slack)


def _reaches_creator(expected: Expected, history: History, commission: Commission) -> None:
    kind, owner = (
        ("creator_payable", commission.creator_id) if commission.credited_at else ("creator_clearing", history.shop)
    )
    expected.add(kind, owner, commission.amount_idr)


def _posts(expected: Expected) -> None:
    """A fee is set apart for each place that somebody may have, or has, and the creator's once their post has stood."""
    for offer in PostOffer.objects.all():
        states = list(Post.objects.filter(offer=offer).values_list("state", "creator_id"))
        kept = offer.places if offer.state == "open" else sum(state not in _COME_TO_NOTHING for state, _ in states)
        earned = [creator_id for state, creator_id in states if state in {"payable", "paid"}]
        expected.add("seller_payable", offer.shop_id, -offer.fee_idr * kept)
        expected.add("post_fees_held", offer.shop_id, offer.fee_idr * (kept - len(earned)))
        for creator_id in earned:
            expected.add("creator_payable", creator_id, offer.fee_idr)


def _withheld(expected: Expected, commissions: Iterable[Commission]) -> None:
    gross: Counter[tuple[uuid.UUID, int]] = Counter()
    for commission in commissions:
        if commission.credited_at:
            year = commission.credited_at.astimezone(ZoneInfo("Asia/Jakarta")).year
            gross[commission.creator_id, year] += commission.amount_idr
    for post in Post.objects.filter(credited_at__isnull=False).select_related("offer"):
        assert post.credited_at
        year = post.credited_at.astimezone(ZoneInfo("Asia/Jakarta")).year
        gross[post.creator_id, year] += post.offer.fee_idr
    for (creator_id, _year), idr in gross.items():
        expected.add("tax_pph21", "platform", _tax_of_year(idr))
        expected.add("creator_payable", creator_id, -_tax_of_year(idr))


def _money_out(expected: Expected) -> None:
    for payout in Payout.objects.select_related("account", "batch"):
        if payout.status in {"sent", "confirmed"}:
            expected.add(payout.account.kind, payout.account.owner, -payout.amount_idr)
        if payout.status == "sent":
            expected.add("payout_in_transit", payout.batch.provider, payout.amount_idr)
        if payout.status == "confirmed":
            expected.add("gateway_cash", payout.batch.paid_from, -payout.amount_idr)
    for remittance in Remittance.objects.filter(undone_at=None).select_related("account"):
        expected.add(remittance.account.kind, remittance.account.owner, -remittance.amount_idr)
        expected.add("gateway_cash", remittance.paid_from, -remittance.amount_idr)
    for refund in Refund.objects.filter(route="gateway", status__in=["sent", "arrived"]).select_related("intent"):
        provider = refund.intent.provider if refund.intent else ""
        expected.add("buyer_refund_payable", refund.buyer_id, -refund.amount_idr)
        if refund.status == "sent":
            expected.add("payout_in_transit", provider, refund.amount_idr)
        else:
            expected.add("gateway_cash", provider, -refund.amount_idr)
