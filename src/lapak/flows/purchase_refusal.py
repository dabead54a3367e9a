"""Why a purchase was refused: read after the fact, so that the good path pays nothing for it."""

import uuid
from collections import defaultdict

from lapak.goods.catalogue.models import Product, Variant
from lapak.money.payments.methods import method_named
from lapak.people.shops.models import Shop
from lapak.people.users.models import Address
from lapak.trade.orders.asked import AskedPurchase
from lapak.trade.orders.errors import (
    AddressMissing,
    GoodsGone,
    LineProblem,
    PriceChanged,
    PurchaseMalformed,
    PurchaseRefused,
    PurchaseTooLarge,
    ShippingChanged,
    ShopClosed,
    StockGone,
)
from lapak.trade.shipping.queries import shipping_quotes


def why_refused(buyer_id: uuid.UUID, asked: AskedPurchase) -> PurchaseRefused:
    """The first reason that holds now, in the order a buyer would mend them; `PurchaseMalformed` when none does."""
    address = Address.objects.filter(id=asked.address_id, user_id=buyer_id).first()
    if address is None:
        return AddressMissing()
    shops = Shop.objects.in_bulk([order.shop_id for order in asked.orders])
    if any(order.shop_id not in shops or not shops[order.shop_id].is_open for order in asked.orders):
        return ShopClosed()
    variants = Variant.objects.select_related("product", "stock").in_bulk([line.variant_id for line in asked.lines])
    return (
        _wrong_lines(asked, variants)
        or _wrong_shipping(asked, variants, shops, address)
        or _too_large(asked)
        or PurchaseMalformed()
    )


def _wrong_lines(asked: AskedPurchase, variants: dict[uuid.UUID, Variant]) -> PurchaseRefused | None:
    found: dict[type[GoodsGone | PriceChanged | StockGone], list[LineProblem]] = defaultdict(list)
    for line in asked.lines:
        variant = variants.get(line.variant_id)
        if variant is None or not variant.is_active or variant.product.status != Product.Status.PUBLISHED:
            title = variant.product.title if variant else ""
            found[GoodsGone].append(LineProblem(line.variant_id, title, line.shown_price_idr, 0, 0))
            continue
        stock = getattr(variant, "stock", None)
        now = LineProblem(
            variant_id=line.variant_id,
            title=variant.product.title,
            shown_price_idr=line.shown_price_idr,
            price_idr=variant.price_idr,
            available=stock.available if stock else 0,
        )
        if now.price_idr != line.shown_price_idr:
            found[PriceChanged].append(now)
        if now.available < line.quantity:
            found[StockGone].append(now)
    for problem in (GoodsGone, StockGone, PriceChanged):
        if problem in found:
            return problem(tuple(found[problem]))
    return None


def _wrong_shipping(
    asked: AskedPurchase, variants: dict[uuid.UUID, Variant], shops: dict[uuid.UUID, Shop], address: Address
) -> PurchaseRefused | None:
    for order in asked.orders:
        weight_g = sum(variants[line.variant_id].product.weight_g * line.quantity for line in order.lines)
        quotes = shipping_quotes(shops[order.shop_id].province_code, address.province_code, weight_g)
        if order.shown_shipping_idr not in [q.price_idr for q in quotes if q.service_code == order.service_code]:
            return ShippingChanged()
    return None


def _too_large(asked: AskedPurchase) -> PurchaseRefused | None:
    goods_idr = sum(line.quantity * line.shown_price_idr for line in asked.lines)
    shipping_idr = sum(order.shown_shipping_idr for order in asked.orders)
    return PurchaseTooLarge() if goods_idr + shipping_idr > method_named(asked.method).most_idr else None
