"""The story of a sample as its timeline tells it: what happened, where it stands, what comes next by when. Pure."""

from collections.abc import Iterable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.affiliates.samples.rules import SampleState
from lapak.web.shell.stories import Step

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

WAY = (SampleState.ASKED, SampleState.APPROVED, SampleState.SENT, SampleState.ARRIVED, SampleState.POSTED)

_BAD = {SampleState.UNPOSTED, SampleState.DECLINED, SampleState.CALLED_OFF, SampleState.LAPSED, SampleState.NOT_ARRIVED}


def story_of_sample(sample: Sample, events: Iterable[SampleEvent]) -> list[Step]:
    """Every step so far, then the steps ahead; the next one by when the clock says."""
    taken = [Step(TITLES[each.state], _phase(sample, each), each.happened_at) for each in events]
    if sample.state not in WAY:
        return taken
    ahead = WAY[WAY.index(SampleState(sample.state)) + 1 :]
    return taken + [Step(TITLES[state], "next", None if n else sample.act_by) for n, state in enumerate(ahead)]


def _phase(sample: Sample, event: SampleEvent) -> str:
    if event.state in _BAD:
        return "bad"
    return "now" if event.state == sample.state and sample.act_by else "done"
