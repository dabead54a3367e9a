"""Why so much is paid, in a sentence: of a commission as it was decided when its goods were ordered, and of each creator who
promotes a shop as it is now."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from django.db.models import Q

from lapak.affiliates.decision import RateDecision, decide_rate, why_it_pays
from lapak.affiliates.models import Commission, Membership, Programme, ProgrammeRate
from lapak.affiliates.offers import rows_of
from lapak.affiliates.rates import ANY_GOODS, CUT_REACHES_AFTER, Kind, Offer, RateTerm, Sale
from lapak.affiliates.terms import reading
from lapak.lib import clock


def why_paid(commission: Commission) -> str:
    """From what had been announced when it was ordered; empty where that does not lead to this very rate, as of goods that
    stand in another category by now."""
    at, line = commission.created_at, commission.line
    product_id = line.variant.product_id
    categories, special = _special(commission.shop_id, product_id, at)
    sale = Sale(
        commission.shop_id, product_id, categories.get(product_id, ()), line.paid_idr, Kind(commission.attribution)
    )
    decision = decide_rate(
        _offers(_memberships_then(commission), at, special), sale, at, clicked_at=commission.clicked_at
    )
    paying = [each for each in decision.candidates if each.offer.programme_id == commission.programme_id]
    if not paying or paying[0].rate_bp != commission.rate_bp:
        return ""
    return decision.why if decision.paying == paying[0] else why_it_pays(paying[0], sale.kind)


def why_promoters(memberships: Collection[Membership]) -> dict[int, RateDecision]:
    """What each of the memberships pays now for goods that no special rate is for, and why; by its id."""
    now = clock.now()
    return {
        each.pk: decide_rate([offer], replace(ANY_GOODS, shop_id=offer.shop_id or ANY_GOODS.shop_id), now)
        for each, offer in zip(memberships, _offers(memberships, now, {}), strict=True)
    }


def _memberships_then(commission: Commission) -> list[Membership]:
    good = Programme.objects.filter(Q(shop=commission.shop_id) | Q(shop=None)).values_list("id", flat=True)
    joined = Membership.objects.filter(creator=commission.creator_id, programme__in=list(good))
    return list(joined.filter(joined_at__lte=commission.created_at).select_related("programme"))


def _offers(
    memberships: Iterable[Membership], at: datetime, special: dict[uuid.UUID, tuple[RateTerm, ...]]
) -> Iterator[Offer]:
    members = list(memberships)
    terms = _terms({each.programme_id for each in members}, at)
    for each in members:
        programme = each.programme
        yield Offer(
            programme.id,
            programme.shop_id,
            timedelta(days=programme.window_days),
            each.joined_at,
            (*terms[programme.id], *special.get(programme.id, ())),
            programme.kind == Programme.Kind.INVITED,
        )


def _terms(programme_ids: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, list[RateTerm]]:
    """What those programmes had announced for all goods, as far as it could count at that moment."""
    of_late = Q(superseded_at=None) | Q(superseded_at__gt=at - CUT_REACHES_AFTER)
    found: defaultdict[uuid.UUID, list[RateTerm]] = defaultdict(list)
    for rate in ProgrammeRate.objects.filter(of_late, programme__in=programme_ids, announced_at__lte=at):
        term = RateTerm(
            rate.rate_bp, rate.announced_at, rate.superseded_at, rate.indirect_bp, rate.cap_idr, rate.ends_at
        )
        found[rate.programme_id].append(_as_known(term, at))
    return found


def _special(
    shop_id: uuid.UUID, product_id: uuid.UUID, at: datetime
) -> tuple[dict[uuid.UUID, tuple[int, ...]], dict[uuid.UUID, tuple[RateTerm, ...]]]:
    asked = {"shops": [shop_id], "products": [product_id], "rates_since": at - CUT_REACHES_AFTER}
    categories, special = reading.special_rates(rows_of(reading.SPECIAL_RATES_OF_PRODUCTS, asked))
    known = {
        programme_id: tuple(_as_known(term, at) for term in terms if term.announced_at <= at)
        for programme_id, terms in special.items()
    }
    return categories, known


def _as_known(term: RateTerm, at: datetime) -> RateTerm:
    """What was to come of it nobody knew then."""
    return replace(term, superseded_at=None) if term.superseded_at and term.superseded_at > at else term
