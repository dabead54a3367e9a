"""What the end of a dispute of its order's payment means for a return."""

from datetime import datetime

from lapak.lib import clock
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import went_on
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import refund_of_return
from lapak.trade.returns.rules import ReturnState
from lapak.trade.returns.steps import move


def end_dispute_of_return(order: Order, since: datetime | None, words: str) -> Return | None:
    """A dispute of the (locked) order is over: its open return's clock goes on, if it stood still `since` then; and when the
    buyer has from their bank all that it would pay back, the return is over as well, and what they have sent is the shop's.
    Answers that return: what sending back cost no bank pays."""
    if order.open_return_id is None:
        return None
    return_ = Return.objects.get(id=order.open_return_id)
    return_.order = order
    if not refund_of_return(return_).price_idr:
        return_.kept_since = clock.now() if return_.has_left_buyer else None
        move(None, return_, ReturnState.CLOSED, words, ["kept_since"])
        return return_ if return_.kept_since else None
    if since:
        entered_at = return_.events.latest("happened_at").happened_at
        return_.act_by = went_on(return_.act_by, entered_at, since, clock.now())
        return_.disputed_for += clock.now() - since
        return_.save(update_fields=["act_by", "disputed_for"])
    return None
