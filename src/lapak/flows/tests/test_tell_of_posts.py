"""Who is told what of a paid post, and when."""

from datetime import timedelta

import pytest

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.models import Post
from lapak.flows.clocks import run_due_clocks
from lapak.flows.offer_post_fees import withdraw_post_offer
from lapak.flows.pay_for_posts import deny_post, give_up_place
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.flows.tests.told import facts_of, notice_of
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.words import words_of
from lapak.people.shops.closings import announce_closing
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.posts import approved_post, declined_post, escalated_post, handed_in_post, offered, taken_post

pytestmark = pytest.mark.django_db


def about_posts(reader: User) -> list[str]:
    return [fact for fact in facts_of(reader) if "post" in fact]


def pass_time(post: Post) -> None:
    post.refresh_from_db()
    assert post.act_by
    with clock.stopped_at(post.act_by + timedelta(seconds=1)):
        assert run_due_clocks()["posts_past_time"] == 1


def test_each_step_to_the_other_side(cast: Cast, variant: Variant) -> None:
    post = approved_post(cast, variant)
    pass_time(post)
    assert about_posts(cast.seller) == ["shop_post_taken", "shop_post_handed_in"]
    assert about_posts(cast.creator_user) == ["post_offered", "post_approved", "post_fee_credited"]
    assert words_of(notice_of(cast.seller, "shop_post_handed_in")).path.endswith(f"/creators/posts/{post.id}")
    assert words_of(notice_of(cast.creator_user, "post_offered")).path == f"/create/posts/offers/{post.offer_id}"
    assert words_of(notice_of(cast.creator_user, "post_approved")).path == f"/create/posts/{post.id}"


def test_a_refusal_and_what_lapak_decides(cast: Cast, variant: Variant) -> None:
    post = escalated_post(cast, variant)
    assert about_posts(cast.operator) == ["case_post"]
    assert "shop_post_escalated" in about_posts(cast.seller)
    posts.uphold_post(cast.operator, post.id, "It is.")
    assert about_posts(cast.creator_user)[-2:] == ["post_declined", "post_approved"]
    assert about_posts(cast.seller)[-1] == "shop_post_approved"
    deny_post(cast.operator, escalated_post(cast, stocked_variant(cast.shop)).id, "It is not.")
    assert about_posts(cast.creator_user)[-1] == "post_denied"
    assert about_posts(cast.seller)[-1] == "shop_post_denied"


def test_silence_is_told_to_both(cast: Cast, variant: Variant) -> None:
    pass_time(handed_in_post(cast, variant))
    assert about_posts(cast.seller)[-1] == "shop_post_approved"
    assert about_posts(cast.creator_user)[-1] == "post_approved"
    lapsed = taken_post(cast, stocked_variant(cast.shop))
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        run_due_clocks()
    lapsed.refresh_from_db()
    assert lapsed.state == "lapsed"
    assert "post_lapsed" in about_posts(cast.creator_user)
    assert {"shop_post_lapsed", "shop_post_offer_ended"} <= set(about_posts(cast.seller))


def test_one_alone_hears_of_an_offer_to_them(cast: Cast, variant: Variant) -> None:
    offer = offered(cast, variant, handle="ceu-edoh")
    withdraw_post_offer(cast.seller, offer.id)
    assert about_posts(cast.creator_user) == ["post_offered_to_you", "post_offer_withdrawn"]


def test_where_orders_have_stopped_both_hear_that_the_offer_is_over(cast: Cast, variant: Variant) -> None:
    offered(cast, variant, handle="ceu-edoh")
    begun = clock.now() + timedelta(hours=1)
    announce_closing(cast.seller, cast.shop.id, orders_stop_at=begun, ship_by=begun + timedelta(days=20))
    with clock.stopped_at(begun):
        run_due_clocks()
        assert about_posts(cast.creator_user)[-1] == "post_offer_withdrawn"
        assert about_posts(cast.seller)[-1] == "shop_post_offer_ended"


def test_the_shops_own_people_are_offered_nothing(cast: Cast, variant: Variant) -> None:
    cast.shop.members.create(user=cast.creator_user, role=Role.ORDERS)
    offered(cast, variant)
    assert about_posts(cast.creator_user) == []


def test_a_place_that_is_given_up(cast: Cast, variant: Variant) -> None:
    give_up_place(cast.creator_user, taken_post(cast, variant).id)
    assert about_posts(cast.seller) == ["shop_post_taken", "shop_post_given_up"]


def test_a_day_before_it_ends_whoever_would_lose_hears_of_it(cast: Cast, variant: Variant) -> None:
    taken, declined = taken_post(cast, variant), declined_post(cast, stocked_variant(cast.shop))
    handed_in, escalated = (make(cast, stocked_variant(cast.shop)) for make in (handed_in_post, escalated_post))
    tell_of_deadlines()
    for post in (handed_in, declined, escalated, taken):
        assert post.act_by
        with clock.stopped_at(post.act_by - timedelta(hours=23)):
            tell_of_deadlines()
    assert {"post_hand_in_soon", "post_object_soon"} <= set(about_posts(cast.creator_user))
    assert "shop_post_check_soon" in about_posts(cast.seller)
    assert "case_post_soon" in about_posts(cast.operator)
