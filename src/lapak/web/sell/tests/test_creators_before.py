"""Those who promoted the shop elsewhere, and the link it sends them."""

import re

import pytest
from django.test import Client

from lapak.affiliates.models import CreatorInvitation, Membership
from lapak.lib import clock
from lapak.moving.past.models import PastCreator
from lapak.people.notices.models import Notice
from lapak.testing.cast import Cast
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/creators/before"
EDOH = {"platform": "tiktok_shop", "handle": "ceu.edoh"}


@pytest.fixture
def edoh(cast: Cast) -> PastCreator:
    return PastCreator.objects.create(
        shop=cast.shop,
        **EDOH,
        orders=12,
        goods_idr=1_900_000,
        commission_idr=190_000,
        rate_bp=1_000,
        last_at=clock.now(),
    )


def test_from_the_list_to_a_rate_of_their_own(seller: Client, edoh: PastCreator, cast: Cast) -> None:
    assert PAGE in said(seller, "/sell/batik-sekar/creators")
    assert "12 orders, mostly at 10%" in said(seller, PAGE)
    seller.post(f"{PAGE}/invite", EDOH | {"percent": "10"})
    assert not Notice.objects.exists()
    assert not Membership.objects.filter(programme__kind="invited").exists()
    found = re.search(r"/create/invitations/[\w-]+", said(seller, PAGE))
    assert found
    creator = Client()
    creator.cookies["django_language"] = "en"
    creator.force_login(cast.creator_user)
    page = creator.get(found[0]).text
    assert "Batik Sekar invites you" in page
    assert "ceu.edoh from TikTok Shop" in page
    creator.post(f"{found[0]}/accept")
    assert "You have accepted it." in creator.get(found[0]).text
    assert f"Accepted by @{cast.creator.handle} at 10%" in said(seller, PAGE)


def test_a_rate_that_is_none_is_asked_for_again(seller: Client, edoh: PastCreator) -> None:
    answer = seller.post(f"{PAGE}/invite", EDOH | {"percent": "banyak"})
    assert answer.status_code == 200
    assert "banyak" in answer.text
    assert not CreatorInvitation.objects.exists()


def test_who_is_on_no_list_is_not_invited(seller: Client, edoh: PastCreator) -> None:
    assert seller.post(f"{PAGE}/invite", EDOH | {"handle": "lain", "percent": "10"}).status_code == 404
    assert not CreatorInvitation.objects.exists()


def test_without_a_list_the_page_says_how_one_comes(seller: Client) -> None:
    assert "Nobody yet" in said(seller, PAGE)
    assert PAGE not in said(seller, "/sell/batik-sekar/creators")
