"""An attempt to pay failed or ended early: the buyer makes another while their purchase's time runs."""

import uuid

from lapak.lib.acts import act
from lapak.money.payments.commands import try_again
from lapak.money.payments.models import PaymentIntent
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.queries import purchase_for_buyer
from lapak.trade.orders.rules import State
from lapak.trade.orders.steps import lock_orders_of_purchase


@act
def pay_again(by: User, purchase_id: uuid.UUID) -> PaymentIntent:
    """The purchase has an open attempt to pay: a new one, or the one that is open.

    Refuses strangers (`OrderNotFound`), orders that are paid or cancelled (`OrderMoved`), and a purchase whose time is over
    (`IntentExpired`).
    """
    purchase = purchase_for_buyer(by, purchase_id)
    if any(order.state != State.AWAITING_PAYMENT for order in lock_orders_of_purchase(purchase.id)):
        raise OrderMoved
    return try_again(purchase.id, purchase.pay_by)
