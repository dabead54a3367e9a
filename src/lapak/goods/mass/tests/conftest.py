"""A shop with goods in every status."""

from collections.abc import Callable

import pytest

from lapak.goods.catalogue.models import Product
from lapak.goods.mass.commands import begin_mass_change, choose_goods, plan_mass_change
from lapak.goods.mass.models import MassChange
from lapak.people.users.models import User
from lapak.testing.cast import Cast

Change = Callable[..., MassChange]


@pytest.fixture
def change(cast: Cast) -> Change:
    """Does something to goods as the seller does: chosen, planned and begun."""

    def changed(goods: list[Product], act: str, **value: object) -> MassChange:
        made = choose_goods(cast.seller, cast.shop, [good.id for good in goods], "en")
        return begun(cast.seller, plan_mass_change(cast.seller, made.id, act, value))

    return changed


def begun(by: User, planned: MassChange) -> MassChange:
    """Begun by one who saw what it asks."""
    return begin_mass_change(by, planned.id, planned.asks)


def outcomes(change: MassChange) -> list[tuple[str, str]]:
    """What came of each good, and why, in their order."""
    return list(change.rows.values_list("outcome", "why"))
