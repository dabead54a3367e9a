"""A shop takes one choice of a product away from buyers, and offers it again."""

import pytest

from lapak.goods.catalogue.commands import create_product, offer_variant
from lapak.goods.catalogue.errors import ListingRefused
from lapak.goods.catalogue.models import Product, Stock
from lapak.goods.catalogue.on_sale import variants_on_sale
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shirt(cast: Cast) -> Product:
    sizes = tuple(NewVariant(price_idr=90_000, on_hand=5, option_values=(size,)) for size in ("M", "L"))
    fields = NewProduct(title="Kemeja", weight_g=300, option_names=("Ukuran",), variants=sizes, status="published")
    return create_product(cast.seller, cast.shop, fields)


def test_buyers_choose_among_those_that_are_offered(cast: Cast, shirt: Product) -> None:
    medium, large = shirt.variants.all()
    offer_variant(cast.seller, medium.id, is_offered=False)
    assert list(variants_on_sale()) == [large]
    assert Stock.objects.get(variant=medium).on_hand == 5
    offer_variant(cast.seller, medium.id, is_offered=True)
    assert list(variants_on_sale().order_by("position")) == [medium, large]


def test_the_last_one_stays(cast: Cast, shirt: Product) -> None:
    medium, large = shirt.variants.all()
    offer_variant(cast.seller, medium.id, is_offered=False)
    with refused(ListingRefused) as refusal:
        offer_variant(cast.seller, large.id, is_offered=False)
    assert refusal.value.field == "is_offered"
