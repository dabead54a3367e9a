"""The operator announces fees, calls them off, and answers objections."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.lib import clock
from lapak.money.fees.models import Consent, Schedule
from lapak.money.fees.rules import earliest_begin
from lapak.testing.cast import Cast
from lapak.testing.fees import OBJECTION, WORDS, dearer_fees, newest_fees, objection
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db

DESK = "/staff/fee-desk"


def typed(**other: str) -> dict[str, str]:
    return {"begins_on": f"{earliest_begin(clock.today())}", "words": WORDS, "rate_bp": "3", "of_buku": "1,5"} | other


def test_other_fees_are_announced_after_a_question(operator: Client, cast: Cast) -> None:
    asked = operator.post(f"{DESK}/announce", typed()).text
    assert "Somebody pays more: they hold for shops that agree." in asked
    assert not Schedule.objects.filter(number=2).exists()
    press(operator, f"{DESK}/announce", typed())
    rates = newest_fees().rates_by_category
    assert {code: (rate.rate_bp, rate.small_bp) for code, rate in rates.items()} == {"": (300, 150), "buku": (150, 75)}
    assert newest_fees().needs_consent


def test_a_day_too_soon_is_said_beside_its_field(operator: Client, cast: Cast) -> None:
    tomorrow = f"{clock.today() + timedelta(days=1)}"
    assert "days before they begin" in operator.post(f"{DESK}/announce", typed(begins_on=tomorrow)).text
    assert not Schedule.objects.filter(number=2).exists()


def test_what_is_announced_is_called_off(operator: Client, cast: Cast) -> None:
    schedule = dearer_fees(cast)
    press(operator, f"{DESK}/{schedule.id}/call-off", {})
    schedule.refresh_from_db()
    assert schedule.called_off_at is not None
    assert "Announce other fees" in operator.get(DESK).text


@pytest.mark.parametrize("state", ["kept", "declined"])
def test_an_objection_is_answered(operator: Client, cast: Cast, state: str) -> None:
    consent = objection(cast)
    assert OBJECTION in operator.get(DESK).text
    case = f"{DESK}/objections/{consent.id}"
    assert OBJECTION in operator.get(case).text
    operator.post(f"{case}/answer", {"words": "We have looked at it.", "answer": state})
    assert Consent.objects.get().state == state
    assert "No objection waits for you." in operator.get(DESK).text
    assert "We have looked at it." in operator.get(case).text
