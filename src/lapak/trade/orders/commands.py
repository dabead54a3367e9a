"""Every change of an order's state. What spans other apps is a flow that calls one of these."""

import uuid
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta

from django.db.models import F

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.among import among
from lapak.lib.calendar import after_working_days
from lapak.lib.written import LONGEST_NOTE
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, works_at
from lapak.trade.orders.errors import (
    CancelAsked,
    CancelDeclined,
    NotArrived,
    OrderMoved,
    OrderNotFound,
    OutOfTime,
    PaymentDisputed,
    ReceiptMissing,
    ReturnOpen,
    TooEarly,
)
from lapak.trade.orders.models import Order, OrderEvent, OrderLine, PaymentAllocation
from lapak.trade.orders.queries import was_declined
from lapak.trade.orders.rules import (
    RefundSplit,
    State,
    Word,
    held_of,
    is_over,
    may_move,
)
from lapak.trade.orders.settlement import OrderToSettle

Gate = Callable[[Order], bool]
"""Whose the order is, asked of the locked one."""


def lock_order(order_id: uuid.UUID, *gates: Gate) -> Order:
    """The order, held until the transaction ends: every change of state starts here.

    `OrderNotFound` if there is none, and for whom no gate lets through. Without gates, for nobody: the clock, the courier.
    """
    order = (
        Order.objects.select_for_update(of=("self",), no_key=True).select_related("shop").filter(id=order_id).first()
    )
    if order is None or (gates and not any(gate(order) for gate in gates)):
        raise OrderNotFound
    return order


def for_buyer(by: User) -> Gate:
    """The one who bought."""
    return lambda order: order.buyer_id == by.id


def for_seller(by: User) -> Gate:
    """One who deals with the orders of the shop; `NotYourDuty` for the others who work there."""
    return lambda order: works_for(by, order.shop_id, Duty.ORDERS)


def for_operator(by: User) -> Gate:
    """Whoever runs the marketplace."""
    return lambda _order: works_at(by, Desk.PARCELS)


def lock_orders_of_purchase(purchase_id: uuid.UUID) -> list[Order]:
    """A purchase's orders, held until the transaction ends, in id order so that two flows cannot wait for each other."""
    return list(
        Order.objects.select_for_update(of=("self",), no_key=True)
        .select_related("shop")
        .filter(purchase_id=purchase_id)
        .order_by("id")
    )


def mark_paid(order: Order, paid_at: datetime, told_at: datetime) -> Order:
    """The (locked) order is paid and its money held; its clock to be packed starts: whole working days of the shop's,
    from the later of paid and told, so that late news leaves nobody a deadline in the past."""
    order.paid_at = paid_at
    order.escrow_idr += order.total_idr
    order.pack_by = _after_working_days(order, max(paid_at, told_at), order.pack_within_working_days)
    return _move(None, order, State.TO_PACK, "", ["paid_at", "escrow_idr", "pack_by"], deadline=order.pack_by)


def _after_working_days(order: Order, start: datetime, days: int) -> datetime:
    """The shop's working days; a holiday of its own counts that was announced before the order was placed."""
    days_off = order.shop.holiday_known_at(order.placed_at) or ()
    return after_working_days(start, days, order.shop.time_zone, days_off)


def allocate_payment(intent_id: uuid.UUID, orders: Collection[Order], missing_idr: Mapping[uuid.UUID, int]) -> None:
    """The attempt paid each of the (locked) orders in full, but for what was missing (by order): the platform bears it."""
    PaymentAllocation.objects.bulk_create(
        PaymentAllocation(
            intent_id=intent_id,
            order=order,
            shop_id=order.shop_id,
            amount_idr=order.total_idr,
            borne_by_platform_idr=missing_idr.get(order.id, 0),
        )
        for order in orders
    )


@act
def pack_order(by: User, order_id: uuid.UUID) -> Order:
    """The shop has packed the order; the courier is to have it within its working days.

    Refuses strangers (`OrderNotFound`), an order that is not to be packed (`OrderMoved`), and one whose time to be packed
    is over (`OutOfTime`).
    """
    order, now = lock_order(order_id, for_seller(by)), clock.now()
    _refuse_unless(order, State.TO_PACK, order.pack_by, now)
    order.packed_at = now
    order.ship_by = _after_working_days(order, now, order.ship_within_working_days)
    return _move(by, order, State.PACKED, "", ["packed_at", "ship_by"], deadline=order.ship_by)


