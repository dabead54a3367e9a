"""The pay page: the code, waiting, and how it ends. Only the provider is played."""

import json
import uuid
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from lapak.flows.cancel_order import cancel_unpaid_purchase
from lapak.flows.clocks import UNPAID
from lapak.flows.place_purchase import place_purchase
from lapak.flows.receive_payment import receive_payment
from lapak.flows.tasks import WHILE_A_BUYER_WAITS, issue_code
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.gateways.contract import ChargeReport
from lapak.money.gateways.errors import GatewayUnavailable
from lapak.money.gateways.tests.recorded import recorded
from lapak.money.payments.commands import ASK_JOB, CODE_JOB
from lapak.money.payments.errors import InvalidQris
from lapak.money.payments.models import PaymentIntent
from lapak.money.payments.rules import Status
from lapak.testing.cast import Cast, asked_for
from lapak.testing.jobs import run_waiting_jobs
from lapak.testing.network import Network
from lapak.trade.orders.models import Order, Purchase
from lapak.web.shop.tests.conftest import browser
from lapak.web.shop.tests.test_checkout import form_of

pytestmark = pytest.mark.django_db

CHARGE = recorded("charge_created")


def now_as_text() -> str:
    return clock.now().isoformat()


@pytest.fixture
def purchase(cast: Cast, variant: Variant) -> Purchase:
    """The worked example's: Rp115.000, awaiting payment."""
    return Purchase.objects.get(id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


@pytest.fixture
def gateway(network: Network) -> Network:
    """The provider, answering as it was recorded."""
    network.answers(201, json.dumps(CHARGE))
    return network


def opened(buyer: Client, purchase: Purchase) -> None:
    """The pay page was opened, and the job behind it has run."""
    assert "on its way" in buyer.get(page_of(purchase)).text
    run_waiting_jobs(CODE_JOB, ASK_JOB)


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
        buyer.get(page_of(purchase))
        run_waiting_jobs(CODE_JOB, ASK_JOB)
        buyer.cookies["django_language"] = language
        page = buyer.get(page_of(purchase))
        assert page.status_code == 200
        assert f'<html lang="{language}">' in page.text
        assert '<svg viewBox="0 0' in page.text
        assert all(words in page.text for words in ("Rp115.000", "Batik Sekar", CHARGE["pay_url"]))
        assert page["Cache-Control"] == "private, no-store"
        (asked,) = gateway.requests
        assert json.loads(asked.content)["return_url"] == f"http://localhost:8000{page_of(purchase)}"

    def test_the_provider_is_asked_once(self, buyer: Client, purchase: Purchase, gateway: Network) -> None:
        for _ in range(3):
            buyer.get(page_of(purchase))
        assert gateway.requests == []
        assert run_waiting_jobs(CODE_JOB, ASK_JOB) == 1
        buyer.get(page_of(purchase))
        assert run_waiting_jobs(CODE_JOB, ASK_JOB) == 0
        assert len(gateway.requests) == 1

    def test_no_second_job_waits_while_the_first_is_being_done(self, buyer: Client, purchase: Purchase) -> None:
        """It would take the first one's place in the queue, which is tried again when the provider is away."""
        buyer.get(page_of(purchase))
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES RETURNING id")
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", cursor.fetchone())
        buyer.get(page_of(purchase))
        assert ProcrastinateJob.objects.filter(task_name=CODE_JOB).count() == 1

    @pytest.mark.usefixtures("gateway")
    def test_the_waiting_page_learns_that_the_code_is_here(self, buyer: Client, purchase: Purchase) -> None:
        buyer.get(page_of(purchase))
        assert buyer.get(page_of(purchase, "/status?seen=wait")).status_code == 204
        run_waiting_jobs(CODE_JOB, ASK_JOB)
        assert buyer.get(page_of(purchase, "/status?seen=wait"))["HX-Refresh"] == "true"
        assert buyer.get(page_of(purchase, "/status")).status_code == 204

    def test_without_scripts_the_page_goes_on_as_well(self, buyer: Client, purchase: Purchase) -> None:
        assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in buyer.get(page_of(purchase)).text

    @pytest.mark.usefixtures("gateway")
    def test_the_code_as_a_picture(self, buyer: Client, purchase: Purchase) -> None:
        assert buyer.get(page_of(purchase, "/qris.png")).status_code == 404  # not issued yet
        opened(buyer, purchase)
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
        opened(buyer, purchase)
        pay_for(purchase)
        status = buyer.get(page_of(purchase, "/status"))
        assert (status.status_code, status["HX-Refresh"]) == (200, "true")
        assert buyer.get(page_of(purchase))["Location"] == f"/orders/{purchase.orders.get().id}"

    def test_the_buyer_asks_and_the_provider_knows(self, buyer: Client, purchase: Purchase, gateway: Network) -> None:
        opened(buyer, purchase)
        intent = PaymentIntent.objects.get()
        paid = CHARGE | {"reference": str(intent.id), "status": "paid", "fee_idr": 805, "paid_at": now_as_text()}
        gateway.answers(200, json.dumps(paid))
        assert "Check now" in buyer.get(page_of(purchase)).text
        answer = buyer.post(page_of(purchase, "/check"))
        assert answer["Location"] == page_of(purchase)
        assert run_waiting_jobs(CODE_JOB, ASK_JOB) == 1
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
        page = buyer.get(page_of(purchase)).text
        assert "This purchase is cancelled" in page
        assert "The goods lie in your cart again." in page
        assert "The time to pay is over" not in page

    @pytest.mark.usefixtures("gateway")
    def test_the_clock_cancels(self, buyer: Client, purchase: Purchase) -> None:
        with clock.stopped_at(purchase.pay_by + timedelta(hours=2)):
            cancel_unpaid_purchase(None, purchase.id, UNPAID)
        page = buyer.get(page_of(purchase)).text
        assert "The time to pay is over" in page
        assert "The goods lie in your cart again." in page

    def test_too_late_to_cancel(self, buyer: Client, purchase: Purchase) -> None:
        pay_for(purchase)
        answer = buyer.post(page_of(purchase, "/cancel"))
        assert "The order has moved on" in buyer.get(answer["Location"]).text
        assert Order.objects.get().state == "to_pack"


class TestAnotherAttempt:
    def test_a_provider_that_is_away_is_waited_for_by_the_page_alone(
        self, buyer: Client, purchase: Purchase, network: Network
    ) -> None:
        network.fails(httpx.ConnectError("away"))
        page = buyer.get(page_of(purchase))
        assert (page.status_code, network.requests) == (200, [])
        with pytest.raises(GatewayUnavailable):
            run_waiting_jobs(CODE_JOB, ASK_JOB)
        with clock.stopped_at(clock.now() + timedelta(seconds=30)):
            assert "slow to answer" in buyer.get(page_of(purchase)).text

    @pytest.mark.usefixtures("gateway")
    def test_a_code_that_asks_for_another_amount_is_not_shown_and_a_new_one_can_be_had(
        self, buyer: Client, cast: Cast, variant: Variant
    ) -> None:
        purchase = Purchase.objects.get(id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 2))))
        buyer.get(page_of(purchase))
        with pytest.raises(InvalidQris):
            run_waiting_jobs(CODE_JOB, ASK_JOB)
        assert "cannot be paid any more" in buyer.get(page_of(purchase)).text
        assert buyer.post(page_of(purchase, "/again"))["Location"] == page_of(purchase)
        assert "on its way" in buyer.get(page_of(purchase)).text
        statuses = (
            PaymentIntent.objects.filter(pays_for=purchase.id).order_by("created_at").values_list("status", flat=True)
        )
        assert list(statuses) == ["failed", "pending"]

    def test_an_expired_code_too_while_the_purchase_runs(
        self, buyer: Client, purchase: Purchase, gateway: Network
    ) -> None:
        opened(buyer, purchase)
        first = PaymentIntent.objects.get()
        receive_payment(ChargeReport(first.id, Status.EXPIRED, 115_000, 0, None), "sandbox")
        buyer.post(page_of(purchase, "/again"))
        second = PaymentIntent.objects.get(status="pending")
        assert (second.amount_idr, second.expires_at) == (115_000, purchase.pay_by)
        buyer.post(page_of(purchase, "/again"))
        assert PaymentIntent.objects.count() == 2

    def test_not_after_it_was_cancelled(self, buyer: Client, purchase: Purchase) -> None:
        buyer.post(page_of(purchase, "/cancel"))
        buyer.post(page_of(purchase, "/again"))
        assert PaymentIntent.objects.count() == 1

    @pytest.mark.usefixtures("gateway")
    def test_a_wrong_amount_is_said(self, buyer: Client, purchase: Purchase) -> None:
        opened(buyer, purchase)
        intent = PaymentIntent.objects.get()
        receive_payment(ChargeReport(intent.id, Status.PAID, 114_000, 798, clock.now()), "sandbox")
        page = buyer.get(page_of(purchase)).text
        assert "Rp114.000 was paid, but Rp115.000 was asked" in page


