"""What no event tells: that a deadline comes near, that a moment has passed.

Each watch is asked for its moments between the last time and now, so that each is told once, however late or often it is
asked; the first time it looks ahead only.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from lapak.affiliates.rates import CUT_REACHES_AFTER
from lapak.flows.models import StuckAct, WatchedUpTo
from lapak.flows.sweep import keep_stuck, no_longer_stuck
from lapak.flows.tell_people import cases, invitations, of_accounts, of_posts, of_samples
from lapak.flows.tell_people.closings import of_closings
from lapak.flows.tell_people.deadlines import NEAR_COMPLAINTS, NEAR_ORDERS, NEAR_RETURNS
from lapak.flows.tell_people.of_legality import NEAR_LEGALITY
from lapak.flows.tell_people.of_numbers import NEAR_NUMBERS
from lapak.flows.tell_people.of_privacy import (
    BREACH_SOON,
    of_breaches_due,
    of_breaches_late,
    of_breaches_recorded,
    of_erasures_asked,
    of_erasures_waiting,
)
from lapak.flows.tell_people.programmes import (
    CUT_SOON,
    TOLD_AFTER,
    of_budget_cuts_due,
    of_budgets,
    of_cuts_due,
    of_rates,
    of_special_cuts_due,
    of_special_rates,
    of_who_earns,
)
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling, tell

HOUR = timedelta(hours=1)

STUCK_AS = "tell deadlines"
"""The name under which a watch that fails stands on the money desk."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Watch:
    """Tells of moments so long `before` they come; after, where that is negative. The name is its own for ever."""

    name: str
    before: timedelta
    tellings: Callable[[datetime, datetime], Iterable[Telling]]


WATCHES = (
    *(Watch(f"orders {near.fact}", near.before, near.tellings) for near in NEAR_ORDERS),
    *(Watch(f"returns {near.fact} {near.before // HOUR}", near.before, near.tellings) for near in NEAR_RETURNS),
    *(Watch(near.fact, near.before, near.tellings) for near in NEAR_LEGALITY),
    *(Watch(near.fact, near.before, near.tellings) for near in NEAR_NUMBERS),
    *(Watch(f"complaints {near.fact}", near.before, near.tellings) for near in NEAR_COMPLAINTS),
    Watch("rates", -max(TOLD_AFTER, cases.WRITTEN_WITHIN), of_rates),
    Watch("special_rates", -max(TOLD_AFTER, cases.WRITTEN_WITHIN), of_special_rates),
    Watch("budgets", -max(TOLD_AFTER, cases.WRITTEN_WITHIN), of_budgets),
    Watch("cuts due", CUT_SOON - CUT_REACHES_AFTER, of_cuts_due),
    Watch("special cuts due", CUT_SOON - CUT_REACHES_AFTER, of_special_cuts_due),
    Watch("budget cuts due", CUT_SOON - CUT_REACHES_AFTER, of_budget_cuts_due),
    Watch("invitations", -cases.WRITTEN_WITHIN, invitations.of_new_invitations),
    Watch("invitations due", invitations.SOON, invitations.of_invitations_due),
    Watch("invitations ended", -cases.WRITTEN_WITHIN, invitations.of_ended_invitations),
    Watch("rates end", invitations.SOON, invitations.of_ending_rates),
    Watch("who_earns", -TOLD_AFTER, of_who_earns),
    Watch("disputes", -cases.WRITTEN_WITHIN, cases.of_new_disputes),
    Watch("disputes due", cases.SOON, cases.of_disputes_due),
    Watch("receipts", -cases.WRITTEN_WITHIN, cases.of_receipts),
    Watch("closings", -cases.WRITTEN_WITHIN, of_closings),
    Watch("findings", of_accounts.SOON, of_accounts.of_findings_due),
    Watch("posts", of_posts.SOON, of_posts.of_posts_due),
    Watch("samples", of_samples.SOON, of_samples.of_samples_due),
    Watch("erasures asked", -cases.WRITTEN_WITHIN, of_erasures_asked),
    Watch("erasures waiting", -cases.WRITTEN_WITHIN, of_erasures_waiting),
    Watch("breaches recorded", -cases.WRITTEN_WITHIN, of_breaches_recorded),
    Watch("breaches due", BREACH_SOON, of_breaches_due),
    Watch("breaches late", timedelta(0), of_breaches_late),
    Watch("stuck acts", -cases.STUCK_FOR, cases.of_stuck_acts),
)


def tell_of_deadlines() -> None:
    """What has come near since the last time is told. One watch that fails keeps no other from it, and is asked again."""
    now, stuck = clock.now(), set(StuckAct.all_of(STUCK_AS).values_list("subject_id", flat=True))
    marks = _marks(now)
    for watch in WATCHES:
        subject_id = derived_id("watch", watch.name)
        try:
            _look(watch, marks[watch.name], now)
        except Exception as error:
            log.exception("watching_failed", watch=watch.name)
            keep_stuck(STUCK_AS, subject_id, error)
        else:
            if subject_id in stuck:
                no_longer_stuck(STUCK_AS, [subject_id])


def _marks(now: datetime) -> dict[str, datetime]:
    """Up to when each watch has looked: up to now, the first time."""
    WatchedUpTo.objects.bulk_create(
        [WatchedUpTo(watch=each.name, moment=now) for each in WATCHES], ignore_conflicts=True
    )
    return dict(WatchedUpTo.objects.values_list("watch", "moment"))


@act
def _look(watch: Watch, since: datetime, now: datetime) -> None:
    is_ours = since < now and WatchedUpTo.objects.filter(watch=watch.name, moment=since).update(moment=now)
    if is_ours:  # else another looks there already
        tell(list(watch.tellings(since + watch.before, now + watch.before)))
