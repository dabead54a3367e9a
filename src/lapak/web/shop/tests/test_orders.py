"""A buyer's orders: where they stand, what can be done, what is owed back; and nothing for anybody else."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.cancel_order import cancel_paid_order, cancel_unpaid_purchase
from lapak.flows.clocks import UNPAID, run_due_clocks
from lapak.flows.place_purchase import place_purchase
from lapak.flows.send_refund import receive_refund
from lapak.flows.ship_order import deliver_order, ship_order
from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import RefundReport, RefundStatus
from lapak.money.payments.models import Refund
from lapak.people.shops.commands import open_shop
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast, asked_for, stocked_variant
from lapak.testing.crowd import many_orders
from lapak.testing.histories import paid_order
from lapak.trade.orders.cancelling import decline_to_cancel
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order, Purchase
from lapak.trade.orders.rules import State
from lapak.web.shell.templatetags.lapak import idr, wib
from lapak.web.shop.tests.conftest import ATTACK, browser
from lapak.web.shop.tests.test_pay import pay_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(cast: Cast, variant: Variant) -> Order:
    """Awaiting payment of Rp115.000."""
    return Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))


def bring_to(order: Order, state: State, cast: Cast) -> None:
    """The order's way from awaiting payment to `state`, by the commands themselves."""
    steps: dict[State, Callable[[], object]] = {
        State.TO_PACK: lambda: pay_for(order.purchase),
        State.PACKED: lambda: pack_order(cast.seller, order.id),
        State.SHIPPED: lambda: ship_order(cast.seller, order.id, "JX2053068950"),
        State.DELIVERED: lambda: deliver_order(None, order.id),
    }
    for reached, step in steps.items():
        step()
        if reached == state:
            return


def page_of(order: Order, more: str = "") -> str:
    return f"/orders/{order.id}{more}"


