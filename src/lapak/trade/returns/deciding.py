"""Every change of a return by who decides: the shop, the operator, or the clock for who is silent."""

import uuid
from collections.abc import Mapping

from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.trade.orders.escrow import give_up, mark_refunded
from lapak.trade.orders.models import OrderLine
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.steps import for_operator, for_seller
from lapak.trade.returns.errors import ReturnMoved, ReturnQuantityRefused
from lapak.trade.returns.models import Return, ReturnLine
from lapak.trade.returns.queries import refund_of_return
from lapak.trade.returns.rules import ReturnState
from lapak.trade.returns.steps import fit_words, lock_overdue_return, lock_return, move, refuse_late


@act
def decline_return(by: User, return_id: uuid.UUID, words: str) -> Return:
    """The shop says no, and why: to the wish, or to what came back (or did not). The buyer may take it to the operator.

    Refuses strangers (`OrderNotFound`), missing words (`WordsRefused`), a return that waits for someone else
    (`ReturnMoved`), and after the shop's time is over, which is agreement (`ReturnLate`).
    """
    return_ = lock_return(return_id, for_seller(by))
    refuse_late(return_)
    return move(by, return_, ReturnState.DECLINED, fit_words(words))


@act
def escalate_silent_return(return_id: uuid.UUID, words: str) -> Return:
    """The shop declined what came back and the buyer says nothing: with the operator, for the buyer has neither goods nor
    money.

    Refuses (`ReturnMoved`) when it is too early, another has to act, or the buyer has the goods.
    """
    return_ = lock_overdue_return(return_id, ReturnState.DECLINED)
    if not return_.has_left_buyer:
        raise ReturnMoved
    return move(None, return_, ReturnState.ESCALATED, words)


@act
def dismiss_return(by: User, return_id: uuid.UUID, words: str) -> Return:
    """The operator decides for the shop: the return is over without a refund, once the buyer has the goods: those that have
    left them are to be sent to them again.

    Refuses anyone but the operator (`OrderNotFound`), missing words (`WordsRefused`) and a return not escalated
    (`ReturnMoved`).
    """
    return_ = lock_return(return_id, for_operator(by, Desk.RETURNS))
    if return_.state != ReturnState.ESCALATED:
        raise ReturnMoved
    return move(by, return_, ReturnState.SEND_AGAIN if return_.has_left_buyer else ReturnState.CLOSED, fit_words(words))


@act
def close_overdue_return(return_id: uuid.UUID, words: str) -> Return:
    """The buyer let their time pass, to object to a refusal, to send the goods, or to say that those which the shop sent them
    again did not come: the return is over, without a refund.

    Refuses (`ReturnMoved`) when it is too early, another has to act, or the goods have left the buyer.
    """
    return_ = lock_overdue_return(return_id, ReturnState.DECLINED, ReturnState.APPROVED, ReturnState.SENT_AGAIN)
    if return_.has_left_buyer:
        raise ReturnMoved
    return move(None, return_, ReturnState.CLOSED, words)


def mark_return_approved(by: User | None, return_: Return, words: str = "", *, waives_goods: bool = False) -> Return:
    """The (locked) return is agreed to; `waives_goods`: the buyer may keep them."""
    if waives_goods:
        return_.goods_come_back = False
    return move(by, return_, ReturnState.APPROVED, words, ["goods_come_back"])


def mark_return_upheld(return_: Return, pieces: Mapping[uuid.UUID, int]) -> None:
    """Of the (locked) return only so many pieces are paid back, by order line: not all came back, or not all are at fault.

    Refuses (`ReturnQuantityRefused`) none at all, or those for which the buyer's bank has left nothing to pay back; more
    than the return is of; and while goods are still to be sent back.
    """
    rows = {row.line_id: row for row in return_.lines.all()}
    is_of_it = set(pieces) == set(rows) and all(0 <= pieces[line_id] <= rows[line_id].quantity for line_id in rows)
    if return_.waits_for_goods or not is_of_it or not refund_of_return(return_, pieces).price_idr:
        raise ReturnQuantityRefused
    for line_id, row in rows.items():
        row.upheld_quantity = pieces[line_id]
    ReturnLine.objects.bulk_update(rows.values(), ["upheld_quantity"])


def mark_return_refunded(by: User | None, return_: Return, words: str = "") -> tuple[RefundSplit, RefundSplit]:
    """The (locked) return is over and paid back; its order and lines say how much and how many.

    Answers what goes back, and what of it is not held for the order (`mark_refunded`).
    """
    refund = refund_of_return(return_)
    return_.refunded_goods_idr, return_.refunded_shipping_idr = refund.goods_idr, refund.shipping_idr
    return_.refunded_way_back_idr = refund.way_back_idr
    amounts = ["refunded_goods_idr", "refunded_shipping_idr", "refunded_way_back_idr"]
    move(by, return_, ReturnState.REFUNDED, words, amounts)
    rows = list(return_.lines.select_related("line"))
    for row in rows:
        row.line.refunded_quantity += row.counted
        # What the bank took of the pieces that now go back is no longer taken of those that stay.
        row.line.taken_back_idr += min(0, row.line.sold_idr)
    OrderLine.objects.bulk_update([row.line for row in rows], ["refunded_quantity", "taken_back_idr"])
    return refund, mark_refunded(by, return_.order, refund)


def mark_way_back_refunded(return_: Return) -> tuple[RefundSplit, RefundSplit]:
    """Of the (locked) return, which the buyer's bank has closed, what sending back cost is paid back, as far as the shop bears
    it. Answers as `mark_return_refunded`."""
    refund = RefundSplit(0, 0, return_.way_back_borne_idr)
    return_.refunded_way_back_idr = refund.way_back_idr
    return_.save(update_fields=["refunded_way_back_idr"])
    return refund, give_up(None, return_.order, refund)
