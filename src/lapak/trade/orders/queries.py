"""Reading purchases and orders, and the gates to each."""

import uuid
from collections.abc import Collection
from dataclasses import fields
from datetime import date, datetime, timedelta, tzinfo
from typing import LiteralString
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Max, Prefetch, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncDate

from lapak.goods.catalogue.models import ProductImage
from lapak.lib import clock
from lapak.lib.days import begin_of, day_by_day, last_days
from lapak.lib.ids import NumberOf, first_id_at, number_in
from lapak.lib.prepared import fetch_all
from lapak.money.ledger.models import Transfer
from lapak.money.ledger.queries import transfers_of_reference
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.queries import attempts_to_pay
from lapak.people.settings.queries import number_on
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Order, OrderEvent, OrderLine, PaymentAllocation, Purchase
from lapak.trade.orders.rules import CANCELS_AFTER_PAYING, CANCELS_COUNT_FOR, Clocks, State
from lapak.trade.orders.sight import in_sight
from lapak.trade.shipping.queries import orders_with_tracking_number

NAMES_ARE_KNOWN_FOR = timedelta(days=120)
"""Longer ago nobody asks by a name; so that looking costs what the shop's last months hold, not all its years."""

SOLD = (State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED)
"""States of an order that brought its shop something, or will."""

MOST_URGENT = (Coalesce("ship_by", "pack_by"), "id")
"""What the shop has to do first comes first: a packed order has a `ship_by`, one to be packed only a `pack_by`."""


UNFINISHED = (
    ~Q(state__in=[State.COMPLETED, State.REFUNDED, State.CANCELLED])
    | Q(escrow_idr__gt=0)
    | Q(disputed_idr__gt=0)
    | Q(open_return_id__isnull=False)
)
"""Orders of which somebody still has to do something, or whose money is held."""


def current_clocks() -> Clocks:
    """The clocks a purchase is placed under now."""
    today = clock.today()
    return Clocks(**{each.name: number_on(each.name, today) for each in fields(Clocks)})


def _with_lines(orders: QuerySet[Order]) -> QuerySet[Order]:
    first_image = ProductImage.objects.filter(position=0).select_related("image")
    lines = OrderLine.objects.select_related("variant__product").prefetch_related(
        Prefetch("variant__product__images", first_image)
    )
    return orders.select_related("shop", "purchase").prefetch_related(Prefetch("lines", lines))


def orders_of_buyer(user: User, states: Collection[str] = ()) -> QuerySet[Order]:
    """The buyer's orders with lines and pictures, newest first; only those in `states` when given."""
    orders = _with_lines(Order.objects.filter(buyer=user))
    return (orders.filter(state__in=states) if states else orders).order_by("-placed_at", "-id")


def purchases_to_pay(user: User) -> list[uuid.UUID]:
    """The buyer's purchases that wait to be paid, the newest first."""
    waiting = Order.objects.filter(buyer=user, state=Order.State.AWAITING_PAYMENT).values_list("purchase_id", flat=True)
    return list(waiting.distinct().order_by("-purchase_id"))


def order_for_buyer(user: User, order_id: uuid.UUID) -> Order:
    """The order, for the one who bought it; `OrderNotFound` for everyone else."""
    order = orders_of_buyer(user).filter(id=order_id).first()
    if order is None:
        raise OrderNotFound
    return order


def purchase_for_buyer(user: User, purchase_id: uuid.UUID) -> Purchase:
    """The purchase with its orders, for the one who made it; `OrderNotFound` for everyone else."""
    orders = _with_lines(Order.objects.all()).order_by("id")
    purchase = Purchase.objects.filter(buyer=user, id=purchase_id).prefetch_related(Prefetch("orders", orders)).first()
    if purchase is None:
        raise OrderNotFound
    return purchase


def payment_status_for_buyer(user: User, purchase_id: uuid.UUID) -> tuple[str, bool]:
    """How the purchase's last attempt to pay stands, and whether it has its code, for the one who made it; `OrderNotFound`
    for everyone else.

    One light query: a waiting pay page asks every few seconds.
    """
    own = PaymentIntent.objects.filter(pays_for=purchase_id, buyer_id=user.pk)
    found = own.order_by("-created_at").values_list("status", "instructions").first()
    if found is None:
        raise OrderNotFound
    return found[0], bool(found[1])


