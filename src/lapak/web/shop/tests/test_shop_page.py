"""A shop's page and a creator's showcase."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.models import Product, Variant
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, link_to
from lapak.web.shop.tests.conftest import ATTACK, many_products

pytestmark = pytest.mark.django_db

LABEL = "Dalam Proses Legalisasi"


class TestShop:
    @pytest.mark.usefixtures("variant")
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_who_sells_here(self, visitor: Client, language: str) -> None:
        visitor.cookies["django_language"] = language
        page = visitor.get("/s/batik-sekar")
        assert f'<html lang="{language}">' in page.text
        assert all(words in page.text for words in ("Batik Sekar", "Cirebon, Jawa Barat", "Kemeja Batik Kawung"))

    def test_it_says_since_when_the_shop_is_here(self, visitor: Client, cast: Cast) -> None:
        Shop.objects.filter(id=cast.shop.id).update(created_at=datetime(2025, 10, 31, 18, 0, tzinfo=UTC))
        assert "here since November 2025" in visitor.get(f"/s/{cast.shop.slug}").text  # it was the 1st in Jakarta

    def test_a_shop_without_a_business_number_says_so(self, visitor: Client, cast: Cast) -> None:
        assert LABEL in visitor.get("/s/batik-sekar").text
        cast.shop.nib = "1234567890123"
        cast.shop.save()
        page = visitor.get("/s/batik-sekar").text
        assert LABEL not in page
        assert "NIB 1234567890123" in page

    @pytest.mark.usefixtures("variant")
    def test_search_inside(self, visitor: Client, search_index: Callable[[], int]) -> None:
        search_index()
        assert "Kemeja Batik Kawung" in visitor.get("/s/batik-sekar?q=kawung").text
        assert "Nothing found in this shop" in visitor.get("/s/batik-sekar?q=helikopter").text

    @pytest.mark.usefixtures("cast")
    def test_an_empty_stall(self, visitor: Client) -> None:
        assert "Nothing on this stall yet" in visitor.get("/s/batik-sekar").text

    def test_a_closed_or_unknown_shop(self, visitor: Client, cast: Cast) -> None:
        assert visitor.get("/s/tidak-ada").status_code == 404
        cast.shop.is_open = False
        cast.shop.save()
        assert visitor.get("/s/batik-sekar").status_code == 404

    def test_many_goods_take_no_more_queries(
        self, visitor: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        many_products(cast.shop, 210)
        with django_assert_num_queries(5):  # the shop, its stars, how many, which of them, those
            page = visitor.get("/s/batik-sekar?page=2")
        assert page.text.count('class="product-card"') == 40

    @pytest.mark.usefixtures("variant")
    def test_words_are_text_not_markup(self, visitor: Client, cast: Cast) -> None:
        Product.objects.update(title=ATTACK)
        cast.shop.name = cast.shop.description = ATTACK
        cast.shop.save()
        assert ATTACK not in visitor.get("/s/batik-sekar").text


class TestShowcase:
    def test_each_product_leads_through_the_link(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        link = link_to(cast, variant.product)
        page = visitor.get("/@ceu-edoh")
        assert f'href="/r/{link.code}"' in page.text
        assert variant.product.path not in page.text
        assert "I earn a commission" in page.text

    @pytest.mark.usefixtures("cast")
    def test_nothing_on_show(self, visitor: Client) -> None:
        assert "Nothing on show yet" in visitor.get("/@ceu-edoh").text

    @pytest.mark.usefixtures("cast")
    def test_nobody_of_this_name(self, visitor: Client) -> None:
        assert visitor.get("/@nobody").status_code == 404

    def test_many_links_take_no_more_queries(
        self, visitor: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for product in many_products(cast.shop, 210):
            link_to(cast, product)
        # The creator, whether hidden, sections, how many, which links, those, their goods, the look.
        with django_assert_num_queries(8):
            page = visitor.get("/@ceu-edoh")
        assert page.text.count('class="product-card"') == 40
