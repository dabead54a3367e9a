"""A buyer changes where an order goes, until it is packed: once, by what was paid for, and both addresses stay on record."""

import threading
from collections.abc import Callable
from contextlib import suppress

import pytest
from django.db import connection

from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.tests.told import facts_of
from lapak.goods.catalogue.models import Variant
from lapak.lib.ids import new_id
from lapak.lib.money import format_idr
from lapak.money.payments.models import PaymentIntent
from lapak.people.notices.facts import FACTS
from lapak.people.notices.rules import MAY_BE_OFF
from lapak.people.users.errors import AddressNotFound
from lapak.people.users.models import Address, User
from lapak.testing.cast import Cast, assemble_cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import (
    AddressChangedBefore,
    AddressCostsMore,
    OrderMoved,
    OrderNotFound,
    OutOfReach,
    OutOfTime,
    PaymentDisputed,
)
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.orders.redirecting import change_address, may_change_address
from lapak.trade.orders.tests.conftest import last_event, later
from lapak.trade.shipping.models import Rate

pytestmark = pytest.mark.django_db


def address_of(user: User, *, province_code: str = "31", street: str = "Jl. Mawar 6") -> Address:
    return Address.objects.create(
        user=user, recipient="Ibu", phone="081298765432", street=street, district="Tebet", city="Jakarta Selatan",
        province_code=province_code, postal_code="12810",
    )  # fmt: skip


@pytest.fixture
def there(cast: Cast) -> Address:
    return address_of(cast.buyer)


def test_it_goes_there_and_the_first_address_stays(cast: Cast, paid: Order, there: Address) -> None:
    order = change_address(cast.buyer, paid.id, there.id)
    assert (order.address["street"], order.purchase.address["street"]) == ("Jl. Mawar 6", "Jl. Melati 5")
    assert order.contract["delivery"]["address"]["street"] == "Jl. Melati 5"
    assert last_event(order) == ("address_changed", "to_pack", "to_pack", cast.buyer, "")
    assert facts_of(cast.seller)[-1] == "address_changed"
    assert facts_of(cast.buyer)[-1] == "order_redirected"
    assert FACTS["order_redirected"].topic not in MAY_BE_OFF


def test_of_an_unpaid_order_the_shop_is_told_nothing(cast: Cast, unpaid: Order, there: Address) -> None:
    assert change_address(cast.buyer, unpaid.id, there.id).address["recipient"] == "Ibu"
    assert "address_changed" not in facts_of(cast.seller)
    assert facts_of(cast.buyer)[-1] == "order_redirected"


def test_what_becomes_of_the_address_afterwards_changes_nothing(cast: Cast, paid: Order, there: Address) -> None:
    change_address(cast.buyer, paid.id, there.id)
    there.delete()
    paid.refresh_from_db()
    assert paid.address["street"] == "Jl. Mawar 6"


def test_where_it_goes_anyway_is_no_change(cast: Cast, paid: Order, there: Address) -> None:
    events = paid.events.count()
    change_address(cast.buyer, paid.id, cast.address.id)
    assert paid.events.count() == events
    change_address(cast.buyer, paid.id, there.id)


def test_once(cast: Cast, paid: Order, there: Address) -> None:
    change_address(cast.buyer, paid.id, there.id)
    with refused(AddressChangedBefore):
        change_address(cast.buyer, paid.id, cast.address.id)


@pytest.mark.parametrize("who", ["stranger", "seller", "operator", "creator_user"])
def test_nobody_else(cast: Cast, paid: Order, there: Address, who: str) -> None:
    with refused(OrderNotFound):
        change_address(getattr(cast, who), paid.id, there.id)


def test_to_nobody_else_s(cast: Cast, paid: Order) -> None:
    theirs = address_of(cast.stranger)
    with refused(AddressNotFound):
        change_address(cast.buyer, paid.id, theirs.id)


