"""What a rule saw of a creator, in any state, as it would have come to stand there."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from lapak.affiliates.integrity.closings import propose_closing
from lapak.affiliates.integrity.commands import note
from lapak.affiliates.integrity.models import AccountEvent, Closing, Finding, FindingLine
from lapak.affiliates.integrity.rules import FindingState, act_by
from lapak.affiliates.integrity.signs import RuleName
from lapak.affiliates.models import Commission, Creator
from lapak.flows.decide_finding import end_unopposed_finding, lift_undecided_finding
from lapak.flows.review_commission import deny_commission
from lapak.lib import clock
from lapak.people.users.models import User


def finding_in(
    creator: Creator, state: FindingState = FindingState.OPEN, commissions: Sequence[Commission] = ()
) -> Finding:
    """Many orders were at the checkout already when the link was opened; the commissions, which have settled and wait, are
    frozen for it."""
    now = clock.now()
    finding = Finding.objects.create(
        creator=creator,
        rule=RuleName.SNIPING,
        counts={"orders": 24, "all_orders": 38, "buyers": 12},
        ids={"orders": [str(commission.order_id) for commission in commissions], "buyers": [], "links": []},
        state=state,
        found_at=now,
        act_by=act_by(state, now.astimezone(clock.WIB)),
        lifted_at=now if state == FindingState.LIFTED else None,
    )
    note(None, AccountEvent.Kind.FOUND, creator.id, finding=finding)
    for commission in commissions:
        FindingLine.objects.create(finding=finding, commission=commission, frozen_at=now)
        Commission.objects.filter(pk=commission.pk).update(
            state="frozen", frozen_at=now, credited_at=None, reason="Clicks at the moment of paying"
        )
    return finding


def deny_for_good(by: User, commission_id: uuid.UUID, reason: str) -> None:
    """An operator denies the (frozen) commission, and its creator lets it stand."""
    time_is_over(deny_commission(by, commission_id, reason))


def time_is_over(finding: Finding) -> None:
    """Whoever should have acted on it has not, and the clock ends it."""
    Finding.objects.filter(id=finding.id).update(act_by=clock.now())
    by_clock = end_unopposed_finding if finding.state == FindingState.UPHELD else lift_undecided_finding
    by_clock(finding.id, "")


def closing_proposed(creator: Creator) -> Closing:
    """For a finding that is final, by another operator than the tests'."""
    second = User.objects.create_superuser("second@example.com", name="Second")
    finding = finding_in(creator, FindingState.FINAL)
    return propose_closing(second, finding.id, "Three accounts, one phone.", clock.today() + timedelta(days=1))
