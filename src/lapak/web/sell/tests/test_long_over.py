"""No page of a shop says who bought and where they live, once an order has been over for long."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import get_resolver

from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import SHOP_SEES_ADDRESS_DAYS
from lapak.web.sell.tests.test_access import NAMES, address

pytestmark = pytest.mark.usefixtures("returned")


def pages(seller: Client, cast: Cast, order: Order) -> str:
    """Everything that can be read, with the lists of each state and what a search by name finds."""
    paths = [address(name, cast.shop.slug, order) for name in NAMES if not is_only_posted(name)]
    orders = f"/sell/{cast.shop.slug}/orders"
    paths += [f"{orders}?state=completed", f"{orders}?q=Sartika"]
    answers = [seller.get(path) for path in paths]
    return "\n".join(
        b"".join(answer).decode(errors="replace") if answer.streaming else answer.content.decode(errors="replace")
        for answer in answers
    )


def is_only_posted(name: str) -> bool:
    for pattern in get_resolver().url_patterns:
        for each in getattr(pattern, "url_patterns", [pattern]):
            if each.name == name:
                return getattr(each.callback, "only_posted", False)
    return False


def test_neither_street_nor_phone_nor_name(seller: Client, cast: Cast, shipped: Order) -> None:
    cast.address.recipient = "Dewi Sartika"
    cast.address.save()
    shipped.purchase.address |= {"recipient": "Dewi Sartika"}
    shipped.purchase.save(update_fields=["address"])
    confirm_receipt(cast.buyer, shipped.id)
    known = ["Jl. Melati 5", "081234567890", "Dewi Sartika"]
    before = pages(seller, cast, shipped)
    assert [words for words in known if words not in before] == []
    with clock.stopped_at(clock.now() + timedelta(days=SHOP_SEES_ADDRESS_DAYS.on(clock.today()), hours=1)):
        after = pages(seller, cast, shipped)
        # As a word of its own: the moment in a paper may have the same digits in its midst.
        assert [words for words in [*known, "Tebet", "12810"] if re.search(rf"\b{re.escape(words)}\b", after)] == []
        assert "D. S." in after


def test_the_buyer_and_the_operator_still_read_it(client: Client, cast: Cast, shipped: Order) -> None:
    confirm_receipt(cast.buyer, shipped.id)
    with clock.stopped_at(clock.now() + timedelta(days=400)):
        client.force_login(cast.buyer)
        assert "Jl. Melati 5" in client.get(f"/orders/{shipped.id}").text
        client.force_login(cast.operator)
        assert "Jl. Melati 5" in client.get(f"/staff/orders/order/{shipped.id}/change/").text