class TestList:
    @pytest.mark.parametrize("language", ["id", "en"])
    def test_newest_first_with_state_and_sum(self, buyer: Client, order: Order, language: str) -> None:
        buyer.cookies["django_language"] = language
        page = buyer.get("/orders")
        assert f'<html lang="{language}">' in page.text
        assert all(words in page.text for words in ("Batik Sekar", "Kemeja Batik Kawung", "Rp115.000", order.number))
        assert page["Cache-Control"] == "private, no-store"

    def test_by_state(self, buyer: Client, order: Order) -> None:
        assert order.number in buyer.get("/orders?state=to-pay").text
        assert "No orders here" in buyer.get("/orders?state=done").text
        assert order.number in buyer.get("/orders?state=nonsense").text

    def test_what_arrived_has_its_tab(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.DELIVERED, cast)
        assert order.number in buyer.get("/orders?state=arrived").text
        assert order.number not in buyer.get("/orders?state=on-the-way").text

    def test_what_waits_for_payment_can_be_paid_from_the_list(self, buyer: Client, cast: Cast, order: Order) -> None:
        way_to_pay = f'href="/pay/{order.purchase_id}"'
        page = buyer.get("/orders").text
        assert way_to_pay in page
        assert "data-countdown" in page
        bring_to(order, State.TO_PACK, cast)
        assert way_to_pay not in buyer.get("/orders").text

    def test_of_several_orders_that_are_paid_at_once_each_names_the_sum_to_pay(
        self, buyer: Client, cast: Cast, variant: Variant
    ) -> None:
        other = open_shop(cast.stranger, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
        place_purchase(cast.buyer.id, asked_for(cast, (variant, 1), (stocked_variant(other), 1)))
        asked = f"Pay {idr(Purchase.objects.get().total_idr)}"
        assert buyer.get("/orders").text.count(asked) == 2
        for order in Order.objects.all():
            assert asked in buyer.get(page_of(order)).text

    def test_none_yet(self, stranger: Client, order: Order) -> None:
        page = stranger.get("/orders").text
        assert "No orders yet" in page
        assert order.number not in page

    @pytest.mark.unsound_books
    def test_many_orders_take_no_more_queries(
        self, buyer: Client, cast: Cast, variant: Variant, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        many_orders(cast, variant, 205)
        buyer.get("/orders")
        with django_assert_num_queries(
            7
        ):  # what is owed, how many, the page of their ids, the orders, their lines, pictures, the bell
            page = buyer.get("/orders?page=2")
        assert page.text.count('"card order-card"') == 20
        assert "Page 2 of 11" in page.text


class TestPage:
    @pytest.mark.parametrize("language", ["id", "en"])
    @pytest.mark.parametrize(
        "state", [State.AWAITING_PAYMENT, State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED]
    )
    def test_in_every_state(self, buyer: Client, cast: Cast, order: Order, state: State, language: str) -> None:
        if state != State.AWAITING_PAYMENT:
            bring_to(order, state, cast)
        buyer.cookies["django_language"] = language
        page = buyer.get(page_of(order))
        assert (page.status_code, page.text.count("<h1")) == (200, 1)
        assert f'<html lang="{language}">' in page.text
        assert all(
            words in page.text for words in ("Rp100.000", "Rp15.000", "Rp115.000", "Jl. Melati 5", "JNE Reguler")
        )

    @pytest.mark.parametrize(
        ("state", "title", "clock"),
        [(State.TO_PACK, "Your payment is here", "pack_by"), (State.PACKED, "Packed by the shop", "ship_by")],
    )
    def test_a_paid_order_says_until_when_the_shop_acts(
        self, buyer: Client, cast: Cast, order: Order, state: State, title: str, clock: str
    ) -> None:
        bring_to(order, state, cast)
        order.refresh_from_db()
        page = buyer.get(page_of(order)).text
        assert f'<p class="strong">{title}</p>' in page
        assert f"by {wib(getattr(order, clock))}; otherwise the order is cancelled" in page

    def test_the_way_so_far_and_ahead(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.SHIPPED, cast)
        steps = buyer.get(page_of(order)).context["steps"]
        assert [(str(step.title), step.phase) for step in steps] == [
            ("Ordered", "done"),
            ("Paid", "done"),
            ("Packed by the shop", "done"),
            ("With the courier", "now"),
            ("Arrived", "next"),
            ("Completed", "next"),
        ]

    def test_the_tracking_number(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.SHIPPED, cast)
        assert 'data-copy="JX2053068950"' in buyer.get(page_of(order)).text

    def test_words_are_text_not_markup(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        Product.objects.update(title=ATTACK, brand=ATTACK, attributes={ATTACK: ATTACK})
        cast.address.street = ATTACK
        cast.address.save()
        order = Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1))))
        for more in ("", "/contract"):
            assert ATTACK not in buyer.get(page_of(order, more)).text
        assert ATTACK not in buyer.get("/orders").text

    def test_the_contract_has_its_nine_items(self, buyer: Client, order: Order) -> None:
        page = " ".join(buyer.get(page_of(order, "/contract")).text.split())
        for item in (
            "Parties", "What is sold", "Legality", "Value", "Payment", "Delivery", "Returns", "Cancellation",
            "Law and disputes",
        ):  # fmt: skip
            assert f"<h2>{item}</h2>" in page
        assert "Batik Sekar, Cirebon (Dalam Proses Legalisasi)" in page
        assert "1 × Kemeja Batik Kawung" in page
        assert "Hukum Republik Indonesia" in page


