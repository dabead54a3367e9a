"""The pay page: the code, waiting, and how it ends. Only the provider is played."""

import json
import uuid
from datetime import timedelta

import httpx
import pytest
from django.test import Client

from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.gateways.contract import ChargeReport
from lapak.money.gateways.tests.recorded import recorded
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status
from lapak.testing.cast import Cast, asked_for
from lapak.testing.network import Network
from lapak.trade.orders.models import Order, Purchase
from lapak.web.shop.tests.conftest import browser
from lapak.web.shop.tests.test_checkout import form_of

pytestmark = pytest.mark.django_db

CHARGE = recorded("charge_created")


@pytest.fixture
def purchase(cast: Cast, variant: Variant) -> Purchase:
    """The worked example's: Rp115.000, awaiting payment."""
    return Purchase.objects.get(id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


@pytest.fixture
def gateway(network: Network) -> Network:
    """The provider, answering as it was recorded."""
    network.answers(201, json.dumps(CHARGE))
    return network


def page_of(purchase: Purchase, more: str = "") -> str:
    return f"/pay/{purchase.id}{more}"


def pay_for(purchase: Purchase) -> None:
    """The provider reports that the money is there."""
    receive_payment(
        ChargeReport(
            PaymentIntent.objects.get(pays_for=purchase.id).id, Status.PAID, purchase.total_idr, 805, clock.now()
        ),
        "sandbox",
    )


class TestWaiting:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_the_code_and_how_to_pay(self, buyer: Client, purchase: Purchase, gateway: Network, language: str) -> None:
        buyer.cookies["django_language"] = language
        page = buyer.get(page_of(purchase))
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        assert '<svg viewBox="0 0' in page.text
        assert all(words in page.text for words in ("Rp115.000", "Batik Sekar", CHARGE["pay_url"]))
        assert page["Cache-Control"] == "private, no-store"
        (asked,) = gateway.requests
        assert json.loads(asked.content)["return_url"] == f"http://testserver{page_of(purchase)}"

    def test_the_provider_is_asked_once(self, buyer: Client, purchase: Purchase, gateway: Network) -> None:
        for _ in range(3):
            buyer.get(page_of(purchase))
        assert len(gateway.requests) == 1

    @pytest.mark.usefixtures("gateway")
    def test_the_code_as_a_picture(self, buyer: Client, purchase: Purchase) -> None:
        assert buyer.get(page_of(purchase, "/qris.png")).status_code == 404  # not issued yet
        buyer.get(page_of(purchase))
        picture = buyer.get(page_of(purchase, "/qris.png"))
        assert picture["Content-Type"] == "image/png"
        assert picture.content.startswith(b"\x89PNG")

    def test_nothing_new_answers_nothing(self, buyer: Client, purchase: Purchase) -> None:
        assert buyer.get(page_of(purchase, "/status")).status_code == 204

    @pytest.mark.usefixtures("gateway")
    def test_what_was_bought_has_left_the_cart(self, buyer: Client, variant: Variant) -> None:
        buyer.post("/cart/add", {"variant": variant.id, "quantity": 1})
        assert buyer.session["cart_count"] == 1
        answer = buyer.post("/checkout", form_of(buyer.get("/checkout")))
        buyer.get(answer["Location"])
        assert buyer.session["cart_count"] == 0


class TestPaid:
    @pytest.mark.usefixtures("gateway")
    def test_the_page_goes_on_to_the_order(self, buyer: Client, purchase: Purchase) -> None:
        buyer.get(page_of(purchase))
        pay_for(purchase)
        status = buyer.get(page_of(purchase, "/status"))
        assert (status.status_code, status["HX-Refresh"]) == (200, "true")
        assert buyer.get(page_of(purchase))["Location"] == f"/orders/{purchase.orders.get().id}"

    def test_paid_while_the_page_was_opened(self, buyer: Client, purchase: Purchase, network: Network) -> None:
        def answer_late(_request: httpx.Request) -> httpx.Response:
            pay_for(purchase)
            return httpx.Response(201, content=json.dumps(CHARGE))

        network.answer = answer_late
        assert buyer.get(page_of(purchase))["Location"] == f"/orders/{purchase.orders.get().id}"


class TestOver:
    def test_the_time_is_over(self, buyer: Client, purchase: Purchase, network: Network) -> None:
        with clock.stopped_at(purchase.pay_by + timedelta(seconds=1)):
            page = buyer.get(page_of(purchase))
        assert "The time to pay is over" in page.text
        assert network.requests == []

    @pytest.mark.usefixtures("gateway")
    def test_the_buyer_cancels(self, buyer: Client, purchase: Purchase) -> None:
        answer = buyer.post(page_of(purchase, "/cancel"))
        order = Order.objects.get()
        assert (answer.status_code, answer["Location"], order.state) == (303, f"/orders/{order.id}", "cancelled")
        assert "Nothing was charged." in buyer.get(answer["Location"]).text
        assert buyer.get(page_of(purchase, "/status"))["HX-Refresh"] == "true"
        assert "The time to pay is over" in buyer.get(page_of(purchase)).text

    def test_too_late_to_cancel(self, buyer: Client, purchase: Purchase) -> None:
        pay_for(purchase)
        answer = buyer.post(page_of(purchase, "/cancel"))
        assert "The order has moved on" in buyer.get(answer["Location"]).text
        assert Order.objects.get().state == "to_pack"


class TestTheProviderIsAway:
    def test_it_can_be_tried_again(self, buyer: Client, purchase: Purchase, network: Network) -> None:
        network.fails(httpx.ConnectError("away"))
        page = buyer.get(page_of(purchase))
        assert page.status_code == 503
        assert "The payment provider does not answer." in page.text
        network.answers(201, json.dumps(CHARGE))
        assert buyer.get(page_of(purchase)).status_code == 200

    @pytest.mark.usefixtures("gateway")
    def test_a_code_that_asks_for_another_amount_is_not_shown(
        self, buyer: Client, cast: Cast, variant: Variant
    ) -> None:
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 2)))
        page = buyer.get(f"/pay/{purchase_id}")
        assert page.status_code == 503
        assert "a code that cannot be right" in page.text
        assert '<svg viewBox="0 0 ' + "5" not in page.text


