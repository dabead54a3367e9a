"""Whoever leaves is sent what is theirs, however little: else it would wait for ever, and they with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.flows.clocks import run_due_clocks
from lapak.flows.credit_creator import credit_creator
from lapak.flows.erase_person.hindrances import hindrances_of
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.ship_order import confirm_receipt
from lapak.lib import clock
from lapak.money.payouts.models import Payout
from lapak.people.privacy.erasures import ask_for_erasure
from lapak.people.shops import closings
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.histories import delivered_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def sold(cast: Cast) -> Callable[[int], None]:
    """Goods of this price, brought about by the creator."""

    def sell(price_idr: int) -> None:
        shirt = stocked_variant(cast.shop, price_idr=price_idr)
        order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
        confirm_receipt(cast.buyer, order.id)
        credit_creator(cast.creator.id)

    return sell


def paid_out() -> list[tuple[str, int]]:
    send_due_payouts(None, "sandbox")
    for payout in Payout.objects.filter(status="sent"):
        confirm_payout(None, payout.id)
    return sorted(Payout.objects.values_list("account__kind", "amount_idr"))


def test_a_shop_that_has_closed(cast: Cast, sold: Callable[[int], None]) -> None:
    sold(9_000)
    assert paid_out() == []
    now = clock.now()
    until = {"orders_stop_at": now + timedelta(days=2), "ship_by": now + timedelta(days=30)}
    closings.announce_closing(cast.seller, cast.shop.id, **until)
    with clock.stopped_at(now + timedelta(days=31)):
        run_due_clocks()
        assert [kind for kind, _ in paid_out()] == ["seller_payable"]


def test_a_creator_who_wants_to_be_erased(cast: Cast, sold: Callable[[int], None]) -> None:
    sold(40_000)
    send_due_payouts(None, "sandbox")
    assert not Payout.objects.filter(account__kind="creator_payable").exists()
    ask_for_erasure(cast.creator_user)
    assert ("creator_payable", 3_900) in paid_out()
    assert not hindrances_of(cast.creator_user)
