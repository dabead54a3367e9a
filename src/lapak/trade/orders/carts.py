"""Carts: wishes without promises, so that changing one touches nothing else."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Prefetch, Q, QuerySet

from lapak.goods.catalogue import rules
from lapak.goods.catalogue.models import ProductImage, Variant
from lapak.goods.catalogue.on_sale import variants_on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.closings import is_resting
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.trade.orders.asked import MAX_LINES, MAX_QUANTITY
from lapak.trade.orders.errors import CartLineRefused
from lapak.trade.orders.models import Cart, CartLine, OrderLine, Purchase
from lapak.trade.orders.queries import order_for_buyer


@dataclass(frozen=True, slots=True)
class CartGroup:
    """One shop's part of a cart, as it would become an order."""

    shop: Shop
    lines: list[CartLine]

    @property
    def goods_idr(self) -> int:
        return sum(line.total_idr for line in self.lines)

    @property
    def weight_g(self) -> int:
        return sum(line.quantity * line.variant.product.charged_weight_g for line in self.lines)


@dataclass(frozen=True, slots=True)
class Wish:
    """How many pieces of a variant, and the unit price the buyer was last shown (IDR)."""

    quantity: int
    shown_price_idr: int


@dataclass(frozen=True, slots=True)
class CartContents:
    """A cart as it stands now: what can be bought, by shop, what waits as its shop is on holiday or takes no more orders, and
    what has gone off sale since it was put in."""

    groups: list[CartGroup]
    resting: list[CartGroup]
    gone: list[CartLine]


def cart_of_user(user: User) -> Cart:
    """The user's one cart, made when first asked for."""
    return Cart.objects.get_or_create(user=user)[0]


def filled_cart_of_user(user: User) -> Cart | None:
    """The user's cart; none while they have never put anything in: looking makes none."""
    return Cart.objects.filter(user=user).first()


def open_visitor_cart() -> Cart:
    """A new cart that belongs to nobody yet."""
    return Cart.objects.create()


def visitor_cart(cart_id: uuid.UUID | None) -> Cart | None:
    """A visitor's cart by the id their session carries; a cart that got a user is no visitor's any more."""
    return Cart.objects.filter(id=cart_id, user=None).first() if cart_id else None


def contents_of_cart(cart: Cart) -> CartContents:
    """The cart's goods with pictures, stock, and prices as they are now."""
    shops_and_stock = cart.lines.select_related("variant__product__shop", "variant__stock")
    lines = list(shops_and_stock.prefetch_related(Prefetch("variant__product__images", _first_images())))
    groups = _by_shop(line for line in lines if is_on_sale(line.variant))
    return CartContents(
        groups=[group for group in groups if not is_resting(group.shop)],
        resting=[group for group in groups if is_resting(group.shop)],
        gone=[line for line in lines if not is_on_sale(line.variant)],
    )


def wishes_of_cart(cart: Cart) -> dict[uuid.UUID, Wish]:
    """The cart's lines by variant, in the order they were put in."""
    return {line.variant_id: Wish(line.quantity, line.price_idr) for line in cart.lines.all()}


def groups_of_wishes(wishes: Mapping[uuid.UUID, Wish]) -> list[CartGroup]:
    """Goods by shop as `contents_of_cart` has them, whether or not they lie in a cart; without what is off sale, and what
    waits for its shop."""
    variants = (
        Variant.objects.filter(id__in=wishes)
        .select_related("product__shop", "stock")
        .prefetch_related(Prefetch("product__images", _first_images()))
    )
    found = {variant.id: variant for variant in variants if is_on_sale(variant)}
    groups = _by_shop(
        CartLine(variant=found[variant_id], quantity=wish.quantity, price_idr=wish.shown_price_idr)
        for variant_id, wish in wishes.items()
        if variant_id in found
    )
    return [group for group in groups if not is_resting(group.shop)]


def is_on_sale(variant: Variant) -> bool:
    """As `goods/catalogue/on_sale.py` has it, of a variant read with its product and shop."""
    product = variant.product
    return rules.is_on_sale(is_active=variant.is_active, status=product.status, shop_is_open=product.shop.is_open)


@act
def add_to_cart(cart: Cart, variant_id: uuid.UUID, quantity: int, *, replacing: bool = False) -> CartLine:
    """The cart holds this much more of the variant, at today's price; `replacing`, it holds exactly this much.

    Refuses (`CartLineRefused`) what is not on sale, quantities outside 1 to 999, and more than 100 kinds of goods.
    """
    variant = variants_on_sale().filter(id=variant_id).first()
    held = cart.lines.filter(variant_id=variant_id).first()
    wanted = quantity + (held.quantity if held and not replacing else 0)
    if variant is None or not 1 <= quantity <= MAX_QUANTITY or wanted > MAX_QUANTITY:
        raise CartLineRefused
    if held is None and cart.lines.count() >= MAX_LINES:
        raise CartLineRefused
    line, _ = CartLine.objects.update_or_create(
        cart=cart, variant=variant, defaults={"quantity": wanted, "price_idr": variant.price_idr}
    )
    return line


