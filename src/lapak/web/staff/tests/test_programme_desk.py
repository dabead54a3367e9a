"""Lapak's own programme from the operator's desk."""

from django.test import Client

from lapak.affiliates.models import Programme, ProgrammeRate
from lapak.affiliates.terms.models import BudgetTerm

DESK = "/staff/programme-desk"


def test_it_is_opened_changed_and_ended(operator: Client) -> None:
    assert "Open it" in operator.get(DESK).text
    operator.post(f"{DESK}/open", {"rate_bp": "5", "window_days": "14"})
    programme = Programme.objects.get(shop=None)
    assert (programme.kind, programme.window_days, programme.rates.get().rate_bp) == ("platform", 14, 500)
    operator.post(f"{DESK}/rate", {"rate_bp": "6", "cap_idr": "25.000"})
    current = ProgrammeRate.objects.get(programme=programme, superseded_at=None)
    assert (current.rate_bp, current.cap_idr) == (600, 25_000)
    operator.post(f"{DESK}/rate", {"rate_bp": "0"})
    assert "ended" in operator.get(DESK).text


def test_it_has_a_budget(operator: Client, platform_programme: Programme) -> None:
    operator.post(f"{DESK}/budget", {"amount_idr": "10 juta", "is_monthly": "on"})
    budget = BudgetTerm.objects.get(programme=platform_programme)
    assert (budget.amount_idr, budget.is_monthly) == (10_000_000, True)
    assert "Rp0 of Rp10.000.000 are taken" in operator.get(DESK).text


def test_nothing_is_changed_before_it_is_open(operator: Client) -> None:
    assert operator.post(f"{DESK}/rate", {"rate_bp": "6"}).status_code == 404
    assert not Programme.objects.filter(shop=None).exists()
