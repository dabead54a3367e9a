"""The first page and the shop's profile."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.cancel_order import cancel_paid_order
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast, leave_on_shelf
from lapak.testing.crowd import many_orders, many_products
from lapak.testing.histories import paid_order
from lapak.trade.orders.models import Order
from lapak.web.sell.tests.conftest import said

OVERVIEW = "/sell/batik-sekar"
PROFILE = f"{OVERVIEW}/profile"


def test_what_waits_and_what_runs_out(seller: Client, variant: Variant, order: Order) -> None:
    leave_on_shelf(variant, 3)
    page = " ".join(said(seller, OVERVIEW).split())
    assert "One order wants to be packed." in page
    assert order.number in page
    assert page.index("Must leave first") < page.index("Running out") < page.index("Sales of the last")
    assert '<strong class="number">2</strong>' in page


def test_sales_of_today_and_the_week(seller: Client, cast: Cast, variant: Variant, order: Order) -> None:
    for days_ago, pieces in ((1, 2), (6, 1), (7, 5)):
        with clock.stopped_at(clock.now() - timedelta(days=days_ago)):
            paid_order(cast, (variant, pieces))
    cancel_paid_order(cast.seller, paid_order(cast, (variant, 1)).id, "The price was a mistake.")
    page = " ".join(said(seller, OVERVIEW).split())
    for words in ("Today: Rp100.000 of one order.", "Orders: 3 in 7 days", "Goods sold: Rp400.000 in 7 days"):
        assert words in page


def test_a_new_shop_is_told_what_to_do(seller: Client, cast: Cast) -> None:
    open_shop(cast.seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    page = said(seller, "/sell/kopi-gayo")
    for step in ("Bring in your products", "Say where your money goes", "Let creators promote you", "(NIB)"):
        assert step in page
    assert "All caught up" in page


@pytest.mark.unsound_books
def test_a_busy_shop_costs_no_more_than_a_quiet_one(
    seller: Client, cast: Cast, variant: Variant, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_orders(cast, variant, 220)
    many_products(cast.shop, 220)
    with django_assert_max_num_queries(19):
        seller.get(OVERVIEW)


def test_the_profile_is_changed(seller: Client, cast: Cast) -> None:
    typed = {
        "name": "Batik Sekar Jaya",
        "description": "Sejak 1987.",
        "street": "",
        "city": "Cirebon",
        "nib": "1234567890123",
    }
    assert seller.post(PROFILE, typed)["Location"] == PROFILE
    cast.shop.refresh_from_db()
    assert (cast.shop.name, cast.shop.description, cast.shop.nib) == (typed["name"], typed["description"], typed["nib"])


@pytest.mark.parametrize("wrong", [{"name": ""}, {"nib": "12"}, {"description": "x" * 2001}, {"city": ""}])
def test_a_refused_profile_keeps_what_was_typed(
    seller: Client, cast: Cast, wrong: dict[str, str], nothing_written: None
) -> None:
    typed = {
        "name": "Batik Sekar",
        "description": "Sejak 1987.",
        "street": "Jl. Cumi 3",
        "city": "Cirebon",
        "nib": "",
        **wrong,
    }
    page = seller.post(PROFILE, typed)
    assert page.status_code == 200
    assert 'value="Jl. Cumi 3"' in page.text
    cast.shop.refresh_from_db()
    assert cast.shop.street == ""
