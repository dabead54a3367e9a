"""The operator keeps the price list: prices, days, and which services are offered."""

import pytest
from django.core.exceptions import ValidationError

from lapak.people.users.models import User
from lapak.trade.shipping.commands import change_rate, change_service
from lapak.trade.shipping.models import Rate
from lapak.trade.shipping.queries import shipping_quotes

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return User.objects.create_superuser("operator@example.com")


@pytest.fixture
def rate() -> Rate:
    return Rate.objects.get(service="jne-reg", origin_zone="java", destination_zone="java")


def test_a_new_price_is_quoted_at_once(operator: User, rate: Rate) -> None:
    change_rate(operator, rate.pk, first_kg_idr=17_000, next_kg_idr=13_000, min_days=2, max_days=4)
    quote = next(quote for quote in shipping_quotes("32", "31", 1_500) if quote.service_code == "jne-reg")
    assert (quote.price_idr, quote.max_days) == (30_000, 4)


@pytest.mark.parametrize("wrong", [{"first_kg_idr": -1}, {"next_kg_idr": -1}, {"min_days": 9}])
def test_a_price_out_of_bounds_is_refused(
    operator: User, rate: Rate, wrong: dict[str, int], nothing_written: None
) -> None:
    terms = {"first_kg_idr": 17_000, "next_kg_idr": 13_000, "min_days": 2, "max_days": 4, **wrong}
    with pytest.raises(ValidationError):
        change_rate(operator, rate.pk, **terms)
    rate.refresh_from_db()
    assert rate.first_kg_idr == 15_000


def test_a_service_taken_off_the_list_is_not_offered(operator: User) -> None:
    change_service(operator, "jne-reg", name="JNE Reguler", position=0, is_active=False)
    assert "jne-reg" not in {quote.service_code for quote in shipping_quotes("32", "31", 500)}


def test_a_service_needs_a_name(operator: User, nothing_written: None) -> None:
    with pytest.raises(ValidationError):
        change_service(operator, "jne-reg", name="", position=0, is_active=True)
