"""The desk of what the house owes: what stands there, a payment noted, refused with its words, and undone."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.lib import clock
from lapak.money.ledger.models import Account
from lapak.money.remittances.models import Remittance
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db

DESK = "/staff/house-desk"


@pytest.fixture
def typed(settled: Order) -> dict[str, object]:
    """All of what JNE is owed."""
    courier = Account.objects.get(kind="courier_payable")
    return {"account": courier.id, "amount_idr": "15.000", "reference": "WD-77", "ntpn": "", "paid_on": "2026-01-31"}


def test_what_is_owed_to_whom(operator: Client, settled: Order) -> None:
    page = operator.get(DESK).text
    for words in ("JNE", "Rp15.000", "Rp250", "Rp220", "Rp2.000", "Rp1.195 can be taken"):
        assert words in page
    assert "late" not in page


def test_nothing_is_owed(operator: Client, cast: Cast) -> None:
    assert "Nothing is owed." in operator.get(DESK).text


def test_a_tax_that_is_late_is_seen_from_the_first_page(operator: Client, settled: Order) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=80)):
        assert "late</span>" in operator.get(DESK).text
        assert "Taxes late</span><strong>2<" in operator.get("/staff/").text


def test_a_payment_is_noted(operator: Client, cast: Cast, typed: dict[str, object]) -> None:
    page = press(operator, f"{DESK}/note", typed, follow=True).text
    assert "So much less is owed" in page
    assert "WD-77" in page
    paid = Remittance.objects.get()
    assert (paid.amount_idr, paid.noted_by, f"{paid.paid_on}") == (15_000, cast.operator, "2026-01-31")


@pytest.mark.parametrize(
    ("slip", "words"),
    [
        ({"amount_idr": "15.001"}, "at most Rp15.000"),
        ({"amount_idr": ""}, "required"),
        ({"paid_on": "2999-01-01"}, "still to come"),
        ({"ntpn": "0A1B2C3D4E5F6G7H"}, "others have none"),
        ({"account": "another"}, "another"),
    ],
)
def test_a_slip_is_refused_in_the_form(
    operator: Client, typed: dict[str, object], nothing_written: None, slip: dict[str, object], words: str
) -> None:
    said = typed | slip
    page = operator.post(f"{DESK}/note", said).text
    if 'name="sure"' in page:
        page = press(operator, f"{DESK}/note", said).text
    assert words in page
    assert "WD-77" in page  # what was typed still stands there


def test_the_same_reference_again_is_refused(operator: Client, typed: dict[str, object]) -> None:
    part = typed | {"amount_idr": "5.000"}
    press(operator, f"{DESK}/note", part)
    assert "is noted already" in press(operator, f"{DESK}/note", part).text
    assert Remittance.objects.count() == 1


def test_a_slip_is_undone(operator: Client, typed: dict[str, object]) -> None:
    press(operator, f"{DESK}/note", typed)
    paid = Remittance.objects.get()
    press(operator, f"{DESK}/{paid.id}/undo", {"words": "Sent back."})
    assert "Sent back." in operator.get(DESK).text
    paid.refresh_from_db()
    assert paid.undone_because == "Sent back."