class TestCancelling:
    def test_unpaid_cancels_the_whole_purchase(self, buyer: Client, cast: Cast, variant: Variant) -> None:
        other = open_shop(cast.stranger, slug="kopi", name="Kopi", city="Bogor", province_code="32")
        purchase_id = place_purchase(cast.buyer.id, asked_for(cast, (variant, 1), (stocked_variant(other), 1)))
        order = Order.objects.filter(purchase_id=purchase_id).first()
        assert order
        answer = buyer.post(page_of(order, "/cancel"))
        assert (answer.status_code, answer["Location"]) == (303, page_of(order))
        assert set(Order.objects.values_list("state", flat=True)) == {"cancelled"}
        assert not Stock.objects.filter(reserved__gt=0).exists()

    @pytest.mark.parametrize(
        ("before", "says"), [(1, ""), (2, "2 more within 30 days"), (4, "you cannot order for up to 30")]
    )
    def test_what_cancelling_often_leads_to_is_said_before(
        self, buyer: Client, cast: Cast, order: Order, variant: Variant, before: int, says: str
    ) -> None:
        for _ in range(before):
            cancel_paid_order(cast.buyer, paid_order(cast, (variant, 1)).id, "no")
        bring_to(order, State.TO_PACK, cast)
        page = buyer.get(page_of(order)).text
        assert says in page
        assert ("costs Lapak a charge" in page) is bool(says)

    def test_paid_is_cancelled_at_once_and_owed_back(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.TO_PACK, cast)
        assert "I have received it" not in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/cancel"))
        page = buyer.get(page_of(order)).text
        assert "Everything you paid for it is owed back to you." in page
        assert "Your money back" in page
        assert "It goes back to where you paid from" in page
        listed = buyer.get("/orders").text
        assert "Rp115.000 is owed back to you" in listed
        assert "It goes back to where you paid from" in listed
        assert "Add a bank account" not in listed

    def test_what_the_way_it_was_paid_cannot_take_back_waits_for_an_account(
        self, buyer: Client, cast: Cast, order: Order
    ) -> None:
        bring_to(order, State.TO_PACK, cast)
        buyer.post(page_of(order, "/cancel"))
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.FAILED, refund.amount_idr, "no such wallet"), "sandbox")
        assert "Add a bank account" in buyer.get("/orders").text

    def test_what_should_have_arrived_is_said_to_be_late(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.TO_PACK, cast)
        buyer.post(page_of(order, "/cancel"))
        refund = Refund.objects.get()
        receive_refund(RefundReport(refund.id, RefundStatus.PENDING, refund.amount_idr), "sandbox")
        assert "up to 3 working days" in buyer.get("/refunds").text
        Refund.objects.update(sent_at=clock.now() - timedelta(days=12))
        page = buyer.get("/refunds").text
        assert "It should have arrived" in page
        assert "up to 3 working days" not in page

    def test_what_is_owed_goes_to_a_known_account(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.TO_PACK, cast)
        BankAccount.objects.create(user=cast.buyer, bank_code="014", number="1234567890", holder="BUYER")
        buyer.post(page_of(order, "/cancel"))
        Refund.objects.update(route=Refund.Route.BANK, ask_at=None)
        assert "It goes to your bank account" in buyer.get("/orders").text

    def test_packed_asks_the_shop(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.PACKED, cast)
        assert "Ask to cancel" in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/cancel"))
        order.refresh_from_db()
        assert (order.state, order.cancel_asked_at is None) == ("packed", False)
        page = buyer.get(page_of(order)).text
        assert "You asked to cancel" in page
        assert "Ask to cancel" not in page

    def test_the_reason_is_asked(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.PACKED, cast)
        assert "I ordered the wrong goods or size" in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/cancel"), {"why": "wrong"})
        assert order.events.latest("happened_at").reason == "The buyer ordered the wrong goods or size."

    def test_declined_it_is_not_offered_again(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.PACKED, cast)
        buyer.post(page_of(order, "/cancel"))
        decline_to_cancel(cast.seller, order.id)
        assert 'id="cancel"' not in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/cancel"))
        assert "The shop has declined already" in buyer.get(page_of(order)).text

    @pytest.mark.parametrize("state", [State.SHIPPED, State.DELIVERED])
    def test_too_late(self, buyer: Client, cast: Cast, order: Order, state: State) -> None:
        bring_to(order, state, cast)
        assert 'id="cancel"' not in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/cancel"))
        assert "The order has moved on" in buyer.get(page_of(order)).text
        order.refresh_from_db()
        assert (order.state, order.cancel_asked_at) == (state, None)

    def test_a_clocks_reason_is_told(self, buyer: Client, order: Order) -> None:
        with clock.stopped_at(order.pay_by + timedelta(minutes=4)):
            run_due_clocks()
        assert "Not paid in time." in buyer.get(page_of(order)).text

    def test_a_payment_that_came_too_late_is_owed_back(self, buyer: Client, order: Order) -> None:
        cancel_unpaid_purchase(order.buyer, order.purchase_id, UNPAID)
        pay_for(Purchase.objects.get())
        page = buyer.get(page_of(order)).text
        assert "Your money back" in page
        assert "The payment came after the order had ended." in page
        assert "Not paid." not in page


class TestReceiving:
    @pytest.mark.parametrize("state", [State.SHIPPED, State.DELIVERED])
    def test_the_order_is_completed_and_settled(self, buyer: Client, cast: Cast, order: Order, state: State) -> None:
        bring_to(order, state, cast)
        assert "I have received it" in buyer.get(page_of(order)).text
        answer = buyer.post(page_of(order, "/received"))
        order.refresh_from_db()
        assert (answer.status_code, order.state, order.settled_at is None) == (303, "completed", False)
        assert "the shop gets its money" in buyer.get(page_of(order)).text

    def test_not_before_it_was_sent(self, buyer: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.TO_PACK, cast)
        buyer.post(page_of(order, "/received"))
        assert "The order has moved on" in buyer.get(page_of(order)).text
        order.refresh_from_db()
        assert order.state == "to_pack"


