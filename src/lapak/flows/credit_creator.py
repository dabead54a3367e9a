"""What has settled for a creator reaches their balance, and the tax on it is withheld; or it is taken back."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from lapak.affiliates.commissions import (
    lock_commissions_to_credit,
    lock_tax_year,
    mark_commissions_credited,
    mark_commissions_paid,
)
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.postings import commission_credited, commission_taken_back, creator_account
from lapak.affiliates.queries import tax_status_of
from lapak.affiliates.rules import LockedCommission
from lapak.flows.debts import cover, repay
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.ledger.commands import post_transfers
from lapak.money.payouts.models import PayoutItem
from lapak.money.payouts.queries import arrived_items
from lapak.money.taxes.rules import pph21_idr, pph23_idr


@act
def credit_creator(creator_id: uuid.UUID) -> int:
    """The creator's settled commissions are payable, the oldest first, at most a thousand at once; answers how many.

    An individual's PPh 21 is cumulative in the calendar year of Jakarta: the commissions are credited in turn, under the
    lock of that year's sum. What the creator owes is repaid first.
    Posts `commission_credited` (affiliates/postings.py) for each, and `debt_repaid`.
    """
    locked = lock_commissions_to_credit(creator_id)
    if not locked:
        return 0
    now = clock.now()
    commissions = mark_commissions_credited(locked, tax_status_of(creator_id), now)
    taxes_idr = _withhold(commissions, now)
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


def take_back_credit(commission: Commission, credited_at: datetime) -> None:
    """The money of the (locked) commission, credited then, is in clearing again, and the tax on it not withheld.

    What was paid out already the creator owes from now on. Posts `lent_to_creator` for what their balance lacks, and
    `commission_taken_back`.
    """
    tax_idr = _give_back(commission, credited_at)
    fact = f"{commission.id}:{commission.credits}"
    cover(creator_account(commission), commission.amount_idr - tax_idr, commission.order_id, fact)
    post_transfers(commission_taken_back(commission, tax_idr))


def lock_years_of(commissions: Collection[Commission]) -> None:
    """The tax years in which the (locked) commissions were credited, for whoever takes several back: before accounts."""
    individuals = [each for each in commissions if each.taxed_as == Creator.TaxStatus.INDIVIDUAL]
    for commission in sorted(individuals, key=lambda each: each.creator_id):
        if commission.credited_at:
            lock_tax_year(commission.creator_id, commission.credited_at)


def _withhold(commissions: Sequence[LockedCommission], credited_at: datetime) -> list[int]:
    """The tax on each of one creator's commissions that are credited at this moment."""
    first = commissions[0]
    if first.taxed_as == Creator.TaxStatus.COMPANY:
        return [pph23_idr(commission.amount_idr) for commission in commissions]
    year = lock_tax_year(first.creator_id, credited_at)
    taxes_idr = []
    for commission in commissions:
        taxes_idr.append(pph21_idr(commission.amount_idr, year.gross_idr))
        year.gross_idr += commission.amount_idr
    year.pph21_idr += sum(taxes_idr)
    year.save(update_fields=["gross_idr", "pph21_idr"])
    return taxes_idr


def _give_back(commission: Commission, credited_at: datetime) -> int:
    """The tax that is not owed without the commission: what it added on top of all others of its year."""
    if commission.taxed_as == Creator.TaxStatus.COMPANY:
        return pph23_idr(commission.amount_idr)
    year = lock_tax_year(commission.creator_id, credited_at)
    year.gross_idr -= commission.amount_idr
    tax_idr = pph21_idr(commission.amount_idr, year.gross_idr)
    year.pph21_idr -= tax_idr
    year.save(update_fields=["gross_idr", "pph21_idr"])
    return tax_idr
