"""Carts: what they hold now, and whose they become."""

import uuid

import pytest

from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused
from lapak.trade.orders.asked import MAX_LINES
from lapak.trade.orders.carts import (
    Wish,
    accept_prices,
    add_to_cart,
    buy_again,
    cart_of_user,
    contents_of_cart,
    groups_of_wishes,
    hand_over_cart,
    open_visitor_cart,
    set_cart_quantity,
    take_over_cart,
    visitor_cart,
    wishes_of_cart,
)
from lapak.trade.orders.errors import CartLineRefused, OrderNotFound
from lapak.trade.orders.models import Cart, CartLine

pytestmark = pytest.mark.django_db


def holds(cart: Cart) -> dict[uuid.UUID, int]:
    return {variant_id: wish.quantity for variant_id, wish in wishes_of_cart(cart).items()}


class TestAdding:
    def test_more_adds_up_and_replacing_does_not(self, variant: Variant) -> None:
        cart = open_visitor_cart()
        add_to_cart(cart, variant.id, 2)
        add_to_cart(cart, variant.id, 3)
        assert holds(cart) == {variant.id: 5}
        add_to_cart(cart, variant.id, 4, replacing=True)
        assert holds(cart) == {variant.id: 4}

    @pytest.mark.parametrize("quantity", [0, -1, 1000])
    def test_quantities_out_of_bounds(self, variant: Variant, quantity: int) -> None:
        cart = open_visitor_cart()
        with refused(CartLineRefused):
            add_to_cart(cart, variant.id, quantity)
        assert holds(cart) == {}

    def test_too_much_together(self, variant: Variant) -> None:
        cart = open_visitor_cart()
        add_to_cart(cart, variant.id, 998)
        with refused(CartLineRefused):
            add_to_cart(cart, variant.id, 2)
        assert holds(cart) == {variant.id: 998}

    def test_off_sale(self, cast: Cast, variant: Variant) -> None:
        cart = open_visitor_cart()
        cast.shop.is_open = False
        cast.shop.save()
        with refused(CartLineRefused):
            add_to_cart(cart, variant.id, 1)
        assert holds(cart) == {}

    def test_setting(self, variant: Variant) -> None:
        cart = open_visitor_cart()
        add_to_cart(cart, variant.id, 2)
        set_cart_quantity(cart, variant.id, 7)
        assert holds(cart) == {variant.id: 7}
        for absurd in (-1, 1000):
            with refused(CartLineRefused):
                set_cart_quantity(cart, variant.id, absurd)
        assert holds(cart) == {variant.id: 7}
        set_cart_quantity(cart, variant.id, 0)
        assert holds(cart) == {}


class TestContents:
    def test_by_shop_at_todays_price(self, cast: Cast, variant: Variant) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Bogor", province_code="32")
        coffee = stocked_variant(other, price_idr=45_000, weight_g=600)
        cart = open_visitor_cart()
        add_to_cart(cart, variant.id, 2)
        add_to_cart(cart, coffee.id, 1)
        Variant.objects.filter(id=variant.id).update(price_idr=90_000)
        contents = contents_of_cart(cart)
        assert [(group.shop.slug, group.goods_idr, group.weight_g) for group in contents.groups] == [
            ("batik-sekar", 180_000, 600),
            ("kopi", 45_000, 600),
        ]
        assert [line.price_has_changed for group in contents.groups for line in group.lines] == [True, False]
        accept_prices(cart)
        assert not any(line.price_has_changed for group in contents_of_cart(cart).groups for line in group.lines)

    def test_what_went_off_sale(self, cast: Cast, variant: Variant) -> None:
        inactive, archived = stocked_variant(cast.shop), stocked_variant(cast.shop)
        cart = open_visitor_cart()
        for wished in (variant, inactive, archived):
            add_to_cart(cart, wished.id, 1)
        Variant.objects.filter(id=inactive.id).update(is_active=False)
        Product.objects.filter(id=archived.product_id).update(status=Product.Status.ARCHIVED)
        contents = contents_of_cart(cart)
        assert [line.variant_id for group in contents.groups for line in group.lines] == [variant.id]
        assert {line.variant_id for line in contents.gone} == {inactive.id, archived.id}

    def test_more_than_is_left(self, variant: Variant) -> None:
        cart = open_visitor_cart()
        line = add_to_cart(cart, variant.id, 10)
        assert not line.is_short
        Stock.objects.update(reserved=1)
        (group,) = contents_of_cart(cart).groups
        assert group.lines[0].is_short
        variant.stock.delete()
        assert Variant.objects.get().available == 0

    def test_wishes_outside_any_cart(self, variant: Variant) -> None:
        (group,) = groups_of_wishes({variant.id: Wish(3, 110_000), uuid.uuid4(): Wish(1, 1)})
        assert [(line.quantity, line.total_idr, line.price_has_changed) for line in group.lines] == [(3, 300_000, True)]


