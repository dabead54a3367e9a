"""What of an order the shop does not have: it is taken out before the parcel leaves, and the rest goes on."""

import uuid
from collections.abc import Mapping, Sequence

from lapak.goods.catalogue import stock
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.trade.orders.errors import CancelAsked, OrderMoved, OutOfTime, PiecesRefused
from lapak.trade.orders.escrow import give_up
from lapak.trade.orders.models import Order, OrderEvent, OrderLine
from lapak.trade.orders.rules import RefundSplit, State, is_over
from lapak.trade.orders.steps import note_event, refuse_disputed


def refuse_unfit_shortage(order: Order, pieces: Mapping[uuid.UUID, int]) -> Sequence[OrderLine]:
    """The (locked) order's lines, if the shop may take so many pieces of each (by its id) out of it now.

    Refuses an order whose parcel has left, or that is not paid or over (`OrderMoved`), out of time (`OutOfTime`), while
    the buyer waits for an answer (`CancelAsked`) or their bank takes the payment back (`PaymentDisputed`), and pieces
    that are not in it, or none (`PiecesRefused`).
    """
    if order.state not in {State.TO_PACK, State.PACKED} or not order.is_in_shop:
        raise OrderMoved
    refuse_disputed(order)
    if order.cancel_asked_at:
        raise CancelAsked
    if is_over(order.shop_acts_by, clock.now()):
        raise OutOfTime
    lines = {line.id: line for line in order.lines.order_by("id")}
    is_of_it = set(pieces) <= set(lines) and all(0 <= n <= lines[id_].remaining_quantity for id_, n in pieces.items())
    if not is_of_it or not any(pieces.values()):
        raise PiecesRefused
    return list(lines.values())


def may_lack_goods(order: Order) -> bool:
    """Whether the shop may take goods out of the order now, and something would be left of it."""
    is_open = order.state in {State.TO_PACK, State.PACKED} and order.is_in_shop
    waits = order.disputed_at or order.cancel_asked_at or is_over(order.shop_acts_by, clock.now())
    return is_open and not waits and sum(line.remaining_quantity for line in order.lines.all()) > 1


def mark_missing(
    by: User, order: Order, lines: Sequence[OrderLine], pieces: Mapping[uuid.UUID, int], reason: str
) -> tuple[OrderEvent, RefundSplit]:
    """So many pieces of each line are no part of the (locked) order any more, and free again; the shipping stays, for a parcel
    goes. Answers the event, and what they were paid."""
    sold_before_idr = sum(line.sold_idr for line in lines)
    for line in lines:
        line.refunded_quantity += pieces.get(line.id, 0)
        line.cancelled_quantity += pieces.get(line.id, 0)
    OrderLine.objects.bulk_update(lines, ["refunded_quantity", "cancelled_quantity"])
    stock.release({line.variant_id: pieces[line.id] for line in lines if pieces.get(line.id)})
    refund = RefundSplit(sold_before_idr - sum(line.sold_idr for line in lines), 0)
    give_up(by, order, refund)
    return note_event(by, order, OrderEvent.Kind.GOODS_MISSING, reason, order.shop_acts_by), refund
