"""Why so much is paid, in a sentence: of a commission as it was decided when its goods were ordered, and of each creator who
promotes a shop as it is now."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
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
    return why_each_paid([commission])[commission.id]


def why_each_paid(commissions: Collection[Commission]) -> dict[uuid.UUID, str]:
    """As `why_paid`, of many at once, however many: by id. They come with their lines and variants."""
    if not commissions:
        return {}
    oldest = min(commission.created_at for commission in commissions)
    categories, special = _special(commissions, oldest)
    joined = _memberships_then(commissions)
    terms = _terms({each.programme_id for members in joined.values() for each in members}, oldest)
    for programme_id, some in special.items():
        terms[programme_id] += some
    return {each.id: _why(each, categories, joined[each.creator_id], terms) for each in commissions}


def _why(
    commission: Commission,
    categories: Mapping[uuid.UUID, tuple[int, ...]],
    joined: Iterable[Membership],
    terms: Mapping[uuid.UUID, Sequence[RateTerm]],
) -> str:
    at, line = commission.created_at, commission.line
    product_id = line.variant.product_id
    sale = Sale(
        commission.shop_id, product_id, categories.get(product_id, ()), line.paid_idr, Kind(commission.attribution)
    )
    members = [each for each in joined if each.joined_at <= at and each.programme.shop_id in {None, sale.shop_id}]
    decision = decide_rate(_offers(members, at, terms), sale, at, clicked_at=commission.clicked_at)
    paying = [each for each in decision.candidates if each.offer.programme_id == commission.programme_id]
    if not paying or paying[0].rate_bp != commission.rate_bp:
        return ""
    return decision.why if decision.paying == paying[0] else why_it_pays(paying[0], sale.kind)


def why_promoters(memberships: Collection[Membership]) -> dict[int, RateDecision]:
    """What each of the memberships pays now for goods that no special rate is for, and why; by its id."""
    now = clock.now()
    terms = _terms({each.programme_id for each in memberships}, now)
    return {
        each.pk: decide_rate([offer], replace(ANY_GOODS, shop_id=offer.shop_id or ANY_GOODS.shop_id), now)
        for each, offer in zip(memberships, _offers(memberships, now, terms), strict=True)
    }


def _memberships_then(commissions: Iterable[Commission]) -> defaultdict[uuid.UUID, list[Membership]]:
    """Of the commissions' creators in the programmes of their shops and the platform's; by creator."""
    shops, creators = {each.shop_id for each in commissions}, {each.creator_id for each in commissions}
    good = Programme.objects.filter(Q(shop__in=shops) | Q(shop=None)).values_list("id", flat=True)
    found: defaultdict[uuid.UUID, list[Membership]] = defaultdict(list)
    joined = Membership.objects.filter(creator__in=creators, programme__in=list(good))
    for each in joined.select_related("programme"):
        found[each.creator_id].append(each)
    return found


def _offers(
    memberships: Iterable[Membership], at: datetime, terms: Mapping[uuid.UUID, Sequence[RateTerm]]
) -> Iterator[Offer]:
    """As they were known at that moment."""
    for each in memberships:
        programme = each.programme
        yield Offer(
            programme.id,
            programme.shop_id,
            timedelta(days=programme.window_days),
            each.joined_at,
            tuple(_as_known(term, at) for term in terms[programme.id] if term.announced_at <= at),
            programme.kind == Programme.Kind.INVITED,
        )


def _terms(programme_ids: Collection[uuid.UUID], since: datetime) -> defaultdict[uuid.UUID, list[RateTerm]]:
    """What those programmes announced for all goods, as far as it could count at that moment or later."""
    of_late = Q(superseded_at=None) | Q(superseded_at__gt=since - CUT_REACHES_AFTER)
    found: defaultdict[uuid.UUID, list[RateTerm]] = defaultdict(list)
    for rate in ProgrammeRate.objects.filter(of_late, programme__in=programme_ids):
        found[rate.programme_id].append(
            RateTerm(rate.rate_bp, rate.announced_at, rate.superseded_at, rate.indirect_bp, rate.cap_idr, rate.ends_at)
        )
    return found


def _special(
    commissions: Iterable[Commission], since: datetime
) -> tuple[dict[uuid.UUID, tuple[int, ...]], dict[uuid.UUID, tuple[RateTerm, ...]]]:
    asked = {
        "shops": list({each.shop_id for each in commissions}),
        "products": list({each.line.variant.product_id for each in commissions}),
        "rates_since": since - CUT_REACHES_AFTER,
    }
    return reading.special_rates(rows_of(reading.SPECIAL_RATES_OF_PRODUCTS, asked))


def _as_known(term: RateTerm, at: datetime) -> RateTerm:
    """What was to come of it nobody knew then."""
    return replace(term, superseded_at=None) if term.superseded_at and term.superseded_at > at else term
