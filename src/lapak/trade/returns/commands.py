"""Every change of a return that stays within its order. What pays back is in flows/refund_return.py."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import StoredImage
from lapak.goods.catalogue.stock import Cause
from lapak.goods.catalogue.stock import Reason as StockReason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.trade.orders.commands import (
    Gate,
    for_buyer,
    for_operator,
    for_seller,
    let_go_of_return,
    lock_order,
    mark_refunded,
    wait_for_return,
)
from lapak.trade.orders.errors import OrderNotFound, ReturnOpen
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.rules import RefundSplit, is_over, paid_for_pieces_idr
from lapak.trade.returns.errors import (
    CourierMissing,
    GoodsGone,
    ReturnLate,
    ReturnMoved,
    ReturnOutOfTime,
    ReturnQuantityRefused,
    WayBackRefused,
    WordsRefused,
)
from lapak.trade.returns.models import Return, ReturnEvent, ReturnLine
from lapak.trade.returns.queries import dearest_way_back_idr, reasons_to_return, refund_of_return
from lapak.trade.returns.rules import (
    OPEN,
    Reason,
    ReturnState,
    act_by,
    comes_back,
    may_move,
    way_back_borne_idr,
)
from lapak.trade.shipping.commands import clean_tracking_number

MOST_WAY_BACK_IDR = 10_000_000
"""More is a slip of the keyboard: no courier takes it for a parcel."""


@act
def ask_for_return(
    order_id: uuid.UUID,
    by: User,
    *,
    quantities: Mapping[uuid.UUID, int],
    reason: str,
    words: str,
    goods_come_back: bool,
) -> Return:
    """The buyer's wish to give so many pieces of each line (by its id) back waits for the shop; the order waits with it.

    Until the order's last day; for the shop's faults that showed later, until the shop has been paid out. Refuses anyone
    but the order's buyer (`OrderNotFound`), an order not delivered or past that (`ReturnOutOfTime`), a second return
    while one is open (`ReturnOpen`), pieces that are not there (`ReturnQuantityRefused`) and a missing reason or words
    (`WordsRefused`). Domain.md §2; answered in 2 days.
    """
    order, now = lock_order(order_id, for_buyer(by)), clock.now()
    if reason not in reasons_to_return(order):
        raise ReturnOutOfTime if reason in list(Reason) else WordsRefused
    if order.open_return_id:
        raise ReturnOpen
    lines = _chosen_lines(order, quantities)
    return_ = Return(
        order=order,
        shop=order.shop,
        reason=reason,
        words=_fit_words(words),
        goods_come_back=comes_back(reason, goods_come_back),
        asked_at=now,
    )
    _enter(return_, ReturnState.ASKED, now)
    return_.save(force_insert=True)
    ReturnLine.objects.bulk_create(_return_line(return_, line, quantities[line.id]) for line in lines)
    wait_for_return(order, return_.id)
    _record(return_, "", now, by)
    return return_


@act
def withdraw_return(return_id: uuid.UUID, by: User) -> Return:
    """The buyer keeps the goods after all: the return is over, and the order goes on.

    Refuses anyone but the buyer (`OrderNotFound`), a return that is agreed to be sent again or over (`ReturnMoved`), and
    one whose goods have left the buyer (`GoodsGone`), who would be without goods and money.
    """
    return_ = lock_return(return_id, for_buyer(by))
    if return_.state == ReturnState.SEND_AGAIN:
        raise ReturnMoved
    if return_.is_open and return_.has_left_buyer:
        raise GoodsGone
    return _move(return_, ReturnState.CLOSED, by)


@act
def decline_return(return_id: uuid.UUID, by: User, words: str) -> Return:
    """The shop says no, and why: to the wish, or to what came back (or did not). The buyer may take it to the operator.

    Refuses strangers (`OrderNotFound`), missing words (`WordsRefused`), a return that waits for someone else
    (`ReturnMoved`), and after the shop's time is over, which is agreement (`ReturnLate`).
    """
    return_ = lock_return(return_id, for_seller(by))
    _refuse_late(return_)
    return _move(return_, ReturnState.DECLINED, by, _fit_words(words))


@act
def escalate_return(return_id: uuid.UUID, by: User, words: str) -> Return:
    """The buyer does not accept the shop's no: the operator decides.

    Refuses anyone but the buyer (`OrderNotFound`), missing words (`WordsRefused`), a return not declined
    (`ReturnMoved`), and too late (`ReturnLate`), when the return ends or, once the goods are gone, is with the operator
    by itself.
    """
    return_ = lock_return(return_id, for_buyer(by))
    _refuse_late(return_)
    return _move(return_, ReturnState.ESCALATED, by, _fit_words(words))


@act
def escalate_silent_return(return_id: uuid.UUID, words: str) -> Return:
    """The shop declined what came back and the buyer says nothing: with the operator, for the buyer has neither goods nor
    money.

    Refuses (`ReturnMoved`) when it is too early, another has to act, or the buyer has the goods.
    """
    return_ = lock_overdue_return(return_id, ReturnState.DECLINED)
    if not return_.has_left_buyer:
        raise ReturnMoved
    return _move(return_, ReturnState.ESCALATED, None, words)


@act
def dismiss_return(return_id: uuid.UUID, by: User, words: str) -> Return:
    """The operator decides for the shop: the return is over without a refund, once the buyer has the goods: those that have
    left them are to be sent to them again.

    Refuses anyone but the operator (`OrderNotFound`), missing words (`WordsRefused`) and a return not escalated
    (`ReturnMoved`).
    """
    return_ = lock_return(return_id, for_operator(by))
    if return_.state != ReturnState.ESCALATED:
        raise ReturnMoved
    return _move(
        return_, ReturnState.SEND_AGAIN if return_.has_left_buyer else ReturnState.CLOSED, by, _fit_words(words)
    )


@act
def send_again(return_id: uuid.UUID, by: User, courier: str, tracking_number: str) -> Return:
    """The shop, for which the operator decided, has handed the goods to a courier on their way to the buyer again: over.

    Refuses strangers (`OrderNotFound`), no courier (`CourierMissing`), a malformed number (`TrackingNumberMalformed`), a
    return not decided so (`ReturnMoved`), and too late (`ReturnLate`): the buyer is refunded then.
    """
    return_ = lock_return(return_id, for_seller(by))
    if return_.state != ReturnState.SEND_AGAIN:
        raise ReturnMoved
    _refuse_late(return_)
    number = clean_tracking_number(tracking_number)
    return _move(return_, ReturnState.CLOSED, by, f"{_fit_courier(courier)} {number}")


def send_back(
    return_id: uuid.UUID,
    by: User,
    courier: str,
    tracking_number: str,
    *,
    way_back_idr: int = 0,
    receipt: bytes | None = None,
) -> Return:
    """The goods are with a courier on their way to the shop, which cost the buyer `way_back_idr`, as the receipt shows.

    For the shop's faults it bears that, up to what the dearest service on the way costs. Refuses anyone but the buyer
    (`OrderNotFound`), no courier (`CourierMissing`), a malformed number (`TrackingNumberMalformed`), a cost without
    receipt or out of bounds (`WayBackRefused`), a receipt that is no picture (`ImageRefused`), a return not approved
    (`ReturnMoved`), and too late (`ReturnLate`).
    """
    if not 0 <= way_back_idr <= MOST_WAY_BACK_IDR or bool(way_back_idr) != bool(receipt):
        raise WayBackRefused
    pictures = put_pictures([receipt]) if receipt else []
    return _send_back(return_id, by, courier, tracking_number, way_back_idr=way_back_idr, pictures=pictures)


@act
def _send_back(
    return_id: uuid.UUID,
    by: User,
    courier: str,
    tracking_number: str,
    *,
    way_back_idr: int,
    pictures: list[StoredImage],
) -> Return:
    return_ = lock_return(return_id, for_buyer(by))
    if return_.state != ReturnState.APPROVED:
        raise ReturnMoved
    _refuse_late(return_)
    return_.courier, return_.tracking_number = _fit_courier(courier), clean_tracking_number(tracking_number)
    save_pictures(pictures)
    return_.way_back_stated_idr = way_back_idr
    return_.way_back_borne_idr = way_back_borne_idr(way_back_idr, dearest_way_back_idr(return_), return_.reason)
    return_.way_back_receipt_id = pictures[0].sha256 if pictures else None
    changed = ["courier", "tracking_number", "way_back_stated_idr", "way_back_borne_idr", "way_back_receipt"]
    return _move(return_, ReturnState.SENT_BACK, by, also_changed=changed)


@act
def receive_return(return_id: uuid.UUID, by: User) -> Return:
    """The goods are back at the shop, which has 2 working days to look at them (domain.md §2).

    Refuses strangers (`OrderNotFound`) and a return that is not on its way (`ReturnMoved`).
    """
    return _move(lock_return(return_id, for_seller(by)), ReturnState.ARRIVED, by)


@act
def count_as_arrived(return_id: uuid.UUID, words: str) -> Return:
    """The shop has said nothing of the parcel for so long that it counts as arrived.

    Refuses (`ReturnMoved`) when it is too early, or no parcel is on its way.
    """
    return _move(lock_overdue_return(return_id, ReturnState.SENT_BACK), ReturnState.ARRIVED, None, words)


@act
def close_overdue_return(return_id: uuid.UUID, words: str) -> Return:
    """The buyer let their time pass, to object to a refusal or to send the goods: the return is over, without a refund.

    Refuses (`ReturnMoved`) when it is too early, another has to act, or the goods have left the buyer.
    """
    return_ = lock_overdue_return(return_id, ReturnState.DECLINED, ReturnState.APPROVED)
    if return_.has_left_buyer:
        raise ReturnMoved
    return _move(return_, ReturnState.CLOSED, None, words)


def mark_return_approved(return_: Return, by: User | None, words: str = "", *, waives_goods: bool = False) -> Return:
    """The (locked) return is agreed to; `waives_goods`: the buyer may keep them."""
    if waives_goods:
        return_.goods_come_back = False
    return _move(return_, ReturnState.APPROVED, by, words, ["goods_come_back"])


def mark_return_refunded(return_: Return, by: User | None, words: str = "") -> tuple[RefundSplit, RefundSplit]:
    """The (locked) return is over and paid back; its order and lines say how much and how many.

    Answers what goes back, and what of it is not held for the order (`mark_refunded`).
    """
    refund = refund_of_return(return_)
    return_.refunded_goods_idr, return_.refunded_shipping_idr = refund.goods_idr, refund.shipping_idr
    return_.refunded_way_back_idr = refund.way_back_idr
    amounts = ["refunded_goods_idr", "refunded_shipping_idr", "refunded_way_back_idr"]
    _move(return_, ReturnState.REFUNDED, by, words, amounts)
    rows = list(return_.lines.select_related("line"))
    for row in rows:
        row.line.refunded_quantity += row.quantity
    OrderLine.objects.bulk_update([row.line for row in rows], ["refunded_quantity"])
    return refund, mark_refunded(return_.order, refund, by)


def restock(return_: Return, quantities: Mapping[uuid.UUID, int], by: User) -> None:
    """So many of the pieces that came back with the (locked) return, by order line, are on the shop's shelf again.

    Refuses (`ReturnQuantityRefused`) more than came back.
    """
    rows = {row.line_id: row for row in return_.lines.select_related("line")}
    for line_id, pieces in quantities.items():
        if line_id not in rows or not 0 <= pieces <= rows[line_id].quantity:
            raise ReturnQuantityRefused
        rows[line_id].restocked_quantity = pieces
    ReturnLine.objects.bulk_update(rows.values(), ["restocked_quantity"])
    back = {row.line.variant_id: row.restocked_quantity for row in rows.values() if row.restocked_quantity}
    stock.put_back(back, Cause(StockReason.RETURNED, by.id, return_.id))


def lock_return(return_id: uuid.UUID, *gates: Gate) -> Return:
    """The return with its order, which lets through as `lock_order` says. The order is held until the transaction ends, and
    nobody changes a return without."""
    order_id = Return.objects.filter(id=return_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise OrderNotFound
    order = lock_order(order_id, *gates)
    return_ = Return.objects.get(id=return_id)
    return_.order = order
    return return_


def lock_overdue_return(return_id: uuid.UUID, *states: ReturnState) -> Return:
    """As `lock_return`, for the clock; `ReturnMoved` unless it has stood in one of the states for too long."""
    return_ = lock_return(return_id)
    if return_.state not in states or not is_over(return_.act_by, clock.now()):
        raise ReturnMoved
    return return_


def _chosen_lines(order: Order, quantities: Mapping[uuid.UUID, int]) -> list[OrderLine]:
    lines = {line.id: line for line in order.lines.all()}
    chosen = [lines[line_id] for line_id in quantities if line_id in lines]
    if not chosen or len(chosen) < len(quantities):
        raise ReturnQuantityRefused
    if any(not 1 <= quantities[line.id] <= line.remaining_quantity for line in chosen):
        raise ReturnQuantityRefused
    return chosen


def _return_line(return_: Return, line: OrderLine, quantity: int) -> ReturnLine:
    return ReturnLine(
        of_return=return_,
        line=line,
        shop_id=return_.shop_id,
        quantity=quantity,
        paid_idr=paid_for_pieces_idr(line.paid_idr, line.quantity, before=line.refunded_quantity, pieces=quantity),
    )


def _refuse_late(return_: Return) -> None:
    """Whoever's turn it is acts in time; the operator's five working days end nothing."""
    if return_.state != ReturnState.ESCALATED and is_over(return_.act_by, clock.now()):
        raise ReturnLate


def _fit_courier(courier: str) -> str:
    courier = courier.strip()
    if not 1 <= len(courier) <= 60:
        raise CourierMissing
    return courier


def _fit_words(words: str) -> str:
    words = words.strip()
    if not 1 <= len(words) <= 1000:
        raise WordsRefused
    return words


def _move(
    return_: Return, to_state: ReturnState, by: User | None, words: str = "", also_changed: Collection[str] = ()
) -> Return:
    if not may_move(return_.state, to_state):
        raise ReturnMoved
    from_state, now = return_.state, clock.now()
    _enter(return_, to_state, now)
    return_.save(update_fields=["state", "act_by", *also_changed])
    if to_state not in OPEN:
        let_go_of_return(return_.order)
    _record(return_, from_state, now, by, words)
    return return_


def _enter(return_: Return, state: ReturnState, now: datetime) -> None:
    return_.state = state
    return_.act_by = act_by(state, now, return_.order.shop.time_zone)


def _record(return_: Return, from_state: str, now: datetime, by: User | None, words: str = "") -> None:
    ReturnEvent.objects.create(
        of_return=return_,
        shop_id=return_.shop_id,
        from_state=from_state,
        to_state=return_.state,
        actor=by,
        words=words,
        deadline=return_.act_by,
        happened_at=now,
    )
