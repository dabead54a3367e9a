"""The first page: books that balance, and what waits for somebody."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import Settings

from lapak.lib import clock
from lapak.money.gateways.commands import record_message
from lapak.money.ledger.models import AccountKind
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.trade.orders.models import Order
from lapak.web.staff.dashboard import balance_sheet


@pytest.mark.parametrize("contact", ["", "halo@pasar.example"])
def test_it_says_when_nobody_can_write_to_the_operator(operator: Client, settings: Settings, contact: str) -> None:
    settings.CONTACT_EMAIL = contact
    assert ("LAPAK_CONTACT_EMAIL" in operator.get("/staff/").text) is not bool(contact)


def test_the_two_sides_of_the_worked_example(operator: Client, settled: Order) -> None:
    """Rp115.000 came in, Rp805 stayed at the gateway; the rest is owed or earned."""
    page = operator.get("/staff/").text
    assert "not looked through yet" in page
    for amount in ("Rp114.195", "Rp805", "Rp15.000", "Rp87.780", "Rp9.750", "Rp2.000", "Rp220", "Rp250", "Rp115.000"):
        assert amount in page


def test_an_empty_marketplace(operator: Client, cast: Cast) -> None:
    page = operator.get("/staff/").text
    assert "Nothing yet" in page
    assert "Nothing waits for you." in page


def test_two_weeks_of_sales(operator: Client, cast: Cast) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=14)):
        paid_order(cast, (stocked_variant(cast.shop), 1))
    paid_order(cast, (stocked_variant(cast.shop), 2))
    page = operator.get("/staff/").text
    assert "Orders: 1 in 14 days" in page
    assert "Goods sold: Rp200.000 in 14 days" in page


def test_what_nobody_has_acted_on_is_counted(operator: Client, cast: Cast) -> None:
    record_message("sandbox", "evt_1", "charge.paid", {})
    page = operator.get("/staff/").text
    assert "is-waiting" in page
    assert '<a href="/staff/money-desk">See which notifications are not processed</a> <strong>1</strong>' in page
    assert "oldest:" in page


def test_sides_that_differ_are_seen() -> None:
    sheet = balance_sheet([(AccountKind.GATEWAY_CASH, 100), (AccountKind.ORDER_ESCROW, 99), (AccountKind.TAX_VAT, 0)])
    assert [idr for _, idr in sheet["credit_side"]] == [99]