@act
def show_handed_over(by: User, order_id: uuid.UUID, receipt: str) -> Order:
    """The shop shows (`receipt`: what the courier gave it) that the courier has the parcel whose number is not known yet; its
    goods have left the shop's stock.

    Once: the order is not cancelled meanwhile, and the number is due within the same working days again. Refuses
    strangers (`OrderNotFound`), an order not packed or shown before (`OrderMoved`), out of time (`OutOfTime`), while the
    buyer waits for an answer (`CancelAsked`), and without a receipt (`ReceiptMissing`).
    """
    order, now, receipt = lock_order(order_id, for_seller(by)), clock.now(), receipt.strip()
    _refuse_unless(order, State.PACKED, order.ship_by, now)
    if order.handed_over_at:
        raise OrderMoved
    if order.cancel_asked_at:
        raise CancelAsked
    if not 1 <= len(receipt) <= LONGEST_NOTE:
        raise ReceiptMissing
    order.handed_over_at = now
    order.ship_by = _after_working_days(order, now, order.ship_within_working_days)
    order.save(update_fields=["handed_over_at", "ship_by"])
    note_event(by, order, OrderEvent.Kind.HANDED_OVER, receipt, order.ship_by)
    _leave_shop(by, order)
    return order


def mark_shipped(by: User, order: Order) -> Order:
    """The (locked) order left with the courier, and its goods, if they had not before, the shop's stock: on hand and reserved
    both fall.

    Refuses an order not packed (`OrderMoved`), out of time (`OutOfTime`), and while the buyer waits for an answer to
    their wish to cancel (`CancelAsked`).
    """
    now = clock.now()
    _refuse_unless(order, State.PACKED, order.ship_by, now)
    if order.cancel_asked_at:
        raise CancelAsked
    order.shipped_at = now
    order.arrive_by = now + timedelta(days=order.arrive_within_days)
    order.decide_by = now + timedelta(days=order.decide_within_days)
    _move(by, order, State.SHIPPED, "", ["shipped_at", "arrive_by", "decide_by"], deadline=order.arrive_by)
    if not order.handed_over_at:
        _leave_shop(by, order)
    return order


@act
def claim_not_arrived(by: User, order_id: uuid.UUID) -> Order:
    """The buyer says that the parcel did not arrive in time: the operator finds out and decides; the money stays held.

    Refuses strangers (`OrderNotFound`), an order that is not shipped or was claimed before (`OrderMoved`), and before its
    days to arrive are over (`TooEarly`).
    """
    order = lock_order(order_id, for_buyer(by))
    if order.state != State.SHIPPED or order.not_arrived_at:
        raise OrderMoved
    if not is_over(order.arrive_by, clock.now()):
        raise TooEarly
    order.not_arrived_at = clock.now()
    order.save(update_fields=["not_arrived_at"])
    note_event(by, order, OrderEvent.Kind.NOT_ARRIVED, "", order.decide_by)
    return order


def mark_delivered(by: User | None, order: Order, word: Word, reason: str = "") -> Order:
    """The (locked) order arrived; it completes by itself when the days to ask for a return are over. They are more when
    it is the shop's word alone, which no longer counts once the buyer has said that nothing came (`NotArrived`)."""
    if word == Word.SHOP and order.not_arrived_at:
        raise NotArrived
    order.delivered_at, order.delivered_by = clock.now(), word
    days = order.complete_after_days_by_shop if word == Word.SHOP else order.complete_after_days
    order.complete_at = order.delivered_at + timedelta(days=days)
    changed = ["delivered_at", "delivered_by", "complete_at"]
    return _move(by, order, State.DELIVERED, reason, changed, deadline=order.complete_at)


