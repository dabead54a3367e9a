"""Help: true numbers, and where to write to."""

import pytest
from django.test import Client
from pytest_django import Settings

from lapak.trade.orders.queries import current_clocks

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["id", "en"])
def test_its_numbers_are_the_rules(client: Client, language: str) -> None:
    client.cookies["django_language"] = language
    page = client.get("/help")
    assert (page.status_code, page.text.count("<h1")) == (200, 1)
    clocks = current_clocks()
    for number in (clocks.pack_within_working_days, clocks.complete_after_days, clocks.decide_within_days):
        assert str(number) in page.text
    for part in ("buying", "returns", "refunds", "money", "selling", "social", "complaints"):
        assert f'id="{part}"' in page.text


def test_the_operator_can_be_written_to(client: Client, settings: Settings) -> None:
    settings.CONTACT_EMAIL = ""
    assert "Or write to us" not in client.get("/help").text
    settings.CONTACT_EMAIL = "halo@pasar.example"
    assert 'href="mailto:halo@pasar.example"' in client.get("/help").text