def events_of_order(order: Order) -> QuerySet[OrderEvent]:
    """What happened to the order, the first first."""
    return OrderEvent.objects.filter(order=order).order_by("happened_at", "id")


def was_declined(order: Order) -> bool:
    """Whether the shop has declined to cancel the order."""
    return order.events.filter(kind=OrderEvent.Kind.CANCEL_DECLINED).exists()


CANCELLED_AFTER_PAYING: LiteralString = """
    SELECT cancelled.buyer_id, max(cancelled.cancelled_at) AS cancelled_at FROM orders_order AS cancelled
    WHERE cancelled.buyer_id = ANY (%(buyers)s::uuid[]) AND cancelled.state = 'cancelled'
        AND cancelled.paid_at IS NOT NULL AND cancelled.cancelled_at > %(cancelled_since)s::timestamptz
        AND EXISTS (
            SELECT FROM orders_orderevent AS event WHERE event.order_id = cancelled.id
                AND event.to_state = 'cancelled' AND event.actor_id = cancelled.buyer_id
        )
    GROUP BY cancelled.buyer_id, cancelled.purchase_id ORDER BY cancelled_at
"""
"""When buyers cancelled purchases by themselves after paying; a purchase of many shops once."""


def cancels_left(buyer: User) -> int:
    """How many purchases the buyer may still cancel after paying before they cannot order for a while."""
    since = clock.now() - CANCELS_COUNT_FOR
    cancelled = fetch_all(CANCELLED_AFTER_PAYING, {"buyers": [buyer.pk], "cancelled_since": since})
    return max(0, CANCELS_AFTER_PAYING.on(clock.today()) - len(cancelled))


def wish_to_cancel(order: Order) -> OrderEvent | None:
    """The buyer's open wish to cancel the order."""
    if order.cancel_asked_at is None:
        return None
    return order.events.filter(kind=OrderEvent.Kind.CANCEL_ASKED).order_by("-happened_at").first()


def orders_of_shop(shop: Shop, state: str | None = None) -> QuerySet[Order]:
    """A shop's orders with lines, newest first; of one state when given."""
    orders = _with_lines(Order.objects.filter(shop=shop)).select_related("buyer")
    return (orders.filter(state=state) if state else orders).order_by("-placed_at", "-id")


def orders_of_shop_named(shop: Shop, text: str) -> QuerySet[Order]:
    """The shop's orders that somebody asks about, in any state, newest first: by the order's number, by the parcel's
    tracking number, or, of the last months and as long as the shop sees it, by the name of who gets it."""
    recipient = Q(changed_address__isnull=True, purchase__address__recipient__icontains=text) | Q(
        changed_address__recipient__icontains=text
    )
    named = Q(id__in=orders_with_tracking_number(shop.id, text)) | (
        recipient & in_sight() & Q(placed_at__gte=clock.now() - NAMES_ARE_KNOWN_FOR)
    )
    number = number_in(text)
    if number is not None:
        named |= Q(its_number=number)
    return orders_of_shop(shop).alias(its_number=NumberOf("id")).filter(named)


def order_for_seller(user: User, order_id: uuid.UUID) -> Order:
    """The order, for one who deals with the orders of its shop; `OrderNotFound` for everyone else."""
    own = Order.objects.filter(id=order_id, shop__in=shops_of_seller(user, Duty.ORDERS))
    order = _with_lines(own).select_related("buyer").first()
    if order is None:
        raise OrderNotFound
    return order


def order_counts_of_shop(shop: Shop) -> dict[str, int]:
    """How many orders a shop has in each state."""
    counts = Order.objects.filter(shop=shop).values_list("state").annotate(count=Count("*"))
    return dict.fromkeys(Order.State.values, 0) | dict(counts)


def sales_of_shop_per_day(shop: Shop, days: int) -> list[tuple[date, int, int]]:
    """Orders placed on each of the shop's last days, today last, that are paid and not called off, and what their goods cost
    in rupiah, less what was given back."""
    return _sales_per_day(Order.objects.filter(shop=shop), last_days(days, shop.today), ZoneInfo(shop.time_zone))


def sales_per_day(days: int) -> list[tuple[date, int, int]]:
    """The same over all shops; a day is Jakarta's."""
    shown = last_days(days, clock.today())
    return _sales_per_day(Order.objects.filter(id__gte=first_id_at(begin_of(shown[0], clock.WIB))), shown, clock.WIB)


