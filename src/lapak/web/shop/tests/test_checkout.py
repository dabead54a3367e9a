"""Checkout: what it comes to, ordering it, and being told what changed without losing anything."""

import re
import uuid
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from lapak.goods.catalogue.models import Product, Variant
from lapak.lib.ids import new_id
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import Address
from lapak.testing.cast import Cast, leave_on_shelf, stocked_variant
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Purchase
from lapak.web.shop.tests.conftest import ATTACK, browser, fill, many_products

pytestmark = pytest.mark.django_db


def wish_for(cast: Cast, variant: Variant, quantity: int = 1) -> None:
    add_to_cart(cart_of_user(cast.buyer), variant.id, quantity)


def form_of(page: Any) -> dict[str, list[str]]:
    """What pressing "order" on this page would send."""
    form = re.search(r'<form id="checkout".*?</form>', page.text, re.DOTALL)
    assert form
    fields: dict[str, list[str]] = {}
    for field in re.findall(r"<input [^>]*>", form[0]):
        given = dict(re.findall(r'([\w-]+)="([^"]*)"', field))
        if given.get("type") != "radio" or re.search(r"\bchecked\b", field):
            fields.setdefault(given["name"], []).append(given.get("value", ""))
    return fields


class TestLooking:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_by_shop_with_shipping_and_sums(self, buyer: Client, cast: Cast, variant: Variant, language: str) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi Gayo", city="Takengon", province_code="11")
        wish_for(cast, variant, 2)
        wish_for(cast, stocked_variant(other, price_idr=45_000))
        buyer.cookies["django_language"] = language
        page = buyer.get("/checkout")
        assert f'<html lang="{language}">' in page.text
        assert all(words in page.text for words in ("Jl. Melati 5", "JNE Reguler", "SiCepat BEST", "QRIS"))
        assert "Rp286.000" in page.text  # 200,000 + 45,000 goods, 14,000 + 27,000 shipping
        assert page["Cache-Control"] == "private, no-store"

    def test_a_visitor_signs_in_first_and_comes_back(self, visitor: Client, variant: Variant) -> None:
        visitor.post("/cart/add", {"variant": variant.id, "quantity": 1})
        answer = visitor.get(f"/checkout?only={variant.id}")
        assert answer["Location"] == f"/account/sign-in?next=/checkout%3Fonly%3D{variant.id}"

    def test_only_what_is_bought_now(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        dear = stocked_variant(cast.shop, price_idr=777_000)
        wish_for(cast, variant)
        wish_for(cast, dear)
        assert "Rp777.000" not in buyer.get(f"/checkout?only={variant.id}").text
        assert "Rp777.000" in buyer.get(f"/checkout?only={new_id()}").text

    def test_an_empty_cart_goes_back_to_it(self, buyer: Client) -> None:
        assert buyer.get("/checkout")["Location"] == "/cart"

    def test_without_an_address_it_asks_for_one(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        cast.address.delete()
        wish_for(cast, variant)
        page = buyer.get(f"/checkout?only={variant.id}").text
        assert f'href="/account/addresses/new?next=/checkout%3Fonly%3D{variant.id}"' in page
        assert "once we know where to" in page
        assert "Rp0" not in page
        assert 'button-wide wide-only" disabled' in page

    def test_more_than_is_left_cannot_be_ordered(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 11)
        page = buyer.get("/checkout").text
        assert "Only 10 left." in page
        assert f'name="quantity.{variant.id}"' in page
        assert 'button-wide wide-only" disabled' in page

    def test_more_than_qris_takes(self, buyer: Client, cast: Cast) -> None:
        wish_for(cast, stocked_variant(cast.shop, price_idr=9_990_000))
        assert "QRIS takes up to Rp10.000.000" in buyer.get("/checkout").text

    def test_words_are_text_not_markup(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        Product.objects.update(title=ATTACK)
        Address.objects.update(street=ATTACK, recipient=ATTACK)
        wish_for(cast, variant)
        assert ATTACK not in buyer.get("/checkout").text

    def test_much_of_everything_takes_no_more_queries(
        self, buyer: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for n in range(5):
            shop = open_shop(cast.stranger, slug=f"toko-{n}", name=f"Toko {n}", city="Bogor", province_code="32")
            stocked_variant(shop)
        many_products(cast.shop, 95)
        fill(cart_of_user(cast.buyer), Variant.objects.all())
        buyer.get("/checkout")
        with django_assert_num_queries(
            9
        ):  # cart, lines, addresses, variants, pictures, shipping, the bell; opened, clicks known
            page = buyer.get("/checkout")
        assert page.text.count('name="line"') == 100

    def test_the_cheapest_service_stands_first_and_is_chosen(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        (part,) = buyer.get("/checkout").context["page"].parts
        assert part.quote.price_idr == min(quote.price_idr for quote in part.quotes)
        assert part.quote == part.quotes[0]


class TestLookingAgain:
    """Choosing another address, service or quantity shows what it comes to, and orders nothing."""

    def test_another_service(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        again = buyer.post("/checkout", form | {"look": "1", f"service.{cast.shop.id}": "sicepat-best:22000"})
        assert again.status_code == 200
        assert "Rp122.000" in again.text
        assert form_of(again)["key"] == form["key"]
        assert not Purchase.objects.exists()

    def test_another_address(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        cast.address.pk, cast.address.province_code = new_id(), "94"
        cast.address.save(force_insert=True)
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        again = buyer.post("/checkout", form | {"look": "1", "address": str(cast.address.pk)})
        assert "Rp184.000" in again.text

    def test_another_quantity(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 11)
        form = form_of(buyer.get("/checkout"))
        again = buyer.post("/checkout", form | {"look": "1", f"quantity.{variant.id}": "3"})
        assert form_of(again)["line"] == [f"{variant.id}:3:100000:{cast.shop.id}"]

    def test_nothing_left(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 11)
        form = form_of(buyer.get("/checkout"))
        again = buyer.post("/checkout", form | {"look": "1", f"quantity.{variant.id}": "0"})
        assert again["Location"] == "/cart"

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ("1.5", "could be 1,5 or 1.500"),
            ("1.000", "between 1 and 999"),
            ("", "Type a number"),
            ("-1", "between 1 and 999"),
        ],
    )
    def test_a_quantity_that_cannot_be_read_is_said_and_the_rest_kept(
        self, buyer: Client, cast: Cast, variant: Variant, typed: str, words: str
    ) -> None:
        wish_for(cast, variant, 11)
        form = form_of(buyer.get("/checkout")) | {
            f"service.{cast.shop.id}": "jnt-ez:14000",
            f"quantity.{variant.id}": typed,
        }
        for sent in (form, form | {"look": "1"}):
            page = buyer.post("/checkout", sent)
            assert page.status_code == 409
            assert words in page.text
            assert form_of(page)["line"] == [f"{variant.id}:11:100000:{cast.shop.id}"]
            assert form_of(page)[f"service.{cast.shop.id}"][0].startswith("jnt-ez:")
        assert not Purchase.objects.exists()

    def test_what_cannot_be_read(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        again = buyer.post("/checkout", {"look": "1", "line": "x", "key": "y"})
        assert again.status_code == 409
        assert form_of(again)["line"] == [f"{variant.id}:1:100000:{cast.shop.id}"]


class TestOrdering:
    def test_the_page_as_it_is(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 2)
        answer = buyer.post("/checkout", form_of(buyer.get("/checkout")))
        purchase = Purchase.objects.get()
        assert (answer.status_code, answer["Location"]) == (303, f"/pay/{purchase.id}")
        assert (purchase.buyer, purchase.total_idr) == (cast.buyer, 214_000)

    def test_sent_twice_is_one_purchase(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        answers = [buyer.post("/checkout", form) for _ in range(2)]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert Purchase.objects.count() == 1

    def test_the_hot_path_is_one_statement(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        """Django's own connection counts only what the ORM asks: the statement itself goes past it (lib/prepared.py), and in
        front of Django (`quick_checkout.py`) who orders is asked within it, too."""
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        with CaptureQueriesContext(connection) as asked:
            answer = buyer.post("/checkout", form)
        assert answer.status_code == 303
        assert [query["sql"].split()[0] for query in asked] == [
            "SELECT",
            "SAVEPOINT",
            "RELEASE",
        ]  # a test's own transaction
        assert "users_session" in asked[0]["sql"]
        assert not answer.templates
        assert not answer.cookies

    def test_a_visitor_orders_nothing(self, visitor: Client, cast: Cast, buyer: Client, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        assert visitor.post("/checkout", form)["Location"].startswith("/account/sign-in")
        assert not Purchase.objects.exists()

    def test_a_stranger_does_not_use_anothers_address(
        self, buyer: Client, stranger: Client, cast: Cast, variant: Variant
    ) -> None:
        wish_for(cast, variant)
        answer = stranger.post("/checkout", form_of(buyer.get("/checkout")))
        assert answer.status_code == 409
        assert "Choose one of your delivery addresses." in answer.text
        assert "Jl. Melati 5" not in answer.text
        assert not Purchase.objects.exists()


class TestRefused:
    """Nothing is ordered and nothing is lost: the same page, as it stands now, with the reason and a new key."""

    def refused(self, client: Client, form: dict[str, Any]) -> Any:
        page = client.post("/checkout", form)
        assert page.status_code == 409
        assert 'role="alert"' in page.text
        assert form_of(page)["key"] != form.get("key")
        assert not Purchase.objects.exists()
        return page

    def test_a_changed_price_stands_beside_the_old_one(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        Variant.objects.update(price_idr=120_000)
        page = self.refused(buyer, form)
        assert "A price has changed since it was shown." in page.text
        assert '<s class="price-was">Rp100.000</s>' in page.text
        assert "line-item-changed" in page.text
        assert buyer.post("/checkout", form_of(page)).status_code == 303

    def test_stock_gone_lets_the_quantity_be_changed(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 3)
        form = form_of(buyer.get("/checkout"))
        leave_on_shelf(variant, 2)
        page = self.refused(buyer, form)
        assert "Someone was faster" in page.text
        assert "Only 2 left." in page.text
        again = self.refused(buyer, form_of(page) | {f"quantity.{variant.id}": "2"})
        assert "another sum" in again.text  # a browser with scripts has worked it out before
        assert buyer.post("/checkout", form_of(again)).status_code == 303

    def test_a_changed_shipping_price(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout")) | {f"service.{cast.shop.id}": "jnt-ez:1", "total": "100001"}
        page = self.refused(buyer, form)
        assert "The shipping price has changed" in page.text
        assert form_of(page)[f"service.{cast.shop.id}"] == ["jnt-ez:14000"]

    def test_another_courier_than_the_sum_was_for(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout")) | {f"service.{cast.shop.id}": "jne-reg:15000"}
        page = self.refused(buyer, form)
        assert "another sum" in page.text
        assert "Rp115.000" in page.text
        assert buyer.post("/checkout", form_of(page)).status_code == 303

    def test_goods_gone_are_named_and_left_out(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        gone = stocked_variant(cast.shop)
        Product.objects.filter(id=gone.product_id).update(title="Sarung Lurik")
        wish_for(cast, variant)
        wish_for(cast, gone)
        form = form_of(buyer.get("/checkout"))
        Product.objects.filter(id=gone.product_id).update(status=Product.Status.ARCHIVED)
        page = self.refused(buyer, form)
        assert "<li>Sarung Lurik</li>" in page.text
        assert form_of(page)["line"] == [f"{variant.id}:1:100000:{cast.shop.id}"]

    def test_nothing_left_to_order_goes_back_to_the_cart(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        cast.shop.is_open = False
        cast.shop.save()
        assert buyer.post("/checkout", form)["Location"] == "/cart"
        assert "One of the shops is closed" in buyer.get("/cart").text

    def test_no_lines_go_back_to_the_cart(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        del form["line"]
        assert buyer.post("/checkout", form)["Location"] == "/cart"
        assert "This purchase cannot be read." in buyer.get("/cart").text

    def test_no_address(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        del form["address"]
        assert "Choose one of your delivery addresses." in self.refused(buyer, form).text

    @pytest.mark.parametrize(
        "change",
        [
            {"key": "x"},
            {"line": "x"},
            {"line": "00000000-0000-0000-0000-000000000001:-1:5:00000000-0000-0000-0000-000000000001"},
            {"address": "\x00"},
        ],
    )
    def test_what_no_page_sends(self, buyer: Client, cast: Cast, variant: Variant, change: dict[str, Any]) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        page = self.refused(buyer, form | change)
        assert "This purchase cannot be read." in page.text
        assert form_of(page)["line"] == [f"{variant.id}:1:100000:{cast.shop.id}"]

    def test_nothing_of_something(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout")) | {"line": f"{variant.id}:0:100000:{cast.shop.id}"}
        assert "This purchase cannot be read." in self.refused(buyer, form).text

    def test_another_way_to_pay(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout")) | {"method": "cod"}
        assert "This way to pay is not offered." in self.refused(buyer, form).text

    def test_what_is_held_unpaid_leads_to_its_purchase(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 9)
        form = form_of(buyer.get("/checkout"))
        pay_page = buyer.post("/checkout", form)["Location"]
        wish_for(cast, variant, 2)
        page = buyer.post("/checkout", form_of(buyer.get("/checkout")))
        assert page.status_code == 409
        assert "You hold some of these goods already" in page.text
        assert f'href="{pay_page}"' in page.text

    def test_a_second_tab_with_the_same_goods_asks(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant, 2)
        one, other = form_of(buyer.get("/checkout")), form_of(buyer.get("/checkout"))
        pay_page = buyer.post("/checkout", one)["Location"]
        asks = buyer.post("/checkout", other)
        assert asks.status_code == 409
        assert Purchase.objects.count() == 1
        assert "You have just ordered these very goods" in asks.text
        assert f'href="{pay_page}"' in asks.text
        again = form_of(buyer.post("/checkout", form_of(asks) | {"look": "1"}))
        assert buyer.post("/checkout", again)["Location"] not in {pay_page, "/cart"}
        assert Purchase.objects.count() == 2

    def test_other_pieces_of_the_same_goods_are_not_asked_about(
        self, buyer: Client, cast: Cast, variant: Variant
    ) -> None:
        wish_for(cast, variant, 2)
        one, other = form_of(buyer.get("/checkout")), form_of(buyer.get("/checkout"))
        buyer.post("/checkout", one)
        fewer = form_of(buyer.post("/checkout", other | {"look": "1", f"quantity.{variant.id}": "1"}))
        assert buyer.post("/checkout", fewer).status_code == 303

    def test_absurd_amounts(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        for quantity, price in (("1000", "100000"), ("1", "0"), ("1", "9999999999999")):
            self.refused(buyer, form | {"line": f"{variant.id}:{quantity}:{price}:{cast.shop.id}"})

    def test_in_the_readers_language(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        wish_for(cast, variant)
        form = form_of(buyer.get("/checkout"))
        Variant.objects.update(price_idr=120_000)
        for language in ("id", "en"):
            buyer.cookies["django_language"] = language
            assert f'<html lang="{language}">' in self.refused(buyer, form).text


def test_a_form_without_its_token(cast: Cast, variant: Variant) -> None:
    client = browser()
    client.handler.enforce_csrf_checks = True
    client.force_login(cast.buyer)
    key = {"key": str(uuid.uuid4())}
    assert client.post("/checkout", key).status_code == 409  # kept, and asked to be sent again with one
    assert client.post("/checkout", key, headers={"origin": "https://evil.example"}).status_code == 403
    assert not Purchase.objects.exists()
