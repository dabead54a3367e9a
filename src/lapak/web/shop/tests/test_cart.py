"""The cart: putting in, changing, what changed since, and whose it is."""

import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Cart, CartLine
from lapak.web.shop.tests.conftest import ATTACK, browser, fill, many_products

pytestmark = pytest.mark.django_db


def put(client: Client, variant: Variant, quantity: object = 1, **more: str) -> str:
    """Put goods in, as the product page's form does; answers where the browser is sent."""
    answer = client.post("/cart/add", {"variant": variant.id, "quantity": quantity, **more})
    assert answer.status_code == 303
    return str(answer["Location"])


class TestPuttingIn:
    def test_back_to_the_goods_with_a_word(self, visitor: Client, variant: Variant) -> None:
        assert put(visitor, variant, 2, next=variant.product.path) == variant.product.path
        assert "It is in your cart." in visitor.get(variant.product.path).text
        assert CartLine.objects.get().quantity == 2
        assert visitor.session["cart_count"] == 1

    def test_twice_adds_up(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant, 2)
        put(visitor, variant, 3)
        assert CartLine.objects.get().quantity == 5

    @pytest.mark.parametrize("way", ["sign-in", "join"])
    def test_buying_now_as_a_visitor_keeps_the_goods_in_sight(
        self, visitor: Client, cast: Cast, variant: Variant, way: str
    ) -> None:
        put(visitor, stocked_variant(cast.shop, price_idr=7_000))
        on = put(visitor, variant, 3, then="checkout")
        page = visitor.get(f"/account/{way}", {"next": on}).text
        assert "Kemeja Batik Kawung" in page
        assert "Rp300.000" in page
        assert "Rp7.000" not in page
        assert "Rp300.000" not in visitor.get(f"/account/{way}", {"next": "/orders"}).text

    def test_more_than_can_be_paid_at_once_is_said_here(self, visitor: Client, cast: Cast) -> None:
        dear = stocked_variant(cast.shop, price_idr=6_000_000)
        put(visitor, dear)
        assert "QRIS takes up to" not in visitor.get("/cart").text
        put(visitor, dear)
        assert "QRIS takes up to Rp10.000.000 at once" in visitor.get("/cart").text

    def test_buying_now_means_exactly_this_many(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant, 2)
        assert put(visitor, variant, 3, then="checkout") == f"/checkout?only={variant.id}"
        assert CartLine.objects.get().quantity == 3

    @pytest.mark.parametrize(
        ("quantity", "words"),
        [
            ("0", "Choose between 1 and 999 pieces"),
            ("-1", "Choose between 1 and 999 pieces"),
            ("1000", "Choose between 1 and 999 pieces"),
            ("1.000", "Choose between 1 and 999 pieces"),
            ("9" * 30, "Choose between 1 and 999 pieces"),
            ("1.5", "could be 1,5 or 1.500"),
            ("", "Type a number"),
            ("viel", "not a whole number"),
            ("٣", "not a whole number"),
        ],
    )
    def test_absurd_quantities_are_refused(self, visitor: Client, variant: Variant, quantity: str, words: str) -> None:
        put(visitor, variant, quantity, next=variant.product.path)
        assert words in visitor.get(variant.product.path).text
        assert not CartLine.objects.exists()

    def test_goods_that_are_not_there(self, visitor: Client, variant: Variant) -> None:
        for unknown in (new_id(), "x", ""):
            visitor.post("/cart/add", {"variant": unknown, "quantity": 1})
        Product.objects.update(status=Product.Status.ARCHIVED)
        put(visitor, variant)
        assert not CartLine.objects.exists()

    @pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", ""])
    def test_never_sends_anyone_away(self, visitor: Client, variant: Variant, back: str) -> None:
        assert put(visitor, variant, next=back) == "/cart"


@pytest.mark.parametrize("headers", [{"origin": "https://evil.example"}, {"origin": "null"}, {"origin": ""}])
def test_a_form_elsewhere_puts_nothing_in(variant: Variant, nothing_written: None, headers: dict[str, str]) -> None:
    client = Client(headers=headers)
    answer = client.post("/cart/add", {"variant": variant.id, "quantity": 1})
    assert answer.status_code == 403
    assert not answer.cookies


class TestForgery:
    """The form carries no token, so that its page can be shared: the browser's word says where it was sent from."""

    def test_an_old_browser_says_it_in_the_referer(self, variant: Variant) -> None:
        client = Client(headers={"referer": f"http://testserver{variant.product.path}"})
        assert client.post("/cart/add", {"variant": variant.id, "quantity": 1}).status_code == 303

    def test_the_others_ask_for_a_token(self, variant: Variant) -> None:
        client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        for address in (f"/cart/lines/{variant.id}", "/cart/prices", "/checkout"):
            assert client.post(address, {"quantity": 0}).status_code == 409  # it is asked to be sent again, with one
            assert client.post(address, headers={"origin": "https://evil.example"}).status_code == 403


