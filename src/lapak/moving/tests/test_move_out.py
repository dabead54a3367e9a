"""A shop's goods leave: into Lapak's own file and back without a loss, into others with what they can hold."""

import csv
import io
import tempfile
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase

from lapak.goods.catalogue.commands import add_picture, create_product, publish_product
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import NewProduct, NewVariant
from lapak.moving.categories import CategoryMap
from lapak.moving.errors import FormatUnknown
from lapak.moving.formats.lapak.parts.reviews import PART as REVIEWS
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.leaving import category_paths, leaving_goods
from lapak.moving.move_in import move_in
from lapak.moving.move_out import look_ahead, move_out
from lapak.moving.outgoing import FIELDS
from lapak.moving.past.leaving import lines_of_orders
from lapak.moving.past.models import PastTerms
from lapak.moving.tests.any_shop import goods_of_any_shop, past_of_any_shop
from lapak.moving.tests.left import SHIRT, goods, moved_over, picture, sambal, stocked, written
from lapak.moving.written import Text, harmless
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, assemble_cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(cast: Cast) -> Shop:
    return stocked(cast)


def rows_of(archive: zipfile.ZipFile, platform: str) -> list[dict[str, str]]:
    form = OUTGOING[platform].form
    assert isinstance(form, Text)
    text = archive.read(form.file).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=form.separator))


