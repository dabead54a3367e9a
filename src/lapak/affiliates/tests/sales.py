"""An order that a creator earns on, as placing a purchase would have left it."""

from datetime import datetime

from lapak.affiliates.models import Commission, Creator, Link, Programme
from lapak.affiliates.rates import commission_idr
from lapak.goods.catalogue.models import Stock, Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.fees.models import FIRST_ID
from lapak.money.payments.models import PaymentIntent
from lapak.testing.cast import Cast, clocks_of_order
from lapak.trade.orders.models import Order, OrderEvent, OrderLine, Purchase


def order_line(cast: Cast, variant: Variant, *, settled_at: datetime | None = None, quantity: int = 1) -> OrderLine:
    """One piece, or more, awaiting payment; or completed and settled at a moment."""
    now, price_idr = clock.now(), variant.price_idr * quantity
    state = Order.State.COMPLETED if settled_at else Order.State.AWAITING_PAYMENT
    purchase = Purchase.objects.create(
        id=new_id(), buyer=cast.buyer, idempotency_key=new_id(), address={}, total_idr=price_idr,
        placed_at=now, pay_by=now,
    )  # fmt: skip
    PaymentIntent.objects.create(
        pays_for=purchase.id, buyer_id=cast.buyer.id, provider="sandbox", method="qris", amount_idr=price_idr,
        created_at=now, expires_at=now,
    )  # fmt: skip
    order = Order.objects.create(
        id=new_id(), purchase=purchase, buyer=cast.buyer, shop=cast.shop, state=state, goods_idr=price_idr,
        shipping_idr=0, shipping_service="jne-reg", courier="jne", placed_at=now, pay_by=now, settled_at=settled_at,
        fee_schedule_id=FIRST_ID, fee_shares=price_idr * 200, **clocks_of_order(),
    )  # fmt: skip
    OrderEvent.objects.create(order=order, shop_id=order.shop_id, from_state="", to_state=state, happened_at=now)
    if not settled_at:
        Stock.objects.filter(variant=variant).update(reserved=Stock.objects.get(variant=variant).reserved + quantity)
    return OrderLine.objects.create(
        id=new_id(), order=order, shop_id=order.shop_id, variant=variant, title=variant.product.title, quantity=quantity,
        unit_price_idr=variant.price_idr, paid_idr=price_idr, fee_bp=200,
    )  # fmt: skip


def commission_on(
    line: OrderLine, link: Link, programme: Programme, *, state: str = "pending", creator: Creator | None = None
) -> Commission:
    """Ten percent of the line for the link's creator, or another."""
    return Commission.objects.create(
        line=line, order_id=line.order_id, creator=creator or link.creator, link=link, programme=programme,
        shop_id=line.order.shop_id, click_id=new_id(), clicked_at=clock.now(),
        attribution=Commission.Attribution.DIRECT, rate_bp=1000, base_idr=line.total_idr,
        amount_idr=commission_idr(line.total_idr, 1000), state=state, created_at=clock.now(),
        settled_at=clock.now() if state in {"payable", "paid"} else None,
        credited_at=clock.now() if state in {"payable", "paid"} else None,
    )  # fmt: skip
