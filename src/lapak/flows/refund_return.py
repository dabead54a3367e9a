"""Goods of a delivered order go back: who agrees to it, and the refund out of what is still in escrow."""

import uuid
from collections.abc import Mapping

from django.utils.translation import gettext_noop

from lapak.flows.give_back import give_back
from lapak.flows.owe_back import owe_back
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.trade.orders.queries import sold_by_line
from lapak.trade.orders.steps import for_operator, for_seller
from lapak.trade.returns.deciding import (
    mark_return_approved,
    mark_return_refunded,
    mark_return_upheld,
    mark_way_back_refunded,
)
from lapak.trade.returns.errors import ReturnMoved, ReturnQuantityRefused
from lapak.trade.returns.models import Return
from lapak.trade.returns.queries import was_carried
from lapak.trade.returns.rest import open_rest
from lapak.trade.returns.rules import ReturnState
from lapak.trade.returns.sending import restock
from lapak.trade.returns.steps import fit_words, lock_overdue_return, lock_return, refuse_late

RETURNED = gettext_noop("The goods were returned.")
SENDING_BACK = gettext_noop("What it cost to send the goods back.")


@act
def approve_return(by: User, return_id: uuid.UUID, *, waives_goods: bool = False) -> Return:
    """The shop agrees: the buyer is to send the goods back, or is refunded at once when none are to come.

    `waives_goods`: the buyer may keep them. A shop that declined may still think better of it. Refuses strangers
    (`OrderNotFound`) and a return that is agreed to or over (`ReturnMoved`). Posts as `_refund`, if it comes to that.
    """
    return_ = mark_return_approved(by, lock_return(return_id, for_seller(by)), waives_goods=waives_goods)
    return _refund_unless_awaited(by, return_)


@act
def uphold_return(
    by: User,
    return_id: uuid.UUID,
    words: str = "",
    pieces: Mapping[uuid.UUID, int] | None = None,
    *,
    rest_is_at_shop: bool = True,
) -> Return:
    """The operator decides for the buyer: as if the shop had agreed. Goods sent before need not be sent again.

    `pieces`: for so many of each order line alone, as not all came back, or not all are at fault. The others, if they went
    with them and the shop has them (`rest_is_at_shop`), are a return of their own, which the shop sends to the buyer again as
    after `dismiss_return`; else they stay sold. Refuses anyone but the
    operator (`OrderNotFound`), a return not escalated (`ReturnMoved`) and pieces that are not its own, or are still to be
    sent back (`ReturnQuantityRefused`). Posts as `_refund`.
    """
    return_ = lock_return(return_id, for_operator(by, Desk.RETURNS))
    if return_.state != ReturnState.ESCALATED:
        raise ReturnMoved
    if pieces is not None:
        mark_return_upheld(return_, pieces)
    _refund_unless_awaited(by, mark_return_approved(by, return_, words))
    if return_.has_left_buyer and rest_is_at_shop:
        open_rest(by, return_, ReturnState.SEND_AGAIN, words)
    return return_


@act
def approve_unanswered_return(return_id: uuid.UUID, words: str) -> Return:
    """The shop has not answered in time, which is agreement (docs/concepts/returns.md).

    Refuses (`ReturnMoved`) when it is too early, or another has to act. Posts as `_refund`, if no goods are to come.
    """
    return_ = lock_overdue_return(return_id, ReturnState.ASKED)
    return _refund_unless_awaited(None, mark_return_approved(None, return_, words))


@act
def accept_return(by: User, return_id: uuid.UUID, resellable: Mapping[uuid.UUID, int] | None = None) -> Return:
    """The goods came back as they should and the buyer is refunded; `resellable` pieces, by order line, are stock again.

    A shop that is to send them to the buyer again may refund instead. Refuses strangers (`OrderNotFound`), a return that
    has not arrived (`ReturnMoved`) and more pieces than came back (`ReturnQuantityRefused`). Posts as `_refund`.
    """
    return_ = lock_return(return_id, for_seller(by))
    if return_.state not in {ReturnState.ARRIVED, ReturnState.SEND_AGAIN}:
        raise ReturnMoved
    if resellable:
        restock(by, return_, resellable)
    return _refund(by, return_)


