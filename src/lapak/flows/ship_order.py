"""From the shop's shelf to the buyer's hands."""

import uuid

from django.db import transaction

from lapak.flows.settle_order import settle_order
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.trade.orders.commands import lock_order, mark_completed, mark_delivered, mark_shipped
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import State
from lapak.trade.shipping import commands as shipping


@transaction.atomic
def ship_order(order_id: uuid.UUID, by: User, tracking_number: str) -> Order:
    """The packed order is with the courier under this number, and its goods have left the stock.

    Refuses an order that is not packed, and a tracking number that is malformed or on another parcel.
    """
    order = mark_shipped(lock_order(order_id), by)
    shipping.record_parcel(order.id, order.shipping_service, tracking_number, clock.now())
    return order


@transaction.atomic
def deliver_order(order_id: uuid.UUID, by: User | None, reason: str = "") -> Order:
    """The parcel arrived, by the courier's word that the shop passes on; the buyer's days to object begin.

    Refuses (`OrderMoved`) an order that is not shipped.
    """
    order = mark_delivered(lock_order(order_id), by, reason)
    shipping.mark_delivered(order.id, clock.now())
    return order


@transaction.atomic
def confirm_receipt(order_id: uuid.UUID, by: User) -> Order:
    """The buyer has the goods and is content: the order is completed and settled at once.

    Refuses (`OrderMoved`) an order that is neither shipped nor delivered.
    """
    order = lock_order(order_id)
    if order.state == State.SHIPPED:
        deliver_order(order_id, by)
        order.refresh_from_db()
    mark_completed(order, by)
    return settle_order(order.id)
