"""A buyer lets an order go to another of their addresses: chosen, asked about, done; and read by the shop and the operator."""

import pytest
from django.test import Client

from lapak.people.users.models import Address
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.testing.refused import contents_of_tables
from lapak.trade.orders.models import Order
from lapak.trade.orders.tests.test_change_address import address_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(cast: Cast) -> Address:
    return address_of(cast.buyer)


def path_of(order: Order) -> str:
    return f"/orders/{order.id}/address"


def test_chosen_asked_and_done(buyer: Client, cast: Cast, paid: Order, there: Address) -> None:
    assert path_of(paid) in buyer.get(f"/orders/{paid.id}").text
    assert str(there.id) in buyer.get(path_of(paid)).text
    asked = buyer.post(f"{path_of(paid)}/change", {"address": there.id})
    assert all(street in asked.text for street in ("Jl. Melati 5", "Jl. Mawar 6"))
    paid.refresh_from_db()
    assert paid.changed_address is None
    done = press(buyer, f"{path_of(paid)}/change", {"address": there.id}, follow=True)
    assert "Jl. Mawar 6" in done.text
    assert path_of(paid) not in done.text
    buyer.force_login(cast.seller)
    slip = buyer.get(f"/sell/{cast.shop.slug}/orders/{paid.id}/slip").text
    assert "Jl. Mawar 6" in slip
    assert "Jl. Melati 5" not in slip
    buyer.force_login(cast.operator)
    assert "Jl. Mawar 6" in buyer.get(f"/staff/orders/order/{paid.id}/change/").text


def test_where_it_costs_more_the_way_is_said(buyer: Client, cast: Cast, paid: Order) -> None:
    address_of(cast.buyer, province_code="94")
    page = buyer.get(path_of(paid)).text
    assert "disabled" in page
    assert "order again with this address" in page


def test_nothing_chosen_and_somebody_else_s(buyer: Client, cast: Cast, paid: Order) -> None:
    theirs = address_of(cast.stranger)
    before = contents_of_tables()
    for posted in ({}, {"address": str(theirs.id)}):
        assert buyer.post(f"{path_of(paid)}/change", posted).status_code == 200
    assert contents_of_tables() == before


def test_packed_it_leads_back(buyer: Client, packed: Order) -> None:
    answer = buyer.get(path_of(packed))
    assert answer["Location"] == f"/orders/{packed.id}"


def test_a_stranger_finds_nothing(stranger: Client, paid: Order) -> None:
    assert stranger.get(path_of(paid)).status_code == 404
    assert stranger.post(f"{path_of(paid)}/change", {}).status_code == 404
