"""What a rule saw of a creator is decided: lifted, upheld, and after an objection or in silence final.

In silence it ends in the creator's favour, but for a decision that they let stand. Nothing is denied before they could object.
"""

import uuid
from collections.abc import Sequence

from lapak.affiliates.commissions import mark_commission_denied, mark_commission_released
from lapak.affiliates.integrity.commands import lock_finding, move_finding, require_may_decide, require_may_lift
from lapak.affiliates.integrity.errors import FindingMoved
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.queries import finding_for_operator
from lapak.affiliates.integrity.rules import UNDECIDED, FindingState
from lapak.affiliates.models import Commission
from lapak.flows.review_commission import return_denied
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User


@act
def lift_finding(by: User, finding_id: uuid.UUID, words: str) -> Finding:
    """It was a false alarm, or the objection convinces: what was frozen is pending again, and credited with the next round;
    the rule leaves the creator alone for a while. A page or picture that was hidden is shown again, also without an objection.

    Refuses anyone but the operator (`FindingNotFound`), what is not to be decided (`FindingMoved`), whoever decided before of
    an objection (`AnotherDecides`), and no words (`FindingWordsRefused`).
    """
    finding_for_operator(by, finding_id)
    finding, lines = lock_finding(finding_id)
    require_may_lift(by, finding)
    return _lift(by, finding, lines, words)


@act
def uphold_finding(by: User, finding_id: uuid.UUID, words: str) -> Finding:
    """The rule was right: the creator may object before anything is denied; of an objection, it does not convince, and the
    lines earn nothing.

    Refuses as `lift_finding`. Posts, when it is final, `commission_returned` for each line, and `debt_repaid`.
    """
    finding_for_operator(by, finding_id)
    finding, lines = lock_finding(finding_id)
    require_may_decide(by, finding)
    if finding.state == FindingState.OPEN:
        return move_finding(by, finding, FindingState.UPHELD, words)
    return _end(by, finding, lines, words)


@act
def lift_undecided_finding(finding_id: uuid.UUID, words: str) -> Finding:
    """By the clock: nobody decided in time, and the creator does not pay for it. Refuses (`FindingMoved`) any other."""
    finding, lines = lock_finding(finding_id)
    if FindingState(finding.state) not in UNDECIDED:
        raise FindingMoved
    _require_over(finding)
    return _lift(None, finding, lines, words)


@act
def end_unopposed_finding(finding_id: uuid.UUID, words: str) -> Finding:
    """By the clock: the creator let the decision stand, and its lines earn nothing. Refuses (`FindingMoved`) any other.

    Posts as `uphold_finding`.
    """
    finding, lines = lock_finding(finding_id)
    if finding.state != FindingState.UPHELD:
        raise FindingMoved
    _require_over(finding)
    return _end(None, finding, lines, words)


def _require_over(finding: Finding) -> None:
    if finding.act_by is None or finding.act_by > clock.now():
        raise FindingMoved


def _lift(by: User | None, finding: Finding, lines: Sequence[Commission], words: str) -> Finding:
    move_finding(by, finding, FindingState.LIFTED, words)
    for commission in lines:
        mark_commission_released(commission)
    return finding


def _end(by: User | None, finding: Finding, lines: Sequence[Commission], words: str) -> Finding:
    move_finding(by, finding, FindingState.FINAL, words)
    for commission in lines:
        mark_commission_denied(commission, commission.reason)
    return_denied(lines)
    return finding
