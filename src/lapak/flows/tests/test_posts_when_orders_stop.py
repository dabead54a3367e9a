"""Where orders have stopped nobody is paid to show what nobody can buy."""

from datetime import timedelta

import pytest

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.errors import PostOfferMoved, ShopSellsNoMore
from lapak.affiliates.posts.models import Post
from lapak.affiliates.posts.queries import offers_to_take
from lapak.flows.clocks import run_due_clocks
from lapak.flows.tests.test_paid_posts import another_creator, held, of_shop, offer_with
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.shops.closings import announce_closing
from lapak.testing.cast import Cast
from lapak.testing.posts import FEE_IDR, address, taken_post
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("is_whole", [False, True])
def test_what_nobody_has_taken_is_the_shops_and_who_has_a_place_keeps_it(
    cast: Cast, variant: Variant, *, is_whole: bool
) -> None:
    taken, other, before = taken_post(cast, variant), another_creator(), of_shop(cast)
    cast.programme.memberships.create(creator=other, joined_at=clock.now())
    begun = clock.now() + timedelta(days=1)
    announce_closing(
        cast.operator, None if is_whole else cast.shop.id, orders_stop_at=begun, ship_by=begun + timedelta(days=20)
    )
    assert run_due_clocks()["post_offers_without_ground"] == 0
    assert offers_to_take(other).exists()
    with clock.stopped_at(begun):
        assert not offers_to_take(other).exists()
        with refused(PostOfferMoved):
            posts.take_place(other.user, taken.offer_id)
        with refused(ShopSellsNoMore):
            offer_with(cast, variant)
        assert run_due_clocks()["post_offers_without_ground"] == 1
        assert (of_shop(cast), held(cast)) == (before + FEE_IDR, FEE_IDR)
        posts.hand_in_post(cast.creator_user, taken.id, address())
    with clock.stopped_at(begun + timedelta(days=10)):
        run_due_clocks()
        assert Post.objects.get().state == "approved"
