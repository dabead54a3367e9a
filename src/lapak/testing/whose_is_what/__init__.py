"""Who must have which rupiah and which goods, worked out from what happened to orders, without the ledger.

A second opinion: it reads where orders, returns, disputes, commissions, payments and payouts stand (never an amount that
settlement or a refund worked out) and reckons with fractions of its own. `differences()` lays it beside the books and the
shelves.
"""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.db import connection
from django.db.models import Sum

from lapak.goods.catalogue.models import Stock, StockChange
from lapak.money.payments.models import Refund
from lapak.testing.whose_is_what.reckoning import Key, expected_balances
from lapak.trade.orders.models import OrderLine
from lapak.trade.returns.models import ReturnLine

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
