"""Who must have which rupiah and which goods, worked out from what happened to orders, without the ledger.

A second opinion: it reads where orders, returns, disputes, commissions, payments and payouts stand (never an amount that
settlement or a refund worked out) and reckons with fractions of its own. `differences()` lays it beside the books and the
shelves.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from math import floor
from zoneinfo import ZoneInfo

from django.db import connection
from django.db.models import F, Sum

from lapak.affiliates.models import Commission
from lapak.goods.catalogue.models import Stock, StockChange
from lapak.money.payments.models import Dispute, DisputeShare, PaymentIntent, Refund, UnexplainedReceipt
from lapak.money.payouts.models import Payout
from lapak.money.remittances.models import Remittance
from lapak.trade.orders.models import Order, OrderLine, PaymentAllocation
from lapak.trade.returns.models import Return, ReturnLine

FEE, VAT_ON_FEE, GATEWAY_FEE = Fraction(2, 100), Fraction(11, 100), Fraction(7, 1000)
TAX_ON_HALF = ((60_000_000, Fraction(5, 100)), (250_000_000, Fraction(15, 100)), (500_000_000, Fraction(25, 100)))
"""The rates of docs/concepts/money.md, once more: a slip in the code must not be repeated here.
Art. 17's first brackets suffice."""

DEBIT_NORMAL = {
    "gateway_cash",
    "gateway_fee",
    "promotion_cost",
    "chargeback_pending",
    "chargeback_loss",
    "seller_receivable",
    "creator_receivable",
}
NET = {"seller_receivable": "seller_payable", "creator_receivable": "creator_payable"}
"""Whether the house owes someone or they owe it is one number here: what was lent and repaid cancels out."""

Key = tuple[str, str]


@dataclass(slots=True)
class Line:
    """Goods of an order: all their money, how many pieces, how many went back; and the commission on them, if any."""

    paid_idr: int
    quantity: int
    refunded: int = 0
    taken_back_idr: int = 0
    commission: Commission | None = None

    @property
    def remaining_idr(self) -> int:
        return self.paid_idr - self.paid_idr * self.refunded // self.quantity - self.taken_back_idr

    @property
    def earns(self) -> Fraction:
        """The exact share that is set apart for a creator, once the order has settled."""
        commission = self.commission
        if commission is None or commission.settled_at is None:
            return Fraction(0)
        return Fraction(self.remaining_idr * commission.rate_bp, 10_000)


@dataclass(slots=True)
class History:
    """One order, and what came back of it."""

    order: Order
    is_paid: bool
    lines: list[Line] = field(default_factory=list)
    reasons: set[str] = field(default_factory=set)
    way_back_idr: int = 0
    put_in_idr: int = 0
    """By the platform, as the buyer's money did not reach."""
    shipping_taken_back_idr: int = 0
    shipping_lost_before_idr: int = 0
    refunds_after_settlement: int = 0

    @property
    def shop(self) -> str:
        return str(self.order.shop_id)

    @property
    def total_idr(self) -> int:
        return sum(line.paid_idr for line in self.lines) + self.order.shipping_idr

    @property
    def remaining_idr(self) -> int:
        return sum(line.remaining_idr for line in self.lines)

    @property
    def is_lost(self) -> bool:
        """Refunded by the operator, for the parcel never came."""
        is_taken_back = any(line.taken_back_idr for line in self.lines)
        return self.order.state == "refunded" and not self.reasons and not is_taken_back

    @property
    def carriage_idr(self) -> int:
        """What the shop bears: shipping that went back before the order settled, of a parcel that was carried."""
        if self.order.settled_at or not self.reasons - {"not_arrived"}:
            return self.shipping_lost_before_idr
        return self.order.shipping_idr - self.remaining_shipping_idr

    @property
    def remaining_shipping_idr(self) -> int:
        """Shipping is paid back with the last piece, when everything went back for the shop's faults."""
        is_back = all(line.refunded == line.quantity for line in self.lines) and "changed_mind" not in self.reasons
        return 0 if is_back else self.order.shipping_idr - self.shipping_taken_back_idr

    @property
    def given_up_idr(self) -> int:
        """Of the order's price, what is not sold any more."""
        if not self.is_paid:
            return 0
        if self.order.state == "cancelled":
            return self.total_idr
        return self.total_idr - self.remaining_idr - self.remaining_shipping_idr

    @property
    def back_to_platform_idr(self) -> int:
        """The buyer gets back what they paid, and no more: the rest was the platform's."""
        return max(0, self.given_up_idr - (self.total_idr - self.put_in_idr))

    @property
    def paid_back_idr(self) -> int:
        return self.given_up_idr - self.back_to_platform_idr + self.way_back_idr

    @property
    def held_idr(self) -> int:
        """Goods never go below zero: what ways back take beyond them the shop bears at once."""
        if not self.is_paid or self.order.settled_at or self.order.state == "cancelled":
            return 0
        return max(0, self.remaining_idr - self.way_back_idr) + self.remaining_shipping_idr

    @property
    def borne_at_once_idr(self) -> int:
        return 0 if self.order.settled_at else max(0, self.way_back_idr - self.remaining_idr)


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
    histories = list(_histories())
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
    _withheld(expected, [line.commission for history in histories for line in history.lines if line.commission])
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


