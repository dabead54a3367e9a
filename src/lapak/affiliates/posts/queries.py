"""Offers for posts and the posts under them, as creators, shops and the operator read them; and the gates to each."""

import uuid
from collections import Counter
from collections.abc import Collection
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from lapak.affiliates.models import Creator, Membership
from lapak.affiliates.posts.errors import PostNotFound, PostOfferNotFound
from lapak.affiliates.posts.models import Post, PostEvent, PostOffer
from lapak.affiliates.posts.rules import COMING, ENDS_CHANCE, HAS_CLOCK, UNDECIDED, OfferState, PostState, paid_on
from lapak.affiliates.queries import paying
from lapak.goods.catalogue.on_sale import is_on_sale
from lapak.lib import clock
from lapak.money.ledger.models import Transfer
from lapak.people.shops.closings import closings_begun_for
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import BankAccount, User
from lapak.people.users.operators import Desk, require_desk

_OF_OFFER = ("shop", "product", "invited")
_OF_POST = ("shop", "creator", "offer__product")


def offers_of_shop(shop: Shop) -> QuerySet[PostOffer]:
    """What a shop offers and has offered, newest first."""
    return PostOffer.objects.filter(shop=shop).order_by("-made_at", "-id")


def offers_shown(ids: Collection[uuid.UUID]) -> list[PostOffer]:
    """These, newest first, with what a list shows of each."""
    found = PostOffer.objects.filter(id__in=ids).select_related(*_OF_OFFER)
    return list(found.order_by("-made_at", "-id"))


def offer_for_seller(user: User, offer_id: uuid.UUID) -> PostOffer:
    """The offer, for who agrees with creators in its shop; `PostOfferNotFound` for a stranger."""
    offer = PostOffer.objects.filter(id=offer_id).select_related(*_OF_OFFER).first()
    if offer is None or not works_for(user, offer.shop_id, Duty.PROMOTION):
        raise PostOfferNotFound
    return offer


def offers_to_take(creator: Creator) -> QuerySet[PostOffer]:
    """With a place for this creator now: theirs alone, or of a shop that they promote; what pays most first."""
    joined = paying(Membership.objects.filter(creator=creator, programme__shop=OuterRef("shop")))
    before = Post.objects.filter(offer=OuterRef("id"), creator=creator, state__in=UNDECIDED | ENDS_CHANCE)
    own = Member.objects.filter(shop=OuterRef("shop"), user=creator.user_id)
    offers = PostOffer.objects.filter(
        Q(invited=creator) | Q(Exists(joined), invited=None),
        is_on_sale("product__"),
        state=OfferState.OPEN,
        ends_at__gt=clock.now(),
        taken__lt=F("places"),
    )
    sells_no_more = closings_begun_for(OuterRef("shop"))
    return offers.exclude(Exists(before) | Exists(own) | Exists(sells_no_more)).order_by("-fee_idr", "-id")


def offer_for_creator(creator: Creator, offer_id: uuid.UUID) -> PostOffer:
    """The offer, for whom it is or who has a place under it; `PostOfferNotFound` for everyone else."""
    offer = PostOffer.objects.filter(id=offer_id).select_related(*_OF_OFFER).first()
    if offer is None or (offer.invited_id not in {None, creator.pk} and not _has_post(creator, offer)):
        raise PostOfferNotFound
    return offer


def _has_post(creator: Creator, offer: PostOffer) -> bool:
    return Post.objects.filter(offer=offer, creator=creator).exists()


def belongs_to_shop(creator: Creator, shop: Shop) -> bool:
    """Whether what the creator earns would be the shop's own: they work there, or share its bank account."""
    if Member.objects.filter(shop=shop, user=creator.user_id).exists():
        return True
    account = shop.bank_account
    theirs = BankAccount.objects.filter(user=creator.user_id)
    return account is not None and theirs.filter(bank_code=account.bank_code, number=account.number).exists()


def posts_of_creator(creator: Creator) -> QuerySet[Post]:
    """A creator's places, newest first."""
    return Post.objects.filter(creator=creator).order_by("-taken_at", "-id")


def posts_of_shop(shop: Shop, state: str = "") -> QuerySet[Post]:
    """The places under a shop's offers, newest first; in one state only, if one is named."""
    found = Post.objects.filter(shop=shop)
    return (found.filter(state=state) if state else found).order_by("-taken_at", "-id")


def posts_of_offer(offer: PostOffer) -> QuerySet[Post]:
    """The places under it, newest first."""
    return Post.objects.filter(offer=offer).order_by("-taken_at", "-id")


