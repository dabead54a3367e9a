"""The order list: by state, most urgent first, packed together, slips printed together."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.ship_order import ship_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.crowd import many_orders
from lapak.testing.histories import paid_order
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order
from lapak.web.sell.tests.conftest import said

LIST = "/sell/batik-sekar/orders"


def test_the_most_urgent_comes_first(seller: Client, cast: Cast, variant: Variant) -> None:
    calm, urgent = (paid_order(cast, (variant, 1)) for _ in range(2))
    Order.objects.filter(id=urgent.id).update(pack_by=clock.now() + timedelta(hours=4))
    page = seller.get(LIST).text
    assert page.index(urgent.number) < page.index(calm.number)


def test_tabs_count_and_filter(seller: Client, order: Order) -> None:
    assert order.number in seller.get(LIST).text
    for state in ("packed", "shipped", "completed", "awaiting_payment"):
        assert order.number not in seller.get(LIST, {"state": state}).text


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(lambda order: order.number, id="its number"),
        pytest.param(lambda order: order.number.replace("-", " "), id="its number as it is said"),
        pytest.param(lambda _order: "jx 2053068950", id="its parcel's"),
        pytest.param(lambda order: order.purchase.address["recipient"].lower()[:4], id="who gets it"),
    ],
)
def test_an_order_is_found_in_any_state(
    seller: Client, cast: Cast, variant: Variant, asked: Callable[[Order], str]
) -> None:
    order = paid_order(cast, (variant, 1))
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, "JX2053068950")
    assert order.number not in seller.get(LIST).text
    assert order.number in seller.get(LIST, {"q": asked(order)}).text
    page = seller.get(LIST, {"q": "0000-0000-0000"}).text
    assert order.number not in page
    assert "Nothing found" in page


def test_another_shop_s_order_is_not_found(seller: Client, cast: Cast, variant: Variant) -> None:
    other = open_shop(cast.stranger, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
    theirs = paid_order(cast, (stocked_variant(other), 1))
    paid_order(cast, (variant, 1))
    assert "Nothing found" in seller.get(LIST, {"q": theirs.number}).text


@pytest.mark.parametrize("asked", ["nonsense", "", "paid'--", "PAID"])
def test_an_unknown_state_shows_what_is_to_be_packed(seller: Client, order: Order, asked: str) -> None:
    assert order.number in seller.get(LIST, {"state": asked, "page": "zz"}).text


def test_a_new_shop_is_told_what_comes(seller: Client, cast: Cast) -> None:
    assert "No orders yet" in seller.get(LIST).text


@pytest.mark.unsound_books
def test_a_long_list_costs_no_more_than_a_short_one(
    seller: Client, cast: Cast, variant: Variant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_orders(cast, variant, 220)
    with django_assert_max_num_queries(11):
        page = seller.get(LIST, {"page": 4}).text
    assert page.count('class="order-row"') == 25


def test_the_ticked_are_packed_and_no_others(seller: Client, cast: Cast, variant: Variant) -> None:
    orders = [paid_order(cast, (variant, 1)) for _ in range(3)]
    seller.post(f"{LIST}/pack", {"order": [orders[0].id, orders[1].id, "no id"]})
    assert "2 orders are packed." in said(seller, LIST)
    states = dict(Order.objects.values_list("id", "state"))
    assert [states[order.id] for order in orders] == ["packed", "packed", "to_pack"]


def test_what_has_moved_on_is_left_and_said(seller: Client, cast: Cast, variant: Variant) -> None:
    first, second = (paid_order(cast, (variant, 1)) for _ in range(2))
    seller.post(f"{LIST}/pack", {"order": first.id})
    seller.post(f"{LIST}/pack", {"order": [first.id, second.id]})
    page = said(seller, LIST)
    assert "One order is packed." in page or "1 order is packed." in page
    assert "moved on" in page


def test_nothing_ticked_is_said(seller: Client, order: Order, nothing_written: None) -> None:
    seller.post(f"{LIST}/pack")
    assert "Tick the orders" in said(seller, LIST)
    seller.post(f"{LIST}/slips")
    assert "Tick the orders" in said(seller, LIST)


def test_another_shop_s_order_is_not_packed(client: Client, cast: Cast, order: Order) -> None:
    open_shop(cast.stranger, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
    client.force_login(cast.stranger)
    client.post("/sell/toko-lain/orders/pack", {"order": order.id})
    order.refresh_from_db()
    assert order.state == "to_pack"


def test_slips_carry_what_goes_into_the_parcel(seller: Client, cast: Cast, variant: Variant) -> None:
    Shop.objects.update(phone="081320004512", postal_code="45154")
    orders = [paid_order(cast, (variant, 2)), paid_order(cast, (variant, 1))]
    page = seller.post(f"{LIST}/slips", {"order": [order.id for order in orders] + [new_id()]}).text
    assert page.count('class="slip"') == 2
    for expected in (
        "Kemeja Batik Kawung",
        "Jl. Melati 5",
        "081234567890",
        "Batik Sekar",
        "081320004512",
        "45154",
        orders[0].number,
    ):
        assert expected in page
