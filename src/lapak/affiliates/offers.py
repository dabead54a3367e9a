"""Programmes as those see them who promote, and those who are promoted."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, LiteralString, TypedDict

from django.db import connection
from django.db.models import BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from lapak.affiliates.decision import RateDecision, decide_rate
from lapak.affiliates.models import Commission, Creator, Membership, Programme, ProgrammeRate
from lapak.affiliates.rates import CUT_REACHES_AFTER, Offer, RateTerm, Sale, applicable_rate_bp
from lapak.affiliates.rules import State, words_sought
from lapak.affiliates.terms import reading
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.queries import GoodsCard
from lapak.lib import clock
from lapak.people.shops.models import Shop

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class PromoterFigures(TypedDict):
    """The programme's current rate, and what a creator brought under it: orders, and commission (IDR) that is expected
    or earned, not reversed."""

    rate_bp: int
    order_count: int
    commission_idr: int


@dataclass(frozen=True, slots=True)
class JoinedProgramme:
    """A programme a creator promotes under, the rate they may count on now (rules.applicable_rate_bp), and from when on other
    clicks win, if that is announced."""

    programme: Programme
    joined_at: datetime
    rate_bp: int
    won_by_from: datetime | None


SHOWN_JOINED = 24
"""So many of the programmes one has joined are shown; a search finds the others."""


def programmes_of_creator(creator: Creator, words: str = "") -> list[JoinedProgramme]:
    """What a creator promotes under, of the newest `SHOWN_JOINED`, the best paid first; `words` narrow them by the shop's
    name."""
    memberships = _memberships(creator)
    for word in words_sought(words):
        memberships = memberships.filter(programme__shop__name__icontains=word)
    joined = _with_rates(memberships.order_by("-joined_at", "-id")[:SHOWN_JOINED])
    return [each for each in joined if each.rate_bp or each.programme.kind != Programme.Kind.INVITED]


def programmes_good_in(creator: Creator, shop_ids: Collection[uuid.UUID]) -> list[JoinedProgramme]:
    """What a creator promotes these shops under, the best paid first: the shops' programmes, and the platform's."""
    # The few programmes first: the database would go through all that the creator has ever joined.
    good = Programme.objects.filter(Q(shop__in=shop_ids) | Q(shop=None), is_active=True)
    return _with_rates(_memberships(creator).filter(programme__in=list(good.values_list("id", flat=True))))


def open_to(creator: Creator, shop_ids: Collection[uuid.UUID]) -> list[JoinedProgramme]:
    """The programmes that pay for goods of these shops and that the creator may join and has not, at what they would pay who
    joins now."""
    now = clock.now()
    joined = _memberships(creator).filter(programme=OuterRef("id"))
    open_ones = Programme.objects.filter(Q(shop__in=shop_ids) | Q(shop=None), ~Exists(joined), is_active=True)
    found = open_ones.exclude(kind=Programme.Kind.INVITED).select_related("shop").prefetch_related("rates")
    return [
        JoinedProgramme(each, now, applicable_rate_bp(_terms_of(each), now, now), who_earns_from(each, now))
        for each in found
    ]


def decisions_about(
    creator: Creator, products: Collection[GoodsCard], *, if_joined: bool = False
) -> dict[uuid.UUID, RateDecision]:
    """What a sale of each of these products, at its lowest price, by a link to it would bring the creator now, and why so much;
    by product. `if_joined`: as if they were in every programme that is open to them."""
    now, shop_ids = clock.now(), {product.shop_id for product in products}
    asked = {
        "shops": list(shop_ids), "products": [product.id for product in products],
        "rates_since": now - CUT_REACHES_AFTER,
    }  # fmt: skip
    categories, special = reading.special_rates(rows_of(reading.SPECIAL_RATES_OF_PRODUCTS, asked))
    left_idr = {
        programme_id: idr for programme_id, (_, idr) in reading.budgets_left(rows_of(reading.LOOK, asked), now).items()
    }
    offers = [
        Offer(
            each.programme.id,
            each.programme.shop_id,
            timedelta(days=each.programme.window_days),
            each.joined_at,
            (*_terms_of(each.programme), *special.get(each.programme.id, ())),
            each.programme.kind == Programme.Kind.INVITED,
        )
        for each in (*programmes_good_in(creator, shop_ids), *(open_to(creator, shop_ids) if if_joined else ()))
    ]
    return {
        product.id: decide_rate(
            [offer for offer in offers if offer.shop_id in {None, product.shop_id}],
            Sale(product.shop_id, product.id, categories.get(product.id, ()), product.price_from_idr or 0),
            now,
            left_idr=left_idr,
        )
        for product in products
    }


def rows_of(statement: LiteralString, asked: dict[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement of `terms/reading.py` answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, asked)
        return list(cursor.fetchall())


def _terms_of(programme: Programme) -> list[RateTerm]:
    """Of all goods, as read already (`rates` prefetched)."""
    return [
        RateTerm(rate.rate_bp, rate.announced_at, rate.superseded_at, rate.indirect_bp, rate.cap_idr, rate.ends_at)
        for rate in programme.rates.all()
    ]


def promotes_anything(creator: Creator) -> bool:
    """Whether a creator has joined a programme."""
    return _memberships(creator).exists()


def product_ids_to_promote(creator: Creator, words: str = "") -> QuerySet[Product, uuid.UUID]:
    """What a creator may link to, newest first; `words` narrow it to titles and shops that have them all. Ids alone, to be
    cut into pages by the caller: `catalogue.queries.product_cards` shows one."""
    products = on_sale()
    if not _memberships(creator).filter(programme__shop=None).exists():  # the platform's is good in every shop
        products = products.filter(Exists(_memberships(creator).filter(programme__shop=OuterRef("shop"))))
    for word in words_sought(words):
        products = products.filter(Q(title__icontains=word) | Q(shop__name__icontains=word))
    return products.order_by("-created_at", "-id").values_list("id", flat=True)


def _memberships(creator: Creator) -> QuerySet[Membership]:
    return Membership.objects.filter(creator=creator, programme__is_active=True)


def _with_rates(memberships: QuerySet[Membership]) -> list[JoinedProgramme]:
    now = clock.now()
    joined = [
        JoinedProgramme(
            programme=membership.programme,
            joined_at=membership.joined_at,
            rate_bp=applicable_rate_bp(
                _terms_of(membership.programme),
                membership.joined_at,
                now,
            ),
            won_by_from=who_earns_from(membership.programme, now),
        )
        for membership in memberships.select_related("programme__shop").prefetch_related("programme__rates")
    ]
    return sorted(joined, key=lambda each: (-each.rate_bp, each.programme.id))


def who_earns_from(programme: Programme, now: datetime) -> datetime | None:
    """When the clicks win that were announced last; None where they do."""
    return programme.won_by_from if programme.won_by_from and now < programme.won_by_from else None


def promoters_of_shop(shop: Shop) -> "QuerySet[WithAnnotations[Membership, PromoterFigures]]":
    """Who promotes a shop under its programmes, newest first, and what came of it."""
    current = ProgrammeRate.objects.filter(_has_not_ended(), programme=OuterRef("programme_id"), superseded_at=None)
    earning = (
        Commission.objects.filter(creator=OuterRef("creator_id"), programme=OuterRef("programme_id"))
        .exclude(state=State.REVERSED)
        .order_by()
        .values("creator_id")
    )
    return (
        Membership.objects.filter(programme__shop=shop)
        .select_related("creator", "programme")
        .annotate(
            rate_bp=Coalesce(Subquery(current.values("rate_bp")), 0),
            order_count=Coalesce(Subquery(earning.annotate(n=Count("order_id", distinct=True)).values("n")), 0),
            commission_idr=Cast(
                Coalesce(Subquery(earning.annotate(n=Sum("amount_idr")).values("n")), 0), BigIntegerField()
            ),
        )
        .order_by("-joined_at", "-id")
    )


def invited_rate_bp(shop: Shop, handle: str) -> int:
    """The rate at which the shop has invited the creator with this handle; zero when it has not."""
    rates = ProgrammeRate.objects.filter(
        _has_not_ended(),
        superseded_at=None,
        programme__kind=Programme.Kind.INVITED,
        programme__shop=shop,
        programme__memberships__creator__handle=handle.lower(),
    )
    return rates.values_list("rate_bp", flat=True).first() or 0


def own_programme(shop: Shop, creator: Creator) -> Programme | None:
    """By invitation, while its rate has not ended."""
    in_force = ProgrammeRate.objects.filter(
        _has_not_ended(), programme=OuterRef("id"), superseded_at=None, rate_bp__gt=0
    )
    own = Programme.objects.filter(Exists(in_force), kind=Programme.Kind.INVITED, shop=shop)
    return own.filter(memberships__creator=creator).first()


def rates_of_programme(programme: Programme) -> QuerySet[ProgrammeRate]:
    """Every rate a programme ever announced, newest first."""
    return ProgrammeRate.objects.filter(programme=programme).order_by("-announced_at")


def _has_not_ended() -> Q:
    """Of rates: whose agreed end, if there is one, is still to come."""
    return Q(ends_at=None) | Q(ends_at__gt=clock.now())
