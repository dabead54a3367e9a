"""What the house owes after the worked example (docs/concepts/money.md): Rp15.000 to JNE, Rp2.000 of fee, taxes."""

import pytest

from lapak.flows.credit_creator import credit_creator
from lapak.flows.ship_order import confirm_receipt
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order


@pytest.fixture
def settled(cast: Cast) -> None:
    shirt = stocked_variant(cast.shop)
    order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