class TestLooking:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_by_shop_with_sums(self, visitor: Client, cast: Cast, variant: Variant, language: str) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi Gayo", city="Takengon", province_code="11")
        put(visitor, variant, 2)
        put(visitor, stocked_variant(other, price_idr=45_000))
        visitor.cookies["django_language"] = language
        page = visitor.get("/cart")
        assert f'<html lang="{language}">' in page.text
        assert all(words in page.text for words in ("Batik Sekar", "Kopi Gayo", "Rp200.000", "Rp245.000"))
        assert page["Cache-Control"] == "private, no-store"
        assert page.text.count('href="/checkout" data-after-saving') == page.text.count('href="/checkout"') == 2

    def test_empty(self, visitor: Client, stranger: Client) -> None:
        page = visitor.get("/cart")
        assert "Your cart is empty" in page.text
        assert not page.cookies
        signed_out = "Sign in to see what you put in before"
        assert (signed_out in page.text, signed_out in stranger.get("/cart").text) == (True, False)

    def test_what_was_ordered_and_not_paid_is_named(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        assert "not paid yet" not in buyer.get("/cart").text
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
        page = buyer.get("/cart").text
        assert "not paid yet" in page
        assert f'href="/pay/{purchase_id}"' in page
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)))
        assert 'href="/orders?state=to-pay"' in buyer.get("/cart").text

    @pytest.mark.parametrize(("pieces", "shown"), [(1, ["Rp100.000"]), (2, ["Rp100.000", "Rp200.000"])])
    def test_the_price_of_a_piece_stands_once(
        self, visitor: Client, variant: Variant, pieces: int, shown: list[str]
    ) -> None:
        put(visitor, variant, pieces)
        line = visitor.get("/cart").text.partition('class="line-item"')[2].partition("line-item-foot")[0]
        assert re.findall(r"Rp[\d.]+", line) == shown

    def test_a_changed_price_is_news_until_seen(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant)
        Variant.objects.update(price_idr=120_000)
        page = visitor.get("/cart").text
        assert "Prices have changed" in page
        assert '<s class="price-was">Rp100.000</s>' in page
        visitor.post("/cart/prices")
        page = visitor.get("/cart").text
        assert "Prices have changed" not in page
        assert "Rp120.000" in page

    def test_goods_off_sale_are_named_and_can_go(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant)
        Product.objects.update(status=Product.Status.ARCHIVED)
        page = visitor.get("/cart").text
        assert "No longer on sale" in page
        assert "To the checkout" not in page
        visitor.post(f"/cart/lines/{variant.id}", {"quantity": 0})
        assert "Your cart is empty" in visitor.get("/cart").text

    def test_of_a_closed_shop_too(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        put(visitor, variant)
        cast.shop.is_open = False
        cast.shop.save()
        assert "No longer on sale" in visitor.get("/cart").text

    def test_more_than_is_left(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant, 11)
        assert "Only 10 left" in visitor.get("/cart").text

    def test_words_are_text_not_markup(self, visitor: Client, variant: Variant) -> None:
        Product.objects.update(title=ATTACK)
        put(visitor, variant)
        assert ATTACK not in visitor.get("/cart").text

    def test_a_full_cart_takes_no_more_queries(
        self, buyer: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        many_products(cast.shop, 100)
        fill(cart_of_user(cast.buyer), Variant.objects.all())
        buyer.get("/cart")
        with django_assert_num_queries(6):  # the cart, its lines, their pictures, how many, what is not paid, the bell
            page = buyer.get("/cart")
        assert page.text.count('class="line-item"') == 100


class TestChanging:
    def test_quantity_and_removal(self, visitor: Client, variant: Variant) -> None:
        put(visitor, variant)
        assert visitor.post(f"/cart/lines/{variant.id}", {"quantity": 4})["Location"] == "/cart"
        assert CartLine.objects.get().quantity == 4
        visitor.post(f"/cart/lines/{variant.id}", {"quantity": 0})
        visitor.get("/cart")
        assert not CartLine.objects.exists()
        assert visitor.session["cart_count"] == 0

    @pytest.mark.parametrize(
        ("quantity", "words"),
        [
            ("-1", "Choose between 1 and 999 pieces"),
            ("1000", "Choose between 1 and 999 pieces"),
            ("1.000", "Choose between 1 and 999 pieces"),
            ("1.5", "could be 1,5 or 1.500"),
            ("x", "not a whole number"),
            ("", "Type a number"),
        ],
    )
    def test_absurd_quantities_change_nothing(
        self, visitor: Client, variant: Variant, quantity: str, words: str
    ) -> None:
        put(visitor, variant, 2)
        visitor.post(f"/cart/lines/{variant.id}", {"quantity": quantity})
        assert words in visitor.get("/cart").text
        assert CartLine.objects.get().quantity == 2

    def test_nobody_reaches_into_anothers_cart(self, visitor: Client, stranger: Client, variant: Variant) -> None:
        put(visitor, variant, 2)
        for other in (browser(), stranger):
            other.post(f"/cart/lines/{variant.id}", {"quantity": 0})
            assert "Your cart is empty" in other.get("/cart").text
        assert CartLine.objects.get().quantity == 2


class TestSigningIn:
    def test_the_users_cart_takes_over_the_visitors(self, visitor: Client, cast: Cast, variant: Variant) -> None:
        add_to_cart(cart_of_user(cast.buyer), stocked_variant(cast.shop).id, 1)
        put(visitor, variant, 3)
        visitor.force_login(cast.buyer)
        assert "Also in your cart, from before: 1 kind of goods." in visitor.get("/cart").text
        assert "from before" not in visitor.get("/cart").text
        cart = Cart.objects.get()
        assert (cart.user, cart.lines.count()) == (cast.buyer, 2)
        assert visitor.session["cart_count"] == 2
        assert "cart_id" not in visitor.session

    def test_a_cart_that_got_a_user_is_no_visitors_any_more(
        self, visitor: Client, cast: Cast, variant: Variant
    ) -> None:
        put(visitor, variant)
        Cart.objects.update(user=cast.buyer)
        assert "Your cart is empty" in visitor.get("/cart").text