class TestOthers:
    def test_a_stranger_finds_nothing(self, stranger: Client, order: Order) -> None:
        for more in ("", "/contract"):
            page = stranger.get(page_of(order, more))
            assert page.status_code == 404
            assert order.number not in page.text

    def test_nor_the_seller_on_a_buyers_page(self, cast: Cast, order: Order) -> None:
        seller = browser()
        seller.force_login(cast.seller)
        assert seller.get(page_of(order)).status_code == 404

    def test_a_stranger_changes_nothing(self, stranger: Client, cast: Cast, order: Order) -> None:
        bring_to(order, State.SHIPPED, cast)
        for more in ("/cancel", "/received"):
            assert stranger.post(page_of(order, more)).status_code == 404
        order.refresh_from_db()
        assert order.state == "shipped"

    def test_a_visitor_signs_in_first(self, order: Order) -> None:
        for address in ("/orders", page_of(order), page_of(order, "/contract")):
            assert browser().get(address).status_code == 302

    def test_looking_changes_nothing(self, buyer: Client, order: Order) -> None:
        for more in ("/cancel", "/received"):
            assert buyer.get(page_of(order, more))["Location"] == page_of(order)
        assert buyer.get(f"/orders/{uuid.uuid4()}").status_code == 404
        assert buyer.get(f"/orders/{new_id()}x").status_code == 404


class TestNotArrived:
    @pytest.fixture
    def overdue(self, cast: Cast, order: Order) -> Order:
        """With the courier for longer than it may take."""
        bring_to(order, State.SHIPPED, cast)
        Order.objects.update(arrive_by=clock.now() - timedelta(days=1))
        return order

    @pytest.fixture(autouse=True)
    def in_english(self, buyer: Client) -> None:
        buyer.cookies["django_language"] = "en"

    def test_the_buyer_is_asked_and_says_that_nothing_came(self, buyer: Client, overdue: Order) -> None:
        assert "Has your parcel arrived?" in buyer.get(page_of(overdue)).text
        buyer.post(f"{page_of(overdue)}/not-arrived")
        page = buyer.get(page_of(overdue)).text
        assert "You said that it has not arrived" in page
        assert f"/orders/{overdue.id}/not-arrived" not in page
        assert Order.objects.get().not_arrived_at

    def test_a_late_decision_is_admitted(self, buyer: Client, overdue: Order) -> None:
        buyer.post(f"{page_of(overdue)}/not-arrived")
        Order.objects.update(decide_by=clock.now() - timedelta(days=1))
        assert "is late" in buyer.get(page_of(overdue)).text

    def test_not_before_its_time_nor_by_a_stranger(
        self, cast: Cast, buyer: Client, stranger: Client, order: Order
    ) -> None:
        bring_to(order, State.SHIPPED, cast)
        assert f"/orders/{order.id}/not-arrived" not in buyer.get(page_of(order)).text
        buyer.post(f"{page_of(order)}/not-arrived")
        assert stranger.post(f"{page_of(order)}/not-arrived").status_code == 404
        assert Order.objects.get().not_arrived_at is None

    def test_what_the_buyer_can_do_stands_before_the_way_so_far(self, cast: Cast, buyer: Client, order: Order) -> None:
        """On a phone the way fills a screen; nobody finds the button below it."""
        bring_to(order, State.DELIVERED, cast)
        page = buyer.get(page_of(order)).text
        assert page.index("I have received it") < page.index("Something is wrong?") < page.index("Where it is")

    def test_receipt_is_asked_about_first(self, cast: Cast, buyer: Client, order: Order) -> None:
        bring_to(order, State.DELIVERED, cast)
        assert "Have you looked inside?" in buyer.get(page_of(order)).text


class TestBuyingAgain:
    def test_the_goods_of_an_order_lie_in_the_cart(
        self, buyer: Client, order: Order, cast: Cast, variant: Variant
    ) -> None:
        bring_to(order, State.DELIVERED, cast)
        assert "/again" not in buyer.get(page_of(order)).text
        buyer.post(page_of(order, "/received"))
        for page in (page_of(order), "/orders"):
            assert page_of(order, "/again") in buyer.get(page).text
        assert buyer.post(page_of(order, "/again"))["Location"] == "/cart"
        assert variant.product.title in buyer.get("/cart").text

    def test_a_stranger_gets_nothing_into_any_cart(self, stranger: Client, order: Order, nothing_written: None) -> None:
        assert stranger.post(page_of(order, "/again")).status_code == 404