class TestChangingHands:
    def test_the_larger_quantity_wins(self, cast: Cast, variant: Variant) -> None:
        other = stocked_variant(cast.shop)
        visitors, users = open_visitor_cart(), cart_of_user(cast.buyer)
        add_to_cart(visitors, variant.id, 1)
        add_to_cart(visitors, other.id, 4)
        add_to_cart(users, variant.id, 3)
        assert take_over_cart(cast.buyer, visitors) == users
        assert holds(users) == {variant.id: 3, other.id: 4}
        assert list(Cart.objects.all()) == [users]

    def test_a_full_cart_takes_no_more(self, cast: Cast) -> None:
        users, visitors = cart_of_user(cast.buyer), open_visitor_cart()
        product = stocked_variant(cast.shop).product
        CartLine.objects.bulk_create(
            CartLine(cart=users, variant=variant, quantity=1, price_idr=1)
            for variant in Variant.objects.bulk_create(Variant(product=product, price_idr=1) for _ in range(MAX_LINES))
        )
        add_to_cart(visitors, stocked_variant(cast.shop).id, 1)
        one_more = stocked_variant(cast.shop)
        with refused(CartLineRefused):
            add_to_cart(users, one_more.id, 1)
        take_over_cart(cast.buyer, visitors)
        assert len(holds(users)) == MAX_LINES

    def test_handed_over_once(self, variant: Variant) -> None:
        visitors = open_visitor_cart()
        add_to_cart(visitors, variant.id, 2)
        moved = hand_over_cart(visitors.id, None)
        assert moved
        assert moved.id != visitors.id
        assert holds(moved) == {variant.id: 2}
        assert hand_over_cart(visitors.id, None) is None
        assert visitor_cart(visitors.id) is None

    def test_into_a_cart_that_is_there(self, cast: Cast, variant: Variant) -> None:
        visitors, users = open_visitor_cart(), cart_of_user(cast.buyer)
        add_to_cart(visitors, variant.id, 2)
        assert hand_over_cart(visitors.id, users) == users
        assert holds(users) == {variant.id: 2}

    def test_a_users_cart_is_handed_to_nobody(self, cast: Cast, variant: Variant) -> None:
        users = cart_of_user(cast.buyer)
        add_to_cart(users, variant.id, 2)
        assert hand_over_cart(users.id, None) is None
        assert holds(users) == {variant.id: 2}


class TestBuyingAgain:
    def test_what_was_ordered_is_wished_for_beside_what_lies_there(self, cast: Cast, variant: Variant) -> None:
        other, cart = stocked_variant(cast.shop), cart_of_user(cast.buyer)
        order = paid_order(cast, (variant, 2), (other, 3))
        add_to_cart(cart, other.id, 1)
        Variant.objects.filter(id=variant.id).update(price_idr=120_000)
        buy_again(cast.buyer, order.id)
        buy_again(cast.buyer, order.id)
        assert holds(cart) == {variant.id: 2, other.id: 1}
        line = cart.lines.select_related("variant").get(variant=variant)
        assert (line.price_idr, line.price_has_changed) == (100_000, True)

    def test_only_by_its_buyer(self, cast: Cast, variant: Variant) -> None:
        order = paid_order(cast, (variant, 1))
        for other in (cast.stranger, cast.seller):
            with refused(OrderNotFound):
                buy_again(other, order.id)