def test_not_once_it_is_packed_or_cancelled(cast: Cast, variant: Variant, packed: Order, there: Address) -> None:
    cancelled = paid_order(cast, (variant, 1))
    cancel_paid_order(cast.buyer, cancelled.id, "no")
    for order in (packed, cancelled):
        with refused(OrderMoved):
            change_address(cast.buyer, order.id, there.id)
        order.refresh_from_db()
        assert not may_change_address(order)


def test_not_after_its_time(cast: Cast, unpaid: Order, paid: Order, there: Address) -> None:
    for order, deadline in ((unpaid, "pay_by"), (paid, "pack_by")):
        with later(order, deadline, seconds=1), refused(OutOfTime):
            change_address(cast.buyer, order.id, there.id)


def test_not_in_a_dispute(cast: Cast, paid: Order, there: Address, dispute: Callable[[Order], None]) -> None:
    """Whoever paid with a stolen card does not lead the parcel elsewhere."""
    dispute(paid)
    with refused(PaymentDisputed):
        change_address(cast.buyer, paid.id, there.id)


@pytest.fixture
def dispute() -> Callable[[Order], None]:
    def dispute(order: Order) -> None:
        intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
        receive_dispute(dispute_report(intent), intent.provider)

    return dispute


class TestWhatItCosts:
    def test_more_is_refused_with_how_much(self, cast: Cast, paid: Order) -> None:
        far = address_of(cast.buyer, province_code="94")
        with refused(AddressCostsMore) as refusal:
            change_address(cast.buyer, paid.id, far.id)
        assert refusal.value.more_idr > 0
        assert format_idr(refusal.value.more_idr) in str(refusal.value)

    def test_less_stays_as_it_was_paid(self, cast: Cast, variant: Variant) -> None:
        cast.address.province_code = "94"
        cast.address.save()
        order = paid_order(cast, (variant, 1))
        near = address_of(cast.buyer)
        assert change_address(cast.buyer, order.id, near.id).shipping_idr == order.shipping_idr

    def test_a_rate_that_rose_meanwhile_is_not_asked_for(self, cast: Cast, paid: Order, there: Address) -> None:
        for rate in Rate.objects.all():
            rate.first_kg_idr += 50_000
            rate.save()
        change_address(cast.buyer, paid.id, there.id)

    def test_where_the_service_does_not_go(self, cast: Cast, paid: Order) -> None:
        far = address_of(cast.buyer, province_code="94")
        Rate.objects.filter(service=paid.shipping_service).exclude(destination_zone="java").delete()
        with refused(OutOfReach):
            change_address(cast.buyer, paid.id, far.id)


@pytest.mark.django_db(transaction=True)
def test_no_parcel_is_packed_and_led_elsewhere() -> None:
    """Buyer and shop at the same moment: the address is changed before it is packed, or not at all."""
    cast = assemble_cast()
    there, shirt = address_of(cast.buyer), stocked_variant(cast.shop)
    orders = [paid_order(cast, (shirt, 1)) for _ in range(4)]
    barrier = threading.Barrier(2)

    def work(act: Callable[[Order], object], mine: list[Order]) -> None:
        barrier.wait()
        for order in mine:
            with suppress(OrderMoved):
                act(order)
        connection.close()

    threads = [
        threading.Thread(target=work, args=(lambda order: change_address(cast.buyer, order.id, there.id), orders)),
        threading.Thread(target=work, args=(lambda order: pack_order(cast.seller, order.id), orders)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for order in orders:
        order.refresh_from_db()
        was_changed = order.events.filter(kind=OrderEvent.Kind.ADDRESS_CHANGED).first()
        assert (order.state, was_changed is None) == ("packed", order.changed_address is None)
        assert was_changed is None or was_changed.to_state == "to_pack"


def test_an_address_that_is_not_there(cast: Cast, paid: Order) -> None:
    with refused(AddressNotFound):
        change_address(cast.buyer, paid.id, new_id())
