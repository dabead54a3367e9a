"""Reading products, and who may."""

from operator import attrgetter

from django.core.paginator import Paginator
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue import bulk
from lapak.goods.catalogue.commands import add_picture, archive_product, create_product
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Category, Product, Variant
from lapak.goods.catalogue.queries import (
    cards_of_shop,
    category_tree,
    newest_cards_beside,
    product_cards,
    product_counts_of_shop,
    product_for_seller,
    product_ids_of_shop,
)
from lapak.goods.catalogue.tests.conftest import kemeja, picture
from lapak.goods.catalogue.whole import whole_product
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import LISTED
from lapak.testing.crowd import many_products
from lapak.testing.refused import refused

card_numbers = attrgetter("title", "variant_count", "price_from_idr", "price_to_idr", "on_hand")


def test_a_product_with_all_its_page_shows_takes_one_statement(
    seller: User, product: Product, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    product.category = Category.objects.get(code="fashion.batik.kemeja-batik")
    product.save()
    add_picture(seller, product.id, picture())
    with django_assert_num_queries(1):
        page = whole_product(product.id)
        assert page is not None
        assert page.shop.name == "Batik Trusmi"
        assert page.category is not None
        assert page.category.parent is not None
        assert page.category.parent.parent is not None
        assert page.category.parent.parent.code == "fashion"
        assert [(v.label, v.stock.available) for v in page.variants.all()] == [("M", 25), ("L", 5)]
        assert [image.image.width_px for image in page.images.all()] == [800]


def test_a_page_shows_only_what_is_on_sale(seller: User, product: Product) -> None:
    Variant.objects.filter(product=product, seller_sku="KMJ-L").update(is_active=False)
    page = whole_product(product.id)
    assert page is not None
    assert [v.label for v in page.variants.all()] == ["M"]
    archive_product(seller, product.id)
    assert whole_product(product.id) is None


def test_goods_of_a_closed_shop_are_not_shown(product: Product, shop: Shop) -> None:
    shop.is_open = False
    shop.save()
    assert whole_product(product.id) is None
    assert product_cards([product.id]) == []


def test_a_seller_sees_all_variants_and_a_stranger_nothing(seller: User, stranger: User, product: Product) -> None:
    Variant.objects.filter(product=product, seller_sku="KMJ-L").update(is_active=False)
    assert len(product_for_seller(seller, product.id).variants.all()) == 2
    with refused(ProductNotFound):
        product_for_seller(stranger, product.id)


def test_a_page_of_the_sellers_list_takes_three_queries(
    seller: User, shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bulk.create_products(shop, [kemeja(f"Kemeja {n:02}") for n in range(60)], LISTED)
    with django_assert_num_queries(4):  # and the count for the page numbers
        page = Paginator(product_ids_of_shop(shop), 50).page(1)
        cards = [(*card_numbers(product), list(product.images.all())) for product in cards_of_shop(shop, page)]
    assert page.paginator.count == 60
    assert cards[0] == ("Kemeja 59", 2, 120_000, 125_000, 30, [])


def test_the_sellers_list_is_searched_by_title_and_seller_sku(seller: User, shop: Shop, product: Product) -> None:
    sarung = create_product(seller, shop, kemeja("Sarung Lasem", status="archived"))
    Variant.objects.filter(product=product, seller_sku="KMJ-M").update(seller_sku="ABC-1")
    assert list(product_ids_of_shop(shop, text="sarung")) == [sarung.id]
    assert list(product_ids_of_shop(shop, text="abc-")) == [product.id]
    assert list(product_ids_of_shop(shop, text="100%")) == []
    assert list(product_ids_of_shop(shop, status="published")) == [product.id]
    assert product_counts_of_shop(shop) == {"draft": 0, "published": 1, "archived": 1}


def test_cards_keep_the_order_asked_for(
    seller: User, shop: Shop, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a, b, c = (create_product(seller, shop, kemeja(title)) for title in "ABC")
    archive_product(seller, b.id)
    with django_assert_num_queries(1):
        assert [(card.id, card.shop_id) for card in product_cards([c.id, b.id, a.id])] == [
            (c.id, shop.id),
            (a.id, shop.id),
        ]


def test_cards_of_a_shop_are_of_that_shop_alone(seller: User, shop: Shop, stranger: User) -> None:
    draft, archived = (create_product(seller, shop, kemeja(status, status=status)) for status in ("draft", "archived"))
    other = Shop.objects.get(slug="lain")
    assert cards_of_shop(shop, [archived.id, draft.id]) == [archived, draft]
    assert cards_of_shop(other, [archived.id, draft.id]) == []


def test_the_category_tree_comes_whole_in_one_query(
    db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        tree = category_tree()
    fashion = next(node for node in tree if node.category.code == "fashion")
    batik = next(node for node in fashion.children if node.category.code == "fashion.batik")
    assert "fashion.batik.kemeja-batik" in [node.category.code for node in batik.children]
    assert all(node.category.parent_id is None for node in tree)


def test_cards_beside_are_the_newest_others_on_sale_in_the_shop(seller: User, shop: Shop, stranger: User) -> None:
    many_products(Shop.objects.get(slug="lain"), 1)
    shown, *others = [create_product(seller, shop, kemeja(f"Kemeja {n}")) for n in range(5)]
    Product.objects.filter(id=others[1].id).update(status=Product.Status.DRAFT)
    assert [card.id for card in newest_cards_beside(shown, 2)] == [others[3].id, others[2].id]
    assert [card.id for card in newest_cards_beside(shown, 9)] == [others[3].id, others[2].id, others[0].id]


def test_a_whole_product_s_values_are_those_django_reads(seller: User, product: Product) -> None:
    add_picture(seller, product.id, picture())
    whole, read = whole_product(product.id), product_for_seller(seller, product.id)
    assert whole is not None
    for ours, django_s in (
        (whole, read),
        (whole.shop, read.shop),
        *zip(whole.variants.all(), read.variants.all(), strict=True),
        *zip(whole.images.all(), read.images.all(), strict=True),
    ):
        columns = [field.attname for field in ours._meta.concrete_fields]
        assert [getattr(ours, column) for column in columns] == [getattr(django_s, column) for column in columns]
