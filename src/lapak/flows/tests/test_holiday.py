"""While a shop is on holiday its goods are shown and not sold, and its clocks know the days that were announced before."""

from datetime import date, datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Variant
from lapak.goods.catalogue.whole import whole_product
from lapak.lib import clock
from lapak.people.shops.commands import announce_holiday, end_holiday
from lapak.testing.cast import Cast, asked_for
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused
from lapak.trade.orders.carts import Wish, add_to_cart, cart_of_user, contents_of_cart, groups_of_wishes
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import ShopOnHoliday

pytestmark = pytest.mark.django_db

MONDAY = datetime(2026, 7, 6, 10, tzinfo=clock.WIB)
"""No holiday of the country's in these weeks."""

FIRST, LAST = date(2026, 7, 7), date(2026, 7, 17)


def go_away(cast: Cast, at: datetime) -> None:
    with clock.stopped_at(at):
        announce_holiday(cast.seller, cast.shop, first=FIRST, last=LAST)


@pytest.mark.parametrize(("language", "until"), [("id", "17 Juli 2026"), ("en", "17 July 2026")])
def test_nothing_is_sold_and_the_buyer_reads_until_when(
    cast: Cast, variant: Variant, language: str, until: str
) -> None:
    asked = asked_for(cast, (variant, 1))
    go_away(cast, MONDAY)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        with refused(ShopOnHoliday) as refusal:
            place_purchase(cast.buyer.id, asked)
        with override(language):
            assert until in str(refusal.value)
            assert cast.shop.name in str(refusal.value)
    for before_or_after in (MONDAY, MONDAY + timedelta(days=14)):
        with clock.stopped_at(before_or_after):
            place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))


def test_it_is_shown_and_wishes_wait(cast: Cast, variant: Variant) -> None:
    go_away(cast, MONDAY)
    cart = cart_of_user(cast.buyer)
    with clock.stopped_at(MONDAY + timedelta(days=1)):
        assert whole_product(variant.product_id)
        add_to_cart(cart, variant.id, 1)
        contents = contents_of_cart(cart)
        assert ([len(group.lines) for group in contents.resting], contents.groups, contents.gone) == ([1], [], [])
        assert groups_of_wishes({variant.id: Wish(1, variant.price_idr)}) == []
        end_holiday(cast.seller, cast.shop)
        assert [len(group.lines) for group in contents_of_cart(cart).groups] == [1]


class TestClocks:
    def packed_and_shipped_by(self, cast: Cast, variant: Variant, packed_at: datetime) -> tuple[date, date]:
        with clock.stopped_at(MONDAY):
            order = paid_order(cast, (variant, 1))
        assert order.pack_by is not None
        with clock.stopped_at(packed_at):
            packed = pack_order(cast.seller, order.id)
        assert packed.ship_by is not None
        return order.pack_by.astimezone(clock.WIB).date(), packed.ship_by.astimezone(clock.WIB).date()

    def test_days_announced_before_the_order_are_no_working_days(self, cast: Cast, variant: Variant) -> None:
        go_away(cast, MONDAY - timedelta(hours=1))
        assert self.packed_and_shipped_by(cast, variant, MONDAY) == (date(2026, 7, 21), date(2026, 7, 22))

    def test_days_announced_after_it_are(self, cast: Cast, variant: Variant) -> None:
        with clock.stopped_at(MONDAY):
            order = paid_order(cast, (variant, 1))
        go_away(cast, MONDAY + timedelta(hours=1))
        with clock.stopped_at(MONDAY + timedelta(hours=2)):
            packed = pack_order(cast.seller, order.id)
        assert packed.ship_by is not None
        assert packed.ship_by.astimezone(clock.WIB).date() == date(2026, 7, 9)

    def test_without_one_they_are_as_ever(self, cast: Cast, variant: Variant) -> None:
        assert self.packed_and_shipped_by(cast, variant, MONDAY) == (date(2026, 7, 8), date(2026, 7, 9))
