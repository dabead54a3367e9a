"""The story of a sample as its timeline tells it: what happened, where it stands, what comes next by when. Pure."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.affiliates.samples.rules import SampleState
from lapak.web.shell.stories import Step, Way

TITLES: dict[str, Promise] = {
    SampleState.ASKED: pgettext_lazy("sample", "Asked for"),
    SampleState.APPROVED: _("Agreed by the shop"),
    SampleState.SENT: _("With the courier"),
    SampleState.ARRIVED: _("Arrived"),
    SampleState.POSTED: _("Shown"),
    SampleState.UNPOSTED: _("Not shown in time"),
    SampleState.DECLINED: _("Declined by the shop"),
    SampleState.WITHDRAWN: _("Withdrawn by the creator"),
    SampleState.CALLED_OFF: _("Called off by the shop"),
    SampleState.LAPSED: _("Lapsed"),
    SampleState.NOT_ARRIVED: _("Did not arrive in good order"),
    SampleState.ENDED: _("Ended"),
}

WAY = Way(
    TITLES,
    states=(SampleState.ASKED, SampleState.APPROVED, SampleState.SENT, SampleState.ARRIVED, SampleState.POSTED),
    bad={
        SampleState.UNPOSTED,
        SampleState.DECLINED,
        SampleState.CALLED_OFF,
        SampleState.LAPSED,
        SampleState.NOT_ARRIVED,
    },
)


def story_of_sample(sample: Sample, events: Iterable[SampleEvent]) -> list[Step]:
    """Every step so far, then the steps ahead; the next one by when the clock says."""
    return WAY.story_of(sample, events)
