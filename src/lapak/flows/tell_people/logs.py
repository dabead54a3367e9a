"""The logs that are followed, and what is told of their rows."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial

import structlog
from django.db.models import Model

from lapak.affiliates.integrity.models import AccountEvent
from lapak.affiliates.posts.models import PostEvent
from lapak.affiliates.profiles.models import ChannelEvent
from lapak.affiliates.samples.models import SampleEvent
from lapak.flows.models import StuckAct, ToldUpTo
from lapak.flows.sweep import keep_stuck, sweep
from lapak.flows.tell_people.fees import of_consents
from lapak.flows.tell_people.of_accounts import of_accounts
from lapak.flows.tell_people.of_changes import of_changes
from lapak.flows.tell_people.of_channels import of_channels
from lapak.flows.tell_people.of_complaints import of_complaints
from lapak.flows.tell_people.of_moderation import of_moderation
from lapak.flows.tell_people.of_money import of_payouts, of_refunds
from lapak.flows.tell_people.of_orders import of_orders
from lapak.flows.tell_people.of_posts import of_posts
from lapak.flows.tell_people.of_returns import of_returns
from lapak.flows.tell_people.of_reviews import of_reviews
from lapak.flows.tell_people.of_samples import of_samples
from lapak.lib.acts import act
from lapak.lib.follow import BATCH, Log, Row, begin, take_next
from lapak.moderation.models import CaseEvent
from lapak.money.fees.models import ConsentEvent
from lapak.money.payments.models import RefundEvent
from lapak.money.payouts.models import PayoutEvent
from lapak.people.audit.models import Change
from lapak.people.notices.commands import Telling, tell
from lapak.trade.complaints.models import ComplaintEvent
from lapak.trade.orders.models import OrderEvent
from lapak.trade.returns.models import ReturnEvent
from lapak.trade.reviews.models import ReviewEvent

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Followed:
    """A table of events, and who is told what of some of them."""

    events: type[Model]
    tellings: Callable[[Collection[uuid.UUID]], Iterator[Telling]]

    @property
    def log(self) -> Log:
        return Log(self.events._meta.db_table, ("id",))  # noqa: SLF001 - Django documents the name

    @property
    def stuck_as(self) -> str:
        """The name under which what could not be told stands on the money desk."""
        return f"tell {self.log.table}"


FOLLOWED = (
    Followed(OrderEvent, of_orders),
    Followed(ReturnEvent, of_returns),
    Followed(ReviewEvent, of_reviews),
    Followed(RefundEvent, of_refunds),
    Followed(PayoutEvent, of_payouts),
    Followed(Change, of_changes),
    Followed(AccountEvent, of_accounts),
    Followed(SampleEvent, of_samples),
    Followed(PostEvent, of_posts),
    Followed(ChannelEvent, of_channels),
    Followed(ComplaintEvent, of_complaints),
    Followed(CaseEvent, of_moderation),
    Followed(ConsentEvent, of_consents),
)


def tell_of_events() -> int:
    """What has happened since the last time is told; answers how many events that were. The first time nothing is told:
    nobody wants to hear the past at once."""
    return sum(_follow(each) for each in FOLLOWED)


def _follow(followed: Followed) -> int:
    begin(ToldUpTo, followed.log)
    done, taken = 0, BATCH
    while taken == BATCH:
        taken = take_next(ToldUpTo, followed.log, partial(_take, followed))
        done += taken
    _try_stuck_again(followed)
    return done


def _take(followed: Followed, rows: list[Row]) -> None:
    """All at once; where that fails one by one, so that whatever is wrong with an event keeps no other from being told."""
    ids = [row[0] for row in rows]
    try:
        _tell_of(followed, ids)
    except Exception:
        log.exception("telling_failed", log=followed.log.table)
        for event_id in ids:
            try:
                _tell_of(followed, [event_id])
            except Exception as error:  # noqa: BLE001 - it stands on the money desk, and is tried again
                keep_stuck(followed.stuck_as, event_id, error)


def _try_stuck_again(followed: Followed) -> None:
    stuck = StuckAct.all_of(followed.stuck_as).values("subject_id")
    events = followed.events._default_manager.filter(pk__in=stuck)  # noqa: SLF001 - Django documents the name
    sweep(followed.stuck_as, events, lambda event_id: _tell_of(followed, [event_id]))


@act
def _tell_of(followed: Followed, event_ids: Collection[uuid.UUID]) -> None:
    tell(list(followed.tellings(event_ids)))