class TestOthers:
    @pytest.mark.parametrize("more", ["", "/status", "/qris.png"])
    def test_a_stranger_finds_nothing(self, stranger: Client, purchase: Purchase, network: Network, more: str) -> None:
        assert stranger.get(page_of(purchase, more)).status_code == 404
        assert network.requests == []

    def test_nor_can_cancel(self, stranger: Client, purchase: Purchase) -> None:
        for more in ("/cancel", "/check", "/again"):
            assert stranger.post(page_of(purchase, more)).status_code == 404
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
    chosen = {f"service.{cast.shop.id}": "jne-reg:15000", "total": "115000"}
    pay_page = visitor.post("/checkout", form_of(visitor.get(checkout)) | chosen)["Location"]
    visitor.get(pay_page)
    run_waiting_jobs(CODE_JOB, ASK_JOB)
    assert "Rp115.000" in visitor.get(pay_page).text
    pay_for(Purchase.objects.get())
    order_page = visitor.get(visitor.get(pay_page)["Location"])
    assert order_page.status_code == 200
    assert Order.objects.get().state == "to_pack"


def test_a_buyer_who_waits_is_served_within_seconds_of_its_return_as_long_as_they_may_pay() -> None:
    waiting = issue_code.configure(
        task_kwargs={"intent_id": str(uuid.uuid4()), "description": "", "return_url": ""}
    ).job
    for attempts in range(settings.QRIS_PAY_WITHIN_MINUTES.on(clock.today()) * 60 // 5):
        decision = WHILE_A_BUYER_WAITS.get_retry_decision(
            exception=GatewayUnavailable(), job=waiting.evolve(attempts=attempts)
        )
        assert decision is not None
        assert decision.retry_at is not None
        assert decision.retry_at <= datetime.now(UTC) + timedelta(seconds=5)