def mark_completed(by: User | None, order: Order, reason: str = "") -> Order:
    """The (locked) order is done: nothing stands between the shop and its money.

    Refuses an order whose return is not over (`ReturnOpen`) and one whose payment is in dispute (`PaymentDisputed`).
    """
    refuse_disputed(order)
    if order.open_return_id:
        raise ReturnOpen
    order.completed_at = clock.now()
    return _move(by, order, State.COMPLETED, reason, ["completed_at"])


@act
def complete_when_due(order_id: uuid.UUID) -> Order:
    """The days to ask for a return are over without a word: the order is completed. Refuses (`OrderMoved`) one that is
    not delivered, or whose days are not over."""
    order = lock_order(order_id)
    if not is_over(order.complete_at, clock.now()):
        raise OrderMoved
    return mark_completed(None, order, "")


def mark_refunded(by: User | None, order: Order, refund: RefundSplit, reason: str = "") -> RefundSplit:
    """So much more of the (locked) order's money goes back to the buyer; when nothing remains, the order ends here.

    Answers what of it is not held for the order: the shop has to bear that. Of a settled order nothing is held. Refuses
    (`PaymentDisputed`) one whose payment is in dispute.
    """
    refuse_disputed(order)
    return give_up(by, order, refund, reason)


def give_up(by: User | None, order: Order, refund: RefundSplit, reason: str = "") -> RefundSplit:
    """As `mark_refunded`, also while another dispute of the payment is open: for what the buyer's bank took for good."""
    held = RefundSplit(0, 0) if order.settled_at else held_of(refund, order.held)
    lacking = refund - held
    # What settled is no longer part of the order's money: only the way back comes on top of it.
    order.borne_by_shop_idr += refund.way_back_idr if order.settled_at else lacking.total_idr
    order.refunded_goods_idr += refund.goods_idr
    order.refunded_shipping_idr += refund.shipping_idr
    order.way_back_idr += refund.way_back_idr
    order.escrow_idr -= held.total_idr
    amounts = ["refunded_goods_idr", "refunded_shipping_idr", "way_back_idr", "borne_by_shop_idr", "escrow_idr"]
    if order.refunded_idr == order.total_idr:
        _move(by, order, State.REFUNDED, reason, amounts)
    else:
        order.save(update_fields=amounts)
    return lacking


def mark_lost(by: User, order: Order, reason: str) -> RefundSplit:
    """The (locked) order's parcel will not arrive: all of its money goes back to the buyer. Answers what that is."""
    order.lines.update(refunded_quantity=F("quantity"), taken_back_idr=0)
    refund = order.held
    mark_refunded(by, order, refund, reason)
    return refund


def lock_orders_to_settle(order_ids: Collection[uuid.UUID]) -> list[OrderToSettle]:
    """Those of the orders that are completed, not settled, not in dispute and held by nobody else; held until the transaction
    ends, in id order."""
    due = Order.objects.filter(
        among("id", order_ids), state=State.COMPLETED, settled_at=None, open_return_id=None, disputed_idr=0
    )
    locked = due.select_for_update(no_key=True, skip_locked=True).order_by("id")
    return [OrderToSettle(*row) for row in locked.values_list(*OrderToSettle.__slots__)]


def mark_orders_settled(orders: Collection[OrderToSettle], at: datetime) -> None:
    """The (locked) orders' money has been split in the ledger: nothing of it is held any more."""
    Order.objects.filter(among("id", [order.id for order in orders])).update(settled_at=at, escrow_idr=0)


def wait_for_return(order: Order, return_id: uuid.UUID) -> None:
    """The (locked) order neither completes nor settles while this return of its goods is open."""
    order.open_return_id = return_id
    order.save(update_fields=["open_return_id"])


def let_go_of_return(order: Order, stood_still: timedelta) -> None:
    """The (locked) order's return is over; its own clocks go on, the days to ask for another where they stood."""
    order.open_return_id = None
    if order.state == State.DELIVERED and order.complete_at:
        order.complete_at += stood_still
    order.save(update_fields=["open_return_id", "complete_at"])


def mark_cancelled(by: User | None, orders: Collection[Order], reason: str) -> None:
    """The (locked) orders will not happen; what they had reserved is free again: all of it at once, in one order. What a
    courier has is not: it is on the shelf again when the shop says so."""
    holding = [order for order in orders if order.is_in_shop]
    for order in orders:
        order.cancelled_at, order.escrow_idr = clock.now(), 0
        _move(by, order, State.CANCELLED, reason, ["cancelled_at", "escrow_idr"])
    stock.release(_pieces(*holding))