@act
def accept_in_part(
    by: User,
    return_id: uuid.UUID,
    pieces: Mapping[uuid.UUID, int],
    words: str,
    resellable: Mapping[uuid.UUID, int] | None = None,
) -> Return:
    """The shop takes so many pieces of each order line back, and says why not the others: the buyer is refunded for those, and
    the rest is a return of its own that the shop has declined, which the buyer may take to the operator. Answers that one.

    Refuses strangers (`OrderNotFound`), a return that is not the shop's to answer, or waits for its goods (`ReturnMoved`), too
    late (`ReturnLate`), missing words (`WordsRefused`), and none or all of the pieces, or more (`ReturnQuantityRefused`).
    Posts as `_refund`.
    """
    return_ = lock_return(return_id, for_seller(by))
    if return_.state not in {ReturnState.ASKED, ReturnState.DECLINED, ReturnState.ARRIVED} or return_.waits_for_goods:
        raise ReturnMoved
    refuse_late(return_)
    words = fit_words(words)
    mark_return_upheld(return_, pieces)
    if all(row.counted == row.quantity for row in return_.lines.all()):
        raise ReturnQuantityRefused
    if return_.state != ReturnState.ARRIVED:
        mark_return_approved(by, return_)
    elif resellable:
        restock(by, return_, resellable)
    return open_rest(by, _refund(by, return_), ReturnState.DECLINED, words) or return_


@act
def refund_uninspected_return(return_id: uuid.UUID, words: str) -> Return:
    """The shop has not looked at what came back in time, which is acceptance (docs/concepts/returns.md).

    Refuses (`ReturnMoved`) when it is too early, or nothing has arrived. Posts as `_refund`.
    """
    return _refund(None, lock_overdue_return(return_id, ReturnState.ARRIVED), words)


@act
def refund_unsent_return(return_id: uuid.UUID, words: str) -> Return:
    """The shop was to send the goods to the buyer again and has not in time: the buyer is refunded instead.

    Refuses (`ReturnMoved`) when it is too early, or another has to act. Posts as `_refund`.
    """
    return _refund(None, lock_overdue_return(return_id, ReturnState.SEND_AGAIN), words)


def refund_way_back(return_: Return) -> None:
    """The buyer's bank has given all that the (locked) return would pay back, but for what sending back cost: that is owed to
    the buyer, as far as the shop bears it. Posts as `give_back`."""
    if not return_.way_back_borne_idr:
        return
    order, sold_before = return_.order, sold_by_line(return_.order)
    refund, lacking = mark_way_back_refunded(return_)
    owe_back(order, refund, SENDING_BACK, return_.id)
    give_back(
        order,
        refund=refund,
        lacking=lacking,
        sold_before=sold_before,
        fact_id=return_.id,
        reason=SENDING_BACK,
        is_carried=False,
    )


def _refund_unless_awaited(by: User | None, return_: Return) -> Return:
    return return_ if return_.waits_for_goods else _refund(by, return_)


def _refund(by: User | None, return_: Return, words: str = "") -> Return:
    """The (locked) return's money is owed to the buyer, and creators earn on what stays sold alone.

    What goes back: the pieces at the price each was paid, the shipping when all of the order went back for a fault of the
    seller, and what sending back cost when it is the shop's to bear. An order with nothing left is refunded, and never
    settles. Refuses (`PaymentDisputed`) one whose payment is in dispute. Posts as `give_back`.
    """
    order = return_.order
    sold_before = sold_by_line(order)
    refund, lacking = mark_return_refunded(by, return_, words)
    owe_back(order, refund, RETURNED, return_.id)
    give_back(
        order,
        refund=refund,
        lacking=lacking,
        sold_before=sold_before,
        fact_id=return_.id,
        reason=RETURNED,
        is_carried=was_carried(order),
    )
    return return_
