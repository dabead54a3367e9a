"""Of everyone.py: shops offer fees for posts, out of what they have earned, and creators earn them."""

from collections.abc import Callable
from datetime import timedelta

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.posts.rules import PostState
from lapak.flows.offer_post_fees import offer_post_fees, withdraw_post_offer
from lapak.flows.pay_for_posts import deny_post, give_up_place
from lapak.lib import clock
from lapak.testing.market import Market
from lapak.testing.posts import WORDS, address, seller_of


def _offer(market: Market, pick: int) -> PostOffer:
    """What the shop's balance may cover, or not."""
    variant = market.variants[pick % len(market.variants)]
    shop = variant.product.shop
    return offer_post_fees(
        shop.members.get(role="owner").user, shop, variant.product_id, fee_idr=10_000 + pick % 7, places=1 + pick % 3,
        last_day=clock.today() + timedelta(days=pick % 9), words=WORDS,
    )  # fmt: skip


def _take(market: Market, pick: int) -> object:
    offers = list(PostOffer.objects.order_by("id"))
    return offers and posts.take_place(market.casts[0].creator_user, offers[pick % len(offers)].id)


def _withdraw(_market: Market, pick: int) -> object:
    offers = list(PostOffer.objects.select_related("shop").order_by("id"))
    offer = offers[pick % len(offers)] if offers else None
    return offer and withdraw_post_offer(offer.shop.members.get(role="owner").user, offer.id)


def _one(state: PostState, do: Callable[[Market, Post], object]) -> Callable[[Market, int], object]:
    """One in this state; every fifth time one of all: whoever presses the wrong button is refused."""

    def act(market: Market, pick: int) -> object:
        fitting = Post.objects.select_related("shop", "creator__user").order_by("id")
        found = list(fitting if pick % 5 == 4 else fitting.filter(state=state))
        return found and do(market, found[pick % len(found)])

    return act


OF_POSTS = {
    "offer post fees": _offer,
    "withdraw post offer": _withdraw,
    "take place": _take,
    "hand in post": _one(PostState.TAKEN, lambda _, post: posts.hand_in_post(post.creator.user, post.id, address())),
    "give up place": _one(PostState.TAKEN, lambda _, post: give_up_place(post.creator.user, post.id)),
    "approve post": _one(PostState.HANDED_IN, lambda _, post: posts.approve_post(seller_of(post), post.id)),
    "decline post": _one(PostState.HANDED_IN, lambda _, post: posts.decline_post(seller_of(post), post.id, "Not it.")),
    "escalate post": _one(
        PostState.DECLINED, lambda _, post: posts.escalate_post(post.creator.user, post.id, "It is.")
    ),
    "uphold post": _one(
        PostState.ESCALATED, lambda market, post: posts.uphold_post(market.casts[0].operator, post.id, "It is.")
    ),
    "deny post": _one(
        PostState.ESCALATED, lambda market, post: deny_post(market.casts[0].operator, post.id, "It is not.")
    ),
}
"""As `ACTS` there."""
