"""What of a return was not paid back, when it was for some of its pieces only."""

from lapak.lib import clock
from lapak.people.users.models import User
from lapak.trade.orders.commands import wait_for_return
from lapak.trade.orders.rules import State
from lapak.trade.returns.asking import return_line
from lapak.trade.returns.models import Return, ReturnLine
from lapak.trade.returns.rules import ReturnState
from lapak.trade.returns.steps import enter, record


def open_rest(by: User, return_: Return, state: ReturnState, words: str) -> Return | None:
    """What of the (locked) return was not paid back is a return of its own, which begins in this state: of the same goods, sent
    the same way, for the same reason. None when nothing of it is left, or the order is over."""
    rows = [row for row in return_.lines.select_related("line").order_by("id") if row.counted < row.quantity]
    rows = [row for row in rows if row.line.sold_idr]  # of others the buyer's bank has given them the money
    if not rows or return_.order.state == State.REFUNDED:
        return None
    now = clock.now()
    rest = Return(
        order=return_.order,
        shop=return_.shop,
        reason=return_.reason,
        words=return_.words,
        goods_come_back=return_.goods_come_back,
        courier=return_.courier,
        tracking_number=return_.tracking_number,
        rest_of=return_,
        asked_at=now,
    )
    enter(rest, state, now)
    rest.save(force_insert=True)
    ReturnLine.objects.bulk_create(return_line(rest, row.line, row.quantity - row.counted) for row in rows)
    wait_for_return(return_.order, rest.id)
    record(by, rest, "", now, words)
    return rest
