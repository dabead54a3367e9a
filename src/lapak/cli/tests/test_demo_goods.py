"""The example market's shops: one from each platform that there are example files of."""

import json
from pathlib import Path

import pytest
from django.db.models import Count, Sum
from pytest_django import Settings

from lapak.cli.demo.cast import make_people
from lapak.cli.demo.goods import EXAMPLES, files_of, move_examples_in
from lapak.cli.demo.sellers import SELLERS, make_sellers
from lapak.goods.catalogue.models import Product, ProductImage, Variant
from lapak.people.shops.models import Shop


def test_there_is_a_seller_for_each_platform_of_the_examples() -> None:
    assert {"tiktok_shop", *(seller.platform for seller in SELLERS)} == {folder.name for folder in EXAMPLES.iterdir()}
    assert all(files_of(seller.platform) for seller in SELLERS)


@pytest.mark.django_db
def test_the_sellers_are_made_once() -> None:
    assert make_sellers() == make_sellers()
    assert Shop.objects.count() == len(SELLERS)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_each_shop_has_what_its_old_platform_gave_out(tmp_path: Path, settings: Settings) -> None:
    settings.MEDIA_ROOT = tmp_path
    shops = {"tiktok_shop": make_people()} | make_sellers()
    move_examples_in(shops)
    first = set(Product.objects.values_list("id", flat=True))
    for platform, shop in shops.items():
        expected = json.loads((EXAMPLES / platform / "EXPECTED.json").read_text())
        variants = Variant.objects.filter(product__shop=shop)
        found = variants.aggregate(skus=Count("id"), stock=Sum("stock__on_hand"))
        found["products"] = Product.objects.filter(shop=shop).count()
        found["images"] = ProductImage.objects.filter(product__shop=shop).values("image").distinct().count()
        assert found == {name: expected[name] for name in found}
    move_examples_in(shops)
    assert set(Product.objects.values_list("id", flat=True)) == first
