"""Nobody is paid by a shop that they have come to work for since they took a place, nor twice for one post."""

import pytest

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.errors import OwnShopsPost, PostHandedInBefore
from lapak.goods.catalogue.models import Variant
from lapak.people.shops.rules import Role
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.posts import address, handed_in_post, taken_post
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def test_who_works_for_the_shop_by_now_hands_nothing_in(cast: Cast, variant: Variant) -> None:
    post = taken_post(cast, variant)
    cast.shop.members.create(user=cast.creator_user, role=Role.ORDERS)
    with refused(OwnShopsPost):
        posts.hand_in_post(cast.creator_user, post.id, address())


def test_nobody_approves_their_own(cast: Cast, variant: Variant) -> None:
    post = handed_in_post(cast, variant)
    cast.shop.members.create(user=cast.creator_user, role=Role.OWNER)
    with refused(OwnShopsPost):
        posts.approve_post(cast.creator_user, post.id)
    assert posts.approve_post(cast.seller, post.id).state == "approved"


@pytest.mark.parametrize("hung_on", ["?is_from_webapp=1&sender_device=pc", "?_t=8", "/?lang=id#x"])
def test_one_post_is_no_other_for_what_hangs_on_its_address(cast: Cast, variant: Variant, hung_on: str) -> None:
    first, second = handed_in_post(cast, variant), taken_post(cast, stocked_variant(cast.shop))
    for other in (
        first.address,
        first.address.replace("//", "//www."),
        first.address.replace("//", "//m.").replace("@", "%40"),
    ):
        with refused(PostHandedInBefore):
            posts.hand_in_post(cast.creator_user, second.id, f"{other}{hung_on}")
