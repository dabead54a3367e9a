"""The checks see PPh 22 that the rules do not ask for, and what is not taken as the order says."""

from datetime import timedelta

import pytest

from lapak.flows import receive_payment
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.money.taxes.letters import accept_letter
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.taxes import set_from, stated
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


@pytest.mark.parametrize(("ago", "seen"), [(timedelta(seconds=30), set[str]()), (timedelta(minutes=6), {"withheld"})])
def test_what_is_paid_while_a_letter_is_being_accepted_may_not_see_it(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, ago: timedelta, seen: set[str]
) -> None:
    set_from(cast, clock.today(), is_on=True)
    with clock.stopped_at(clock.now() - ago):
        accept_letter(cast.operator, stated(cast).id)
    monkeypatch.setattr(receive_payment, "withheld_of", lambda orders, _paid_at: [50 for _ in orders])
    assert noticed(cast) == seen
