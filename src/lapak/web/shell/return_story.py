"""A return's story, as buyer and shop both follow it: what has happened, and what comes next by when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.trade.returns.models import Return, ReturnEvent
from lapak.trade.returns.rules import ReturnState

TITLES: dict[ReturnState, Promise] = {
    ReturnState.ASKED: _("Return asked for"),
    ReturnState.DECLINED: _("Declined by the shop"),
    ReturnState.ESCALATED: _("Taken to Lapak"),
    ReturnState.APPROVED: _("Agreed"),
    ReturnState.SENT_BACK: _("Sent back"),
    ReturnState.ARRIVED: _("Back at the shop"),
    ReturnState.REFUNDED: _("Refunded"),
    ReturnState.CLOSED: _("Closed without a refund"),
}

WAY = [ReturnState.ASKED, ReturnState.APPROVED, ReturnState.SENT_BACK, ReturnState.ARRIVED, ReturnState.REFUNDED]

WITHOUT_GOODS = [ReturnState.ASKED, ReturnState.APPROVED, ReturnState.REFUNDED]


@dataclass(frozen=True, slots=True)
class Step:
    """A row of `shell/components/timeline.html`."""

    title: Promise
    phase: str
    moment: datetime | None = None
    note: str = ""


def story_of_return(return_: Return, events: Iterable[ReturnEvent]) -> list[Step]:
    """Every step taken, then those ahead; what happens after a refusal is not foretold."""
    taken = [
        Step(TITLES[ReturnState(e.to_state)], _phase(return_, e), e.happened_at, _words(return_, e)) for e in events
    ]
    way = WAY if return_.goods_come_back else WITHOUT_GOODS
    if return_.state not in way:
        return taken
    ahead = [Step(TITLES[state], "next") for state in way[way.index(ReturnState(return_.state)) + 1 :]]
    if ahead and return_.act_by:
        ahead[0] = Step(ahead[0].title, "next", return_.act_by, gettext("at the latest"))
    return taken + ahead


def _phase(return_: Return, event: ReturnEvent) -> str:
    if event.to_state in {ReturnState.DECLINED, ReturnState.CLOSED}:
        return "bad"
    return "now" if event.to_state == return_.state and return_.is_open else "done"


def _words(return_: Return, event: ReturnEvent) -> str:
    """A clock's reason is one of our own sentences, in the reader's language; a person's words stay as they are."""
    if event.to_state == ReturnState.SENT_BACK:
        return f"{return_.courier} {return_.tracking_number}"
    return gettext(event.words) if event.words and event.actor is None else event.words