def _settled(expected: Expected, history: History) -> None:
    """docs/concepts/money.md: shipping to the courier, goods to shop, platform, tax and creators."""
    order, goods_idr, slack = history.order, history.remaining_idr, history.refunds_after_settlement
    earning = sorted(
        (line for line in history.lines if line.commission and line.commission.settled_at),
        key=lambda line: line.commission.line_id if line.commission else uuid.UUID(int=0),
    )
    fee = goods_idr * FEE
    rest = goods_idr - fee - sum(line.earns for line in earning)
    *commissions_idr, fee_idr, _shop = _apportioned(goods_idr, [*(line.earns for line in earning), fee, rest])
    vat_idr = min(_half_up(fee_idr * VAT_ON_FEE), _shop)
    # The courier has carried it, whoever bears that in the end: what is paid back later is the shop's loss.
    carried_idr = order.shipping_idr - history.shipping_lost_before_idr
    expected.add("courier_payable", order.courier, carried_idr)
    shipping_back_idr = carried_idr - history.remaining_shipping_idr
    expected.add("platform_fee", "platform", fee_idr, slack)
    expected.add("tax_vat", "platform", vat_idr, slack)
    kept_idr = goods_idr - fee_idr - vat_idr - history.way_back_idr - shipping_back_idr
    for line, exact_idr in zip(earning, commissions_idr, strict=True):
        commission = line.commission
        if commission is None or commission.state == "reversed":
            continue
        idr = commission.amount_idr
        # After a refund it was reckoned anew: within a rupiah of the exact share.
        assert abs(idr - line.earns) < slack + 1 if slack else idr == exact_idr, (idr, line.earns)
        kept_idr -= idr
        kind, owner = (
            ("creator_payable", commission.creator_id) if commission.credited_at else ("creator_clearing", history.shop)
        )
        expected.add(kind, owner, idr)
    expected.add("seller_payable", history.shop, kept_idr, 2 * slack)


def _withheld(expected: Expected, commissions: Iterable[Commission]) -> None:
    gross: Counter[tuple[uuid.UUID, int]] = Counter()
    for commission in commissions:
        if commission.credited_at:
            year = commission.credited_at.astimezone(ZoneInfo("Asia/Jakarta")).year
            gross[commission.creator_id, year] += commission.amount_idr
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


def _histories() -> Iterable[History]:
    paid = dict(PaymentAllocation.objects.values_list("order_id", "borne_by_platform_idr"))
    lines: dict[uuid.UUID, list[OrderLine]] = defaultdict(list)
    for row in OrderLine.objects.order_by("id"):
        lines[row.order_id].append(row)
    went_back: dict[uuid.UUID, list[ReturnLine]] = defaultdict(list)
    for back in ReturnLine.objects.filter(of_return__state="refunded").select_related("of_return"):
        went_back[back.line_id].append(back)
    commissions = {commission.line_id: commission for commission in Commission.objects.all()}
    for order in Order.objects.all():
        history = History(order, order.id in paid, put_in_idr=paid.get(order.id, 0))
        returns = {}
        for row in lines[order.id]:
            line = Line(row.quantity * row.unit_price_idr, row.quantity, commission=commissions.get(row.id))
            line.taken_back_idr, line.refunded = row.taken_back_idr, row.cancelled_quantity
            for back in went_back[row.id]:
                line.refunded += back.counted
                returns[back.of_return_id] = back.of_return
            history.lines.append(line)
        history.reasons = {return_.reason for return_ in returns.values()}
        if history.is_lost:
            for line in history.lines:
                line.refunded = line.quantity
        kept = Return.objects.filter(order=order, kept_since__isnull=False)
        history.way_back_idr = sum(return_.way_back_borne_idr for return_ in [*returns.values(), *kept])
        lost = list(DisputeShare.objects.filter(order_id=order.id, dispute__status="lost").select_related("dispute"))
        history.shipping_taken_back_idr = sum(share.lost_shipping_idr for share in lost)
        history.shipping_lost_before_idr = history.shipping_taken_back_idr
        if settled_at := order.settled_at:
            after = [share for share in lost if share.dispute.ended_at and share.dispute.ended_at >= settled_at]
            history.shipping_lost_before_idr -= sum(share.lost_shipping_idr for share in after)
            history.refunds_after_settlement = len(after) + sum(
                _refunded_at(return_.id) >= settled_at for return_ in returns.values()
            )
        yield history


