"""The home page, its search, and the categories."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.models import Category, Product, Variant
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.web.shop.tests.conftest import ATTACK, many_products, two_sizes

pytestmark = pytest.mark.django_db

Index = Callable[[], int]


@pytest.mark.parametrize("language", ["id", "en"])
def test_newest_goods_and_their_aisle(visitor: Client, variant: Variant, search_index: Index, language: str) -> None:
    Product.objects.update(category=Category.objects.get(code="makanan"))
    search_index()
    visitor.cookies["django_language"] = language
    page = visitor.get("/")
    assert page.status_code == 200
    assert f'<html lang="{language}">' in page.text
    assert "Kemeja Batik Kawung" in page.text
    assert "Rp100.000" in page.text
    assert {"id": "Makanan &amp; Minuman", "en": "Food &amp; Drink"}[language] in page.text
    assert 'href="/c/makanan"' in page.text


def test_no_aisle_leads_to_an_empty_category(visitor: Client, cast: Cast, search_index: Index) -> None:
    put_into(cast.shop, "makanan.camilan", "fashion.batik.kemeja-batik", "fashion.tas.dompet", "lainnya")
    search_index()
    shown = [aisle.category.code for aisle in visitor.get("/").context["aisles"]]
    assert shown == ["fashion.batik", "fashion.tas", "makanan.camilan", "lainnya"]
    for code in shown:
        assert visitor.get(f"/c/{code}").context["listing"].cards


def test_enough_top_categories_stay_together(visitor: Client, cast: Cast, search_index: Index) -> None:
    put_into(cast.shop, "makanan.camilan", "fashion.batik.kemeja-batik", "fashion.tas.dompet", "buku", "elektronik")
    search_index()
    shown = visitor.get("/").context["aisles"]
    assert [aisle.category.code for aisle in shown] == ["buku", "elektronik", "fashion", "makanan"]
    assert [aisle.sign for aisle in shown] == ["buku", "elektronik", "fashion", "makanan"]


def test_an_aisle_shows_the_newest_picture_in_it(visitor: Client, cast: Cast, search_index: Index) -> None:
    (product,) = many_products(cast.shop, 1)
    Product.objects.filter(id=product.id).update(category=Category.objects.get(code="fashion.batik.kemeja-batik"))
    put_into(cast.shop, "makanan")
    search_index()
    images = {aisle.category.code: aisle.image for aisle in visitor.get("/").context["aisles"]}
    assert list(images) == ["fashion.batik", "makanan"]
    assert images["fashion.batik"].endswith("images/00/a-240.webp")
    assert images["makanan"] == ""


def test_before_the_first_index(visitor: Client, variant: Variant) -> None:
    assert "The goods are being laid out" in visitor.get("/").text
    assert "The goods are being laid out" in visitor.get("/?q=batik").text


def test_an_empty_market(visitor: Client, search_index: Index) -> None:
    search_index()
    assert "The stalls are still empty" in visitor.get("/").text


def test_search_and_its_filters(visitor: Client, cast: Cast, variant: Variant, search_index: Index) -> None:
    two_sizes(cast.shop)
    search_index()
    assert titles(visitor.get("/?q=sarung")) == ["Sarung Tenun"]
    assert titles(visitor.get("/?q=&max=90000")) == ["Sarung Tenun"]
    assert titles(visitor.get("/?q=&min=90.000")) == ["Kemeja Batik Kawung"]
    assert titles(visitor.get("/?q=&sort=price_low")) == ["Sarung Tenun", "Kemeja Batik Kawung"]
    assert titles(visitor.get("/?q=&sort=price_high")) == ["Kemeja Batik Kawung", "Sarung Tenun"]


def test_what_narrows_the_list_is_said_and_can_be_taken_away(
    visitor: Client, variant: Variant, search_index: Index
) -> None:
    search_index()
    page = visitor.get("/?q=batik&min=50000&stock=1").text
    assert '<a class="chip" href="/?q=batik&amp;stock=1">' in page  # without the price
    assert "from Rp50.000" in page
    assert '<a class="chip" href="/?q=batik&amp;min=50000">' in page
    assert re.search(r'class="count">2<', page)
    assert '"/c/fashion"' in visitor.get("/?q=&category=fashion&max=99999").text
    assert 'class="chip"' not in visitor.get("/?q=batik").text
    assert 'class="chip" href="/?q="' in visitor.get("/?q=&max=99999").text


def test_a_price_that_cannot_be_read_narrows_nothing_and_is_said(
    visitor: Client, cast: Cast, variant: Variant, search_index: Index
) -> None:
    two_sizes(cast.shop)
    search_index()
    page = visitor.get("/?q=&min=90,000&max=1.500.000")
    assert len(titles(page)) == 2
    assert "“90,000” could be Rp90 or Rp90.000" in page.text
    assert 'value="90,000"' in page.text
    assert 'value="1.500.000"' in page.text


def test_a_price_from_is_marked_as_one(visitor: Client, cast: Cast, search_index: Index) -> None:
    two_sizes(cast.shop)
    search_index()
    assert '<span class="price-from">' in visitor.get("/?q=").text


@pytest.mark.parametrize("address", ["/", "/s/batik-sekar"])
def test_a_correction_is_told_with_the_way_back(
    visitor: Client, variant: Variant, search_index: Index, address: str
) -> None:
    search_index()
    page = visitor.get(f"{address}?q=kemja+batik&page=1")
    assert "Kemeja Batik Kawung" in page.text
    assert "Showing results for “kemeja batik”" in page.text
    assert 'href="?q=kemja+batik&amp;exact=1"' in page.text
    as_typed = visitor.get(f"{address}?q=kemja+batik&exact=1")
    assert "Kemeja Batik Kawung" in as_typed.text
    assert "Showing results" not in as_typed.text
    assert "No goods here have “kemja”" in as_typed.text


@pytest.mark.usefixtures("variant")
def test_the_sheet_of_filters_can_be_closed_and_nothing_found_is_not_counted(
    visitor: Client, search_index: Index
) -> None:
    search_index()
    page = visitor.get("/?q=kemeja").text
    assert 'popovertarget="filters" popovertargetaction="hide" aria-label="Close"' in page
    assert "1 product<" in page
    assert "0 products" not in visitor.get("/?q=zzxqy").text


def test_as_typed_stays_so_under_filters(visitor: Client, variant: Variant, search_index: Index) -> None:
    search_index()
    assert '<input type="hidden" name="exact" value="1">' in visitor.get("/?q=batik&exact=1").text
    assert 'name="exact"' not in visitor.get("/?q=batik").text


def test_words_that_no_goods_have_are_told(visitor: Client, variant: Variant, search_index: Index) -> None:
    search_index()
    page = visitor.get("/?q=hijab+batik")
    assert titles(page) == ["Kemeja Batik Kawung"]
    assert "No goods here have “hijab”. These have your other words." in page.text
    page = visitor.get("/?q=hijab")
    assert titles(page) == []
    assert "No goods here have “hijab” yet." in page.text


def test_nothing_found(visitor: Client, variant: Variant, search_index: Index) -> None:
    search_index()
    page = visitor.get("/?q=helikopter")
    assert (page.status_code, titles(page)) == (200, [])
    assert "Nothing found" in page.text
    assert "Take a filter away" in visitor.get("/?q=batik&min=900000").text


def test_a_category_and_those_below(visitor: Client, variant: Variant, search_index: Index) -> None:
    Product.objects.update(category=Category.objects.get(code="fashion.batik.kemeja-batik"))
    search_index()
    page = visitor.get("/c/fashion")
    assert titles(page) == ["Kemeja Batik Kawung"]
    assert 'href="/c/fashion.batik"' in page.text
    assert titles(visitor.get("/c/fashion.batik.kemeja-batik")) == ["Kemeja Batik Kawung"]
    assert titles(visitor.get("/?q=kawung&category=makanan")) == []
    assert "?q=kawung&amp;category=fashion" in visitor.get("/?q=kawung").text


@pytest.mark.parametrize("code", ["nirgendwo", "fashion.nirgendwo"])
def test_no_such_category(visitor: Client, db: None, code: str) -> None:
    assert visitor.get(f"/c/{code}").status_code == 404


def test_many_goods_take_no_more_queries(
    visitor: Client, cast: Cast, search_index: Index, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many_products(cast.shop, 210)
    search_index()
    with django_assert_num_queries(2):  # the category tree, the cards
        page = visitor.get("/?q=batik")
    assert len(titles(page)) == 40
    assert "210 products" in page.text
    assert len(titles(visitor.get("/?q=batik&page=6"))) == 10
    assert len(titles(visitor.get("/?q=batik&page=99"))) == 10  # beyond the last page: the last


def test_a_title_is_text_not_markup(visitor: Client, variant: Variant, search_index: Index) -> None:
    Product.objects.update(title=f"Batik {ATTACK}")
    search_index()
    for address in ("/", "/?q=batik", f"/?q={ATTACK}"):
        page = visitor.get(address)
        assert ATTACK not in page.text
        assert page.status_code == 200


@pytest.mark.parametrize("address", ["/?page=-1", "/?min=abc&max=-3&sort=x&stock=9", "/?q=" + "a" * 5000])
def test_odd_questions_are_answered(visitor: Client, variant: Variant, search_index: Index, address: str) -> None:
    search_index()
    assert visitor.get(address).status_code == 200


def put_into(shop: Shop, *codes: str) -> None:
    """A product in each of these categories."""
    for code in codes:
        product = stocked_variant(shop).product
        product.category = Category.objects.get(code=code)
        product.save(update_fields=["category"])


def titles(page: object) -> list[str]:
    """The goods in a page's grid."""
    listing = page.context["listing"]  # type: ignore[attr-defined]  # the test client's addition to a response
    return [card.title for card in listing.cards]


def test_goods_made_in_indonesia_have_a_shelf(visitor: Client, cast: Cast, search_index: Index) -> None:
    made_here, imported = (stocked_variant(cast.shop).product for _ in range(2))
    for product, title, origin in ((made_here, "Kain Tenun", "domestic"), (imported, "Payung Lipat", "imported")):
        product.title, product.origin = title, origin
        product.save()
    search_index()
    assert 'href="/domestic"' in visitor.get("/").text
    for address in ("/domestic", "/?q=&domestic=1"):
        page = visitor.get(address, headers={"accept-language": "id"}).text
        assert ("Kain Tenun" in page, "Payung Lipat" in page) == (True, False)
        assert "Produk dalam negeri" in page
    badge = visitor.get(made_here.path, headers={"accept-language": "id"}).text
    assert "Produk dalam negeri" in badge
    assert "Impor" in visitor.get(imported.path, headers={"accept-language": "id"}).text
