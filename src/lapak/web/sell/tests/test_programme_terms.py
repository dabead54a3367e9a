"""What a shop's programme pays in particular."""

import pytest
from django.test import Client

from lapak.affiliates.models import Programme, ProgrammeRate
from lapak.affiliates.terms.commands import set_special_rate
from lapak.affiliates.terms.models import BudgetTerm, SpecialRate
from lapak.goods.catalogue.models import Category, Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, stocked_variant
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/creators/terms"


def test_a_product_is_found_by_its_title(seller: Client, cast: Cast, variant: Variant) -> None:
    seller.post(f"{PAGE}/special", {"product": variant.product.title, "percent": "11", "cap_idr": "5.000"})
    rate = SpecialRate.objects.get()
    assert (rate.programme, rate.product, rate.rate_bp, rate.cap_idr) == (cast.programme, variant.product, 1_100, 5_000)
    page = said(seller, PAGE)
    assert variant.product.title in page
    assert "Rp5.000" in page


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"product": ""}, "one of the two"),
        ({"product": "nothing of the kind"}, "No such product"),
        ({"product": "e"}, "Several products"),
    ],
)
def test_what_is_meant_must_be_clear(seller: Client, cast: Cast, typed: dict[str, str], words: str) -> None:
    for _ in range(2):
        stocked_variant(cast.shop)
    assert words in seller.post(f"{PAGE}/special", {**typed, "percent": "11"}).text
    assert not SpecialRate.objects.exists()


def test_a_rate_is_withdrawn(seller: Client, cast: Cast, variant: Variant) -> None:
    rate = set_special_rate(cast.seller, cast.programme, variant.product, 1_100)
    assert seller.post(f"{PAGE}/withdraw", {"rate": str(rate.id)}).status_code == 302
    assert SpecialRate.objects.get().superseded_at


def test_a_category_with_all_below_it(seller: Client) -> None:
    category = Category.objects.order_by("id")[0]
    seller.post(f"{PAGE}/special", {"category_id": str(category.id), "percent": "11"})
    assert SpecialRate.objects.get().category == category


def test_other_goods_than_the_linked_ones_and_a_bound(seller: Client, cast: Cast) -> None:
    seller.post(f"{PAGE}/whole", {"percent": "10", "indirect_percent": "3", "cap_idr": "20.000"})
    rate = ProgrammeRate.objects.get(programme=cast.programme, superseded_at=None)
    assert (rate.rate_bp, rate.indirect_bp, rate.cap_idr) == (1_000, 300, 20_000)
    seller.post("/sell/batik-sekar/creators/rate", {"percent": "10,5"})
    kept = ProgrammeRate.objects.get(programme=cast.programme, superseded_at=None)
    assert (kept.rate_bp, kept.indirect_bp, kept.cap_idr) == (1_050, 300, 20_000)


def test_a_budget_is_set_and_shown(seller: Client, cast: Cast) -> None:
    Programme.objects.filter(id=cast.programme.id).update(created_at=clock.now())
    seller.post(f"{PAGE}/budget", {"amount_idr": "1,5 juta", "is_monthly": "on"})
    assert BudgetTerm.objects.get().amount_idr == 1_500_000
    page = said(seller, PAGE)
    assert "Rp0 of Rp1.500.000 are taken" in page
    assert "this month" in page


def test_one_of_a_running_programme_says_from_when(seller: Client) -> None:
    seller.post(f"{PAGE}/budget", {"amount_idr": "1.000.000"})
    assert "Rp1.000.000 is announced and holds from" in said(seller, PAGE)