class TestOthers:
    @pytest.mark.parametrize("more", ["", "/status", "/qris.png"])
    def test_a_stranger_finds_nothing(self, stranger: Client, purchase: Purchase, network: Network, more: str) -> None:
        assert stranger.get(page_of(purchase, more)).status_code == 404
        assert network.requests == []

    def test_nor_can_cancel(self, stranger: Client, purchase: Purchase) -> None:
        assert stranger.post(page_of(purchase, "/cancel")).status_code == 404
        assert Order.objects.get().state == "awaiting_payment"

    def test_a_visitor_signs_in_first(self, purchase: Purchase) -> None:
        for more in ("", "/status", "/qris.png"):
            assert browser().get(page_of(purchase, more)).status_code == 302
        assert browser().post(page_of(purchase, "/cancel")).status_code == 302

    def test_no_such_purchase(self, buyer: Client) -> None:
        assert buyer.get(f"/pay/{uuid.uuid4()}").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_whole_path(visitor: Client, cast: Cast, variant: Variant, gateway: Network) -> None:
    """From the product page to the order page, each step as its page offers it, with real transactions."""
    product_page = visitor.get(variant.product.path)
    assert f'name="variant" value="{variant.id}"' in product_page.text
    checkout = visitor.post("/cart/add", {"variant": variant.id, "quantity": 1, "then": "checkout"})["Location"]
    assert visitor.get(checkout)["Location"].startswith("/account/sign-in")
    visitor.force_login(cast.buyer)
    pay_page = visitor.post("/checkout", form_of(visitor.get(checkout)))["Location"]
    assert "Rp115.000" in visitor.get(pay_page).text
    pay_for(Purchase.objects.get())
    order_page = visitor.get(visitor.get(pay_page)["Location"])
    assert order_page.status_code == 200
    assert Order.objects.get().state == "to_pack"