def _sales_per_day(orders: QuerySet[Order], days: list[date], zone: tzinfo) -> list[tuple[date, int, int]]:
    per_day = (
        orders.filter(state__in=SOLD, placed_at__gte=begin_of(days[0], zone))
        .annotate(day=TruncDate("placed_at", tzinfo=zone))
        .values_list("day")
        .annotate(orders=Count("*"), total=Sum(F("goods_idr") - F("refunded_goods_idr")))
    )
    return day_by_day(days, {day: (orders, int(total)) for day, orders, total in per_day}, (0, 0))


def order_counts() -> dict[str, int]:
    """How many orders there are in each state, in all shops."""
    counts = Order.objects.values_list("state").annotate(count=Count("*"))
    return dict.fromkeys(Order.State.values, 0) | dict(counts)


def order_of_reference(shop: Shop, reference: uuid.UUID) -> Order | None:
    """The shop's order that a transfer's reference names: by its own id, or by the payment that paid for it."""
    own = _with_lines(Order.objects.filter(shop=shop))
    return own.filter(id=reference).first() or own.filter(allocations__intent_id=reference).first()


def order_ids_by_payment(shop: Shop, payment_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Which of the shop's orders each of these payments paid for."""
    paid = PaymentAllocation.objects.filter(shop_id=shop.pk, intent_id__in=payment_ids)
    return dict(paid.values_list("intent_id", "order_id"))


def payment_of(order: Order) -> uuid.UUID | None:
    """The attempt that brought the order's money, the largest part of it if there were several; None while unpaid."""
    brought = order.allocations.order_by("-amount_idr", "intent_id")
    return brought.values_list("intent_id", flat=True).first()


def sold_by_line(order: Order) -> dict[uuid.UUID, int]:
    """What each of the order's lines is sold for now (IDR), after all that went back of it."""
    return {line.id: line.sold_idr for line in OrderLine.objects.filter(order=order)}


def transfers_of_order(order: Order) -> list[Transfer]:
    """Every transfer of the order and of the payments made for its purchase, payments first."""
    attempts = attempts_to_pay(order.purchase_id).order_by("created_at").values_list("id", flat=True)
    paid = [transfer for intent_id in attempts for transfer in transfers_of_reference(intent_id)]
    return [*paid, *transfers_of_reference(order.id)]


def orders_to_hand_over(shop: Shop) -> QuerySet[Order]:
    """Paid orders that are not with the courier yet, the most urgent first."""
    waiting = Order.objects.filter(shop=shop, state__in=[Order.State.TO_PACK, Order.State.PACKED])
    return _with_lines(waiting).order_by(*MOST_URGENT)


def orders_not_arrived() -> QuerySet[Order]:
    """Parcels that should have arrived, for the operator: what the buyer says did not, and what is late, first."""
    overdue = Order.objects.filter(state=Order.State.SHIPPED, arrive_by__lt=clock.now())
    return overdue.select_related("shop", "buyer").order_by(F("not_arrived_at").asc(nulls_last=True), "decide_by", "id")


def count_of_orders_to_pack(shop: Shop) -> int:
    """How many orders wait for the shop to pack them."""
    return Order.objects.filter(shop=shop, state=Order.State.TO_PACK).count()


def paid_last_after(shop_id: uuid.UUID, since: datetime) -> datetime | None:
    """When the last payment to the shop was made that is known and later than that moment; None when none is."""
    later = Order.objects.filter(
        shop=shop_id, state__in=State, placed_at__gte=since - timedelta(days=31), paid_at__gt=since
    )
    last: datetime | None = later.aggregate(last=Max("paid_at"))["last"]
    return last


def turnover_idr(shop_ids: Collection[uuid.UUID], since: date, until: date) -> int:
    """What the shops were paid for goods from the first day until before the other, in Jakarta, less what was cancelled by
    then."""
    begin, end = begin_of(since, clock.WIB), begin_of(until, clock.WIB)
    # By when they were placed, as an index has them: none waits a month for its payment.
    placed = Order.objects.filter(
        shop_id__in=shop_ids, state__in=State, placed_at__gte=begin - timedelta(days=31), placed_at__lt=end
    )
    paid = placed.filter(paid_at__gte=begin, paid_at__lt=end).exclude(cancelled_at__lt=end)
    idr: int = paid.aggregate(idr=Sum("goods_idr", default=0))["idr"]
    return idr
