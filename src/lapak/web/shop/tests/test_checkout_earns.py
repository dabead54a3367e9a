"""Checkout: which clicks and codes earn on what is ordered there."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.models import Commission
from lapak.affiliates.token import make_token
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to
from lapak.trade.orders.models import Purchase
from lapak.web.shop.tests.test_checkout import form_of, wish_for

pytestmark = pytest.mark.django_db


def test_the_creator_earns(buyer: Client, cast: Cast, variant: Variant) -> None:
    token = make_token(link_to(cast, variant.product).id, new_id())
    buyer.get(f"{variant.product.path}?lp={token}")
    wish_for(cast, variant)
    buyer.post("/checkout", form_of(buyer.get("/checkout")))
    assert Commission.objects.get().creator == cast.creator


def test_what_is_clicked_at_the_checkout_persuades_nobody(buyer: Client, cast: Cast, variant: Variant) -> None:
    """A coupon extension opens a link behind the page, and even loads the page anew."""
    wish_for(cast, variant)
    buyer.get("/checkout")
    coupon = make_token(link_to(cast, variant.product).id, new_id())
    buyer.get(f"{variant.product.path}?lp={coupon}")
    buyer.post("/checkout", form_of(buyer.get("/checkout")))
    assert (Contender.objects.get().verdict, Commission.objects.exists()) == ("at_checkout", False)


def test_who_comes_back_later_may_have_been_persuaded_anew(buyer: Client, cast: Cast, variant: Variant) -> None:
    wish_for(cast, variant)
    with clock.stopped_at(clock.now() - timedelta(minutes=61)):
        buyer.get("/checkout")
    token = make_token(link_to(cast, variant.product).id, new_id())
    buyer.get(f"{variant.product.path}?lp={token}")
    buyer.post("/checkout", form_of(buyer.get("/checkout")))
    assert Commission.objects.get().creator == cast.creator


@pytest.mark.parametrize("typed", ["{code}", " {CODE} ", "https://lapak.test/r/{code}/"])
def test_a_creators_code_that_is_typed_earns(buyer: Client, cast: Cast, variant: Variant, typed: str) -> None:
    wish_for(cast, variant)
    code = link_to(cast, variant.product).code
    form = form_of(buyer.get("/checkout")) | {"code": [typed.format(code=code, CODE=code.upper())]}
    assert buyer.post("/checkout", form).status_code == 303
    assert Commission.objects.get().creator == cast.creator
    assert Contender.objects.get().is_typed


def test_a_code_that_is_none_orders_nothing_and_says_so(buyer: Client, cast: Cast, variant: Variant) -> None:
    wish_for(cast, variant)
    answer = buyer.post("/checkout", form_of(buyer.get("/checkout")) | {"code": ["hemat99"]})
    assert answer.status_code == 409
    assert 'value="hemat99"' in answer.text
    assert not Purchase.objects.exists()
