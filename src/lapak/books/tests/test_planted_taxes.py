"""The checks see PPh 22 that the rules do not ask for, and what is not taken as the order says."""

import pytest

from lapak.flows import receive_payment
from lapak.flows.ship_order import confirm_receipt
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.trade.orders.rules import OrderAmounts

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def noticed(cast: Cast) -> set[str]:
    confirm_receipt(cast.buyer, delivered_order(cast, (stocked_variant(cast.shop), 1)).id)
    return {each.check for each in look_through_filled_books().shown}


def test_without_a_fault_nothing_is_noticed(cast: Cast) -> None:
    assert noticed(cast) == set()


def test_a_tax_that_is_not_in_force(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receive_payment, "withheld_of", lambda orders, _paid_at: [50 for _ in orders])
    assert noticed(cast) == {"withheld"}


def test_another_tax_than_the_order_says(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OrderAmounts, "withheld_bp", property(lambda _order: 50))
    assert noticed(cast) == {"split", "withholdings"}
