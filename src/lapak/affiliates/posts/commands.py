"""Every change of offers for posts and of posts. Acts that move money are flows (flows/offer_post_fees.py, pay_for_posts.py);
they call what is here and post what it means."""

import uuid
from collections.abc import Callable, Collection
from datetime import datetime

from django.db import IntegrityError

from lapak.affiliates.models import Creator
from lapak.affiliates.posts.errors import (
    NoAddressOfPost,
    NoPlaceLeft,
    NoSecondPlace,
    OfferWithoutProgramme,
    OwnShopsPost,
    PlaceTaken,
    PostHandedInBefore,
    PostMoved,
    PostNotFound,
    PostOfferMoved,
    PostOfferNotFound,
    PostOutOfTime,
    PostWordsRefused,
)
from lapak.affiliates.posts.models import Post, PostEvent, PostOffer
from lapak.affiliates.posts.queries import belongs_to_shop, offer_for_creator, payable_posts
from lapak.affiliates.posts.rules import (
    ENDS_CHANCE,
    UNDECIDED,
    OfferState,
    PostState,
    act_by,
    as_address,
    may_move,
)
from lapak.affiliates.queries import creator_beginning_anew, promotes
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_STORY
from lapak.people.shops.closings import closings_begun_for
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in

Gate = Callable[[Post], bool]


@act
def take_place(by: User, offer_id: uuid.UUID) -> Post:
    """The creator has one of the offer's places, and its fee waits for them; the time to post begins.

    Refuses who is no creator (`CreatorNotFound`), is closed (`CreatorClosed`), for whom it is not (`PostOfferNotFound`), who
    works for the shop (`OwnShopsPost`) or does not promote it, unless they were asked by name (`OfferWithoutProgramme`); an
    offer that is over, or whose shop's orders have stopped (`PostOfferMoved`), full (`NoPlaceLeft`) or about goods no longer on
    sale (`ProductNotFound`); and who has a place (`PlaceTaken`) or had one in vain (`NoSecondPlace`).
    """
    creator = creator_beginning_anew(by)
    offer_for_creator(creator, offer_id)
    # Of two at once, one counts the other.
    offer = lock_offer(offer_id)
    _refuse_to_take(creator, offer)
    offer.taken += 1
    offer.save(update_fields=["taken"])
    post = Post(
        offer=offer, shop_id=offer.shop_id, creator=creator, fee_idr=offer.fee_idr, taken_at=clock.now(),
        act_by=_ends(PostState.TAKEN),
    )  # fmt: skip
    post.save(force_insert=True)
    note_post(by, post)
    return post


def _refuse_to_take(creator: Creator, offer: PostOffer) -> None:
    if offer.state != OfferState.OPEN or offer.ends_at <= clock.now() or closings_begun_for(offer.shop).exists():
        raise PostOfferMoved
    if not on_sale().filter(id=offer.product_id).exists():
        raise ProductNotFound
    _refuse_own(creator, offer.shop)
    if offer.invited_id is None and not promotes(creator, offer.shop):
        raise OfferWithoutProgramme
    before = set(Post.objects.filter(offer=offer, creator=creator).values_list("state", flat=True))
    if before & UNDECIDED:
        raise PlaceTaken
    if before & ENDS_CHANCE:
        raise NoSecondPlace
    if not offer.free:
        raise NoPlaceLeft


def _refuse_own(creator: Creator, shop: Shop) -> None:
    if belongs_to_shop(creator, shop):
        raise OwnShopsPost


@act
def hand_in_post(by: User, post_id: uuid.UUID, address: str) -> Post:
    """The creator has posted, at this address, which is kept as text and never fetched; the shop has its days to look at it.

    Refuses anyone else (`PostNotFound`), a closed account (`CreatorClosed`), who has come to work for the shop meanwhile
    (`OwnShopsPost`), what is no address (`NoAddressOfPost`) or was handed in before (`PostHandedInBefore`), a place that is not
    to be posted for (`PostMoved`), and one whose time is over (`PostOutOfTime`).
    """
    post = lock_post(post_id, _of_creator(by))
    _refuse_own(creator_beginning_anew(by), post.shop)
    post.address = as_address(address)
    if not post.address:
        raise NoAddressOfPost
    _require_step(post, PostState.HANDED_IN)
    try:
        return act(step)(by, post, PostState.HANDED_IN)
    except IntegrityError as taken:
        raise PostHandedInBefore from taken


