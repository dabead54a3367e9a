"""The product page."""

import json
import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.token import make_token
from lapak.goods.catalogue.commands import set_barcode
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, link_to
from lapak.web.shop.tests.conftest import ATTACK, many_products, two_sizes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en"])
def test_what_a_visitor_sees(visitor: Client, variant: Variant, language: str) -> None:
    visitor.cookies["django_language"] = language
    page = visitor.get(variant.product.path)
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert all(words in page.text for words in ("Kemeja Batik Kawung", "Rp100.000", "Batik Sekar", "300 g"))
    assert f'name="variant" value="{variant.id}"' in page.text
    assert 'href="/c/' not in page.text  # it has no category


def test_a_range_until_a_variant_is_chosen(visitor: Client, cast: Cast) -> None:
    medium, large = two_sizes(cast.shop)
    page = visitor.get(medium.product.path).text
    assert "Rp80.000 – Rp95.000" in page
    assert 'name="variant"' not in page
    chosen = visitor.get(f"{medium.product.path}?v={medium.id.hex}").text
    assert "Rp80.000 – " not in chosen
    assert f'name="variant" value="{medium.id}"' in chosen
    assert "Only 5 left" in chosen
    gone = visitor.get(f"{medium.product.path}?v={large.id.hex}").text
    assert "Rp95.000" in gone
    assert 'name="then"' not in gone


def test_a_partial_choice_stays_partial(visitor: Client, cast: Cast) -> None:
    medium, large = two_sizes(cast.shop)
    product = medium.product
    product.option_names = ["Warna", "Ukuran"]
    product.save()
    for variant, values in ((medium, ["Hitam", "M"]), (large, ["Hitam", "L"])):
        variant.option_values = values
        variant.save()
    blue = Variant.objects.create(product=product, option_values=["Biru", "M"], price_idr=70_000, seller_sku="B")
    page = visitor.get(f"{product.path}?o=Hitam&o=").text
    assert 'name="variant"' not in page
    assert "Rp80.000 – Rp95.000" in page
    assert "Choose “Ukuran” first." in page  # a name of the shop's own, in another language than the sentence
    visitor.cookies["django_language"] = "id"
    assert "Pilih ukuran dulu." in visitor.get(f"{product.path}?o=Hitam&o=").text
    assert f'href="?v={medium.id.hex}"' in page
    assert blue.id.hex not in page


@pytest.mark.parametrize("chosen", ["x", "0" * 32, "%FF"])
def test_an_unknown_variant_is_no_choice(visitor: Client, cast: Cast, chosen: str) -> None:
    medium, _large = two_sizes(cast.shop)
    assert "Rp80.000 – Rp95.000" in visitor.get(f"{medium.product.path}?v={chosen}").text


def test_sold_out(visitor: Client, variant: Variant) -> None:
    variant.stock.delete()
    page = visitor.get(variant.product.path).text
    assert "Sold out" in page
    assert 'name="then"' not in page
    assert structured(page)["offers"]["availability"] == "https://schema.org/OutOfStock"


def test_search_engines_read_the_barcode(visitor: Client, cast: Cast, variant: Variant) -> None:
    assert "gtin" not in structured(visitor.get(variant.product.path).text)
    set_barcode(cast.seller, variant.id, "8991002101234")
    assert structured(visitor.get(variant.product.path).text)["gtin"] == "8991002101234"


def test_shipping_to_where_the_reader_lives(visitor: Client, buyer: Client, cast: Cast, variant: Variant) -> None:
    assert "Rp15.000" in visitor.get(variant.product.path).text  # within Java, to Jakarta
    assert "Rp85.000" in visitor.get(f"{variant.product.path}?to=94").text
    cast.address.province_code = "94"
    cast.address.save()
    assert "Rp85.000" in buyer.get(variant.product.path).text
    assert "Rp15.000" in buyer.get(f"{variant.product.path}?to=31").text


def test_the_cheapest_courier_stands_first(visitor: Client, variant: Variant) -> None:
    shipping = visitor.get(f"{variant.product.path}?to=31").text.partition('id="shipping"')[2].partition("</form>")[0]
    prices_idr = [int(price.replace(".", "")) for price in re.findall(r"Rp([\d.]+)", shipping)]
    assert len(prices_idr) == 3
    assert prices_idr == sorted(prices_idr)


