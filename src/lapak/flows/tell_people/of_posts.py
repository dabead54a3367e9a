"""What is told of paid posts: offers to who may take a place, each step to the other side, and what runs out to whoever would
lose by it."""

import uuid
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from lapak.affiliates.models import Membership
from lapak.affiliates.posts.models import Post, PostEvent, PostOffer
from lapak.affiliates.posts.rules import PostState
from lapak.affiliates.queries import paying
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

SOON = timedelta(hours=24)
"""As of every deadline by which someone would lose by silence."""

_S, _E = PostState, PostEvent.State

TOLD_CREATOR = {
    _S.APPROVED: "post_approved",
    _S.DECLINED: "post_declined",
    _S.PAYABLE: "post_fee_credited",
    _S.LAPSED: "post_lapsed",
    _S.DENIED: "post_denied",
}

TOLD_SHOP = {
    _S.TAKEN: "shop_post_taken",
    _S.HANDED_IN: "shop_post_handed_in",
    _S.ESCALATED: "shop_post_escalated",
    _S.GIVEN_UP: "shop_post_given_up",
    _S.LAPSED: "shop_post_lapsed",
    _S.DENIED: "shop_post_denied",
}

SOON_FOR_CREATOR = {_S.TAKEN: "post_hand_in_soon", _S.DECLINED: "post_object_soon"}
SOON_FOR_SHOP = {_S.HANDED_IN: "shop_post_check_soon"}


def of_posts(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each step. A shop that approves is not told so; of one that Lapak or silence approved it is."""
    of_these = PostEvent.objects.filter(id__in=event_ids).order_by("happened_at", "id")
    events = list(of_these.select_related("offer__product", "offer__invited", "post__creator", "actor"))
    readers = readers_of({event.offer.shop_id for event in events})
    for event in events:
        yield from _of_offer(readers, event) if event.post is None else _of_post(readers, event, event.post)


def of_posts_due(since: datetime, until: datetime) -> Iterator[Telling]:
    """Whose state ends then."""
    states = [*SOON_FOR_CREATOR, *SOON_FOR_SHOP, _S.ESCALATED]
    due = Post.objects.filter(act_by__gt=since, act_by__lte=until, state__in=states)
    posts = list(due.select_related("creator", "offer__product").order_by("act_by", "id"))
    readers = readers_of({post.shop_id for post in posts})
    for post in posts:
        said, state = _said_of_post(readers, post), _S(post.state)
        told = when(derived_id(post.id, post.state, "due"), until - SOON, post.act_by)
        if state in SOON_FOR_SHOP:
            yield from readers.tell_promoting(post.shop_id, SOON_FOR_SHOP[state], said, **told)
        elif state in SOON_FOR_CREATOR:
            yield Telling(fact=SOON_FOR_CREATOR[state], reader_id=post.creator.user_id, said=said, **told)
        else:
            yield from readers.tell_operators("case_post_soon", said, **told)


def _of_offer(readers: Readers, event: PostEvent) -> Iterator[Telling]:
    offer = event.offer
    said = _said_of(readers, offer)
    if event.state == _E.OFFERED:
        fact = "post_offered_to_you" if offer.invited else "post_offered"
        told = when(event.id, event.happened_at, offer.ends_at)
        yield from (Telling(fact=fact, reader_id=id_, said=said, **told) for id_ in _offered_to(offer))
    elif event.state == _E.WITHDRAWN and offer.invited:
        told = when(event.id, event.happened_at)
        yield Telling(fact="post_offer_withdrawn", reader_id=offer.invited.user_id, said=said, **told)
    if event.state == _E.ENDED or (event.state == _E.WITHDRAWN and event.actor is None):
        yield from readers.tell_promoting(
            offer.shop_id, "shop_post_offer_ended", said, **when(event.id, event.happened_at)
        )


def _offered_to(offer: PostOffer) -> Iterable[uuid.UUID]:
    """The one that it is for, else all who promote the shop and do not work there, each once."""
    if offer.invited:
        return [offer.invited.user_id]
    promoting = paying(Membership.objects.filter(programme__shop=offer.shop_id))
    others = promoting.exclude(creator__user__memberships__shop=offer.shop_id)
    return others.order_by("creator__user").values_list("creator__user", flat=True).distinct()


def _of_post(readers: Readers, event: PostEvent, post: Post) -> Iterator[Telling]:
    state, said = _S(event.state), _said_of_post(readers, post)
    told = when(event.id, event.happened_at, post.act_by if post.state == event.state else None)
    if fact := TOLD_SHOP.get(state):
        yield from readers.tell_promoting(post.shop_id, fact, said, **told)
    if state == _S.APPROVED and (event.actor is None or event.actor.is_staff):
        yield from readers.tell_promoting(post.shop_id, "shop_post_approved", said, **told)
    if state == _S.ESCALATED:
        yield from readers.tell_operators("case_post", said, **told)
    if fact := TOLD_CREATOR.get(state):
        yield Telling(fact=fact, reader_id=post.creator.user_id, said=said, **told)


def _said_of_post(readers: Readers, post: Post) -> dict[str, Any]:
    return {**_said_of(readers, post.offer), "post_id": str(post.id), "creator": str(post.creator)}


def _said_of(readers: Readers, offer: PostOffer) -> dict[str, Any]:
    return {
        "offer_id": str(offer.id),
        "goods": name_in_a_line(offer.product.title),
        "shop": readers.name_of(offer.shop_id),
        "amount_idr": offer.fee_idr,
    }
