"""Every change of a return that is its buyer's wish. What pays back is in flows/refund_return.py."""

import uuid
from collections.abc import Mapping, Sequence

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import User
from lapak.trade.orders.commands import wait_for_return
from lapak.trade.orders.errors import ReturnOpen
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.queries import order_for_buyer
from lapak.trade.orders.rules import paid_for_pieces_idr
from lapak.trade.orders.steps import for_buyer, lock_order, refuse_disputed
from lapak.trade.returns.errors import GoodsOnTheWay, ReturnMoved, ReturnOutOfTime, ReturnQuantityRefused, WordsRefused
from lapak.trade.returns.models import Return, ReturnLine
from lapak.trade.returns.pictures import keep_pictures, pictures_put
from lapak.trade.returns.queries import reasons_to_return
from lapak.trade.returns.rules import Reason, ReturnState, comes_back
from lapak.trade.returns.steps import enter, fit_words, lock_return, move, record, refuse_late


def ask_for_return(
    by: User,
    order_id: uuid.UUID,
    *,
    quantities: Mapping[uuid.UUID, int],
    reason: str,
    words: str,
    goods_come_back: bool,
    pictures: Sequence[bytes] = (),
    bank_account: Mapping[str, str] | None = None,
) -> Return:
    """The buyer's wish to give so many pieces of each line (by its id) back waits for the shop; the order waits with it.

    With a `bank_account` (as `add_bank_account` takes it) the buyer names where a refund goes that cannot go back the way
    its money came.

    Until the order's last day; for the shop's faults that showed later, until the shop has been paid out. Refuses anyone
    but the order's buyer (`OrderNotFound`), an order not delivered or past that (`ReturnOutOfTime`), a second return
    while one is open (`ReturnOpen`), one whose payment is in dispute (`PaymentDisputed`), pieces that are not there
    (`ReturnQuantityRefused`), a missing reason or words (`WordsRefused`), pictures as `add_pictures` does, and a bank
    account as `add_bank_account` does.
    """
    order_for_buyer(by, order_id)  # a stranger's picture is not stored
    with pictures_put(order_id, pictures) as names:
        return _ask_for_return(
            by,
            order_id,
            quantities=quantities,
            reason=reason,
            words=words,
            goods_come_back=goods_come_back,
            pictures=names,
            bank_account=bank_account,
        )


@act
def _ask_for_return(
    by: User,
    order_id: uuid.UUID,
    *,
    quantities: Mapping[uuid.UUID, int],
    reason: str,
    words: str,
    goods_come_back: bool,
    pictures: Sequence[str],
    bank_account: Mapping[str, str] | None,
) -> Return:
    order, now = lock_order(order_id, for_buyer(by)), clock.now()
    if reason not in reasons_to_return(order):
        raise ReturnOutOfTime if reason in list(Reason) else WordsRefused
    if order.open_return_id:
        raise ReturnOpen
    refuse_disputed(order)
    lines = _chosen_lines(order, quantities)
    return_ = Return(
        order=order,
        shop=order.shop,
        reason=reason,
        words=fit_words(words),
        goods_come_back=comes_back(reason, goods_come_back),
        asked_at=now,
    )
    enter(return_, ReturnState.ASKED, now)
    return_.save(force_insert=True)
    ReturnLine.objects.bulk_create(return_line(return_, line, quantities[line.id]) for line in lines)
    keep_pictures(by, return_, pictures)
    wait_for_return(order, return_.id)
    record(by, return_, "", now)
    if bank_account:
        add_bank_account(by, **bank_account)
    return return_


@act
def withdraw_return(by: User, return_id: uuid.UUID) -> Return:
    """The buyer keeps the goods after all, or has them again: the return is over, and the order goes on.

    Refuses anyone but the buyer (`OrderNotFound`), a return that is agreed to be sent again or over (`ReturnMoved`), and
    one whose goods have left the buyer (`GoodsOnTheWay`), who would be without goods and money.
    """
    return_ = lock_return(return_id, for_buyer(by))
    if return_.state == ReturnState.SEND_AGAIN:
        raise ReturnMoved
    if return_.is_open and return_.has_left_buyer:
        raise GoodsOnTheWay
    return move(by, return_, ReturnState.CLOSED)


@act
def escalate_return(by: User, return_id: uuid.UUID, words: str) -> Return:
    """The buyer does not accept the shop's no, or has not got what it sent them again: the operator decides.

    Refuses anyone but the buyer (`OrderNotFound`), missing words (`WordsRefused`), a return neither declined nor sent again
    (`ReturnMoved`), and too late (`ReturnLate`), when the return ends or, once the goods are gone, is with the operator
    by itself.
    """
    return_ = lock_return(return_id, for_buyer(by))
    refuse_late(return_)
    return move(by, return_, ReturnState.ESCALATED, fit_words(words))


def _chosen_lines(order: Order, quantities: Mapping[uuid.UUID, int]) -> list[OrderLine]:
    lines = {line.id: line for line in order.lines.all()}
    chosen = [lines[line_id] for line_id in quantities if line_id in lines]
    if not chosen or len(chosen) < len(quantities):
        raise ReturnQuantityRefused
    if any(not 1 <= quantities[line.id] <= line.remaining_quantity or not line.sold_idr for line in chosen):
        raise ReturnQuantityRefused
    return chosen


def return_line(return_: Return, line: OrderLine, quantity: int) -> ReturnLine:
    """So many pieces of the line, with what they were paid, as part of the return."""
    return ReturnLine(
        of_return=return_,
        line=line,
        shop_id=return_.shop_id,
        quantity=quantity,
        paid_idr=paid_for_pieces_idr(line.paid_idr, line.quantity, before=line.refunded_quantity, pieces=quantity),
    )
