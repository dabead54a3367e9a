"""The operator looks into a commission: held meanwhile, then let go; or it is to be denied, and its creator may object as to what
a rule saw (decide_finding.py). In silence it is let go."""

import uuid
from collections.abc import Sequence

from lapak.affiliates.commissions import (
    lock_commission,
    lock_commission_for_operator,
    mark_commission_frozen,
    mark_commission_released,
    mark_commission_to_be_denied,
)
from lapak.affiliates.errors import CommissionMoved
from lapak.affiliates.integrity.commands import uphold_by_hand
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.queries import require_by_hand
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import commission_returned, payer_account
from lapak.flows.credit_creator import take_back_credit
from lapak.flows.debts import repay
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User


@act
def freeze_commission(by: User, commission_id: uuid.UUID, reason: str) -> Commission:
    """The commission is under review: its money, if it had reached the creator, waits in clearing until it is decided.

    What was paid out already the creator owes meanwhile. Refuses anyone but the operator (`CommissionNotFound`), an empty
    or long reason (`ReasonMissing`), and one that is reversed or frozen already (`CommissionMoved`). Posts
    `commission_taken_back` if it was payable or paid.
    """
    commission = lock_commission_for_operator(by, commission_id)
    credited_at = commission.credited_at
    mark_commission_frozen(commission, reason)
    _note(by, commission, "frozen", commission.reason)
    if credited_at:
        take_back_credit(commission, credited_at)
    return commission


@act
def release_commission(by: User, commission_id: uuid.UUID) -> Commission:
    """The review found nothing: the commission is pending again, and credited with the next round if it has settled.

    Refuses anyone but the operator (`CommissionNotFound`), one that is not frozen (`CommissionMoved`), and one that a rule
    holds (`HeldByReview`).
    """
    commission = lock_commission_for_operator(by, commission_id)
    require_by_hand(commission)
    return _release(by, commission)


@act
def release_undecided_commission(commission_id: uuid.UUID) -> Commission:
    """By the clock: nobody decided in time, and the creator does not pay for it. Refuses any that is not frozen by hand, or
    may still be decided (`CommissionMoved`, `HeldByReview`)."""
    commission = lock_commission(commission_id)
    require_by_hand(commission)
    if commission.decide_by is None or commission.decide_by > clock.now():
        raise CommissionMoved
    return _release(None, commission)


def _release(by: User | None, commission: Commission) -> Commission:
    mark_commission_released(commission)
    _note(by, commission, "released")
    return commission


@act
def deny_commission(by: User, commission_id: uuid.UUID, reason: str) -> Finding:
    """The review found fraud: the commission is to be denied. Its creator may object, and another operator decides then; it is
    final in the way of every finding (flows/decide_finding.py), and until then its money stays where it is.

    Refuses anyone but the operator (`CommissionNotFound`), an empty or long reason (`ReasonMissing`), one that is not frozen, or
    should have been decided before (`CommissionMoved`), and one that is held with others already, or to be denied
    (`HeldByReview`). Posts nothing.
    """
    commission = lock_commission_for_operator(by, commission_id)
    require_by_hand(commission)
    if commission.decide_by and commission.decide_by <= clock.now():
        raise CommissionMoved
    return uphold_by_hand(by, mark_commission_to_be_denied(commission, reason))


def return_denied(commissions: Sequence[Commission]) -> None:
    """What was set apart for the (denied) commissions is whose it was: posts `commission_returned`, and `debt_repaid`."""
    settled = [commission for commission in commissions if commission.settled_at]
    returned = [commission_returned(commission, commission.amount_idr, "denied") for commission in settled]
    post_transfers([transfer for transfers in returned for transfer in transfers])
    repay({payer_account(each): each.order_id for each in settled if not each.paid_by_platform})


def _note(by: User | None, commission: Commission, review: str, reason: str | None = None) -> None:
    """What is decided about a creator's money stays on record."""
    subject = Subject(Kind.COMMISSION, commission.id, str(commission.creator))
    note_changes(by.id if by else None, subject, {}, {"review": review, "reason": reason})
