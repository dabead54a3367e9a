"""Of everyone.py: what creators and shops do about samples, whose pieces leave the shelf and come back."""

from collections.abc import Callable

from lapak.affiliates.samples import commands as samples
from lapak.affiliates.samples.models import Sample
from lapak.testing.market import Market
from lapak.testing.samples import POST, asked_sample, seller_of


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
    "decline sample": _one(lambda sample: samples.decline_sample(seller_of(sample), sample.id, "Sold out.")),
    "withdraw sample": _one(lambda sample: samples.withdraw_sample(sample.creator.user, sample.id)),
    "send sample": _one(lambda sample: samples.send_sample(seller_of(sample), sample.id, "JNE", "JX0001234567")),
    "receive sample": _one(lambda sample: samples.receive_sample(sample.creator.user, sample.id)),
    "miss sample": _one(lambda sample: samples.miss_sample(sample.creator.user, sample.id, "Never came.")),
    "name post": _one(lambda sample: samples.name_post(sample.creator.user, sample.id, POST)),
}
"""As `ACTS` there."""