@act
def approve_post(by: User, post_id: uuid.UUID) -> Post:
    """The shop takes the post as it is: its fee is paid once it has stood its days. After a refusal, too: the shop may think
    better of it.

    Refuses a stranger (`PostNotFound`), one's own (`OwnShopsPost`), and what is not the shop's turn any more (`PostMoved`).
    """
    post = lock_post(post_id, _of_shop(by))
    if post.creator.user_id == by.id:
        raise OwnShopsPost
    if post.state == PostState.ESCALATED:
        raise PostMoved
    return _move(by, post, PostState.APPROVED)


@act
def decline_post(by: User, post_id: uuid.UUID, words: str) -> Post:
    """The shop does not pay for it, and says why; also of an approved post that did not stand its days. The creator may take it
    to Lapak.

    Refuses a stranger (`PostNotFound`), no words (`PostWordsRefused`), what Lapak has decided for the creator or is no longer the
    shop's to decline (`PostMoved`), and what counts as approved or is due by now (`PostOutOfTime`).
    """
    post = lock_post(post_id, _of_shop(by))
    if post.is_upheld:
        raise PostMoved
    post.reason = fit_words(words)
    return _move(by, post, PostState.DECLINED, post.reason)


@act
def escalate_post(by: User, post_id: uuid.UUID, words: str) -> Post:
    """The creator takes the refusal to Lapak, once: it decides on what both have said.

    Refuses anyone else (`PostNotFound`), no words (`PostWordsRefused`), what is not declined (`PostMoved`), and a refusal whose
    time for it is over (`PostOutOfTime`).
    """
    post = lock_post(post_id, _of_creator(by))
    post.objection = fit_words(words)
    return _move(by, post, PostState.ESCALATED, post.objection)


@act
def uphold_post(by: User, post_id: uuid.UUID, words: str) -> Post:
    """Lapak decides for the creator: the fee is paid once the post has stood its days, and the shop declines it no more.

    Refuses anyone but the operator (`PostNotFound`), no words (`PostWordsRefused`), and what is not with Lapak (`PostMoved`).
    """
    post = lock_post(post_id, _of_operator(by))
    if post.state != PostState.ESCALATED:
        raise PostMoved
    return step(by, post, PostState.APPROVED, fit_words(words))


def lock_offer(offer_id: uuid.UUID) -> PostOffer:
    """The offer, held until the transaction ends; `PostOfferNotFound` if there is none."""
    locked = PostOffer.objects.select_for_update(of=("self",), no_key=True).select_related("shop")
    offer = locked.filter(id=offer_id).first()
    if offer is None:
        raise PostOfferNotFound
    return offer


def lock_post(post_id: uuid.UUID, gate: Gate) -> Post:
    """The post, held until the transaction ends, for whom the gate lets in; `PostNotFound` for anyone else."""
    locked = Post.objects.select_for_update(of=("self",), no_key=True).select_related("creator")
    post = locked.filter(id=post_id).first()
    if post is None or not gate(post):
        raise PostNotFound
    return post


def lock_post_for_creator(by: User, post_id: uuid.UUID) -> Post:
    """The post, held, for the creator whose it is; `PostNotFound` for anyone else."""
    return lock_post(post_id, _of_creator(by))


def lock_post_for_operator(by: User, post_id: uuid.UUID) -> Post:
    """The post, held, for the operator; `PostNotFound` for anyone else."""
    return lock_post(post_id, _of_operator(by))


def lock_post_past_time(post_id: uuid.UUID) -> Post:
    """The post, held, whose time in its state is over; `PostMoved` when there is time."""
    post = lock_post(post_id, lambda _post: True)
    if post.act_by is None or post.act_by > clock.now():
        raise PostMoved
    return post


