"""A small sound market, on a day on which every rule is in force."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from pytest_django import Settings

from lapak.flows.credit_creator import credit_creator
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order

DAY = date(2026, 12, 20)
BEGAN = datetime(2026, 12, 1, 3, tzinfo=UTC)
"""When the shop was opened, and all was bought and settled."""


@pytest.fixture
def market(db: None, settings: Settings) -> Iterator[Cast]:
    """One shop with goods on sale, and a settled order that a creator brought; on `DAY`."""
    settings.CONTACT_EMAIL = "halo@pasar.example"
    with clock.stopped_at(BEGAN):
        cast = assemble_cast()
        Shop.objects.update(created_at=BEGAN)
        goods = stocked_variant(cast.shop)
        order = delivered_order(cast, (goods, 1), click=click_on(link_to(cast, goods.product)))
        confirm_receipt(cast.buyer, order.id)
        credit_creator(cast.creator.id)
    with clock.stopped_at(datetime(DAY.year, DAY.month, DAY.day, 3, tzinfo=UTC)):
        yield cast