class TestAddress:
    def test_another_slug_moves_to_the_right_one(self, visitor: Client, variant: Variant) -> None:
        moved = visitor.get(f"/p/lama-{variant.product.id.hex}?lp=x&v=y")
        assert (moved.status_code, moved["Location"]) == (301, f"{variant.product.path}?lp=x&v=y")

    def test_gone_goods_show_what_else_the_shop_has(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        two_sizes(cast.shop)
        Product.objects.filter(id=variant.product_id).update(status=Product.Status.ARCHIVED)
        page = visitor.get(variant.product.path)
        assert page.status_code == 404
        assert "No longer on sale" in page.text
        assert "Sarung Tenun" in page.text

    def test_drafts_closed_shops_and_unknown_goods_are_not_there(
        self, visitor: Client, cast: Cast, variant: Variant
    ) -> None:
        assert visitor.get(f"/p/x-{'0' * 32}").status_code == 404
        cast.shop.is_open = False
        cast.shop.save()
        assert visitor.get(variant.product.path).status_code == 404
        cast.shop.is_open = True
        cast.shop.save()
        Product.objects.update(status=Product.Status.DRAFT)
        page = visitor.get(variant.product.path)
        assert page.status_code == 404
        assert "Kemeja" not in page.text

    def test_nothing_to_buy_in_it(self, visitor: Client, variant: Variant) -> None:
        Variant.objects.update(is_active=False)
        assert visitor.get(variant.product.path).status_code == 404


class TestForMachines:
    def test_structured_data(self, visitor: Client, cast: Cast) -> None:
        medium, _large = two_sizes(cast.shop)
        data = structured(visitor.get(medium.product.path).text)
        assert (data["@type"], data["name"]) == ("Product", "Sarung Tenun")
        assert data["offers"] == {
            "@type": "AggregateOffer",
            "url": f"http://localhost:8000{medium.product.path}",
            "priceCurrency": "IDR",
            "lowPrice": 80_000,
            "highPrice": 95_000,
            "offerCount": 2,
            "availability": "https://schema.org/InStock",
            "itemCondition": "https://schema.org/NewCondition",
            "seller": {"@type": "Organization", "name": "Batik Sekar"},
        }

    def test_share_card(self, visitor: Client, variant: Variant) -> None:
        page = visitor.get(variant.product.path).text
        assert '<meta property="og:type" content="product">' in page
        assert '<meta property="og:title" content="Kemeja Batik Kawung">' in page
        assert '<meta property="product:price:amount" content="100000">' in page

    def test_words_are_text_not_markup(self, visitor: Client, variant: Variant) -> None:
        Product.objects.update(
            title=ATTACK, description=f"</script>{ATTACK}", brand=ATTACK, attributes={ATTACK: ATTACK}, option_names=[]
        )
        page = visitor.get(variant.product.path).text
        assert ATTACK not in page
        assert structured(page)["description"] == f"</script>{ATTACK}"
        assert page.count("</script>") == page.count("<script")


class TestCaches:
    """What a shared cache may keep says nothing about its reader."""

    def test_a_visitors_page_may_be_shared(self, visitor: Client, variant: Variant) -> None:
        page = visitor.get(variant.product.path)
        assert "public" in page["Cache-Control"]
        assert not page.cookies
        assert {"Cookie", "Accept-Language"} <= set(page["Vary"].split(", "))

    def test_unchanged_is_not_sent_again(self, visitor: Client, variant: Variant) -> None:
        etag = visitor.get(variant.product.path)["ETag"]
        assert visitor.get(variant.product.path, headers={"if-none-match": etag}).status_code == 304
        variant.price_idr = 90_000
        variant.save()
        assert visitor.get(variant.product.path, headers={"if-none-match": etag}).status_code == 200

    def test_a_signed_in_page_may_not(self, buyer: Client, variant: Variant) -> None:
        page = buyer.get(variant.product.path)
        assert "Buyer" in page.text
        assert "private" in page["Cache-Control"]

    def test_nor_one_with_a_cart(self, visitor: Client, variant: Variant) -> None:
        visitor.post("/cart/add", {"variant": variant.id, "quantity": 1, "next": variant.product.path})
        page = visitor.get(variant.product.path)
        assert "private" in page["Cache-Control"]

    def test_nor_one_that_brings_a_click(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        token = make_token(link_to(cast, variant.product).id, new_id())
        page = visitor.get(f"{variant.product.path}?lp={token}")
        assert token in page.cookies["lapak_clicks"].value
        assert "private" in page["Cache-Control"]


def test_much_of_everything_takes_no_more_queries(
    visitor: Client, cast: Cast, variant: Variant, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_products(cast.shop, 210)
    with django_assert_num_queries(3):  # the product, shipping, others
        visitor.get(variant.product.path)


def structured(page: str) -> Any:
    """The page's JSON-LD, as a search engine reads it."""
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert found
    return json.loads(found[1])