def give_place_back(post: Post) -> PostOffer:
    """The place of the (locked) post is free, or under an offer that is over its money nobody's: answers the offer, held."""
    offer = lock_offer(post.offer_id)
    offer.taken -= 1
    offer.save(update_fields=["taken"])
    return offer


def mark_post_credited(post: Post, offer: PostOffer, tax_idr: int, taxed_as: str, at: datetime) -> Post:
    """The fee of the post (locked, with its offer) is in its creator's balance, less this tax: a payout will include it."""
    offer.credited += 1
    offer.save(update_fields=["credited"])
    post.tax_idr, post.taxed_as, post.credited_at = tax_idr, taxed_as, at
    return step(None, post, PostState.PAYABLE)


def lock_payable_posts(creator_ids: Collection[uuid.UUID]) -> list[Post]:
    """Whose fees are in the creators' balances, held until the transaction ends."""
    return list(payable_posts(creator_ids).select_for_update(of=("self",), no_key=True))


def mark_posts_paid(post_ids: Collection[uuid.UUID]) -> int:
    """The payout that names them has arrived."""
    return Post.objects.filter(pk__in=post_ids, state=PostState.PAYABLE).update(state=PostState.PAID)


def mark_posts_unpaid(post_ids: Collection[uuid.UUID]) -> int:
    """The payout that named them was sent back after it had arrived: they are in the balance again."""
    return Post.objects.filter(pk__in=post_ids, state=PostState.PAID).update(state=PostState.PAYABLE)


def step(by: User | None, post: Post, to_state: PostState, words: str = "") -> Post:
    """The (locked) post takes the step, and its time there begins; refuses what does not follow (`PostMoved`)."""
    if not may_move(post.state, to_state):
        raise PostMoved
    if post.state == PostState.ESCALATED:
        post.is_upheld = to_state == PostState.APPROVED
    post.state, post.act_by = to_state, _ends(to_state)
    post.save(
        update_fields=[
            "state", "act_by", "address", "reason", "objection", "is_upheld", "tax_idr", "taxed_as", "credited_at",
        ]
    )  # fmt: skip
    note_post(by, post, words)
    return post


def end_offer(by: User | None, offer: PostOffer, to_state: OfferState) -> PostOffer:
    """The (locked) offer gives no more places; those that were taken keep theirs. Refuses one that is over (`PostOfferMoved`)."""
    if offer.state != OfferState.OPEN:
        raise PostOfferMoved
    offer.state = to_state
    offer.save(update_fields=["state"])
    note_offer(by, offer, to_state)
    return offer


def note_offer(by: User | None, offer: PostOffer, state: str, words: str = "") -> None:
    """What happened to the offer stays on record."""
    PostEvent.objects.create(offer=offer, state=state, actor=by, words=words, happened_at=clock.now())


def note_post(by: User | None, post: Post, words: str = "") -> None:
    """What happened to the post stays on record."""
    PostEvent.objects.create(
        offer_id=post.offer_id, post=post, state=post.state, actor=by, words=words, happened_at=clock.now()
    )


def _of_creator(by: User) -> Gate:
    return lambda post: post.creator.user_id == by.id


def _of_shop(by: User) -> Gate:
    return lambda post: works_for(by, post.shop_id, Duty.PROMOTION)


def _of_operator(by: User) -> Gate:
    return lambda _post: is_let_in(by, Desk.CREATORS)


_IN_TIME_ONLY = frozenset({PostState.HANDED_IN, PostState.DECLINED, PostState.ESCALATED})
"""Steps that are refused once their time is over, though the clock has not come by yet: silence has decided."""


def _move(by: User, post: Post, to_state: PostState, words: str = "") -> Post:
    _require_step(post, to_state)
    return step(by, post, to_state, words)


def _require_step(post: Post, to_state: PostState) -> None:
    if not may_move(post.state, to_state):
        raise PostMoved
    if to_state in _IN_TIME_ONLY and post.act_by and post.act_by <= clock.now():
        raise PostOutOfTime


def _ends(state: PostState) -> datetime | None:
    return act_by(state, clock.now().astimezone(clock.WIB))


def fit_words(words: str) -> str:
    """In somebody's own words; refuses none, and too many (`PostWordsRefused`)."""
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise PostWordsRefused
    return words
