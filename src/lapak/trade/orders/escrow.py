"""What is held for an order: it comes with the payment, goes back to the buyer, and is let go when the order settles."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import F

from lapak.lib.among import among
from lapak.people.users.models import User
from lapak.trade.orders.models import Order, PaymentAllocation
from lapak.trade.orders.rules import RefundSplit, State, held_of
from lapak.trade.orders.settlement import OrderToSettle
from lapak.trade.orders.steps import move, refuse_disputed, working_days_after


def mark_paid(order: Order, paid_at: datetime, told_at: datetime, pph22_bp: int) -> Order:
    """The (locked) order is paid and its money held; once it settles, `pph22_bp` of its goods is withheld. Its clock to be packed
    starts: whole working days of the shop's, from the later of paid and told, so that late news leaves nobody a deadline in the
    past."""
    order.paid_at = paid_at
    order.escrow_idr += order.total_idr
    order.pph22_bp = pph22_bp
    order.pack_by = working_days_after(order, max(paid_at, told_at), order.pack_within_working_days)
    return move(
        None, order, State.TO_PACK, "", ["paid_at", "escrow_idr", "pph22_bp", "pack_by"], deadline=order.pack_by
    )


def allocate_payment(intent_id: uuid.UUID, orders: Collection[Order], missing_idr: Mapping[uuid.UUID, int]) -> None:
    """The attempt paid each of the (locked) orders in full, but for what was missing (by order): the platform bears it."""
    PaymentAllocation.objects.bulk_create(
        PaymentAllocation(
            intent_id=intent_id,
            order=order,
            shop_id=order.shop_id,
            amount_idr=order.total_idr,
            borne_by_platform_idr=missing_idr.get(order.id, 0),
        )
        for order in orders
    )


def mark_refunded(by: User | None, order: Order, refund: RefundSplit, reason: str = "") -> RefundSplit:
    """So much more of the (locked) order's money goes back to the buyer; when nothing remains, the order ends here.

    Answers what of it is not held for the order: the shop has to bear that. Of a settled order nothing is held. Refuses
    (`PaymentDisputed`) one whose payment is in dispute.
    """
    refuse_disputed(order)
    return give_up(by, order, refund, reason)


def give_up(by: User | None, order: Order, refund: RefundSplit, reason: str = "") -> RefundSplit:
    """As `mark_refunded`, also while another dispute of the payment is open: for what the buyer's bank took for good."""
    held = RefundSplit(0, 0) if order.settled_at else held_of(refund, order.held)
    lacking = refund - held
    # What settled is no longer part of the order's money: only the way back comes on top of it.
    order.borne_by_shop_idr += refund.way_back_idr if order.settled_at else lacking.total_idr
    order.refunded_goods_idr += refund.goods_idr
    order.refunded_shipping_idr += refund.shipping_idr
    order.way_back_idr += refund.way_back_idr
    order.escrow_idr -= held.total_idr
    amounts = ["refunded_goods_idr", "refunded_shipping_idr", "way_back_idr", "borne_by_shop_idr", "escrow_idr"]
    if order.refunded_idr == order.total_idr and order.state != State.REFUNDED:
        move(by, order, State.REFUNDED, reason, amounts)
    else:
        order.save(update_fields=amounts)
    return lacking


def mark_lost(by: User, order: Order, reason: str) -> RefundSplit:
    """The (locked) order's parcel will not arrive: all of its money goes back to the buyer. Answers what that is."""
    order.lines.update(refunded_quantity=F("quantity"), taken_back_idr=0)
    refund = order.held
    mark_refunded(by, order, refund, reason)
    return refund


def lock_orders_to_settle(order_ids: Collection[uuid.UUID]) -> list[OrderToSettle]:
    """Those of the orders that are completed, not settled, not in dispute and held by nobody else; held until the transaction
    ends, in id order."""
    due = Order.objects.filter(
        among("id", order_ids), state=State.COMPLETED, settled_at=None, open_return_id=None, disputed_idr=0
    )
    locked = due.select_for_update(no_key=True, skip_locked=True).order_by("id")
    return [OrderToSettle(*row) for row in locked.values_list(*OrderToSettle.__slots__)]


def mark_orders_settled(orders: Collection[OrderToSettle], at: datetime) -> None:
    """The (locked) orders' money has been split in the ledger: nothing of it is held any more."""
    Order.objects.filter(among("id", [order.id for order in orders])).update(settled_at=at, escrow_idr=0)
