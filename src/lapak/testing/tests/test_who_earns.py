"""The second opinion agrees with a purchase as it was placed, and notices every fault that is planted in what was kept of it."""

import uuid
from collections.abc import Callable

import pytest
from django.db.models import F

from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.models import BudgetUse
from lapak.affiliates.token import ClickToken
from lapak.flows.place_purchase import place_purchase
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import asked_for
from lapak.testing.who_earns.browsers import Clicked
from lapak.testing.who_earns.market import Promotion, open_promotion
from lapak.testing.who_earns.opinion import Opinion

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


@pytest.fixture
def promotion() -> Promotion:
    """The first shop has a budget that holds."""
    promotion = open_promotion()
    cast = promotion.market.casts[0]
    Programme.objects.filter(pk=cast.programme.pk).update(created_at=clock.now())
    set_budget(cast.seller, Programme.objects.get(pk=cast.programme.pk), 1_000_000)
    return promotion


@pytest.fixture
def opinion(promotion: Promotion) -> Opinion:
    """Of a purchase of one kind of goods, to which the links of two creators led, who share it."""
    cast, variant = promotion.market.casts[0], promotion.market.variants[1]
    links = [link for link in promotion.links if link.product_id == variant.product_id]
    at = clock.now()
    clicks = [Clicked(at, new_id(), link.id) for link in (links[2], links[0])]
    clicks = [each._replace(at=at - (2 - n) * at.resolution) for n, each in enumerate(clicks)]
    tokens = [ClickToken(each.link_id, each.click_id, each.at) for each in clicks]
    purchase_id: uuid.UUID = place_purchase(cast.buyer.id, asked_for(cast, (variant, 2)), tokens)
    opinion = Opinion()
    opinion.expect(purchase_id, clicks, clock.now())
    assert opinion.differences() == []
    return opinion


# What was frozen at the purchase (rate, share, creator) nobody can change, and nobody can take a commission away.
FAULTS: dict[str, Callable[[Promotion], object]] = {
    "base": lambda _: Commission.objects.update(base_idr=F("base_idr") - 1),
    "amount": lambda _: Commission.objects.update(amount_idr=F("amount_idr") - 1),
    "kind": lambda _: Commission.objects.update(attribution="indirect"),
    "click": lambda _: Commission.objects.update(click_id=new_id()),
    "payer": lambda _: Commission.objects.update(paid_by_platform=True),
    "state": lambda _: Commission.objects.update(state="reversed"),
    "programme": lambda p: Commission.objects.update(programme=p.programmes[1]),
    "reserved": lambda _: Commission.objects.update(reserved_idr=F("reserved_idr") - 1),
    "used": lambda _: BudgetUse.objects.update(used_idr=F("used_idr") - 1),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_seen(promotion: Promotion, opinion: Opinion, fault: str) -> None:
    FAULTS[fault](promotion)
    assert opinion.differences()
