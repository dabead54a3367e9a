"""Posts that Sekar's shop paid creators for in the market's last weeks: one in every state that somebody has to look at."""

import uuid
from collections.abc import Generator, Iterator
from datetime import datetime, timedelta

from lapak.affiliates.posts.commands import approve_post, decline_post, escalate_post, hand_in_post, take_place
from lapak.affiliates.posts.errors import FeesNotCovered
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.flows.offer_post_fees import offer_post_fees
from lapak.goods.catalogue.models import Product
from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

DAY, HOUR = timedelta(days=1), timedelta(hours=1)

FEE_IDR = 25_000

WORDS = "Video setidaknya 30 detik: motifnya dari dekat, lalu dipakai di luar ruangan. Sebut nama tokonya."
DECLINED = "Videonya hanya 12 detik, dan motifnya tidak terlihat dari dekat."
OBJECTED = "Yang 12 detik itu cuplikannya. Video lengkapnya 45 detik, ada di alamat yang sama."


def lives_of_paid_posts(seller: User, shop: Shop, products: list[Product], now: datetime) -> list[Iterator[datetime]]:
    """One offer with a post that was paid, one approved, one with Lapak and one to be checked; and one that is all free."""
    return [_posted_for(seller, shop, products[0], now), _all_free(seller, shop, products[-1], now)]


def _posted_for(seller: User, shop: Shop, product: Product, now: datetime) -> Iterator[datetime]:
    offer = yield from _offered(seller, shop, product, from_=now - 16 * DAY, places=5)
    paid = yield from _handed_in("ceu-edoh", offer, now - 11 * DAY)
    approve_post(seller, paid.id)
    approved = yield from _handed_in("mas-bagas", offer, now - 3 * DAY)
    approve_post(seller, approved.id)
    declined = yield from _handed_in("dapurnyarina", offer, now - 2 * DAY)
    decline_post(seller, declined.id, DECLINED)
    yield now - 30 * HOUR
    escalate_post(declined.creator.user, declined.id, OBJECTED)
    yield from _handed_in("ceu-edoh", offer, now - DAY)


def _all_free(seller: User, shop: Shop, product: Product, now: datetime) -> Iterator[datetime]:
    yield from _offered(seller, shop, product, from_=now - 9 * DAY, places=3)


def _offered(
    seller: User, shop: Shop, product: Product, *, from_: datetime, places: int
) -> Generator[datetime, None, PostOffer]:
    """As soon as the shop's balance covers it: each morning it is paid out."""
    yield from_
    while True:
        try:
            return offer_post_fees(
                seller, shop, product.id, fee_idr=FEE_IDR, places=places, last_day=clock.today() + 60 * DAY, words=WORDS
            )
        except FeesNotCovered:
            yield clock.now() + HOUR


def _handed_in(handle: str, offer: PostOffer, moment: datetime) -> Generator[datetime, None, Post]:
    """The creator takes a place a day before, posts, and hands in where."""
    yield moment - DAY
    creator = User.objects.get(email=f"{handle}@lapak.test")
    post = take_place(creator, offer.id)
    yield moment
    return hand_in_post(creator, post.id, f"https://www.tiktok.com/@{handle}/video/{uuid.uuid4().int % 10**19:019d}")
