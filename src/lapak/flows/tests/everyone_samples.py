"""Of everyone.py: what creators and shops do about samples, whose pieces leave the shelf and come back."""

from collections.abc import Callable

from lapak.affiliates.samples import commands as samples
from lapak.affiliates.samples.models import Sample
from lapak.testing.market import Market
from lapak.testing.samples import asked_sample, seller_of


def _ask(market: Market, pick: int) -> object:
    """Of a shop that the creator promotes, or of another, which refuses."""
    return asked_sample(market.casts[0], market.variants[pick % len(market.variants)])


def _one(do: Callable[[Sample], object]) -> Callable[[Market, int], object]:
    def act(_market: Market, pick: int) -> object:
        waiting = list(Sample.objects.select_related("shop", "creator__user").order_by("id"))
        return waiting and do(waiting[pick % len(waiting)])

    return act


OF_SAMPLES = {
    "ask for sample": _ask,
    "approve sample": _one(lambda sample: samples.approve_sample(seller_of(sample), sample.id)),
    "call off sample": _one(lambda sample: samples.call_off_sample(seller_of(sample), sample.id, "Broken.")),
    "withdraw sample": _one(lambda sample: samples.withdraw_sample(sample.creator.user, sample.id)),
}
"""As `ACTS` there."""
