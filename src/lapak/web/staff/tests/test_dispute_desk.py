"""The operator answers a buyer's bank, and says who bears what nobody still had; shop and buyer read that the order waits."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.tests.partner import Partner, partner  # noqa: F401 - a fixture
from lapak.lib import clock
from lapak.money.gateways.contract import DisputeStatus
from lapak.money.payments.models import Dispute, PaymentIntent
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.market import dispute_report
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import Parcel

pytestmark = pytest.mark.django_db(transaction=True)

DESK = "/staff/money-desk"


def tell(order: Order, status: str = "opened") -> Dispute:
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    receive_dispute(dispute_report(intent, status=status, reference="dp1"), intent.provider)
    return Dispute.objects.get()


@pytest.fixture
def order(cast: Cast) -> Order:
    return delivered_order(cast, (stocked_variant(cast.shop), 1))


def test_it_is_on_the_desk_until_it_is_decided(operator: Client, order: Order) -> None:
    assert "No buyer's bank takes a payment back" in operator.get(DESK).text
    dispute = tell(order)
    page = operator.get(DESK).text
    assert "dp1" in page
    assert f"{DESK}/dispute/{dispute.id}" in page
    assert ">1<" in operator.get("/staff/").text
    tell(order, "won")
    assert "dp1" not in operator.get(DESK).text


def test_the_answer_begins_with_what_is_known_and_is_sent(operator: Client, order: Order) -> None:
    dispute = tell(order)
    address = f"{DESK}/dispute/{dispute.id}"
    page = operator.get(address).text
    for known in (order.number, Parcel.objects.get().tracking_number, "delivered 20", "the goods are not as described"):
        assert known in page
    operator.post(f"{address}/answer", {"evidence": "Signed for by Budi."})
    dispute.refresh_from_db()
    assert (dispute.status, dispute.evidence) == ("answered", "Signed for by Budi.")
    assert "Not with the provider yet" in operator.get(address).text


def test_what_is_refused_stays_in_the_form(operator: Client, order: Order) -> None:
    dispute = tell(order)
    page = operator.post(f"{DESK}/dispute/{dispute.id}/answer", {"evidence": "word " * 1000}).text
    assert "at most 4000 characters" in page
    assert "word word" in page
    dispute.refresh_from_db()
    assert dispute.status == "opened"


def test_too_late_there_is_nothing_to_answer(operator: Client, order: Order) -> None:
    dispute = tell(order)
    with clock.stopped_at(dispute.answer_by + timedelta(hours=1)):
        page = operator.get(f"{DESK}/dispute/{dispute.id}").text
    assert "The time to answer is over" in page
    assert "Send the answer" not in page


def test_the_provider_is_asked_now(operator: Client, order: Order, partner: Partner) -> None:  # noqa: F811
    dispute = tell(order)
    partner.dispute = DisputeStatus.WON
    assert "Decided" in operator.post(f"{DESK}/dispute/{dispute.id}/ask", follow=True).text
    dispute.refresh_from_db()
    assert dispute.status == "won"


def test_what_nobody_had_is_borne_with_a_reason(operator: Client, refunded_before: Dispute) -> None:
    address = f"{DESK}/dispute/{refunded_before.id}"
    assert "lost, and nobody bears it yet" in operator.get(DESK).text
    operator.post(f"{address}/bear", {"words": ""})
    refunded_before.refresh_from_db()
    assert refunded_before.resolved_at is None
    press(operator, f"{address}/bear", {"words": "The bank would not hear of it."})
    assert "The bank would not hear of it." in operator.get(address).text
    assert "nobody bears it yet" not in operator.get(DESK).text


@pytest.mark.parametrize("path", ["", "/answer", "/bear", "/ask"])
def test_for_the_operator_alone(client: Client, cast: Cast, order: Order, path: str) -> None:
    address = f"{DESK}/dispute/{tell(order).id}{path}"
    client.force_login(cast.seller)
    assert client.get(address).status_code == client.post(address).status_code == 404
    assert Dispute.objects.get().status == "opened"


@pytest.mark.parametrize("language", ["en", "id"])
def test_the_shop_and_the_buyer_read_that_it_waits(client: Client, cast: Cast, order: Order, language: str) -> None:
    tell(order)
    client.cookies["django_language"] = language
    words = {"en": "taking the payment back", "id": "menarik kembali pembayaran"}[language]
    client.force_login(cast.buyer)
    page = client.get(f"/orders/{order.id}").text
    assert words in page
    assert 'popovertarget="received"' not in page
    client.force_login(cast.seller)
    assert words in client.get(f"/sell/{cast.shop.slug}/orders/{order.id}").text
    tell(order, "lost")
    client.force_login(cast.buyer)
    assert {"en": "You have it from your bank", "id": "dari bank Anda"}[language] in client.get(
        f"/orders/{order.id}"
    ).text


def test_it_is_given_up_with_a_reason_that_stays(operator: Client, order: Order) -> None:
    address = f"{DESK}/dispute/{tell(order).id}"
    assert 'id="concede-words_error"' in operator.post(f"{address}/concede", {"words": " "}).text
    page = press(operator, f"{address}/concede", {"words": "It never came."}, follow=True).text
    assert "Given up without an answer" in page
    assert "It never came." in page
    assert "Send the answer" not in page
    assert f'action="{address}/concede"' not in page
    assert Dispute.objects.get().status == "lost"


def test_another_amount_is_noted_with_who_and_why(operator: Client, order: Order) -> None:
    address = f"{DESK}/dispute/{tell(order).id}"
    page = operator.post(f"{address}/amend", {"amount_idr": "sixty", "words": "The bank's letter."}).text
    assert 'value="sixty"' in page
    typed = {"amount_idr": "60.000", "words": "The bank's letter."}
    page = press(operator, f"{address}/amend", typed, follow=True).text
    assert "−Rp55.000 · The bank&#x27;s letter." in page
    assert Dispute.objects.get().amount_idr == 60_000
    page = operator.post(f"{address}/amend", typed).text
    assert "Write another amount than the one that stands there" in page
