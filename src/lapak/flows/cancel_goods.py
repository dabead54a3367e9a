"""Some of an order's goods are not there: they are taken out of it, and the rest goes on."""

import uuid
from collections.abc import Mapping

from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.give_back import give_back
from lapak.flows.owe_back import owe_back
from lapak.goods.catalogue import stock
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import sold_by_line
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.shortages import mark_missing, refuse_unfit_shortage
from lapak.trade.orders.steps import for_seller, lock_order


@act
def cancel_goods(
    by: User, order_id: uuid.UUID, pieces: Mapping[uuid.UUID, int], reason: str, *, are_sold_out: bool = False
) -> Order:
    """The shop does not have so many pieces of each line (by its id): what they were paid is owed back to the buyer, who reads
    why and may still cancel the rest; creators earn on that alone, and the contract stays as it was made.

    The pieces are promised to nobody any more; `are_sold_out`: nothing more of these goods is for sale. If nothing would be
    left the order is cancelled, shipping and all. Refuses strangers (`OrderNotFound`), and what `refuse_unfit_shortage`
    refuses. Posts as `give_back`: order_escrow → buyer_refund_payable.
    """
    order = lock_order(order_id, for_seller(by))
    lines = refuse_unfit_shortage(order, pieces)
    missing = [line for line in lines if pieces.get(line.id)]
    if all(pieces.get(line.id, 0) == line.remaining_quantity for line in lines):
        return cancel_paid_order(by, order_id, reason, sold_out=[line.id for line in missing] if are_sold_out else [])
    sold_before = sold_by_line(order)
    event, refund = mark_missing(by, order, lines, pieces, reason)
    if are_sold_out:
        stock.set_on_hand({line.variant_id: 0 for line in missing}, Cause(Reason.GONE, by.id, order.id))
    owe_back(order, refund, reason, fact=str(event.id))
    give_back(
        order,
        refund=refund,
        lacking=RefundSplit(0, 0),
        sold_before=sold_before,
        fact_id=event.id,
        reason=reason,
        is_carried=False,
    )
    return order
