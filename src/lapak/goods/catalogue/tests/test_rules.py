"""What a listing must be, without a database."""

from dataclasses import replace
from typing import Any

import pytest
from django.db.models import CharField, Model

from lapak.goods.catalogue.categories import CATEGORIES, parent_code
from lapak.goods.catalogue.errors import ListingRefused
from lapak.goods.catalogue.models import Category, Product, Variant
from lapak.goods.catalogue.rules import (
    MAX_BRAND_LENGTH,
    MAX_SELLER_SKU_LENGTH,
    MAX_SLUG_LENGTH,
    MAX_TITLE_LENGTH,
    NewVariant,
    question_about_price,
    refuse_unfit_product,
    slug_of,
)
from lapak.goods.catalogue.tests.conftest import kemeja

M, L = kemeja().variants


@pytest.mark.parametrize(
    ("field", "change"),
    [
        ("title", {"title": "  "}),
        ("title", {"title": "x" * 256}),
        ("brand", {"brand": "x" * 121}),
        ("description", {"description": "x" * 20_001}),
        ("weight_g", {"weight_g": 0}),
        ("weight_g", {"weight_g": 1_000_001}),
        ("width_cm", {"width_cm": 0}),
        ("height_cm", {"height_cm": 2_001}),
        ("variants", {"variants": ()}),
        ("option_names", {"option_names": ("a", "b", "c", "d")}),
        ("option_values", {"option_names": ()}),
        ("option_values", {"variants": (M, replace(L, option_values=("M",)))}),
        ("option_values", {"variants": (M, replace(L, option_values=("",)))}),
        ("option_values", {"variants": (M, replace(L, option_values=("x" * 101,)))}),
        ("price_idr", {"variants": (M, replace(L, price_idr=0))}),
        ("on_hand", {"variants": (M, replace(L, on_hand=-1))}),
        ("seller_sku", {"variants": (M, replace(L, seller_sku="x" * 101))}),
    ],
)
def test_an_unfit_listing_is_refused_by_the_field_to_correct(field: str, change: dict[str, Any]) -> None:
    refuse_unfit_product(kemeja())
    with pytest.raises(ListingRefused) as refusal:
        refuse_unfit_product(replace(kemeja(), **change))
    assert refusal.value.field == field


def test_a_product_without_options_has_one_variant() -> None:
    one = NewVariant(price_idr=1, on_hand=0)
    refuse_unfit_product(replace(kemeja(), option_names=(), variants=(one,)))
    with pytest.raises(ListingRefused):
        refuse_unfit_product(replace(kemeja(), option_names=(), variants=(one, one)))


def test_the_rules_limits_are_the_columns() -> None:
    assert _max_length(Product, "title") == MAX_TITLE_LENGTH
    assert _max_length(Product, "brand") == MAX_BRAND_LENGTH
    assert _max_length(Product, "slug") == MAX_SLUG_LENGTH
    assert _max_length(Variant, "seller_sku") == MAX_SELLER_SKU_LENGTH


@pytest.mark.parametrize(
    ("title", "slug"),
    [("Kemeja Batik & Sarung!", "kemeja-batik-sarung"), ("蜡染", "produk"), ("a" * 79 + " b", "a" * 79)],
)
def test_a_slug_is_readable_and_never_empty(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_the_category_tree_hangs_together() -> None:
    codes = [code for code, _, _ in CATEGORIES]
    assert len(set(codes)) == len(codes)
    assert all(parent_code(code) in codes for code in codes if "." in code)
    for code, name_id, name_en in CATEGORIES:
        assert code.count(".") <= 2
        assert 0 < len(code) <= _max_length(Category, "code")
        assert 0 < len(name_id) <= _max_length(Category, "name_id")
        assert 0 < len(name_en) <= _max_length(Category, "name_en")


def _max_length(model: type[Model], field: str) -> int:
    column = model._meta.get_field(field)
    assert isinstance(column, CharField)
    assert column.max_length is not None
    return column.max_length


@pytest.mark.parametrize(
    ("price_idr", "now_idr", "is_asked"),
    [
        (150, 150_000, True),
        (29_999, 150_000, True),
        (30_000, 150_000, False),
        (150_000, 150_000, False),
        (1_500_000, 150_000, False),
        (499, 1_000, True),
        (350, 400, False),
        (60, 400, True),
        (499, None, True),
        (500, None, False),
    ],
)
def test_a_price_is_asked_about_when_it_falls_steeply_or_is_next_to_nothing(
    price_idr: int, now_idr: int | None, is_asked: bool
) -> None:
    assert (question_about_price(price_idr, now_idr) is not None) == is_asked
