"""Programmes to join, and those joined."""

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.models import Membership, Programme
from lapak.affiliates.programmes import announce_rate
from lapak.lib import clock
from lapak.testing.cast import Cast, own_rate
from lapak.testing.crowd import many_programmes

PAGE = "/create/programmes"


def test_joining_a_programme(creator: Client, cast: Cast) -> None:
    programme = many_programmes(1)[0]
    answer = creator.post(f"{PAGE}/{programme.id}/join", {"next": f"{PAGE}?q=toko"})
    assert answer["Location"] == f"{PAGE}?q=toko"
    creator.post(f"{PAGE}/{programme.id}/join")
    assert Membership.objects.filter(programme=programme, creator=cast.creator).count() == 1
    assert "joined" in creator.get(PAGE).text


def test_what_is_closed_or_invited_cannot_be_joined(creator: Client, cast: Cast) -> None:
    closed, ended = many_programmes(2)
    Programme.objects.filter(id=closed.id).update(is_active=False)
    ended.rates.update(superseded_at=clock.now())
    ended.rates.create(rate_bp=0, announced_at=clock.now())
    invited = own_rate(cast, cast.creator, 2000)
    before = Membership.objects.count()
    for programme in (closed, ended, invited):
        assert creator.post(f"{PAGE}/{programme.id}/join").status_code == 404
    assert Membership.objects.count() == before


def test_the_rate_shown_is_the_rate_to_count_on(creator: Client, cast: Cast) -> None:
    """A cut is announced: who promotes already keeps 10 % for 30 days; newcomers read 4 %."""
    announce_rate(cast.seller, cast.programme, 400)
    page = creator.get(PAGE).text
    assert "10%" in page
    assert "4%" in page


def test_words_narrow_the_list(creator: Client, cast: Cast) -> None:
    many_programmes(3)
    page = creator.get(PAGE, {"q": "toko 2"}).text
    assert "Toko 2" in page
    assert "Toko 1" not in page
    assert "No programme found" in creator.get(PAGE, {"q": "zzz"}).text


def test_a_long_list_costs_no_more_than_a_short_one(
    creator: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_programmes(220)
    with django_assert_max_num_queries(11):
        page = creator.get(PAGE, {"page": 3}).text
    assert page.count('class="card programme"') == 24
