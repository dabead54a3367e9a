"""Whatever somebody says on the phone is found from one field, as far as its reader may look it up."""

import pytest
from django.test import Client

from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.histories import paid_order
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import Parcel
from lapak.web.staff.find_page import SHOWN

FIND = "/staff/find"


def test_each_thing_is_found_by_what_people_call_it(operator: Client, cast: Cast, settled: Order) -> None:
    parcel = Parcel.objects.get(order_id=settled.id)
    for words, href in (
        (settled.number, f"/staff/orders/order/{settled.id}/change/"),
        (settled.number.replace("-", ""), f"/staff/orders/order/{settled.id}/change/"),
        (parcel.tracking_number, f"/staff/shipping/parcel/{parcel.pk}/change/"),
        (cast.buyer.email, f"/staff/users/user/{cast.buyer.id}/change/"),
        (cast.address.phone, f"/staff/users/user/{cast.buyer.id}/change/"),
        (cast.shop.name, f"/staff/shops/shop/{cast.shop.id}/change/"),
        (cast.creator.handle, f"/staff/affiliates/creator/{cast.creator.id}/change/"),
    ):
        assert href in operator.get(FIND, {"q": words}).text, words


def test_of_many_some_are_shown_and_the_rest_is_a_list(operator: Client, cast: Cast, settled: Order) -> None:
    variant = settled.lines.get().variant
    for _ in range(SHOWN + 1):
        paid_order(cast, (variant, 1))
    page = operator.get(FIND, {"q": cast.buyer.email}).text
    assert page.count("/staff/orders/order/0") == SHOWN
    assert "/staff/orders/order/?q=" in page


@pytest.mark.parametrize(("words", "said"), [("zzzzzzz", "Nothing fits"), ("a", "at least 2"), ("", "required")])
def test_what_is_not_found_is_said(operator: Client, words: str, said: str) -> None:
    assert said in operator.get(FIND, {"q": words}).text


def test_before_anything_is_asked_it_is_a_field(operator: Client) -> None:
    assert "required" not in operator.get(FIND).text.split("<main")[1].replace(" required", "")
    assert FIND in operator.get("/staff/").text


def test_nobody_finds_what_is_not_theirs(client: Client, cast: Cast, settled: Order) -> None:
    client.force_login(operator_as(OperatorRole.LAW))
    page = client.get(FIND, {"q": cast.buyer.email}).text
    assert f"/staff/users/user/{cast.buyer.id}" not in page
    client.force_login(operator_as(OperatorRole.TRUST))
    assert f"/staff/users/user/{cast.buyer.id}" in client.get(FIND, {"q": cast.buyer.email}).text
