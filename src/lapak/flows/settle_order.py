"""Completed orders' money goes to whom it belongs: as many at once as are due, each split by itself."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeVar

import structlog
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_noop
from procrastinate.contrib.django import app

from lapak.affiliates.commissions import end_commissions, lock_commissions_to_settle, mark_commissions_settled
from lapak.affiliates.postings import AnyCommission, commission_settled
from lapak.affiliates.queries import persons, users_of_creators
from lapak.affiliates.rates import earned_share
from lapak.affiliates.rules import LockedCommission, is_self_purchase
from lapak.flows.debts import repay
from lapak.flows.withhold import keep_withheld
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.jobs import defer_once
from lapak.money.ledger.commands import post_transfers
from lapak.money.taxes.rules import owes_vat
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.escrow import lock_orders_to_settle, mark_orders_settled
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.orders.settlement import (
    OrderToSettle,
    Rates,
    Split,
    order_settled,
    seller_account,
    split_of_order,
)
from lapak.trade.orders.steps import lock_order, refuse_disputed

SETTLED_AT_ONCE = 500
"""Orders of one transaction: enough that its round trips no longer count, few enough that it lasts no longer than a
blink for whoever waits for one of them."""

IN_A_SWEEP = 10_000
"""Orders that one sweep settles at most: some ten seconds of its minute."""

CREDIT_JOB = "flows.credit_creators"
SETTLE_JOB = "flows.settle_orders"
"""The jobs in `tasks.py`, named here because tasks call flows and not the other way round."""

OWN_PURCHASE = gettext_noop("It is your own purchase: nobody earns on what they buy themselves.")

SomeCommission = TypeVar("SomeCommission", bound=AnyCommission)

log = structlog.get_logger(__name__)


@act
def settle_order(order_id: uuid.UUID) -> Order:
    """The order's escrow is split, to the last rupiah, to courier, shop, platform, tax and its creators:
    docs/concepts/money.md.

    Refuses an order that is not completed (`OrderMoved`) and one whose payment is in dispute (`PaymentDisputed`). Settling a
    settled order changes nothing.
    """
    order = lock_order(order_id)
    refuse_disputed(order)
    if order.state != State.COMPLETED:
        raise OrderMoved
    settle_orders([order_id])
    order.refresh_from_db(fields=["settled_at"])
    return order


@act
def settle_orders(order_ids: Collection[uuid.UUID]) -> int:
    """Each of the orders that is completed and not settled yet is; answers how many.

    What returns have paid back is no longer in it: fee, taxes and commissions are reckoned on what remains. Whether a
    purchase was the creator's own is looked at again. Commissions are set apart for their creators
    (flows/credit_creator.py, soon by a job), and what the shop owes is repaid first.
    Posts `order_settled` (trade/orders/settlement.py), `commission_settled` (affiliates/postings.py), and `debt_repaid`.
    """
    orders = lock_orders_to_settle(order_ids)
    if not orders:
        return 0
    earning = _earning_commissions(orders)
    splits = {order.id: split_of(order, earning[order.id]) for order in orders}
    commissions = [commission for order in orders for commission in paid_by_shop(earning[order.id])]
    amounts_idr = [idr for order in orders for idr in splits[order.id].commissions_idr]
    by_platform = [commission for order in orders for commission in earning[order.id] if commission.paid_by_platform]
    commissions += by_platform
    amounts_idr += [commission.amount_idr for commission in by_platform]
    now = clock.now()
    post_transfers(
        [
            *(
                transfer
                for order in orders
                for transfer in order_settled(order.id, order.shop_id, order.courier, splits[order.id])
            ),
            *(
                transfer
                for commission, idr in zip(commissions, amounts_idr, strict=True)
                for transfer in commission_settled(commission, idr)
            ),
        ]
    )
    mark_commissions_settled(commissions, amounts_idr, now)
    mark_orders_settled(orders, now)
    keep_withheld([order.id for order in orders if order.withheld_bp])
    repay({seller_account(order.shop_id): order.id for order in orders})
    if commissions:
        app.configure_task(CREDIT_JOB).defer()
    return len(orders)


def settle_with_help(due: QuerySet[Order]) -> int:
    """As `settle_in_batches`; of a long list another worker that is free takes its part (`SETTLE_JOB`)."""
    if due[: SETTLED_AT_ONCE + 1].count() > SETTLED_AT_ONCE:
        defer_once(app.configure_task(SETTLE_JOB, queueing_lock=SETTLE_JOB))
    return settle_in_batches(due)


def settle_in_batches(due: QuerySet[Order]) -> int:
    """Settle the orders that are due, many in each transaction; return how many. A batch that fails stays as it is:
    whoever calls this takes what is left one by one, so that each failure has its name. Several may do this at the same
    time: whichever orders one holds, the other leaves.
    """
    order_ids = list(due.values_list("id", flat=True)[:IN_A_SWEEP])
    settled = 0
    for start in range(0, len(order_ids), SETTLED_AT_ONCE):
        try:
            settled += settle_orders(order_ids[start : start + SETTLED_AT_ONCE])
        except Exception:  # whatever it is, it is met again by the order that causes it
            log.exception("batch_not_settled")
    return settled


def split_of(order: Order | OrderToSettle, commissions: Sequence[AnyCommission]) -> Split:
    """Who gets what of the order's escrow, by the fees it was placed under, and PPh 22 and VAT of the day it was paid: the
    split that settlement books, and until then what is to be expected. Of commissions those that the shop pays
    (`paid_by_shop`) are parts of it, in their order."""
    paid_on = (order.paid_at or clock.now()).astimezone(clock.WIB).date()
    return split_of_order(
        held_goods_idr=order.held_goods_idr,
        sold_idr=order.remaining_goods_idr,
        shipping_idr=order.remaining_shipping_idr,
        rates=Rates(order.remaining_fee_shares, order.withheld_bp, owes_vat(paid_on, settings.TAXABLE_SINCE)),
        commissions=[earned_share(each.base_idr, each.rate_bp, each.cap_idr) for each in paid_by_shop(commissions)],
    )


def paid_by_shop(commissions: Sequence[SomeCommission]) -> list[SomeCommission]:
    """Those that come out of the shop's part; Lapak's own programme pays the others."""
    return [commission for commission in commissions if not commission.paid_by_platform]


def _earning_commissions(orders: Sequence[OrderToSettle]) -> dict[uuid.UUID, list[LockedCommission]]:
    """The orders' commissions, by order; those on a creator's own purchase end here."""
    buyer_of = {order.id: order.buyer_id for order in orders}
    commissions = lock_commissions_to_settle(buyer_of)
    user_of = users_of_creators({each.creator_id for each in commissions})
    people = persons({*user_of.values(), *buyer_of.values()} if commissions else ())
    earning, own = defaultdict(list), []
    for commission in commissions:
        creator, buyer = people[user_of[commission.creator_id]], people[buyer_of[commission.order_id]]
        if is_self_purchase(creator, buyer):
            own.append(commission)
        else:
            earning[commission.order_id].append(commission)
    end_commissions(own, OWN_PURCHASE)
    return earning
