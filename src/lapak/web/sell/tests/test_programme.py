"""What a shop offers to creators."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.models import Programme, ProgrammeRate
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast
from lapak.testing.crowd import many_promoters
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/creators"


@pytest.fixture
def new_shop(seller: Client, cast: Cast) -> str:
    """A shop of the seller's without a programme: its page."""
    open_shop(cast.seller, slug="kopi-gayo", name="Kopi Gayo", city="Takengon", province_code="11")
    return "/sell/kopi-gayo/creators"


def test_a_programme_is_opened_once(seller: Client, new_shop: str) -> None:
    assert "Nobody yet" in said(seller, new_shop)
    seller.post(f"{new_shop}/open", {"percent": "12.5", "window_days": "14"})
    programme = Programme.objects.get(shop__slug="kopi-gayo")
    assert (programme.kind, programme.window_days, programme.rates.get().rate_bp) == ("open", 14, 1250)
    assert "open already" in seller.post(f"{new_shop}/open", {"percent": "20", "window_days": "7"}).text


@pytest.mark.parametrize(("typed", "rate_bp"), [("1,2", 120), ("1.2", 120), ("8,25 %", 825)])
@pytest.mark.parametrize("language", ["id", "en"])
def test_a_rate_is_read_as_people_type_it(seller: Client, cast: Cast, typed: str, rate_bp: int, language: str) -> None:
    seller.cookies["django_language"] = language
    seller.post(f"{PAGE}/rate", {"percent": typed})
    assert ProgrammeRate.objects.get(programme=cast.programme, superseded_at=None).rate_bp == rate_bp


class TestAsking:
    """Before a rate rises beyond reason: a raise holds at once, and to take it back takes thirty days."""

    @pytest.mark.parametrize(
        ("language", "question", "yes"),
        [
            ("id", "12%? Sekarang 10%, dan kenaikan langsung berlaku.", "Ya, memang 12%"),
            ("en", "12%? It is 10% now, and a raise counts at once.", "Yes, 12% is meant"),
        ],
    )
    def test_a_steep_raise_is_asked_about(
        self, seller: Client, cast: Cast, language: str, question: str, yes: str
    ) -> None:
        seller.cookies["django_language"] = language
        page = seller.post(f"{PAGE}/rate", {"percent": "12"}).text
        assert question in page
        assert yes in page
        assert 'value="12"' in page
        assert [rate.rate_bp for rate in cast.programme.rates.all()] == [1_000]
        seller.post(f"{PAGE}/rate", {"percent": "12", "percent-sure": "1200"})
        assert ProgrammeRate.objects.get(programme=cast.programme, superseded_at=None).rate_bp == 1_200

    def test_a_high_first_rate_is_asked_about(self, seller: Client, new_shop: str) -> None:
        typed = {"percent": "25", "window_days": "14"}
        assert "25%? 10% is usual." in seller.post(f"{new_shop}/open", typed).text
        assert not Programme.objects.filter(shop__slug="kopi-gayo").exists()
        seller.post(f"{new_shop}/open", {**typed, "percent-sure": "2500"})
        assert Programme.objects.get(shop__slug="kopi-gayo").rates.get().rate_bp == 2_500


@pytest.mark.parametrize(
    "typed",
    [
        {"percent": "81", "window_days": "7"},
        {"percent": "-1", "window_days": "7"},
        {"percent": "", "window_days": "7"},
        {"percent": "ten", "window_days": "7"},
        {"percent": "10", "window_days": "0"},
        {"percent": "10", "window_days": "91"},
        {"percent": "NaN", "window_days": "7"},
        {"percent": "10.123", "window_days": "7"},
    ],
)
def test_terms_out_of_bounds_are_refused(
    seller: Client, new_shop: str, typed: dict[str, str], nothing_written: None
) -> None:
    page = seller.post(f"{new_shop}/open", typed)
    assert page.status_code == 200
    assert "field-error" in page.text


def test_a_new_rate_is_announced(seller: Client, cast: Cast) -> None:
    seller.post(f"{PAGE}/rate", {"percent": "8"})
    assert ProgrammeRate.objects.get(programme=cast.programme, superseded_at=None).rate_bp == 800
    page = said(seller, PAGE)
    assert "8%" in page
    assert "Earlier rates" in page


def test_without_a_programme_there_is_no_rate_to_announce(seller: Client, new_shop: str, nothing_written: None) -> None:
    assert seller.post(f"{new_shop}/rate", {"percent": "8"}).status_code == 404


def test_a_long_list_costs_no_more_than_a_short_one(
    seller: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_promoters(cast.programme, 220)
    with django_assert_max_num_queries(12):
        page = seller.get(PAGE, {"page": 3}).text
    assert page.count("<strong>@promoter-") == 25
