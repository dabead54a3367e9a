"""Those who promoted the shop elsewhere, and the link it sends them."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.models import CreatorInvitation, Membership
from lapak.affiliates.profiles.proving import confirm_channel
from lapak.lib import clock
from lapak.moving.past.models import PastCreator
from lapak.people.notices.models import Notice
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.pressed import press
from lapak.testing.profiles import shown_channel
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


class TestInviteAll:
    def test_it_asks_with_how_many_at_which_rates_and_answers_for_each(self, seller: Client, edoh: PastCreator) -> None:
        PastCreator.objects.create(
            shop=edoh.shop, platform="shopee", handle="bagas", orders=1, goods_idr=1, commission_idr=1, rate_bp=1_250
        )
        PastCreator.objects.create(
            shop=edoh.shop, platform="dub", handle="alex", orders=0, goods_idr=0, commission_idr=0, rate_bp=None
        )
        assert "2 have not been asked" in said(seller, PAGE)
        question = seller.post(f"{PAGE}/invite-all", {"message": "Come along."})
        for words in ("Invite 2 creators?", "1 at 12.5%", "1 at 10%", "1 is left out"):
            assert words in question.text
        assert not CreatorInvitation.objects.exists()
        answers = press(seller, f"{PAGE}/invite-all", {"message": "Come along."}).text
        for words in (
            "@ceu.edoh · TikTok Shop",
            "@bagas · Shopee",
            "@alex · Dub",
            "No rate is known: invite them by hand",
        ):
            assert words in answers
        assert CreatorInvitation.objects.filter(message="Come along.").count() == 2
        again = seller.post(f"{PAGE}/invite-all").text
        assert "@alex · Dub" in again
        assert "@bagas · Shopee" not in again
        assert CreatorInvitation.objects.count() == 2

    def test_where_nobody_is_left_it_says_so(self, seller: Client) -> None:
        assert "All of them have been asked already." in seller.post(f"{PAGE}/invite-all").text

    def test_too_many_words_are_refused_and_kept(self, seller: Client, edoh: PastCreator) -> None:
        page = seller.post(f"{PAGE}/invite-all", {"message": "x" * 501})
        assert page.status_code == 200
        assert "x" * 501 in page.text
        assert not CreatorInvitation.objects.exists()


def test_whose_channel_it_is_finds_it_and_the_shop_does_not_learn_who(
    seller: Client, edoh: PastCreator, cast: Cast
) -> None:
    User.objects.filter(pk=cast.creator_user.pk).update(name="Saedah")
    cast.creator.handle = "edoh-cihampelas"
    cast.creator.save()
    confirm_channel(cast.operator, shown_channel(cast, "@ceu.edoh").id)
    seller.post(f"{PAGE}/invite", EDOH | {"percent": "10"})
    for path in (PAGE, "/sell/batik-sekar/creators/invitations"):
        assert cast.creator.handle not in said(seller, path)
    creator = Client()
    creator.cookies["django_language"] = "en"
    creator.force_login(cast.creator_user)
    programmes = creator.get("/create/programmes").text
    assert "for ceu.edoh from TikTok Shop" in programmes
    found = re.search(r"/create/invitations/[\w-]+", programmes)
    assert found
    creator.post(f"{found[0]}/decline", {"reason": "Not now."})
    history = said(seller, "/sell/batik-sekar/history")
    assert "the creator" in history
    for path in (PAGE, "/sell/batik-sekar/creators/invitations", "/sell/batik-sekar/history"):
        assert [
            word for word in (cast.creator.handle, "Saedah", cast.creator_user.email) if word in said(seller, path)
        ] == []
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        seller.post(f"{PAGE}/invite", EDOH | {"percent": "10"})
        again = re.search(r"/create/invitations/[\w-]+", creator.get("/create/programmes").text)
        assert again
        creator.post(f"{again[0]}/accept")
        assert f"@{cast.creator.handle}" in said(seller, PAGE)
