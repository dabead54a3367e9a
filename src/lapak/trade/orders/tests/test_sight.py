"""What a shop sees of where an order goes ends some days after all is over; the buyer and the operator still see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest

from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.trade.orders.models import Order
from lapak.trade.orders.queries import orders_of_shop_named
from lapak.trade.orders.rules import SHOP_SEES_ADDRESS_DAYS
from lapak.trade.orders.sight import address_for_shop, initials, is_out_of_sight

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(shipped: Order, cast: Cast) -> Order:
    return confirm_receipt(cast.buyer, shipped.id)


@contextmanager
def long_after() -> Iterator[None]:
    with clock.stopped_at(clock.now() + timedelta(days=SHOP_SEES_ADDRESS_DAYS.on(clock.today()), minutes=1)):
        yield


def seen_street(order: Order) -> str:
    seen = address_for_shop(order)
    return seen.street if seen else "nothing"


def test_from_paid_until_its_days_are_over(cast: Cast, unpaid: Order, settled: Order) -> None:
    assert (seen_street(unpaid), seen_street(settled)) == ("nothing", "Jl. Melati 5")
    with long_after():
        seen = address_for_shop(settled)
        assert seen
        assert (seen.recipient, seen.city, seen.province) == ("B.", "Jakarta Selatan", "DKI Jakarta")
        assert (seen.phone, seen.street, seen.district, seen.postal_code, seen.is_masked) == ("", "", "", "", True)
        assert settled.address["street"] == "Jl. Melati 5"


def test_not_while_something_goes_on(settled: Order) -> None:
    with long_after():
        for still in ({"open_return_id": settled.id}, {"disputed_at": settled.settled_at}, {"settled_at": None}):
            order = Order.objects.get(id=settled.id)
            for name, value in still.items():
                setattr(order, name, value)
            assert not is_out_of_sight(order), still


def test_nor_before_all_of_a_delivered_order_is_over(cast: Cast, shipped: Order) -> None:
    with long_after():
        assert seen_street(shipped) == "Jl. Melati 5"


def test_nobody_is_found_by_a_name_that_is_no_longer_shown(cast: Cast, settled: Order) -> None:
    assert list(orders_of_shop_named(cast.shop, "Buyer")) == [settled]
    with long_after():
        assert not orders_of_shop_named(cast.shop, "Buyer").exists()
        assert list(orders_of_shop_named(cast.shop, settled.number)) == [settled]


def test_by_the_name_of_a_changed_address(cast: Cast, paid: Order) -> None:
    paid.changed_address = paid.purchase.address | {"recipient": "Ibu"}
    paid.save(update_fields=["changed_address"])
    assert list(orders_of_shop_named(cast.shop, "ibu")) == [paid]
    assert not orders_of_shop_named(cast.shop, "Buyer").exists()


def test_initials() -> None:
    assert [initials(name) for name in ("Dewi Sartika", "  budi ", "")] == ["D. S.", "B.", ""]
