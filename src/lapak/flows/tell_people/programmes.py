"""What is told to creators of the rates they promote for."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.affiliates.rates import BINDS_AFTER, CUT_REACHES_AFTER, RateTerm
from lapak.flows.tell_people.readers import when
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
    members = Membership.objects.filter(programme=programme, joined_at__lte=rate.announced_at + TOLD_AFTER)
    for user_id in members.order_by("id").values_list("creator__user_id", flat=True):
        yield Telling(fact=fact, reader_id=user_id, said=said, **when(rate.id, rate.announced_at, counts_from))


def _is_slip(rate: ProgrammeRate) -> bool:
    return RateTerm(rate.rate_bp, rate.announced_at, rate.superseded_at).is_slip
