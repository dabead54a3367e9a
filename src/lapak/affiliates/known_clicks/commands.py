"""Clicks are remembered for who made them, and forgotten."""

from collections.abc import Sequence

from django.db.models import Q

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.known_clicks.models import KnownClick
from lapak.affiliates.token import MOST_REMEMBERED, ClickToken
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.consents import has_consented
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import User

DROPPED_AT_ONCE = 10_000


@act
def know_clicks(user: User, clicks: Sequence[ClickToken]) -> None:
    """The user's newest clicks are these and those known before, at most `MOST_REMEMBERED`: as many as a browser keeps. Nothing
    is known of who has not consented."""
    if not has_consented(user, Purpose.CLICKS):
        return
    KnownClick.objects.bulk_create(
        [
            KnownClick(user=user, link_id=click.link_id, click_id=click.click_id, clicked_at=click.clicked_at)
            for click in clicks
        ],
        ignore_conflicts=True,
    )
    of_user = KnownClick.objects.filter(user=user).order_by("-clicked_at", "-click_id")
    kept = list(of_user.values_list("clicked_at", "click_id")[: MOST_REMEMBERED + 1])
    if len(kept) > MOST_REMEMBERED:
        at, click_id = kept[MOST_REMEMBERED - 1]
        of_user.filter(Q(clicked_at__lt=at) | Q(clicked_at=at, click_id__lt=click_id)).delete()


def forget_known_clicks(user: User) -> None:
    """Nothing of what the user clicked is known any more."""
    KnownClick.objects.filter(user=user).delete()


def drop_known_clicks() -> int:
    """What no programme counts any more is forgotten, at most `DROPPED_AT_ONCE`; answers how many."""
    over = KnownClick.objects.filter(clicked_at__lt=clock.now() - LONGEST_WINDOW).order_by("clicked_at")
    return KnownClick.objects.filter(pk__in=list(over.values_list("pk", flat=True)[:DROPPED_AT_ONCE])).delete()[0]
