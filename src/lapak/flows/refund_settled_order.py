"""Money of an order that has settled goes back after all: buyer, shop, creators, fee and taxes in one act."""

import uuid
from collections.abc import Mapping

from lapak.affiliates.commissions import (
    lock_commissions_of_orders,
    lock_commissions_with_bases,
    mark_commission_uncredited,
    shrink_commission,
)
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import commission_returned, creator_account
from lapak.affiliates.rules import State
from lapak.flows.credit_creator import lock_years_of, take_back_credit
from lapak.flows.debts import cover, repay
from lapak.flows.settle_order import split_of
from lapak.flows.withhold import keep_withheld
from lapak.lib.acts import act
from lapak.money.ledger.commands import lock_balances_idr, post_transfers
from lapak.money.ledger.queries import standing_idr
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.settlement import return_refunded_by_shop, seller_account, shares_given_back


@act
def refund_settled_order(
    order: Order,
    *,
    refund: RefundSplit,
    sold: Mapping[uuid.UUID, tuple[int, int]],
    fact_id: uuid.UUID,
    reason: str,
) -> None:
    """What the (locked) order pays back to its buyer is taken from those who had it, each their share.

    `order` stands as after the refund, `sold` has by line what stayed sold (IDR) before and does now. The shop bears the
    refund, and gets the fee, the taxes and the commission on it back; creators give back what they had of it, and read the
    `reason`. Whoever lacks the money, because it was paid out, owes it from now on.
    Posts `commission_taken_back` and `commission_returned` (affiliates/postings.py), `shares_given_back` and
    `return_refunded_by_shop` (trade/orders/settlement.py), and what is lent (flows/debts.py).
    """
    commissions = lock_commissions_of_orders([order.id])
    seller = seller_account(order.shop_id)
    lock_years_of(commissions)
    lock_balances_idr({seller, *map(creator_account, commissions)})
    now = {line_id: sold_now_idr for line_id, (_, sold_now_idr) in sold.items()}
    bases_idr = {commission.id: base_idr for commission, base_idr in lock_commissions_with_bases(order.id, now)}
    for commission in commissions:
        if commission.id in bases_idr:
            _shrink(commission, bases_idr[commission.id], fact_id, reason)
    still = split_of(order, [commission for commission in commissions if commission.state != State.REVERSED])
    post_transfers(shares_given_back(order.id, order.shop_id, fact_id, standing_idr(order.id), still))
    cover(seller, refund.total_idr, order.id, str(fact_id))
    post_transfers(return_refunded_by_shop(order.id, fact_id, order.shop_id, order.buyer_id, refund))
    repay({seller: order.id})
    if order.pph22_bp:
        keep_withheld([order.id])


def _shrink(commission: Commission, base_idr: int, fact_id: uuid.UUID, reason: str) -> None:
    """Less is earned: what had reached the creator is taken back whole, and the rest will be credited anew."""
    amount_before_idr = commission.amount_idr
    if commission.credited_at:
        take_back_credit(commission, commission.credited_at)
        mark_commission_uncredited(commission)
    shrink_commission(commission, base_idr, reason)
    post_transfers(commission_returned(commission, amount_before_idr - commission.amount_idr, str(fact_id)))
