"""Reading returns, what they would pay back, and the gates to each."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django.db.models import Count, Prefetch, QuerySet

from lapak.goods.catalogue.models import ProductImage
from lapak.lib import clock
from lapak.money.ledger.queries import brought_idr
from lapak.money.payments.models import DisputeShare
from lapak.money.payouts.models import PayoutItem
from lapak.money.payouts.queries import live_items
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in, require_desk
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.models import Order, OrderLine
from lapak.trade.orders.rules import RefundSplit, paid_for_pieces_idr
from lapak.trade.orders.settlement import seller_account
from lapak.trade.returns.models import Return, ReturnEvent, ReturnLine
from lapak.trade.returns.rules import (
    NEVER_CARRIED,
    NOT_THE_SELLERS_FAULT,
    OPEN,
    WAIT_FOR_SHOP,
    LineRefund,
    Reason,
    ReturnState,
    may_be_asked,
    may_be_asked_for_hidden_faults,
    refund_of,
)
from lapak.trade.shipping.queries import shipping_quotes


def returns_of_order(order: Order) -> QuerySet[Return]:
    """An order's returns with their goods, the newest first."""
    return _with_lines(Return.objects.filter(order=order)).order_by("-asked_at", "-id")


def reasons_to_return(order: Order) -> list[Reason]:
    """For which reasons the order's goods may go back now: any until its last day, then the shop's faults alone, until
    what the shop got for them has left."""
    if may_be_asked(order.state, order.complete_at, clock.now()):
        return list(Reason)
    if may_be_asked_for_hidden_faults(order.state, is_paid_out=_is_paid_out(order)):
        return [reason for reason in Reason if reason not in NOT_THE_SELLERS_FAULT]
    return []


def may_ask_for_return(order: Order) -> bool:
    """Whether `ask_for_return` would not refuse the order's buyer outright: in time, none open, no dispute, something left."""
    return (
        order.open_return_id is None
        and order.disputed_at is None
        and any(line.sold_idr for line in order.lines.all())
        and bool(reasons_to_return(order))
    )


def _is_paid_out(order: Order) -> bool:
    """Whether a payout that is on its way, or has arrived, names the order."""
    return bool(live_items(PayoutItem.Kind.ORDER, [order.id]))


def dearest_way_back_idr(return_: Return) -> int:
    """What the dearest service on offer costs from the buyer to the shop for the goods of the return, IDR."""
    rows = return_.lines.select_related("line__variant__product")
    weight_g = sum(row.quantity * row.line.variant.product.charged_weight_g for row in rows)
    address = return_.order.address
    quotes = shipping_quotes(address["province_code"], return_.shop.province_code, weight_g)
    return max((quote.price_idr for quote in quotes), default=0)


