"""The product list, one product, and prices and stock changed in place."""

import io
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries, Settings

from lapak.flows.ship_order import ship_order
from lapak.goods.catalogue.models import Category, Product, Stock, Variant
from lapak.testing.cast import Cast, leave_on_shelf, stocked_variant
from lapak.testing.crowd import many_products
from lapak.testing.histories import paid_order
from lapak.testing.rows_read import plan_as_in_service, rows_read
from lapak.trade.orders.commands import pack_order
from lapak.web.sell.tests.conftest import said

LIST = "/sell/batik-sekar/products"
HTMX = {"HX-Request": "true"}


def row(variant: Variant) -> str:
    return f"/sell/batik-sekar/variants/{variant.id}"


def filled_in(variant: Variant, **typed: object) -> dict[str, object]:
    """The row as the page showed it, with what the seller typed over it."""
    shown = {"price_idr": variant.price_idr, "on_hand": Stock.objects.get(variant=variant).on_hand}
    return {**shown, **{f"initial-{name}": value for name, value in shown.items()}, **typed}


def test_words_and_status_narrow_the_list(seller: Client, cast: Cast, variant: Variant) -> None:
    many_products(cast.shop, 3)
    assert "Kemeja Batik Kawung" in seller.get(LIST, {"q": "kawung"}).text
    assert "Sarung 1" not in seller.get(LIST, {"q": "kawung"}).text
    assert "Nothing found" in seller.get(LIST, {"q": "sepatu"}).text
    assert "Kemeja Batik Kawung" not in seller.get(LIST, {"status": "archived"}).text
    assert "Kemeja Batik Kawung" in seller.get(LIST, {"status": "nonsense"}).text


def test_empty_shelves_are_explained(seller: Client, cast: Cast) -> None:
    assert "Your shelves are empty" in seller.get(LIST).text