def _refunded_at(return_id: uuid.UUID) -> datetime:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT happened_at FROM returns_returnevent WHERE of_return_id = %s AND to_state = 'refunded'", [return_id]
        )
        moment: datetime = cursor.fetchone()[0]
        return moment


def booked_balances() -> dict[Key, int]:
    """What the books say, straight from the transfers; what is owed to shops and creators less what they owe."""
    balances: Counter[Key] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.kind, a.owner, sum(CASE WHEN a.id = t.credit_account_id THEN t.amount_idr ELSE -t.amount_idr END)
            FROM ledger_account a JOIN ledger_transfer t ON a.id IN (t.debit_account_id, t.credit_account_id)
            GROUP BY a.kind, a.owner
            """
        )
        for kind, owner, credited in cursor.fetchall():
            balances[NET.get(kind, kind), owner] += int(-credited if kind in DEBIT_NORMAL - set(NET) else credited)
    return dict(balances)


def _money_differences() -> Iterable[str]:
    expected, booked = expected_balances(), booked_balances()
    for key in sorted({*expected.idr, *booked}):
        must, is_ = expected.idr[key], booked.get(key, 0)
        if abs(must - is_) > expected.slack[key]:
            yield f"{key[0]} of {key[1]}: {is_} booked, {must} expected (within {expected.slack[key]})"


def _refund_differences() -> Iterable[str]:
    """What a buyer is owed is told by refunds that wait, each a row."""
    waiting: Counter[Key] = Counter()
    for buyer_id, idr in Refund.objects.filter(status="owed").values_list("buyer_id").annotate(Sum("amount_idr")):
        waiting["buyer_refund_payable", str(buyer_id)] = idr
    owed = {key: idr for key, idr in booked_balances().items() if key[0] == "buyer_refund_payable" and idr}
    for key in sorted({*waiting, *owed}):
        if waiting[key] != owed.get(key, 0):
            yield f"{key[1]} is owed {owed.get(key, 0)}, its refunds that wait are {waiting[key]}"


def _stock_differences() -> Iterable[str]:
    """On the shelf: what the shop put there, less what a courier got, with what came back fit to sell; kept: what orders still
    in the shop promise."""
    kept: Counter[uuid.UUID] = Counter()
    on_shelf: Counter[uuid.UUID] = Counter()
    listed = StockChange.objects.exclude(reason__in=["shipped", "returned"]).order_by()
    for variant_id, was, is_ in listed.values_list("variant_id", "from_on_hand", "to_on_hand"):
        on_shelf[variant_id] += is_ - was
    for line in OrderLine.objects.select_related("order"):
        pieces = line.quantity - line.cancelled_quantity
        if line.order.shipped_at or line.order.handed_over_at:
            on_shelf[line.variant_id] -= pieces
        elif line.order.state != "cancelled":
            kept[line.variant_id] += pieces
    for back in ReturnLine.objects.select_related("line"):
        on_shelf[back.line.variant_id] += back.restocked_quantity
    for stock in Stock.objects.all():
        must = on_shelf[stock.variant_id], kept[stock.variant_id]
        if (stock.on_hand, stock.reserved) != must:
            yield f"variant {stock.variant_id}: on hand and reserved are {(stock.on_hand, stock.reserved)}, not {must}"


def differences() -> list[str]:
    """Every balance and shelf that is not what it must be; empty when all is sound."""
    return [*_money_differences(), *_refund_differences(), *_stock_differences()]