def test_lapak_s_own_file_brings_the_same_shop(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    assert goods(moved_over(cast, "lapak", tmp_path)) == goods(shop)
    assert look_ahead(cast.seller, shop, "lapak").losses == []


def test_twice_is_once(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    other = moved_over(cast, "lapak", tmp_path)
    before = goods(other)
    again = move_in(cast.seller, [tmp_path / "lapak.zip"], other)
    assert again.done is not None
    assert (again.done.products.created, again.done.products.changed, again.done.skus.changed) == (0, 0, 0)
    assert goods(other) == before


class TestAnyShop(TestCase):
    """Whatever a seller can write, and whatever the shop was before, comes back as it was."""

    @given(product=goods_of_any_shop(), past=past_of_any_shop())
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    def test_comes_back_as_it_was(self, product: NewProduct, past: "partial[None]") -> None:
        cast = assemble_cast()
        create_product(cast.seller, cast.shop, product)
        past(cast.shop)
        with tempfile.TemporaryDirectory() as into:
            other = moved_over(cast, "lapak", Path(into))
        assert goods(other) == goods(cast.shop)
        assert _past(other) == _past(cast.shop)


def _past(shop: Shop) -> list[list[str]]:
    """Without what buyers are called, which is another word in each reading, without who promotes the shop here, and without
    the goods of reviews, which have other ids."""
    orders = [str({**line, "buyer": bool(line["buyer"])}) for line in lines_of_orders(shop)]
    terms = PastTerms.objects.filter(shop=shop, programme="invited").values_list(
        "platform", "handle", "programme", "rate_bp"
    )
    reviews = [str({**line, "product_id": "", "product_name": ""}) for line in REVIEWS.leaves.lines(shop)]
    return [sorted(orders), sorted(map(str, terms)), sorted(reviews)]


def test_pictures_lie_beside_the_table_once(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    other = create_product(cast.seller, shop, sambal())
    add_picture(cast.seller, other.id, picture("red"))
    archive = written(cast, "lapak", tmp_path)
    pictures = [name for name in archive.namelist() if name.startswith("pictures/")]
    assert len(pictures) == len(set(pictures)) == 2
    assert archive.testzip() is None


def test_shopify_s_rows_go_by_their_handle(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    rows = rows_of(written(cast, "shopify", tmp_path), "shopify")
    of_shirt = [row for row in rows if row["URL handle"].startswith("kemeja")]
    assert [row["Title"] for row in of_shirt] == ["'=Kemeja Batik, 100% katun", ""]
    assert of_shirt[0]["Description"] == "<p>Baris satu<br>baris dua</p><p>-Paragraf &lt;dua&gt; &amp; tiga</p>"
    assert [(row["Option1 value"], row["Option2 value"], row["Price"]) for row in of_shirt] == [
        ("Merah, tua", "M", "149000"),
        ("Merah, tua", "XL", "159000"),
    ]
    assert [row["Image position"] for row in of_shirt] == ["1", "2"]
    assert of_shirt[0]["Product image URL"].startswith("http")
    (paste,) = [row for row in rows if row["Title"] == "Sambal Roa"]
    assert (paste["Option1 name"], paste["Option1 value"], paste["Status"]) == ("Title", "Default Title", "Draft")


def test_woocommerce_s_variations_have_their_parent(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    rows = rows_of(written(cast, "woocommerce", tmp_path), "woocommerce")
    (parent,) = [row for row in rows if row["Type"] == "variable"]
    assert (parent["Attribute 1 name"], parent["Attribute 1 value(s)"]) == ("Warna", "Merah\\, tua")
    assert parent["Attribute 2 value(s)"] == "M, XL"
    assert (parent["Weight (kg)"], parent["Length (cm)"]) == ("0.35", "30")
    variations = [row for row in rows if row["Type"] == "variation"]
    assert {row["Parent"] for row in variations} == {f"id:{parent['ID']}"}
    assert [row["Stock"] for row in variations] == ["7", "0"]
    (simple,) = [row for row in rows if row["Type"] == "simple"]
    assert (simple["Name"], simple["Regular price"], simple["Published"]) == ("Sambal Roa", "40000", "-1")


@pytest.mark.parametrize(
    ("platform", "availability"),
    [("google_merchant", ["in_stock", "out_of_stock"]), ("meta_catalog", ["in stock", "out of stock"])],
)
def test_a_feed_tells_of_what_is_on_sale(
    cast: Cast, shop: Shop, tmp_path: Path, platform: str, availability: list[str]
) -> None:
    rows = rows_of(written(cast, platform, tmp_path), platform)
    assert [row["availability"] for row in rows] == availability
    assert {row["item_group_id"] for row in rows} == {str(Product.objects.get(status="published").id.hex)}
    assert [(row["color"], row["size"], row["price"]) for row in rows] == [
        ("Merah, tua", "M", "149000 IDR"),
        ("Merah, tua", "XL", "159000 IDR"),
    ]
    assert rows[0]["additional_image_link"].count("http") == 1
    lost = {loss.product: loss.what for loss in look_ahead(cast.seller, shop, platform).losses}
    assert "not on sale" in lost["Sambal Roa"] or "tidak dijual" in lost["Sambal Roa"]


def test_what_has_no_place_is_said_before_and_lies_in_the_file(cast: Cast, shop: Shop, tmp_path: Path) -> None:
    ahead = look_ahead(cast.seller, shop, "shopify")
    assert {str(loss.what) for loss in ahead.losses} == {
        str(FIELDS[name]) for name in ("attributes", "sides", "origin", "ai")
    }
    said = written(cast, "shopify", tmp_path).read("lost.txt").decode()
    assert said.splitlines() == [f"{loss.product}: {loss.what}" for loss in ahead.losses]


def test_a_text_that_is_too_long_is_told_of(cast: Cast, shop: Shop) -> None:
    """As it is written: with its options behind it."""
    title = "A" * 145
    options = NewVariant(price_idr=1_000, on_hand=1, option_values=("Merah",))
    long = create_product(
        cast.seller, shop, NewProduct(title=title, weight_g=1, option_names=("Warna",), variants=(options,))
    )
    publish_product(cast.seller, long.id)
    losses = [loss.what for loss in look_ahead(cast.seller, shop, "google_merchant").losses if loss.product == title]
    assert losses[:2] == ["stock", "title: at most 150 characters have room, the rest is cut off"]


@pytest.mark.parametrize("begins", ["=1+1", "+62", "-5", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_begins_a_formula(begins: str) -> None:
    assert harmless(begins) == f"'{begins}"


@pytest.mark.parametrize("plain", ["Kemeja", "5-7", "", 5, -5, None])
def test_other_cells_stay(plain: object) -> None:
    assert harmless(plain) == ("" if plain is None else str(plain))


def test_what_is_not_offered_any_more_stays_here(cast: Cast, shop: Shop) -> None:
    Product.objects.get(title="Sambal Roa").variants.update(is_active=False)
    assert [product.title for product in leaving_goods(shop)] == [SHIRT]


def test_an_unknown_format_names_those_there_are(cast: Cast, shop: Shop) -> None:
    with refused(FormatUnknown, match="shopify"):
        move_out(cast.seller, shop, "myspace", io.BytesIO())


def test_many_products_are_read_in_parts(cast: Cast, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lapak.moving.leaving._AT_ONCE", 1)
    assert len(list(_titles(shop))) == 2


def _titles(shop: Shop) -> Iterator[str]:
    return (product.title for product in leaving_goods(shop))


def test_every_category_finds_its_way_back() -> None:
    found = CategoryMap()
    ids = {id_: found.suggestion("/".join(path)) for id_, path in category_paths().items()}
    assert [id_ for id_, suggestion in ids.items() if suggestion is None or suggestion.category_id != id_] == []
    assert len(ids) > 100


KEPT_BY = {
    "shopify": {"title", "description", "category", "brand", "weight_g", "option_names", "pictures", "variants"},
    "woocommerce": {
        "title", "description", "category", "brand", "weight_g", "length_cm", "width_cm", "height_cm", "option_names",
        "pictures", "variants",
    },
}  # fmt: skip
"""What of a product on sale comes back as it was."""


@pytest.mark.parametrize("platform", KEPT_BY)
def test_what_a_format_holds_comes_back(cast: Cast, shop: Shop, tmp_path: Path, platform: str) -> None:
    def held(shop: Shop) -> list[dict[str, Any]]:
        return [{name: each[name] for name in KEPT_BY[platform]} for each in goods(shop)]

    assert held(moved_over(cast, platform, tmp_path)) == held(shop)
