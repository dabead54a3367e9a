"""Rates for products and categories: announced, withdrawn, and what a purchase then pays."""

import pytest

from lapak.affiliates.errors import CapTooLow, ProgrammeNotFound, RateOutOfBounds
from lapak.affiliates.models import Commission
from lapak.affiliates.terms.commands import set_special_rate, withdraw_special_rate
from lapak.affiliates.terms.errors import NotOfProgramme
from lapak.affiliates.terms.models import SpecialRate
from lapak.affiliates.terms.queries import special_rates_of
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Category, Product, Variant
from lapak.testing.cast import Cast, asked_for, click_on, link_to, own_rate, stocked_variant
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirts(variant: Variant) -> Category:
    """The category of the worked example's goods, below another."""
    above = Category.objects.create(code="x", name_id="Sandang", name_en="Clothing")
    shirts = Category.objects.create(code="x.shirts", parent=above, name_id="Kemeja", name_en="Shirts")
    Product.objects.filter(id=variant.product_id).update(category=shirts)
    return shirts


def bought(cast: Cast, variant: Variant) -> tuple[int, int]:
    """The rate and the amount of the commission on one piece of Rp100.000."""
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [click_on(link_to(cast, variant.product))])
    commission = Commission.objects.latest("created_at")
    return commission.rate_bp, commission.amount_idr


def test_a_product_pays_its_own_rate(cast: Cast, variant: Variant, shirts: Category) -> None:
    set_special_rate(cast.seller, cast.programme, shirts, 1_200)
    set_special_rate(cast.seller, cast.programme, variant.product, 1_500, cap_idr=13_000)
    assert bought(cast, variant) == (1_500, 13_000)


def test_a_category_pays_for_all_below_it_and_for_nothing_else(cast: Cast, variant: Variant, shirts: Category) -> None:
    assert shirts.parent
    set_special_rate(cast.seller, cast.programme, shirts.parent, 1_200)
    other = stocked_variant(cast.shop)
    assert [bought(cast, each) for each in (variant, other)] == [(1_200, 12_000), (1_000, 10_000)]


def test_a_withdrawn_raise_is_a_cut(cast: Cast, variant: Variant) -> None:
    SpecialRate.objects.create(
        programme=cast.programme, product=variant.product, rate_bp=1_500, announced_at=cast.programme.created_at
    )
    withdraw_special_rate(cast.seller, cast.programme, variant.product)
    assert not special_rates_of(cast.programme)
    assert bought(cast, variant) == (1_500, 15_000)


def test_the_same_again_changes_nothing(cast: Cast, variant: Variant) -> None:
    first = set_special_rate(cast.seller, cast.programme, variant.product, 1_500)
    assert set_special_rate(cast.seller, cast.programme, variant.product, 1_500) == first
    assert SpecialRate.objects.count() == 1


def test_they_are_found_by_name(cast: Cast, shirts: Category) -> None:
    set_special_rate(cast.seller, cast.programme, shirts, 1_200)
    set_special_rate(cast.seller, cast.programme, stocked_variant(cast.shop).product, 1_500)
    assert [rate.category for rate in special_rates_of(cast.programme, "shirts")] == [shirts]


def test_refusals(cast: Cast, variant: Variant) -> None:
    with refused(ProgrammeNotFound):
        set_special_rate(cast.stranger, cast.programme, variant.product, 1_500)
    with refused(NotOfProgramme):
        withdraw_special_rate(cast.seller, cast.programme, variant.product)
    with refused(RateOutOfBounds):
        set_special_rate(cast.seller, cast.programme, variant.product, 8_001)
    with refused(CapTooLow):
        set_special_rate(cast.seller, cast.programme, variant.product, 1_000, cap_idr=0)
    own = own_rate(cast, cast.creator, 1_100)
    with refused(ProgrammeNotFound):
        set_special_rate(cast.seller, own, variant.product, 1_500)
