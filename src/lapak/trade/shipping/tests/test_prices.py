"""Prices by zone and weight."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from lapak.trade.shipping.queries import quotes_of_parcels, shipping_quotes
from lapak.trade.shipping.rules import ZoneRate, question_about_price, shipping_price_idr


@pytest.mark.parametrize(("weight_g", "price_idr"), [(1, 15_000), (1_000, 15_000), (1_001, 27_000), (3_500, 51_000)])
def test_every_kilogram_begun_is_charged(weight_g: int, price_idr: int) -> None:
    assert shipping_price_idr(ZoneRate(15_000, 12_000), weight_g) == price_idr


@pytest.mark.parametrize(
    ("price_idr", "now_idr", "is_asked"),
    [
        (18, 18_000, True),
        (180_000, 18_000, True),
        (8_999, 18_000, True),
        (9_000, 18_000, False),
        (36_000, 18_000, False),
        (0, 12_000, True),
        (12_000, 0, True),
        (0, 0, False),
    ],
)
def test_a_price_of_the_list_is_asked_about_when_it_changes_steeply(
    price_idr: int, now_idr: int, is_asked: bool
) -> None:
    assert (question_about_price(price_idr, now_idr) is not None) == is_asked


def test_a_weightless_parcel_is_a_fault() -> None:
    with pytest.raises(ValueError, match="weighs something"):
        shipping_price_idr(ZoneRate(1, 1), 0)


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_heavier_never_costs_less(lighter_g: int, more_g: int) -> None:
    rate = ZoneRate(15_000, 12_000)
    assert shipping_price_idr(rate, lighter_g) <= shipping_price_idr(rate, lighter_g + more_g)


@pytest.mark.django_db
def test_quotes_of_a_route() -> None:
    within_java = {quote.service_code: quote.price_idr for quote in shipping_quotes("32", "31", 300)}
    assert within_java == {"jne-reg": 15_000, "jnt-ez": 14_000, "sicepat-best": 22_000}
    to_papua = {quote.service_code: quote.price_idr for quote in shipping_quotes("32", "94", 300)}
    assert all(to_papua[code] > within_java[code] for code in within_java)


@pytest.mark.django_db
def test_many_parcels_take_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        near, far, heavy = quotes_of_parcels([("32", 300), ("94", 300), ("32", 1_500)], "31")
    assert near == shipping_quotes("32", "31", 300)
    assert far == shipping_quotes("94", "31", 300)
    assert heavy[0].price_idr == near[0].price_idr + 12_000
