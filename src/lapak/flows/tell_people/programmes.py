"""What is told to creators of the rates they promote for."""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.affiliates.rates import BINDS_AFTER, CUT_REACHES_AFTER, RateTerm
from lapak.affiliates.terms.models import SpecialRate
from lapak.flows.tell_people.readers import when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line

TOLD_AFTER = BINDS_AFTER + timedelta(minutes=1)
"""A rate that is corrected before it binds anybody is told to nobody."""


def of_rates(since: datetime, until: datetime) -> Iterator[Telling]:
    """Raised or cut: those who promote for it; an invitation: whom it invites. Rates announced from `since` to `until`."""
    announced = ProgrammeRate.objects.filter(announced_at__gt=since, announced_at__lte=until)
    rates = list(announced.select_related("programme__shop").order_by("announced_at", "id"))
    before: defaultdict[Any, list[ProgrammeRate]] = defaultdict(list)
    programmes = {rate.programme_id for rate in rates}
    for rate in ProgrammeRate.objects.filter(programme__in=programmes).order_by("announced_at", "id"):
        before[rate.programme_id].append(rate)
    for rate in rates:
        if not _is_slip(rate):
            earlier = [each for each in before[rate.programme_id] if each.announced_at < rate.announced_at]
            yield from _of_rate(rate, [each.rate_bp for each in earlier if not _is_slip(each)])


def of_special_rates(since: datetime, until: datetime) -> Iterator[Telling]:
    """The same of what is paid for a product or a category: announced, or withdrawn, from `since` to `until`."""
    rates = SpecialRate.objects.select_related("programme__shop", "product", "category")
    for rate in rates.filter(announced_at__gt=since, announced_at__lte=until).order_by("announced_at", "id"):
        if not _is_slip(rate):
            before_bp = _special_before(rate) or _whole_rate(rate.programme, rate.announced_at)
            yield from _of_change(rate, rate.announced_at, before_bp, rate.rate_bp)
    for rate in rates.filter(superseded_at__gt=since, superseded_at__lte=until).order_by("superseded_at", "id"):
        ended_at = rate.superseded_at
        if ended_at and not _is_slip(rate) and not _goes_on(rate, ended_at):
            yield from _of_change(rate, ended_at, rate.rate_bp, _whole_rate(rate.programme, ended_at))


def _special_before(rate: SpecialRate) -> int | None:
    """What was paid for the same goods until then, or until a slip; none, when what all goods pay was."""
    earlier = _same_goods(rate).filter(announced_at__lt=rate.announced_at).order_by("-announced_at")
    last = next((each for each in earlier if not _is_slip(each)), None)
    goes_on = last and last.superseded_at and rate.announced_at - last.superseded_at < BINDS_AFTER
    return last.rate_bp if last and goes_on else None


def _goes_on(rate: SpecialRate, ended_at: datetime) -> bool:
    """Whether another took its place, or it was put back before anyone could count on its end."""
    return _same_goods(rate).filter(announced_at__gte=ended_at, announced_at__lt=ended_at + BINDS_AFTER).exists()


def _same_goods(rate: SpecialRate) -> QuerySet[SpecialRate]:
    return SpecialRate.objects.filter(programme=rate.programme, product=rate.product, category=rate.category)


def _whole_rate(programme: Programme, at: datetime) -> int:
    """What all goods paid at that moment."""
    rate = ProgrammeRate.objects.filter(programme=programme, announced_at__lte=at).order_by("-announced_at").first()
    return rate.rate_bp if rate else 0


def _of_change(rate: SpecialRate, at: datetime, before_bp: int, now_bp: int) -> Iterator[Telling]:
    if before_bp == now_bp:
        return
    shop = rate.programme.shop.name if rate.programme.shop else "Lapak"
    goods = rate.product.title if rate.product else rate.category.name_id if rate.category else ""
    said = {"shop": name_in_a_line(f"{shop} ({goods})"), "rate_bp": now_bp, "rate_before_bp": before_bp}
    is_cut = now_bp < before_bp
    fact, counts_from = ("rate_cut", at + CUT_REACHES_AFTER) if is_cut else ("rate_raised", None)
    for user_id in _promoting(rate.programme, at):
        yield Telling(fact=fact, reader_id=user_id, said=said, **when(derived_id(rate.id, at), at, counts_from))


def _promoting(programme: Programme, at: datetime) -> Iterator[uuid.UUID]:
    members = Membership.objects.filter(programme=programme, joined_at__lte=at + TOLD_AFTER)
    yield from members.order_by("id").values_list("creator__user_id", flat=True)


def _of_rate(rate: ProgrammeRate, earlier_bp: list[int]) -> Iterator[Telling]:
    programme = rate.programme
    shop = name_in_a_line(programme.shop.name) if programme.shop else "Lapak"
    said: dict[str, Any] = {"shop": shop, "rate_bp": rate.rate_bp}
    fact, counts_from = "creator_invited", None
    if earlier_bp:
        if earlier_bp[-1] == rate.rate_bp:
            return
        said["rate_before_bp"] = earlier_bp[-1]
        is_cut = rate.rate_bp < earlier_bp[-1]
        fact, counts_from = ("rate_cut", rate.announced_at + CUT_REACHES_AFTER) if is_cut else ("rate_raised", None)
    elif programme.kind != Programme.Kind.INVITED:
        return  # a new programme: nobody promotes for it yet
    for user_id in _promoting(programme, rate.announced_at):
        yield Telling(fact=fact, reader_id=user_id, said=said, **when(rate.id, rate.announced_at, counts_from))


def _is_slip(rate: ProgrammeRate | SpecialRate) -> bool:
    return RateTerm(rate.rate_bp, rate.announced_at, rate.superseded_at).is_slip
