"""Paid posts in any state, for tests."""

from datetime import timedelta

from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.posts.postings import shop_account
from lapak.flows.offer_post_fees import offer_post_fees
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.queries import balance_idr
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import delivered_order

WORDS = "Show how the batik falls when you walk."
FEE_IDR = 20_000


def address() -> str:
    """Of a post that nobody has handed in yet."""
    return f"https://www.tiktok.com/@ceu.edoh/video/{new_id().int % 10**12}"


def earned(cast: Cast, at_least_idr: int) -> None:
    """The shop has as much in its balance, by orders that settled."""
    while balance_idr(shop_account(cast.shop.id)) < at_least_idr:
        order = delivered_order(cast, (stocked_variant(cast.shop, price_idr=at_least_idr * 2), 1))
        confirm_receipt(cast.buyer, order.id)


def offered(cast: Cast, variant: Variant, *, places: int = 2, fee_idr: int = FEE_IDR, handle: str = "") -> PostOffer:
    """The cast's shop pays for posts about it."""
    earned(cast, fee_idr * places)
    last_day = clock.today() + timedelta(days=14)
    return offer_post_fees(
        cast.seller, cast.shop, variant.product_id,
        fee_idr=fee_idr, places=places, last_day=last_day, words=WORDS, handle=handle,
    )  # fmt: skip


def taken_post(cast: Cast, variant: Variant) -> Post:
    """The creator has a place."""
    return posts.take_place(cast.creator_user, offered(cast, variant).id)


def handed_in_post(cast: Cast, variant: Variant) -> Post:
    """They have posted."""
    return posts.hand_in_post(cast.creator_user, taken_post(cast, variant).id, address())


def declined_post(cast: Cast, variant: Variant) -> Post:
    """The shop does not want to pay for it."""
    return posts.decline_post(cast.seller, handed_in_post(cast, variant).id, "It shows another shirt.")


def escalated_post(cast: Cast, variant: Variant) -> Post:
    """Lapak decides."""
    return posts.escalate_post(cast.creator_user, declined_post(cast, variant).id, "It is the very shirt.")


def approved_post(cast: Cast, variant: Variant) -> Post:
    """It has to stand its days now."""
    return posts.approve_post(cast.seller, handed_in_post(cast, variant).id)


def seller_of(post: Post) -> User:
    """One who may answer it."""
    return post.shop.members.get(role="owner").user
