"""What a dispute of its payment means for an order: its clocks stand still, and what is lost of it is sold no longer."""

from datetime import datetime

from lapak.lib import clock
from lapak.lib.money import apportion
from lapak.trade.orders.escrow import give_up
from lapak.trade.orders.models import Order, OrderEvent, OrderLine
from lapak.trade.orders.rules import RefundSplit, State, went_on
from lapak.trade.orders.steps import note_event


def stand_still(order: Order, amount_idr: int, reason: str) -> None:
    """So much of the (locked) order's payment is in dispute: its clocks stand still from the first on."""
    order.disputed_at = order.disputed_at or clock.now()
    order.disputed_idr += amount_idr
    order.save(update_fields=["disputed_idr", "disputed_at"])
    note_event(None, order, OrderEvent.Kind.DISPUTED, reason, None)


def go_on(order: Order, amount_idr: int, words: str) -> datetime | None:
    """So much of the (locked) order's payment is in dispute no longer; after the last, its clocks go on where they stood.

    Answers since when they stood still; None while another dispute is open.
    """
    since, now = order.disputed_at, clock.now()
    order.disputed_idr -= amount_idr
    if order.disputed_idr or since is None:
        order.save(update_fields=["disputed_idr"])
        note_event(None, order, OrderEvent.Kind.DISPUTE_OVER, words, None)
        return None
    order.disputed_at = None
    order.pack_by = went_on(order.pack_by, order.paid_at, since, now)
    order.ship_by = went_on(order.ship_by, order.handed_over_at or order.packed_at, since, now)
    order.complete_at = went_on(order.complete_at, order.delivered_at, since, now)
    order.cancel_asked_at = went_on(order.cancel_asked_at, order.cancel_asked_at, since, now)
    changed = ["disputed_idr", "disputed_at", "pack_by", "ship_by", "complete_at", "cancel_asked_at"]
    order.save(update_fields=changed)
    deadline = {State.TO_PACK: order.pack_by, State.PACKED: order.ship_by, State.DELIVERED: order.complete_at}
    note_event(None, order, OrderEvent.Kind.DISPUTE_OVER, words, deadline.get(State(order.state)))
    return since


def has_gone_on_as_left(order: Order, lost_at: datetime, reason: str) -> bool:
    """Whether the order that lost money to its buyer's bank then, for the `reason`, is under way or settled as it was then, or
    has ended by that alone."""
    if order.state == State.REFUNDED:
        end = order.events.filter(to_state=State.REFUNDED, kind=OrderEvent.Kind.MOVED).latest("happened_at", "id")
        return end.reason == reason and (order.settled_at is None or order.settled_at < lost_at)
    return order.state != State.CANCELLED and (order.settled_at is None or order.settled_at < lost_at)


def take_up_again(
    order: Order, lost: RefundSplit, *, held_idr: int, borne_idr: int, lost_at: datetime, words: str
) -> None:
    """So much of the (locked) order that its buyer's bank had taken for good at `lost_at` is its own again: `held_idr` of it is
    held, `borne_idr` the shop had borne. One that had ended by it stands where it stood, and its clocks go on."""
    lines = list(order.lines.order_by("id"))
    weights = [line.taken_back_idr for line in lines]
    parts_idr = apportion(lost.goods_idr, weights) if lost.goods_idr else [0] * len(lines)
    for line, part_idr in zip(lines, parts_idr, strict=True):
        line.taken_back_idr -= part_idr
    OrderLine.objects.bulk_update(lines, ["taken_back_idr"])
    order.refunded_goods_idr -= lost.goods_idr
    order.refunded_shipping_idr -= lost.shipping_idr
    order.escrow_idr += held_idr
    order.borne_by_shop_idr -= borne_idr
    if order.state == State.REFUNDED:
        _stand_where_it_stood(order, lost_at, words)
    order.save()
    note_event(None, order, OrderEvent.Kind.DISPUTE_OVER, words, None)


def _stand_where_it_stood(order: Order, lost_at: datetime, words: str) -> None:
    """As before the bank took all of it; what was left of its clocks then is left again."""
    end = order.events.filter(to_state=State.REFUNDED, kind=OrderEvent.Kind.MOVED).latest("happened_at", "id")
    now = max(lost_at, order.disputed_at or clock.now())
    order.state = end.from_state
    order.ship_by = went_on(order.ship_by, order.handed_over_at or order.packed_at, lost_at, now)
    order.complete_at = went_on(order.complete_at, order.delivered_at, lost_at, now)
    OrderEvent.objects.create(
        order=order,
        shop_id=order.shop_id,
        kind=OrderEvent.Kind.MOVED,
        from_state=State.REFUNDED,
        to_state=order.state,
        reason=words,
        happened_at=clock.now(),
    )


def mark_lost_to_bank(order: Order, amount_idr: int, reason: str) -> tuple[RefundSplit, RefundSplit]:
    """The buyer's bank has taken so much of the (locked) order, whose parcel has left the shop, for good, at most what still
    is its: the goods' money first, of each line in proportion, for the courier carries the parcel.

    Answers what that is, and what of it is not held for the order (as `mark_refunded`).
    """
    goods_idr = min(amount_idr, order.remaining_goods_idr)
    shipping_idr = min(amount_idr - goods_idr, order.remaining_shipping_idr)
    lines = list(order.lines.order_by("id"))
    parts_idr = apportion(goods_idr, [line.sold_idr for line in lines]) if goods_idr else [0] * len(lines)
    for line, part_idr in zip(lines, parts_idr, strict=True):
        line.taken_back_idr += part_idr
    OrderLine.objects.bulk_update(lines, ["taken_back_idr"])
    lost = RefundSplit(goods_idr, shipping_idr)
    return lost, give_up(None, order, lost, reason)
