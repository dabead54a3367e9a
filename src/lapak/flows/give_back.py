"""Part of an order's money is the buyer's again, and whoever had it or was to have it lets go of it."""

import uuid
from collections.abc import Mapping

from lapak.affiliates.commissions import shrink_commissions
from lapak.flows.debts import cover
from lapak.flows.refund_settled_order import refund_settled_order
from lapak.money.ledger.commands import post_transfers
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import sold_by_line
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.settlement import carriage_borne, return_refunded, return_refunded_by_shop, seller_account


def give_back(
    order: Order,
    *,
    refund: RefundSplit,
    lacking: RefundSplit,
    sold_before: Mapping[uuid.UUID, int],
    fact_id: uuid.UUID,
    reason: str,
    is_carried: bool,
) -> None:
    """The (locked) order's rows say what goes back (`refund`) and what of it is not held for it (`lacking`); now the books do.

    `sold_before` is `sold_by_line` before that, `fact_id` the return or dispute by which. Posts order_escrow →
    buyer_refund_payable; what the order does not hold is lent to the shop. A courier who carried it (`is_carried`) is owed by the
    shop what escrow would have paid: posts `carriage_borne` (decision 0016). Of an order that has settled, whoever had its
    money pays back their share (flows/refund_settled_order.py).
    """
    now = sold_by_line(order)
    sold = {line_id: (before, now[line_id]) for line_id, before in sold_before.items() if before != now[line_id]}
    if order.settled_at:
        refund_settled_order(order, refund=refund, sold=sold, fact_id=fact_id, reason=reason)
        return
    shrink_commissions(order.id, sold, reason)
    held, seller = refund - lacking, seller_account(order.shop_id)
    post_transfers(return_refunded(order.id, fact_id, order.shop_id, order.buyer_id, held))
    if lacking.total_idr:
        cover(seller, lacking.total_idr, order.id, str(fact_id))
        post_transfers(return_refunded_by_shop(order.id, fact_id, order.shop_id, order.buyer_id, lacking))
    if is_carried and held.shipping_idr:
        cover(seller, held.shipping_idr, order.id, f"carriage:{fact_id}")
        post_transfers([carriage_borne(order.id, fact_id, order.shop_id, order.courier, held.shipping_idr)])
