"""The number below a barcode: what is one, and how a variant gets it."""

import pytest

from lapak.goods.catalogue.barcodes import barcode_of
from lapak.goods.catalogue.commands import create_product, set_barcode
from lapak.goods.catalogue.errors import ListingRefused, ProductNotFound
from lapak.goods.catalogue.models import ProductChange, Variant
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.testing.cast import Cast
from lapak.testing.refused import refused


@pytest.mark.parametrize("number", ["12345670", "036000291452", "8991002101234", "12345678901231"])
def test_each_length_is_one_by_its_last_digit(number: str) -> None:
    assert barcode_of(number) == number
    others = {barcode_of(f"{number[:-1]}{digit}") for digit in "0123456789"}
    assert others == {number, None}


def test_blanks_and_hyphens_are_passed_over() -> None:
    assert barcode_of(" 8 991002-101234 ") == "8991002101234"
    assert barcode_of(" ") == ""


@pytest.mark.parametrize("text", ["8.99E+12", "123", "899100210123", "٨٩٩١٠٠٢١٠١٢٣٤", "tidak ada", "0" * 30])
def test_anything_else_is_none(text: str) -> None:
    assert barcode_of(text) is None


def test_a_variant_gets_it_and_loses_it(cast: Cast, variant: Variant) -> None:
    before = ProductChange.objects.count()
    set_barcode(cast.seller, variant.id, "8991002-101234")
    assert Variant.objects.get().barcode == "8991002101234"
    assert ProductChange.objects.count() == before + 1
    set_barcode(cast.seller, variant.id, "")
    assert Variant.objects.get().barcode == ""


def test_a_stranger_and_a_wrong_one_are_refused(cast: Cast, variant: Variant) -> None:
    with refused(ProductNotFound):
        set_barcode(cast.stranger, variant.id, "8991002101234")
    with refused(ListingRefused) as refusal:
        set_barcode(cast.seller, variant.id, "8991002101235")
    assert refusal.value.field == "barcode"
    wrong = NewVariant(price_idr=5_000, on_hand=1, barcode="123")
    with refused(ListingRefused):
        create_product(cast.seller, cast.shop, NewProduct(title="Sarung", weight_g=300, variants=(wrong,)))
