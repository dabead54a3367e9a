"""The story of a complaint as its pages tell it: what was said, by whom, and what comes next by when. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.complaints.rules import ComplaintState

SENT: dict[str, Promise] = {
    ComplaintState.WITH_SHOP: _("Sent to the shop"),
    ComplaintState.WITH_LAPAK: _("Sent to Lapak"),
}
"""Where it began. What stands below is the words of who complains, so no title says that another speaks."""

TITLES: dict[str, Promise] = {
    ComplaintState.SHOP_ANSWERED: pgettext_lazy("complaint", "The shop has answered"),
    ComplaintState.WITH_LAPAK: _("Passed on to Lapak"),
    ComplaintState.OVERDUE: _("Lapak has not answered in time"),
    ComplaintState.ANSWERED: _("Lapak has answered"),
    ComplaintState.SETTLED: pgettext_lazy("complaint", "Settled"),
    ComplaintState.WITHDRAWN: pgettext_lazy("complaint", "Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """One step of it, with what was said at it."""

    title: Promise
    moment: datetime
    words: str


def story_of_complaint(complaint: Complaint, events: Iterable[ComplaintEvent]) -> list[Said]:
    """The complaint itself first, then every step since; what the clock says is translated by the page."""
    first, *others = events
    told = [Said(SENT[first.state], first.happened_at, complaint.words)]
    return told + [Said(TITLES[event.state], event.happened_at, event.words) for event in others]
