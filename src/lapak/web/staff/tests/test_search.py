"""The operator finds an order, and a person, by what people say on the phone."""

import pytest
from django.test import Client

from lapak.people.users.models import Address
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast: Cast) -> Order:
    """Of a buyer with a phone."""
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    Address.objects.filter(user=cast.buyer).delete()
    Address.objects.create(
        user=cast.buyer, recipient="Sari", phone="+6281377700123", street="Jl. Melati 5", district="Tebet",
        city="Jakarta Selatan", province_code="31", postal_code="12810",
    )  # fmt: skip
    return order


@pytest.mark.parametrize(
    "typed", ["081377700123", "0813-7770-0123", "+62 813 7770 0123", "Buyer", "buyer@example.com", "{number}"]
)
def test_an_order(operator: Client, order: Order, typed: str) -> None:
    asked = {"q": typed.format(number=order.number)}
    assert order.number in operator.get("/staff/orders/order/", asked).text


@pytest.mark.parametrize("typed", ["0813 7770 0123", "+6281377700123", "Buyer"])
def test_a_person(operator: Client, order: Order, typed: str) -> None:
    assert "buyer@example.com" in operator.get("/staff/users/user/", {"q": typed}).text


@pytest.mark.parametrize("typed", ["081377700124", "0813", "Buyer Nobody"])
def test_nobody_else(operator: Client, order: Order, typed: str) -> None:
    assert order.number not in operator.get("/staff/orders/order/", {"q": typed}).text


def test_a_shop_and_a_person_lead_to_their_orders_and_to_no_others(operator: Client, cast: Cast, order: Order) -> None:
    for page, field, owner in (("shops/shop", "shop", cast.shop), ("users/user", "buyer", cast.buyer)):
        address = f"/staff/orders/order/?{field}__exact={owner.pk}"
        assert f'href="{address}"' in operator.get(f"/staff/{page}/{owner.pk}/change/").text
        assert order.number in operator.get(address).text
    assert order.number not in operator.get(f"/staff/orders/order/?buyer__exact={cast.stranger.pk}").text