def transfers_of_offer(offer: PostOffer) -> list[Transfer]:
    """What was set apart for it, went to creators, or came back, the oldest first; in one query."""
    refs = [offer.id, *Post.objects.filter(offer=offer).exclude(credited_at=None).values_list("id", flat=True)]
    found = Transfer.objects.filter(reference__in=refs).select_related("debit_account", "credit_account")
    return list(found.order_by("posted_at", "id"))


def posts_shown(ids: Collection[uuid.UUID]) -> list[Post]:
    """These, newest first, with what a list shows of each."""
    return list(Post.objects.filter(id__in=ids).select_related(*_OF_POST).order_by("-taken_at", "-id"))


def posts_to_check(shop: Shop) -> int:
    """How many wait for the shop."""
    return posts_of_shop(shop, PostState.HANDED_IN).count()


def post_for_creator(user: User, post_id: uuid.UUID) -> Post:
    """The post, for the creator whose it is; `PostNotFound` for everyone else."""
    post = Post.objects.filter(id=post_id, creator__user=user).select_related(*_OF_POST).first()
    if post is None:
        raise PostNotFound
    return post


def post_for_seller(user: User, post_id: uuid.UUID) -> Post:
    """The post, for who agrees with creators in its shop; `PostNotFound` for a stranger."""
    post = Post.objects.filter(id=post_id).select_related(*_OF_POST).first()
    if post is None or not works_for(user, post.shop_id, Duty.PROMOTION):
        raise PostNotFound
    return post


def post_for_operator(user: User, post_id: uuid.UUID) -> Post:
    """The post; `PostNotFound` for anyone but the operator."""
    require_desk(user, Desk.CREATORS, PostNotFound)
    post = Post.objects.filter(id=post_id).select_related(*_OF_POST).first()
    if post is None:
        raise PostNotFound
    return post


def posts_to_decide() -> QuerySet[Post]:
    """What waits for the operator, what ends first on top."""
    return Post.objects.filter(state=PostState.ESCALATED).select_related(*_OF_POST).order_by("act_by", "id")


def events_of_post(post: Post) -> QuerySet[PostEvent]:
    """What happened to it, the oldest first."""
    return PostEvent.objects.filter(post=post).order_by("happened_at", "id")


def payable_posts(creator_ids: Collection[uuid.UUID]) -> QuerySet[Post]:
    """Whose fees are in the creators' balances."""
    return Post.objects.filter(creator_id__in=creator_ids, state=PostState.PAYABLE).order_by("id")


def fee_totals_idr(creator: Creator) -> dict[str, int]:
    """What a creator's fees come to before tax: `coming` for work that is done, `payable`, and `paid`."""
    sums: Counter[str] = Counter(coming=0, payable=0, paid=0)
    found = Post.objects.filter(creator=creator, state__in=[*COMING, PostState.PAYABLE, PostState.PAID])
    for state, idr in found.order_by().values_list("state").annotate(idr=Sum("fee_idr")):
        sums["coming" if state in COMING else state] += int(idr)
    return dict(sums)


def fees_coming(creator: Creator) -> list[tuple[date | None, int, int]]:
    """By the day on which they are in the balance at the latest, how many fees, and what they come to before tax; those that wait
    for a decision last, without a day."""
    sums: dict[date | None, tuple[int, int]] = {}
    found = Post.objects.filter(creator=creator, state__in=COMING).values_list("state", "act_by", "fee_idr")
    for state, act_by, fee_idr in found:
        day = paid_on(state, act_by.astimezone(clock.WIB) if act_by else None)
        count, idr = sums.get(day, (0, 0))
        sums[day] = count + 1, idr + fee_idr
    return [(day, *sums[day]) for day in sorted(sums, key=lambda day: day or date.max)]


def offers_past_end() -> QuerySet[PostOffer]:
    """Whose last day is over, the oldest first."""
    return PostOffer.objects.filter(state=OfferState.OPEN, ends_at__lte=clock.now()).order_by("ends_at", "id")


def offers_without_ground() -> QuerySet[PostOffer]:
    """Open ones of shops whose orders have stopped: nobody could buy what a post shows."""
    sells_no_more = Exists(closings_begun_for(OuterRef("shop")))
    gone = Q(shop__is_open=False) | sells_no_more
    return PostOffer.objects.filter(gone, state=OfferState.OPEN).order_by("ends_at", "id")


def posts_past_time(*states: PostState) -> QuerySet[Post]:
    """Those (of these states) whose time is over, the oldest first."""
    return Post.objects.filter(state__in=states or HAS_CLOCK, act_by__lte=clock.now()).order_by("act_by", "id")
