"""What has settled for a creator reaches their balance, and the tax on it is withheld; or it is taken back."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from lapak.affiliates.commissions import (
    lock_commissions_to_credit,
    mark_commissions_credited,
    mark_commissions_paid,
)
from lapak.affiliates.integrity.commands import freeze_what_is_seen
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import commission_credited, commission_taken_back, creator_account
from lapak.affiliates.queries import tax_status_of
from lapak.affiliates.rules import LockedCommission
from lapak.affiliates.withholding.commands import give_back, lock_tax_year, withhold
from lapak.flows.debts import cover, repay
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.money.payouts.models import PayoutItem
from lapak.money.payouts.queries import arrived_items


@act
def credit_creator(creator_id: uuid.UUID) -> int:
    """The creator's settled commissions are payable, the oldest first, at most a thousand at once; answers how many.

    An individual's PPh 21 is cumulative in the calendar year of Jakarta: the commissions are credited in turn, under the
    lock of that year's sum. What the creator owes is repaid first. What a rule sees is frozen instead
    (affiliates/integrity): nothing is credited that no rule has looked at.
    Posts `commission_credited` (affiliates/postings.py) for each, and `debt_repaid`.
    """
    now = clock.now()
    locked = _nothing_seen(creator_id, lock_commissions_to_credit(creator_id), now)
    if not locked:
        return 0
    commissions = mark_commissions_credited(locked, tax_status_of(creator_id), now)
    taxed_as = commissions[0].taxed_as
    taxes_idr = withhold(creator_id, taxed_as, [commission.amount_idr for commission in commissions], now)
    post_transfers(
        [
            transfer
            for commission, tax_idr in zip(commissions, taxes_idr, strict=True)
            for transfer in commission_credited(commission, tax_idr)
        ]
    )
    repay({creator_account(commissions[-1]): commissions[-1].order_id})
    # Taken back after it had been paid, it was owed meanwhile: now it is paid again.
    mark_commissions_paid(arrived_items(PayoutItem.Kind.COMMISSION, [commission.id for commission in commissions]))
    return len(commissions)


def _nothing_seen(creator_id: uuid.UUID, locked: Sequence[LockedCommission], at: datetime) -> list[LockedCommission]:
    """Those of the (locked) commissions that no rule has frozen now."""
    frozen = freeze_what_is_seen(creator_id, [each.id for each in locked], at) if locked else set()
    return [each for each in locked if each.id not in frozen]


def take_back_credit(commission: Commission, credited_at: datetime) -> None:
    """The money of the (locked) commission, credited then, is in clearing again, and the tax on it not withheld.

    What was paid out already the creator owes from now on. Posts `lent_to_creator` for what their balance lacks, and
    `commission_taken_back`.
    """
    tax_idr = give_back(commission.creator_id, commission.taxed_as, commission.amount_idr, credited_at)
    fact = f"{commission.id}:{commission.credits}"
    cover(creator_account(commission), commission.amount_idr - tax_idr, commission.order_id, fact)
    post_transfers(commission_taken_back(commission, tax_idr))


def lock_years_of(commissions: Collection[Commission]) -> None:
    """The tax years in which the (locked) commissions were credited, for whoever takes several back: before accounts."""
    years = {(each.creator_id, each.taxed_as, each.credited_at) for each in commissions if each.credited_at}
    for creator_id, taxed_as, credited_at in sorted(years):
        lock_tax_year(creator_id, taxed_as, credited_at)
