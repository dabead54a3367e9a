"""What a creator brought lately, counted each night for the shops that look for one: bounded, and never asked of a page."""

import uuid

from django.db.models import Q, Sum

from lapak.affiliates.clicks.queries import clicked_between
from lapak.affiliates.profiles.models import Profile, ProfileCategory
from lapak.affiliates.profiles.rules import results_since
from lapak.affiliates.results.models import DayResult
from lapak.lib import clock
from lapak.lib.acts import act

COUNTED_AT_ONCE = 1_000


def count_all_results() -> int:
    """The results of creators that were not counted today are; answers how many, `COUNTED_AT_ONCE` at most."""
    stale = Profile.objects.filter(Q(counted_on=None) | Q(counted_on__lt=clock.today()))
    ids = list(stale.order_by("counted_on", "creator").values_list("creator_id", flat=True)[:COUNTED_AT_ONCE])
    for creator_id in ids:
        count_results(creator_id)
    return len(ids)


@act
def count_results(creator_id: uuid.UUID) -> None:
    """The profile says how many orders and clicks the creator brought in the last days that count."""
    today = clock.today()
    since = results_since(today)
    profile = Profile.objects.select_for_update(of=("self",), no_key=True).get(creator=creator_id)
    brought = DayResult.objects.filter(creator_id=creator_id, day__gte=since)
    profile.orders = brought.aggregate(orders=Sum("orders", default=0))["orders"]
    profile.clicks = clicked_between(creator_id, since, today).clicks
    profile.counted_on = today
    profile.save(update_fields=["orders", "clicks", "counted_on"])
    ProfileCategory.objects.filter(profile=profile).update(orders=profile.orders)
