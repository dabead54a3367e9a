"""The money desk: what machines could not settle, and the acts that end it."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.models import Commission
from lapak.flows.models import StuckAct
from lapak.flows.review_commission import freeze_commission
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.commands import close_message, record_message
from lapak.money.gateways.models import GatewayMessage, StatementDifference
from lapak.money.payments.errors import ReceiptResolved
from lapak.money.payments.models import PaymentIntent, Refund
from lapak.testing.cast import Cast
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db

DESK = "/staff/money-desk"
SOME_ID = "01930f5e-0000-7000-8000-000000000001"


@pytest.fixture
def refused() -> GatewayMessage:
    message, _ = record_message("sandbox", "evt_1", "charge.paid", {"reference": "?"})
    return close_message(message, "refused: unreadable")


@pytest.mark.unsound_books  # a difference to a statement is one of the books' checks
def test_everything_that_waits_is_shown(operator: Client, receipt: PaymentIntent, refused: GatewayMessage) -> None:
    now = clock.now()
    StuckAct.objects.create(
        act="batches", subject_id=new_id(), error="GatewayRefused: 401", first_failed_at=now, last_failed_at=now,
        next_try_at=now,
    )  # fmt: skip
    StatementDifference.objects.create(
        provider="sandbox", kind="fee", reference="x", theirs_idr=-900, ours_idr=-805, found_at=now
    )
    page = operator.get(DESK).text
    for words in ("Rp114.000", "Rp115.000", "Refused: it cannot be read", "GatewayRefused: 401", "805"):
        assert words in page
    assert ">4<" in operator.get("/staff/").text


def test_a_wrong_amount_is_given_back(operator: Client, receipt: PaymentIntent) -> None:
    press(operator, f"{DESK}/receipt/{receipt.id}", {"act": "give_back"})
    assert Refund.objects.get().amount_idr == 114_000
    assert "Rp114.000" in operator.get(DESK).text  # now among the refunds that wait


def test_an_act_that_is_none(operator: Client, receipt: PaymentIntent, nothing_written: None) -> None:
    assert (
        "keep is not one of the available choices"
        in operator.post(f"{DESK}/receipt/{receipt.id}", {"act": "keep"}).text
    )


def test_a_refused_message_is_noted_with_words_only(operator: Client, refused: GatewayMessage) -> None:
    operator.post(f"{DESK}/message/{refused.id}", {"act": "noted", "words": ""})
    refused.refresh_from_db()
    assert refused.resolved_at is None
    operator.post(f"{DESK}/message/{refused.id}", {"act": "noted", "words": "a test of theirs"})
    refused.refresh_from_db()
    assert (refused.resolution, refused.resolved_by is None) == ("a test of theirs", False)


def test_a_difference_is_noted_with_words_only(operator: Client) -> None:
    row = StatementDifference.objects.create(
        provider="sandbox", kind="payment", reference="top-up", theirs_idr=5_000, ours_idr=0, found_at=clock.now()
    )
    for words, is_listed in (("", True), ("our own top-up", False)):
        operator.post(f"{DESK}/difference/{row.id}", {"words": words})
        assert ("top-up" in operator.get(DESK).text) is is_listed
    row.refresh_from_db()
    assert (row.resolution, row.resolved_by is None) == ("our own top-up", False)


def test_a_message_is_processed_again(operator: Client, refused: GatewayMessage) -> None:
    processed_at = refused.processed_at
    operator.post(f"{DESK}/message/{refused.id}", {"act": "again"})
    refused.refresh_from_db()
    assert refused.processed_at != processed_at


def test_nothing_ticked_is_nothing_tried(operator: Client) -> None:
    now = clock.now()
    later = now + timedelta(hours=6)
    StuckAct.objects.create(
        act="x", subject_id=new_id(), error="", first_failed_at=now, last_failed_at=now, next_try_at=later
    )
    page = operator.post(f"{DESK}/stuck", {"stuck": ["nonsense"]}).text
    assert "Tick what it is about first." in page
    assert "tried again within a minute" not in page
    assert StuckAct.objects.get().next_try_at == later


def test_what_has_left_the_desk_is_said_on_top(operator: Client, receipt: PaymentIntent) -> None:
    """Another operator was first: the row with its form is gone, and the words are not."""
    press(operator, f"{DESK}/receipt/{receipt.id}", {"act": "give_back"})
    page = operator.post(f"{DESK}/receipt/{receipt.id}", {"act": "take"}).text
    assert str(ReceiptResolved.message) in page
    assert f'action="{DESK}/receipt/' not in page


def test_what_is_stuck_is_tried_now(operator: Client) -> None:
    now = clock.now()
    stuck = StuckAct.objects.create(
        act="x", subject_id=new_id(), error="", first_failed_at=now, last_failed_at=now,
        next_try_at=now + timedelta(hours=6),
    )  # fmt: skip
    operator.post(f"{DESK}/stuck", {"stuck": [str(stuck.id), "nonsense"]})
    stuck.refresh_from_db()
    assert stuck.next_try_at <= clock.now()


@pytest.mark.parametrize("path", ["", "/stuck", f"/receipt/{SOME_ID}", f"/message/{SOME_ID}"])
def test_for_the_operator_alone(client: Client, cast: Cast, path: str) -> None:
    client.force_login(cast.seller)
    assert client.get(DESK + path).status_code == 404
    assert client.post(DESK + path).status_code == 404


def test_play_money_says_so(operator: Client, client: Client) -> None:
    client.cookies["django_language"] = "en"
    assert "no real money moves here" in client.get("/").text
    assert "Play money" in operator.get(DESK).text


def test_a_review_that_lasts_too_long_is_seen(operator: Client, cast: Cast, commission: Commission) -> None:
    freeze_commission(cast.operator, commission.pk, "One buyer.")
    page = operator.get(DESK).text
    assert "One buyer." in page
    assert "late</span>" not in page
    assert "Money to look at</span><strong>1<" in operator.get("/staff/").text
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        assert "late</span>" in operator.get(DESK).text
