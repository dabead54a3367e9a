"""The law in plain words, for everybody."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from lapak.compliance.law import LAW
from lapak.lib import clock

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "A shop needs a business number (NIB)"), ("id", "Toko wajib punya NIB")],
)
def test_every_rule_of_the_day_stands_there(client: Client, language: str, words: str) -> None:
    client.cookies["django_language"] = language
    with clock.stopped_at(datetime(2026, 11, 27, 3, tzinfo=UTC)):
        page = client.get("/law")
    assert (page.status_code, page.text.count("<h1")) == (200, 1)
    assert words in page.text
    assert all(f'id="{rule.id}"' in page.text for rule in LAW)
    assert 'id="ahead"' in page.text
    assert "PP 33/2026" in page.text


def test_what_is_not_asked_yet_does_not(client: Client) -> None:
    with clock.stopped_at(datetime(2023, 10, 5, 3, tzinfo=UTC)):
        page = client.get("/law").text
    assert 'id="PMSE-SEP"' in page
    assert 'id="PMSE-FEE"' not in page


def test_every_page_leads_there(client: Client) -> None:
    assert 'href="/law"' in client.get("/").text
    assert 'href="/law"' in client.get("/help").text