@act
def set_cart_quantity(cart: Cart, variant_id: uuid.UUID, quantity: int) -> None:
    """The cart holds exactly this much of the variant; zero takes it out. Refuses more than 999 or less than none."""
    if not 0 <= quantity <= MAX_QUANTITY:
        raise CartLineRefused
    lines = cart.lines.filter(variant_id=variant_id)
    if quantity == 0:
        lines.delete()
    else:
        lines.update(quantity=quantity)


def accept_prices(cart: Cart) -> None:
    """The buyer has seen today's prices: from now on a later change counts as a change again."""
    CartLine.objects.bulk_update(
        [
            CartLine(id=line.id, price_idr=line.variant.price_idr)
            for line in cart.lines.select_related("variant").exclude(price_idr=F("variant__price_idr"))
        ],
        ["price_idr"],
    )


def note_checkout(user: User, variant_ids: Collection[uuid.UUID], lasts: timedelta) -> None:
    """The user is at the checkout with these goods since now; not anew while a checkout that `lasts` so long goes on. Who
    clicks a link meanwhile was not persuaded by it (affiliates/attribution.py)."""
    now = clock.now()
    lines = CartLine.objects.filter(cart__user=user, variant_id__in=variant_ids)
    lines.filter(Q(checkout_opened_at=None) | Q(checkout_opened_at__lte=now - lasts)).update(checkout_opened_at=now)


@act
def take_over_cart(user: User, visitor: Cart) -> Cart:
    """After sign-in the user's cart holds what the visitor's held too; the larger quantity wins. The visitor's is gone."""
    return _pour(visitor, into=cart_of_user(user))


@act
def hand_over_cart(cart_id: uuid.UUID, into: Cart | None) -> Cart | None:
    """A visitor's cart has gone along to another browser: its goods lie in `into`, else in a new cart.

    The old id is worth nothing afterwards, so whoever knows it can use it once: None the second time.
    """
    visitor = Cart.objects.select_for_update(no_key=True).filter(id=cart_id, user=None).first()
    return _pour(visitor, into=into or open_visitor_cart()) if visitor else None


def put_back_into_cart(purchase: Purchase) -> None:
    """What was ordered and not paid is a wish again: it lies in the buyer's cart, at the price it was ordered at."""
    _wish_again(purchase.buyer_id, OrderLine.objects.filter(order__purchase=purchase))


@act
def buy_again(by: User, order_id: uuid.UUID) -> None:
    """The order's goods lie in the buyer's cart, at the price they were bought at: the cart says what costs more now, and
    what has gone. Refuses a stranger (`OrderNotFound`)."""
    _wish_again(by.pk, OrderLine.objects.filter(order=order_for_buyer(by, order_id)))


def quantity_in_cart(cart: Cart) -> int:
    """How many kinds of goods the cart holds: the number on the cart's icon."""
    return cart.lines.count()


def _wish_again(buyer_id: uuid.UUID, ordered: QuerySet[OrderLine]) -> None:
    """What the buyer has put in since stays as it is, and so does a cart that is full."""
    cart, _ = Cart.objects.get_or_create(user_id=buyer_id)
    lines = ordered.order_by("id")[: max(0, MAX_LINES - cart.lines.count())]
    CartLine.objects.bulk_create(
        [
            CartLine(cart=cart, variant_id=line.variant_id, quantity=line.quantity, price_idr=line.unit_price_idr)
            for line in lines
        ],
        ignore_conflicts=True,
    )


def _pour(visitor: Cart, into: Cart) -> Cart:
    held = {line.variant_id: line for line in into.lines.all()}
    for line in visitor.lines.all()[: MAX_LINES - len(held)]:
        if line.variant_id in held:
            held[line.variant_id].quantity = max(held[line.variant_id].quantity, line.quantity)
        else:
            held[line.variant_id] = CartLine(
                cart=into, variant_id=line.variant_id, quantity=line.quantity, price_idr=line.price_idr
            )
    CartLine.objects.bulk_create(
        held.values(),
        update_conflicts=True,
        unique_fields=["cart", "variant"],
        update_fields=["quantity"],
    )
    visitor.delete()
    return into


def _by_shop(lines: Iterable[CartLine]) -> list[CartGroup]:
    by_shop: dict[Shop, list[CartLine]] = defaultdict(list)
    for line in lines:
        by_shop[line.variant.product.shop].append(line)
    return [CartGroup(shop, lines_of_shop) for shop, lines_of_shop in by_shop.items()]


def _first_images() -> QuerySet[ProductImage]:
    return ProductImage.objects.filter(position=0).select_related("image")
