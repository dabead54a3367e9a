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
from lapak.trade.shipping.models import Parcel
from lapak.web.sell.tests.conftest import said

LIST = "/sell/batik-sekar/orders"
SHIP, SHIP_LIST = f"{LIST}/ship", f"{LIST}?state=packed"


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


def packed_orders(cast: Cast, variant: Variant, count: int) -> list[Order]:
    orders = [paid_order(cast, (variant, 1)) for _ in range(count)]
    return [pack_order(cast.seller, order.id) for order in orders]


def numbers(shown: list[Order], *typed: str) -> dict[str, object]:
    """What the list sends: every order shown, and the numbers typed for the first of them."""
    return {"shown": [order.id for order in shown]} | {
        f"{order.id.hex}-tracking_number": number for order, number in zip(shown, typed, strict=False)
    }


def test_what_has_its_number_is_sent_and_nothing_else(seller: Client, cast: Cast, variant: Variant) -> None:
    first, second, third = orders = packed_orders(cast, variant, 3)
    page = seller.get(SHIP_LIST).text
    assert all(f'name="{order.id.hex}-tracking_number"' in page for order in orders)
    answer = seller.post(SHIP, numbers(orders, " jp000000000001 ", "JP000000000002"), follow=True)
    assert "2 orders are on their way." in answer.text
    assert {order.id: order.state for order in Order.objects.all()} == {
        first.id: "shipped", second.id: "shipped", third.id: "packed"
    }  # fmt: skip
    assert Parcel.objects.get(order_id=first.id).tracking_number == "JP000000000001"


def test_a_refused_number_stays_in_its_field_and_the_others_go(seller: Client, cast: Cast, variant: Variant) -> None:
    first, second = orders = packed_orders(cast, variant, 2)
    page = seller.post(SHIP, numbers(orders, "JP000000000001", "JP000000000001")).text
    assert "1 order is on its way." in page
    assert first.number not in page
    assert 'value="JP000000000001"' in page
    assert 'class="field-error"' in page
    assert {order.id: order.state for order in Order.objects.all()} == {first.id: "shipped", second.id: "packed"}


def test_what_cannot_be_sent_any_more_is_said(seller: Client, cast: Cast, variant: Variant) -> None:
    (order,) = packed_orders(cast, variant, 1)
    ship_order(cast.seller, order.id, "JP000000000001")
    page = seller.post(SHIP, numbers([order], "JP000000000002")).text
    assert f"{order.number}: " in page
    assert Parcel.objects.get().tracking_number == "JP000000000001"


def test_no_number_typed_is_said(seller: Client, cast: Cast, variant: Variant) -> None:
    orders = packed_orders(cast, variant, 1)
    assert "Type the tracking numbers" in seller.post(SHIP, numbers(orders, " "), follow=True).text
    assert not Parcel.objects.exists()


def test_another_shop_s_order_is_not_sent(client: Client, cast: Cast, variant: Variant) -> None:
    (order,) = packed_orders(cast, variant, 1)
    open_shop(cast.stranger, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    client.force_login(cast.stranger)
    client.post("/sell/kopi-gayo/orders/ship", numbers([order], "JP000000000001"))
    assert not Parcel.objects.exists()


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