@pytest.mark.parametrize("variants", [1, 4])
def test_a_long_list_costs_no_more_than_a_short_one(
    seller: Client, cast: Cast, variants: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_products(cast.shop, 220, variants=variants)
    with django_assert_max_num_queries(14):
        page = seller.get(LIST, {"page": 3}).text
    assert page.count('class="product-row"') == 25


def test_the_list_only_counts_the_goods_it_does_not_show(seller: Client, cast: Cast) -> None:
    def rows_of_the_list() -> int:
        plan_as_in_service()
        with rows_read() as read:
            seller.get(LIST)
        return read.total()

    many_products(cast.shop, 50)
    in_a_small_shop = rows_of_the_list()
    many_products(cast.shop, 2_950)
    assert rows_of_the_list() - in_a_small_shop <= 3_000


def test_the_variants_of_a_product_open_in_the_list(seller: Client, cast: Cast) -> None:
    product = many_products(cast.shop, 1, variants=4)[0]
    part = seller.get(f"{LIST}/{product.id}/variants", headers=HTMX).text
    assert part.count('class="variant-row"') == 4
    assert "<html" not in part
    assert seller.get(f"{LIST}/{product.id}/variants")["Location"].endswith(f"{product.id}#variants")


def test_price_and_stock_are_saved_in_place(seller: Client, variant: Variant) -> None:
    part = seller.post(row(variant), filled_in(variant, price_idr=120_000, on_hand=7), headers=HTMX).text
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (120_000, 7)
    assert "Saved" in part
    assert "<html" not in part


def test_without_script_the_same_form_leads_back(seller: Client, variant: Variant) -> None:
    answer = seller.post(row(variant), filled_in(variant, price_idr=120_000, next=f"{LIST}?page=2"))
    assert answer["Location"] == f"{LIST}?page=2"
    assert seller.post(row(variant), filled_in(variant, next="//evil.example"))["Location"].startswith(LIST)


def test_only_what_was_changed_is_written(seller: Client, cast: Cast, variant: Variant) -> None:
    """Two pieces were sold and sent while the page lay open: saving a price must not put them back on the shelf."""
    lying_open = filled_in(variant, price_idr=130_000)
    leave_on_shelf(variant, 8)
    seller.post(row(variant), lying_open, headers=HTMX)
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (130_000, 8)


def test_typed_stock_is_a_difference_to_what_was_shown(seller: Client, cast: Cast, variant: Variant) -> None:
    """Shown 10, typed 12, three sent meanwhile: two more than the seven that are left."""
    lying_open = filled_in(variant, on_hand=12)
    order = paid_order(cast, (variant, 3))
    pack_order(cast.seller, order.id)
    ship_order(cast.seller, order.id, "JP1234567890")
    seller.post(row(variant), lying_open, headers=HTMX)
    assert Stock.objects.get(variant=variant).on_hand == 9


def test_a_difference_that_would_leave_too_little_says_how_the_shelf_stands(
    seller: Client, cast: Cast, variant: Variant
) -> None:
    lying_open = filled_in(variant, on_hand=2)
    paid_order(cast, (variant, 1))
    leave_on_shelf(variant, 8)
    page = seller.post(row(variant), lying_open, headers=HTMX).text
    assert "Meanwhile the shelf has 8 pieces, 1 of them promised to buyers." in page
    assert Stock.objects.get(variant=variant).on_hand == 8


@pytest.mark.parametrize("shown", ["", "x", "-1"])
def test_a_form_that_does_not_say_what_was_shown_changes_nothing(
    seller: Client, variant: Variant, nothing_written: None, shown: str
) -> None:
    page = seller.post(row(variant), filled_in(variant, on_hand=12, **{"initial-on_hand": shown}), headers=HTMX).text
    assert 'role="alert"' in page


@pytest.mark.parametrize(
    "typed",
    [
        {"price_idr": 0},
        {"price_idr": -5},
        {"price_idr": "x"},
        {"price_idr": 10**13},
        {"on_hand": -1},
        {"on_hand": 10**8},
    ],
)
def test_bad_figures_stay_in_the_row_and_nothing_is_written(
    seller: Client, variant: Variant, typed: dict[str, object]
) -> None:
    before = (variant.price_idr, Stock.objects.get(variant=variant).on_hand)
    part = seller.post(row(variant), filled_in(variant, **typed), headers=HTMX).text
    whole = seller.post(row(variant), filled_in(variant, **typed))
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == before
    for page in (part, whole.text):
        assert 'role="alert"' in page
        assert f'value="{next(iter(typed.values()))}"' in page


@pytest.mark.parametrize(("typed", "price_idr"), [("150.000", 150_000), ("Rp 150.000", 150_000), ("150000", 150_000)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_prices_and_stock_are_read_as_people_type_them(
    seller: Client, variant: Variant, typed: str, price_idr: int, language: str
) -> None:
    seller.cookies["django_language"] = language
    seller.post(row(variant), filled_in(variant, price_idr=typed, on_hand="1.000"), headers=HTMX)
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (price_idr, 1_000)
    assert 'value="150.000"' in seller.get(f"{LIST}/{variant.product_id}").text


def test_a_doubtful_price_names_both_readings(seller: Client, variant: Variant) -> None:
    part = seller.post(row(variant), filled_in(variant, price_idr="150,000", on_hand=7), headers=HTMX).text
    assert "“150,000” could be Rp150 or Rp150.000" in part
    assert 'value="150,000"' in part
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (100_000, 10)


class TestAsking:
    """Before a price falls beyond reason: once, and about this very price."""

    @pytest.mark.parametrize("headers", [HTMX, {}])
    @pytest.mark.parametrize(
        ("language", "question", "yes"),
        [
            ("id", "Rp150? Sekarang Rp100.000.", "Ya, memang Rp150"),
            ("en", "Rp150? It is Rp100.000 now.", "Yes, Rp150 is meant"),
        ],
    )
    def test_a_steep_fall_is_asked_about(
        self, seller: Client, variant: Variant, language: str, question: str, yes: str, headers: dict[str, str]
    ) -> None:
        seller.cookies["django_language"] = language
        typed = filled_in(variant, price_idr="150", on_hand="7", next=f"{LIST}?page=2")
        page = seller.post(row(variant), typed, headers=headers).text
        variant.refresh_from_db()
        assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (100_000, 10)
        assert question in page
        assert yes in page
        assert 'value="150"' in page
        assert 'value="7"' in page
        seller.post(row(variant), {**typed, "price_idr-sure": "150"}, headers=headers)
        variant.refresh_from_db()
        assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (150, 7)

    def test_another_price_is_asked_about_again(self, seller: Client, variant: Variant) -> None:
        typed = filled_in(variant, price_idr="90", **{"price_idr-sure": "150"})
        assert "Rp90? It is Rp100.000 now." in seller.post(row(variant), typed, headers=HTMX).text
        variant.refresh_from_db()
        assert variant.price_idr == 100_000

    def test_the_price_that_stands_is_today_s_whatever_the_page_showed(self, seller: Client, variant: Variant) -> None:
        Variant.objects.update(price_idr=1_000_000)
        typed = {"initial-price_idr": "100.000", "initial-on_hand": "10", "price_idr": "150.000", "on_hand": "10"}
        assert "Rp150.000? It is Rp1.000.000 now." in seller.post(row(variant), typed, headers=HTMX).text

    def test_a_sale_and_a_cheap_thing_that_stays_cheap_are_not(self, seller: Client, variant: Variant) -> None:
        for now_idr, typed in ((100_000, 20_000), (400, 350)):
            Variant.objects.update(price_idr=now_idr)
            variant.refresh_from_db()
            seller.post(row(variant), filled_in(variant, price_idr=typed), headers=HTMX)
            variant.refresh_from_db()
            assert variant.price_idr == typed

    def test_a_new_product_for_next_to_nothing_is_asked_about(self, seller: Client, cast: Cast) -> None:
        typed = {"title": "Sarung", "weight_g": "2.000", "price_idr": "150", "on_hand": "1.000", "seller_sku": "SR-1"}
        page = seller.post(f"{LIST}/new", typed)
        assert not Product.objects.exists()
        assert "Rp150? That is very little." in page.text
        for kept in ("2.000", "150", "1.000", "SR-1"):
            assert f'value="{kept}"' in page.text
        seller.post(f"{LIST}/new", {**typed, "price_idr-sure": "150"})
        product = Product.objects.get()
        assert (product.weight_g, product.variants.get().price_idr) == (2_000, 150)
        assert Stock.objects.get().on_hand == 1_000


def test_what_is_promised_to_buyers_stays(seller: Client, cast: Cast, variant: Variant) -> None:
    paid_order(cast, (variant, 3))
    part = seller.post(row(variant), filled_in(variant, on_hand=2, price_idr=99_000), headers=HTMX).text
    assert "promised to buyers" in part
    variant.refresh_from_db()
    assert (variant.price_idr, Stock.objects.get(variant=variant).on_hand) == (100_000, 10)  # all or nothing


def test_the_seller_s_own_number_is_saved_on_the_product_page(seller: Client, variant: Variant) -> None:
    typed = filled_in(variant, seller_sku="BK-01", full="1", **{"initial-seller_sku": ""})
    seller.post(row(variant), typed)
    variant.refresh_from_db()
    assert variant.seller_sku == "BK-01"


def test_a_barcode_is_typed_as_people_write_it_and_a_wrong_one_stays_in_its_field(
    seller: Client, variant: Variant
) -> None:
    typed = filled_in(variant, full="1", barcode="8 991002-101234", **{"initial-barcode": ""})
    seller.post(row(variant), typed)
    assert Variant.objects.get().barcode == "8991002101234"
    page = seller.post(row(variant), typed | {"barcode": "8991002101235"})
    assert "the last one checks the others" in page.text
    assert 'value="8991002101235"' in page.text
    assert Variant.objects.get().barcode == "8991002101234"


def test_a_new_product_has_its_barcode(seller: Client, cast: Cast) -> None:
    typed = {"title": "Kopi", "weight_g": "250", "price_idr": "45.000", "on_hand": "5", "barcode": "123"}
    assert "the last one checks the others" in seller.post(f"{LIST}/new", typed).text
    assert not Product.objects.exists()
    seller.post(f"{LIST}/new", typed | {"barcode": "8991002101234"})
    assert Variant.objects.get().barcode == "8991002101234"


def test_on_sale_and_off(seller: Client, variant: Variant) -> None:
    path = f"{LIST}/{variant.product_id}"
    seller.post(f"{path}/archive")
    assert Product.objects.get().status == "archived"
    assert seller.post(f"{path}/publish", {"next": LIST})["Location"] == LIST
    assert Product.objects.get().status == "published"


def test_a_product_is_written_up_and_changed(seller: Client, cast: Cast) -> None:
    category = Category.objects.filter(code="fashion.batik").get()
    typed = {"title": "Sarung", "weight_g": 400, "category_id": category.id, "price_idr": 85_000, "on_hand": 5}
    path = seller.post(f"{LIST}/new", typed)["Location"]
    product = Product.objects.get()
    assert (product.status, product.title, product.category) == ("draft", "Sarung", category)
    assert "Saved as a draft" in said(seller, path)
    Product.objects.update(attributes={"Bahan": "Katun"})
    sides = {"length_cm": "40", "width_cm": "30", "height_cm": "10"}
    seller.post(path, {"title": "Sarung Cap", "weight_g": 450, "description": "Adem.", **sides})
    product.refresh_from_db()
    assert (product.length_cm, product.width_cm, product.height_cm, product.charged_weight_g) == (40, 30, 10, 2_000)
    assert (product.title, product.weight_g, product.category, product.attributes) == (
        "Sarung Cap",
        450,
        None,
        {"Bahan": "Katun"},
    )


def test_an_option_is_called_anew(seller: Client, cast: Cast) -> None:
    product = many_products(cast.shop, 1, variants=2)[0]
    Product.objects.update(option_names=["Ukuran"])
    path, typed = f"{LIST}/{product.id}", {"title": "Kopi", "weight_g": 450, "option_0": "Berat"}
    assert 'value="Ukuran"' in seller.get(path).text
    seller.post(path, typed)
    product.refresh_from_db()
    assert (product.title, product.option_names) == ("Kopi", ["Berat"])
    page = seller.post(path, {**typed, "title": "Teh", "option_0": " "})
    product.refresh_from_db()
    assert (product.title, product.option_names, page.status_code) == ("Kopi", ["Berat"], 200)


@pytest.mark.parametrize(
    "wrong", [{"title": ""}, {"weight_g": 0}, {"weight_g": 2_000_000}, {"price_idr": 0}, {"category_id": "99999"}]
)
def test_a_refused_product_keeps_what_was_typed(
    seller: Client, cast: Cast, wrong: dict[str, object], nothing_written: None
) -> None:
    typed = {"title": "Sarung", "weight_g": 400, "price_idr": 85_000, "on_hand": 5, "seller_sku": "SR-1", **wrong}
    page = seller.post(f"{LIST}/new", typed)
    assert page.status_code == 200
    assert 'value="SR-1"' in page.text


def test_a_variant_is_taken_away_from_buyers_on_the_product_page(seller: Client, variant: Variant) -> None:
    Variant.objects.create(product=variant.product, price_idr=1_000, option_values=["XL"])
    shown = {"full": "1", "initial-is_offered": "True"}
    assert "Saved" in seller.post(row(variant), filled_in(variant, **shown), headers=HTMX).text
    variant.refresh_from_db()
    assert not variant.is_active
    seller.post(row(variant), filled_in(variant, full="1", is_offered="on", **{"initial-is_offered": "False"}))
    variant.refresh_from_db()
    assert variant.is_active


def test_pictures_come_and_go(seller: Client, variant: Variant, settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    data = io.BytesIO()
    Image.new("RGB", (40, 30), "maroon").save(data, "PNG")
    path = f"{LIST}/{variant.product_id}"
    seller.post(f"{path}/pictures", {"picture": SimpleUploadedFile("a.png", data.getvalue())})
    picture = variant.product.images.get()
    assert picture.image.width_px == 40
    page = seller.post(f"{path}/pictures", {"picture": SimpleUploadedFile("b.png", b"no picture")}).text
    assert "not a picture" in page
    assert "required" in seller.post(f"{path}/pictures").text
    seller.post(f"{path}/pictures/{picture.image_id}/remove")
    assert not variant.product.images.exists()


def test_a_stranger_changes_nothing(client: Client, cast: Cast, variant: Variant) -> None:
    other = stocked_variant(cast.shop)
    client.force_login(cast.stranger)
    assert client.post(row(other), filled_in(other, price_idr=1), headers=HTMX).status_code == 404
    other.refresh_from_db()
    assert other.price_idr == 100_000