@act
def ask_to_cancel(by: User, order_id: uuid.UUID, reason: str = "") -> Order:
    """The buyer's wish to cancel a packed order waits for the shop; 48 h of silence is agreement. Once: nothing is shipped
    meanwhile.

    Refuses strangers (`OrderNotFound`), an order not packed, asked for already, or shown to be with the courier
    (`OrderMoved`): there the shop's silence would cost it goods and money; and one that the shop has declined to cancel
    (`CancelDeclined`).
    """
    order = lock_order(order_id, for_buyer(by))
    if order.state != State.PACKED or order.cancel_asked_at or order.handed_over_at:
        raise OrderMoved
    if was_declined(order):
        raise CancelDeclined
    order.cancel_asked_at = clock.now()
    order.save(update_fields=["cancel_asked_at"])
    note_event(by, order, OrderEvent.Kind.CANCEL_ASKED, reason, order.cancel_answer_by)
    return order


@act
def decline_to_cancel(by: User, order_id: uuid.UUID) -> Order:
    """The shop ships anyway: the buyer's wish to cancel is off the table.

    Refuses strangers (`OrderNotFound`), when there is no wish (`OrderMoved`), and after 48 h (`OutOfTime`): the shop has
    agreed by then.
    """
    order = lock_order(order_id, for_seller(by))
    if not order.cancel_asked_at:
        raise OrderMoved
    _refuse_unless(order, State.PACKED, order.cancel_answer_by, clock.now())
    order.cancel_asked_at = None
    order.save(update_fields=["cancel_asked_at"])
    note_event(by, order, OrderEvent.Kind.CANCEL_DECLINED, "", order.ship_by)
    return order


def _refuse_unless(order: Order, state: State, deadline: datetime | None, now: datetime) -> None:
    if order.state != state:
        raise OrderMoved
    if is_over(deadline, now) and not order.disputed_at:
        raise OutOfTime


def refuse_disputed(order: Order) -> None:
    """`PaymentDisputed` while the (locked) order's payment is in dispute."""
    if order.disputed_at:
        raise PaymentDisputed


def _move(
    by: User | None,
    order: Order,
    to_state: State,
    reason: str = "",
    also_changed: Collection[str] = (),
    *,
    deadline: datetime | None = None,
) -> Order:
    if not may_move(order.state, to_state):
        raise OrderMoved
    from_state, order.state = order.state, to_state
    order.save(update_fields=["state", *also_changed])
    _write_event(by, order, OrderEvent.Kind.MOVED, from_state, reason=reason, deadline=deadline)
    return order


def note_event(
    by: User | None, order: Order, kind: OrderEvent.Kind, reason: str, deadline: datetime | None
) -> OrderEvent:
    """What changes no state is told all the same."""
    return _write_event(by, order, kind, order.state, reason=reason, deadline=deadline)


def _write_event(
    by: User | None,
    order: Order,
    kind: OrderEvent.Kind,
    from_state: str,
    *,
    reason: str,
    deadline: datetime | None,
) -> OrderEvent:
    return OrderEvent.objects.create(
        order=order,
        shop_id=order.shop_id,
        kind=kind,
        from_state=from_state,
        to_state=order.state,
        actor=by,
        reason=reason,
        deadline=deadline,
        happened_at=clock.now(),
    )


def _leave_shop(by: User, order: Order) -> None:
    stock.take_from_shelf(_pieces(order), Cause(Reason.SHIPPED, by.id, order.id))


def _pieces(*orders: Order) -> dict[uuid.UUID, int]:
    """How many of each variant the orders hold, all of them together: stock is changed once, in one order."""
    pieces: Counter[uuid.UUID] = Counter()
    of_orders = OrderLine.objects.filter(order__in=orders)
    for variant_id, quantity in of_orders.values_list("variant_id", F("quantity") - F("cancelled_quantity")):
        pieces[variant_id] += quantity
    return pieces