def return_for_buyer(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for the one who bought them; `OrderNotFound` for everyone else."""
    return _one(_with_lines(Return.objects.filter(id=return_id, order__buyer=user)))


def return_for_seller(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for one who works in its shop; `OrderNotFound` for everyone else."""
    return _one(_with_lines(Return.objects.filter(id=return_id, shop__in=shops_of_seller(user, Duty.ORDERS))))


def return_for_operator(user: User, return_id: uuid.UUID) -> Return:
    """The return with its goods, for the operator; `OrderNotFound` for everyone else."""
    require_desk(user, Desk.RETURNS, OrderNotFound)
    return _one(_with_lines(Return.objects.filter(id=return_id)))


def return_for_its_people(user: User, return_id: uuid.UUID) -> Return:
    """The return for its buyer, who deals with the orders of its shop, or the operator; `OrderNotFound` for a stranger."""
    found = _one(Return.objects.filter(id=return_id).select_related("order"))
    is_theirs = found.order.buyer_id == user.id or is_let_in(user, Desk.RETURNS)
    if not (is_theirs or works_for(user, found.shop_id, Duty.ORDERS)):
        raise OrderNotFound
    return found


def returns_of_shop(shop: Shop, states: Collection[str] = ()) -> QuerySet[Return]:
    """A shop's returns with their goods, the newest first; only those in `states` when given."""
    returns = _with_lines(Return.objects.filter(shop=shop))
    return (returns.filter(state__in=states) if states else returns).order_by("-asked_at", "-id")


def return_counts_of_shop(shop: Shop) -> dict[str, int]:
    """How many returns a shop has in each state."""
    counts = Return.objects.filter(shop=shop).values_list("state").annotate(count=Count("*"))
    return dict.fromkeys(Return.State.values, 0) | dict(counts)


def escalated_returns() -> QuerySet[Return]:
    """What waits for the operator, what is late or soon will be first."""
    return _with_lines(Return.objects.filter(state=ReturnState.ESCALATED)).order_by("act_by", "id")


def events_of_return(return_: Return) -> QuerySet[ReturnEvent]:
    """What happened to the return, the first first."""
    return ReturnEvent.objects.filter(of_return=return_).select_related("actor").order_by("happened_at", "id")


def count_of_returns_to_answer(shop: Shop) -> int:
    """How many returns wait for the shop."""
    return Return.objects.filter(shop=shop, state__in=WAIT_FOR_SHOP).count()


def refund_of_return(return_: Return, upheld: Mapping[uuid.UUID, int] | None = None) -> RefundSplit:
    """What the return has paid back, or will when it is refunded; or would, if so many pieces were `upheld`, by order line.

    One that has ended without a refund pays nothing, whatever became of its pieces by another.
    """
    if not return_.is_open:
        return RefundSplit(return_.refunded_goods_idr, return_.refunded_shipping_idr, return_.refunded_way_back_idr)
    counted = {row.line_id: row.counted for row in return_.lines.all()} if upheld is None else upheld
    lines = [_refund_of_line(line, counted.get(line.id, 0)) for line in return_.order.lines.all()]
    is_sellers_fault = NOT_THE_SELLERS_FAULT.isdisjoint({return_.reason, *_reasons_refunded(return_.order)})
    refund = refund_of(lines, return_.order.remaining_shipping_idr, is_sellers_fault=is_sellers_fault)
    return replace(refund, way_back_idr=return_.way_back_borne_idr)


def may_be_accepted_in_part(return_: Return) -> bool:
    """Whether the shop may take some of the pieces back now, and others not."""
    is_the_shops = return_.state in {ReturnState.ASKED, ReturnState.DECLINED, ReturnState.ARRIVED}
    return is_the_shops and not return_.waits_for_goods and sum(row.quantity for row in return_.lines.all()) > 1


def are_goods_kept(order: Order) -> bool:
    """Whether goods of the order are the shop's again, as its buyer had the money from their bank."""
    return Return.objects.filter(order=order, kept_since__isnull=False).exists()


def was_carried(order: Order) -> bool:
    """Whether goods of the order reached its buyer, by the reasons for which they were refunded: not if nothing ever came."""
    return not _reasons_refunded(order) <= NEVER_CARRIED


def _reasons_refunded(order: Order) -> set[str]:
    return set(Return.objects.filter(order=order, state=ReturnState.REFUNDED).values_list("reason", flat=True))


def _refund_of_line(line: OrderLine, pieces: int) -> LineRefund:
    """At the price they were paid, at most what the buyer's bank has left of it."""
    before = line.refunded_quantity
    paid_idr = paid_for_pieces_idr(line.paid_idr, line.quantity, before=before, pieces=pieces)
    return LineRefund(line.quantity, before, pieces, min(paid_idr, line.sold_idr))


def held_back(order_ids: "Collection[uuid.UUID] | QuerySet[Any, uuid.UUID]") -> set[uuid.UUID]:
    """Which of the orders (their ids, or what asks for them) have settled, and an open return may take back their goods, or an
    open dispute their money: what they brought is not paid out."""
    asked_back = Return.objects.filter(order__in=order_ids, state__in=OPEN, order__settled_at__isnull=False)
    disputed = _settled_and_disputed().filter(id__in=order_ids)
    return {*asked_back.values_list("order_id", flat=True), *disputed.values_list("id", flat=True)}


def held_back_idr(shops: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """The sum of each shop's `held_orders`, IDR."""
    return {shop_id: sum(held.values()) for shop_id, held in held_orders(shops).items()}


def held_orders(shops: Collection[uuid.UUID]) -> dict[uuid.UUID, dict[uuid.UUID, int]]:
    """What orders brought that an open return or dispute is about, by shop and order (IDR): it stays until that is decided.

    The whole of each, so that a payout sends an order whole and names it, or does neither. Of one that a payout has sent before,
    nothing of the shop's other money is held.
    """
    asked_back = Return.objects.filter(shop__in=shops, state__in=OPEN, order__settled_at__isnull=False)
    disputed = _settled_and_disputed().filter(shop__in=shops)
    shop_of = dict([*asked_back.values_list("order_id", "shop_id"), *disputed.values_list("id", "shop_id")])
    unsent = shop_of.keys() - live_items(PayoutItem.Kind.ORDER, shop_of)
    held = defaultdict[uuid.UUID, dict[uuid.UUID, int]](dict)
    for order_id, idr in brought_idr({id_: seller_account(shop_of[id_]) for id_ in unsent}).items():
        held[shop_of[order_id]][order_id] = max(0, idr)
    return dict(held)


def _settled_and_disputed() -> QuerySet[Order]:
    undecided = DisputeShare.objects.filter(dispute__ended_at=None)
    return Order.objects.filter(id__in=undecided.values("order_id"), settled_at__isnull=False)


def _with_lines(returns: QuerySet[Return]) -> QuerySet[Return]:
    first_image = ProductImage.objects.filter(position=0).select_related("image")
    lines = ReturnLine.objects.select_related("line__variant__product").prefetch_related(
        Prefetch("line__variant__product__images", first_image)
    )
    return returns.select_related("order__buyer", "shop").prefetch_related(Prefetch("lines", lines.order_by("id")))


def _one(returns: QuerySet[Return]) -> Return:
    found = returns.first()
    if found is None:
        raise OrderNotFound
    return found
