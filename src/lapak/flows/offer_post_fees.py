"""A shop offers a fee for posts: the money is set apart before anybody works, and what nobody earns is the shop's again."""

import uuid
from datetime import date

from lapak.affiliates.models import Creator
from lapak.affiliates.posts.commands import end_offer, fit_words, lock_offer, note_offer
from lapak.affiliates.posts.errors import (
    FeeOutOfBounds,
    FeesNotCovered,
    LastDayOutOfBounds,
    OwnShopsPost,
    PlacesOutOfBounds,
    PostOfferMoved,
    PostOfferNotFound,
    ShopSellsNoMore,
)
from lapak.affiliates.posts.models import PostEvent, PostOffer
from lapak.affiliates.posts.postings import fees_held, fees_returned, shop_account
from lapak.affiliates.posts.queries import belongs_to_shop, offers_without_ground
from lapak.affiliates.posts.rules import HIGHEST_FEE_IDR, LOWEST_FEE_IDR, MOST_PLACES, OfferState, is_day_for_offer
from lapak.affiliates.queries import creator_by_handle
from lapak.affiliates.rules import moment_after
from lapak.flows.debts import repay
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import lock_balance_idr, post_transfers
from lapak.people.shops.closings import closings_begun_for
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.trade.returns.queries import held_back_idr


@act
def offer_post_fees(
    by: User,
    shop: Shop,
    product_id: uuid.UUID,
    *,
    fee_idr: int,
    places: int,
    last_day: date,
    words: str,
    handle: str = "",
) -> PostOffer:
    """The shop pays `fee_idr` for each approved post about the product, up to `places` of them, taken until `last_day`: offered
    to all who promote it, or with a `handle` to that creator alone. The money for all of them is set apart now.

    Refuses who does not work in the shop (`ShopNotFound`), one whose orders have stopped (`ShopSellsNoMore`), another's product
    or one not on sale (`ProductNotFound`), an unknown creator (`CreatorNotFound`) or one of the shop's own people
    (`OwnShopsPost`), numbers out of bounds (`FeeOutOfBounds`, `PlacesOutOfBounds`, `LastDayOutOfBounds`), no words
    (`PostWordsRefused`), and what the shop's balance does not cover, apart from what a return or dispute may take back
    (`FeesNotCovered`). Posts `fees_held` (affiliates/posts/postings.py).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    if closings_begun_for(shop).exists():
        raise ShopSellsNoMore
    _require_bounds(fee_idr, places, last_day)
    offer = PostOffer(
        shop=shop, product=_product(shop, product_id), invited=_invited(shop, handle), words=fit_words(words),
        fee_idr=fee_idr, places=places, made_at=clock.now(), ends_at=moment_after(last_day),
    )  # fmt: skip
    offer.save(force_insert=True)
    note_offer(by, offer, PostEvent.State.OFFERED)
    _require_covered(shop, fee_idr * places)
    post_transfers(fees_held(offer))
    return offer


@act
def withdraw_post_offer(by: User, offer_id: uuid.UUID) -> PostOffer:
    """The shop gives no more places. Who has one keeps it, with its fee; the fees of the others are the shop's again.

    Refuses a stranger (`PostOfferNotFound`), and what is over (`PostOfferMoved`). Posts `fees_returned`, and `debt_repaid`.
    """
    offer = lock_offer(offer_id)
    if not works_for(by, offer.shop_id, Duty.PROMOTION):
        raise PostOfferNotFound
    return _end(by, offer, OfferState.WITHDRAWN)


@act
def end_post_offer(offer_id: uuid.UUID) -> PostOffer:
    """The clock's: its last day is over. `PostOfferMoved` when it is not. Posts as `withdraw_post_offer`."""
    offer = lock_offer(offer_id)
    if offer.ends_at > clock.now():
        raise PostOfferMoved
    return _end(None, offer, OfferState.ENDED)


@act
def end_groundless_offer(offer_id: uuid.UUID) -> PostOffer:
    """The clock's: the shop's orders have stopped, so that its offer is withdrawn with them. `PostOfferMoved` when they have not.
    Posts as `withdraw_post_offer`."""
    offer = lock_offer(offer_id)
    if not offers_without_ground().filter(id=offer.id).exists():
        raise PostOfferMoved
    return _end(None, offer, OfferState.WITHDRAWN)


def return_fees(offer: PostOffer, amount_idr: int, fact: str) -> None:
    """Fees of the (locked) offer that nobody will earn are the shop's again, and repay first what it owes."""
    post_transfers(fees_returned(offer, amount_idr, fact))
    repay({shop_account(offer.shop_id): offer.id})


def _end(by: User | None, offer: PostOffer, to_state: OfferState) -> PostOffer:
    unused_idr = offer.fee_idr * offer.free
    end_offer(by, offer, to_state)
    return_fees(offer, unused_idr, "unused")
    return offer


def _require_bounds(fee_idr: int, places: int, last_day: date) -> None:
    if not LOWEST_FEE_IDR <= fee_idr <= HIGHEST_FEE_IDR:
        raise FeeOutOfBounds
    if not 1 <= places <= MOST_PLACES:
        raise PlacesOutOfBounds
    if not is_day_for_offer(last_day, clock.today()):
        raise LastDayOutOfBounds


def _require_covered(shop: Shop, needed_idr: int) -> None:
    """Whoever pays out of the balance meanwhile waits, or is waited for."""
    free_idr = lock_balance_idr(shop_account(shop.id)) - held_back_idr([shop.id]).get(shop.id, 0)
    if free_idr < needed_idr:
        raise FeesNotCovered(needed_idr, needed_idr - max(0, free_idr))


def _product(shop: Shop, product_id: uuid.UUID) -> Product:
    product = on_sale().filter(id=product_id, shop=shop).first()
    if product is None:
        raise ProductNotFound
    return product


def _invited(shop: Shop, handle: str) -> Creator | None:
    if not handle.strip():
        return None
    creator = creator_by_handle(handle.strip().removeprefix("@"))
    if belongs_to_shop(creator, shop):
        raise OwnShopsPost
    return creator
