"""All who promoted a shop elsewhere are invited at once, and asked again without doubling."""

import pytest

from lapak.affiliates.errors import MessageTooLong
from lapak.affiliates.invitations import Asked, decline_creator_invitation, make_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.affiliates.rules import LONGEST_MESSAGE, MOST_INVITED
from lapak.moving.inviting import invite_all, to_invite
from lapak.moving.past.models import PastCreator
from lapak.people.notices.models import Notice
from lapak.people.shops.errors import ShopNotFound
from lapak.testing.cast import Cast
from lapak.testing.partners import partner_of_shop
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def promoted(cast: Cast, handle: str, rate_bp: int | None = 1_000, platform: str = "tiktok_shop") -> PastCreator:
    return PastCreator.objects.create(
        shop=cast.shop,
        platform=platform,
        handle=handle,
        orders=1,
        goods_idr=100_000,
        commission_idr=10_000,
        rate_bp=rate_bp,
    )


def test_each_at_the_rate_of_then_and_each_line_is_answered_for(cast: Cast) -> None:
    promoted(cast, "edoh", 1_000)
    promoted(cast, "bagas", 1_250, "shopee")
    promoted(cast, "tanpa", None)
    promoted(cast, "nol", 0)
    promoted(cast, "banyak", 9_000)
    answers = invite_all(cast.seller, cast.shop, "Come along.")
    assert [(each.line, each.outcome) for each in answers] == [
        ("@edoh · TikTok Shop", Asked.ASKED), ("@bagas · Shopee", Asked.ASKED), ("@tanpa · TikTok Shop", Asked.UNRATED),
        ("@nol · TikTok Shop", Asked.UNRATED), ("@banyak · TikTok Shop", Asked.UNRATED),
    ]  # fmt: skip
    made = CreatorInvitation.objects.values_list("name", "place", "rate_bp", "message")
    assert set(made) == {
        ("edoh", "TikTok Shop", 1_000, "Come along."), ("bagas", "Shopee", 1_250, "Come along."),
    }  # fmt: skip
    assert not Notice.objects.exists()


def test_done_again_it_asks_nobody_twice(cast: Cast) -> None:
    for handle in ("edoh", "declined", "asked"):
        promoted(cast, handle)
    make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="asked", rate_bp=1_500)
    said_no = make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="declined", rate_bp=1_500)
    decline_creator_invitation(cast.creator_user, said_no.code)
    assert [each.line for each in invite_all(cast.seller, cast.shop)] == ["@edoh · TikTok Shop"]
    codes = {*CreatorInvitation.objects.values_list("code", flat=True)}
    assert invite_all(cast.seller, cast.shop) == []
    assert {*CreatorInvitation.objects.values_list("code", flat=True)} == codes
    promoted(cast, "edoh", platform="shopee")  # of the same name elsewhere: another line
    assert [each.line for each in invite_all(cast.seller, cast.shop)] == ["@edoh · Shopee"]


def test_the_address_of_a_partner_goes_with_it(cast: Cast) -> None:
    partner = partner_of_shop(cast)
    promoted(cast, partner.handle, platform="dub")
    invite_all(cast.seller, cast.shop)
    assert CreatorInvitation.objects.get().email == "alex@example.com"


def test_so_many_at_once_and_the_others_next_time(cast: Cast) -> None:
    PastCreator.objects.bulk_create(
        PastCreator(
            shop=cast.shop, platform="dub", handle=f"c{n}", orders=1, goods_idr=n, commission_idr=1, rate_bp=1_000
        )
        for n in range(MOST_INVITED + 2)
    )
    assert len(invite_all(cast.seller, cast.shop)) == MOST_INVITED
    assert [each.handle for each in to_invite(cast.shop).rated] == ["c1", "c0"]
    assert len(invite_all(cast.seller, cast.shop)) == 2
    assert CreatorInvitation.objects.count() == MOST_INVITED + 2


def test_what_is_refused(cast: Cast) -> None:
    promoted(cast, "edoh")
    with refused(ShopNotFound):
        invite_all(cast.stranger, cast.shop)
    with refused(MessageTooLong):
        invite_all(cast.seller, cast.shop, "x" * (LONGEST_MESSAGE + 1))
