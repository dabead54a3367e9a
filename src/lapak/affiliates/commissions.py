"""Every change of a commission's state. The flow that calls one of these posts what it means in the books."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import F, QuerySet

from lapak.affiliates.errors import CommissionMoved, CommissionNotFound, ReasonMissing
from lapak.affiliates.models import Commission
from lapak.affiliates.postings import AnyCommission
from lapak.affiliates.queries import payable_commissions
from lapak.affiliates.rates import commission_idr, parts_of_line_idr, set_aside_idr
from lapak.affiliates.rules import LockedCommission, State, may_move
from lapak.affiliates.terms.commands import give_back_budget
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.among import among
from lapak.lib.pipeline import array
from lapak.lib.written import LONGEST_NOTE
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

CREDITED_AT_ONCE = 1000
"""Commissions of a creator that one act credits: some forty times a day's orders of a busy one, and a lock of a second."""


def lock_commissions_of_orders(order_ids: Collection[uuid.UUID]) -> list[Commission]:
    """The orders' commissions that may still earn, held until the transaction ends."""
    return list(_earning_of_orders(order_ids))


def lock_commissions_to_settle(order_ids: Collection[uuid.UUID]) -> list[LockedCommission]:
    """As `lock_commissions_of_orders`, plain values."""
    return _values(_earning_of_orders(order_ids))


def lock_commissions_to_credit(creator_id: uuid.UUID) -> list[LockedCommission]:
    """What has settled for the creator and is not under review, the oldest first; at most `CREDITED_AT_ONCE`."""
    settled = Commission.objects.filter(creator_id=creator_id, state=State.PENDING, settled_at__isnull=False)
    oldest_first = settled.order_by("settled_at", "id")
    return _values(oldest_first.select_for_update(no_key=True, skip_locked=True)[:CREDITED_AT_ONCE])


def _earning_of_orders(order_ids: Collection[uuid.UUID]) -> QuerySet[Commission]:
    earning = Commission.objects.filter(among("order_id", order_ids)).exclude(state=State.REVERSED)
    return earning.order_by("id").select_for_update(no_key=True)


def _values(commissions: QuerySet[Commission]) -> list[LockedCommission]:
    return [LockedCommission(*row) for row in commissions.values_list(*LockedCommission._fields)]


def lock_commission_for_operator(by: User, commission_id: uuid.UUID) -> Commission:
    """The commission, held until the transaction ends; `CommissionNotFound` for anyone but the operator."""
    require_desk(by, Desk.CREATORS, CommissionNotFound)
    return lock_commission(commission_id)


def lock_commission(commission_id: uuid.UUID) -> Commission:
    """The commission, held until the transaction ends; `CommissionNotFound` if there is none."""
    found = Commission.objects.filter(pk=commission_id).select_related("creator")
    commission = found.select_for_update(of=("self",), no_key=True).first()
    if commission is None:
        raise CommissionNotFound
    return commission


def mark_commissions_settled(commissions: Sequence[LockedCommission], amounts_idr: Sequence[int], at: datetime) -> None:
    """The (locked) commissions' money is set apart from the shop's: `amounts_idr` (before tax), one for each."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE affiliates_commission AS commission SET settled_at = %s, amount_idr = settled.amount_idr
            FROM unnest(%s::uuid[], %s::bigint[]) AS settled (id, amount_idr)
            WHERE commission.id = settled.id
            """,
            [at, array(commission.id for commission in commissions), array(amounts_idr)],
        )


def mark_commissions_credited(
    commissions: Sequence[LockedCommission], taxed_as: str, at: datetime
) -> list[LockedCommission]:
    """The (locked) commissions are in their creator's balance: a payout will include them. Answers them as they are now."""
    Commission.objects.filter(among("id", [commission.id for commission in commissions])).update(
        state=State.PAYABLE, credited_at=at, taxed_as=taxed_as, credits=F("credits") + 1
    )
    return [commission._replace(credits=commission.credits + 1, taxed_as=taxed_as) for commission in commissions]


def lock_payable_commissions(creator_ids: Collection[uuid.UUID]) -> list[Commission]:
    """What is in the creators' balances, held until the transaction ends."""
    return list(payable_commissions(creator_ids).select_for_update(of=("self",), no_key=True))


def mark_commissions_paid(commission_ids: Collection[uuid.UUID]) -> int:
    """The payout that names them has arrived; those under review meanwhile, or reversed, stay as they are."""
    return Commission.objects.filter(pk__in=commission_ids, state=State.PAYABLE).update(state=State.PAID)


def mark_commissions_unpaid(commission_ids: Collection[uuid.UUID]) -> int:
    """The payout that named them was sent back after it had arrived: they are in the balance again."""
    return Commission.objects.filter(pk__in=commission_ids, state=State.PAID).update(state=State.PAYABLE)


def reverse_commissions(order_id: uuid.UUID, reason: str) -> int:
    """The order was cancelled or refunded before it settled: nobody earns on it; answers how many commissions that ended.

    Posts nothing: there is nothing in the books to take back.
    """
    expected = Commission.objects.filter(order_id=order_id, settled_at=None).exclude(state=State.REVERSED)
    ended = expected.update(state=State.REVERSED, reason=reason)
    if ended:
        _give_back_all(Commission.objects.filter(order_id=order_id))
    return ended


def end_commissions(commissions: Collection[AnyCommission], reason: str) -> None:
    """The (locked) commissions earn nothing, or no longer; the creator reads why."""
    ended = Commission.objects.filter(pk__in=[commission.id for commission in commissions])
    if ended.update(state=State.REVERSED, reason=reason, credited_at=None):
        _give_back_all(ended)


def _give_back_all(ended: QuerySet[Commission]) -> None:
    """What (locked) commissions that earn nothing had reserved of budgets is there for others again."""
    reserved = ended.filter(state=State.REVERSED, reserved_idr__gt=0)
    if freed := list(reserved.values_list("programme_id", "created_at", "reserved_idr")):
        give_back_budget(freed)
        reserved.update(reserved_idr=0)


@act
def shrink_commissions(order_id: uuid.UUID, sold: Mapping[uuid.UUID, tuple[int, int]], reason: str) -> None:
    """Part of an order not yet settled is refunded: what stays sold still earns, pro rata.

    `sold` has, by line, what stayed sold (IDR) before and what does now. Where nothing does, nobody earns.
    """
    now = {line_id: sold_now_idr for line_id, (_, sold_now_idr) in sold.items()}
    for commission, base_idr in lock_commissions_with_bases(order_id, now):
        if commission.state != State.REVERSED:
            shrink_commission(commission, base_idr, reason)


def lock_commissions_with_bases(order_id: uuid.UUID, sold_idr: Mapping[uuid.UUID, int]) -> list[tuple[Commission, int]]:
    """The commissions on these lines of the order, held until the transaction ends, and what each is reckoned on (IDR) when
    so much of its line stays sold."""
    of_line: dict[uuid.UUID, list[Commission]] = defaultdict(list)
    for commission in lock_commissions_of([order_id]):
        if commission.line_id in sold_idr:
            of_line[commission.line_id].append(commission)
    return [
        pair
        for line_id, commissions in of_line.items()
        for pair in zip(
            commissions,
            parts_of_line_idr(sold_idr[line_id], [commission.share_bp for commission in commissions]),
            strict=True,
        )
    ]


def shrink_commission(commission: Commission, base_idr: int, reason: str) -> None:
    """The (locked) commission, which is in no balance, is earned on so much (IDR), and the creator reads why; on nothing, it is
    over.

    Never more than before: parts that are rounded anew may come to a rupiah more of less, and settlement may have rounded it
    down. Nor does it keep more of a budget: after `grow_commission` it keeps less than it comes to.
    """
    base_idr = min(base_idr, commission.base_idr)
    if base_idr:
        earned_idr = commission_idr(base_idr, commission.rate_bp, commission.cap_idr)
        commission.base_idr, commission.reason = base_idr, reason
        commission.amount_idr = min(earned_idr, commission.amount_idr)
    else:
        commission.state, commission.reason, commission.amount_idr = State.REVERSED, reason, 0
    if commission.reserved_idr:
        most_idr = set_aside_idr(base_idr, commission.rate_bp, commission.cap_idr)
        kept_idr = min(most_idr, commission.reserved_idr)
        give_back_budget([(commission.programme_id, commission.created_at, commission.reserved_idr - kept_idr)])
        commission.reserved_idr = kept_idr
    commission.save(update_fields=["base_idr", "amount_idr", "reserved_idr", "state", "reason"])


def lock_commissions_of(order_ids: Collection[uuid.UUID]) -> list[Commission]:
    """The orders' commissions, also those that earn nothing any more, held until the transaction ends."""
    found = Commission.objects.filter(order_id__in=order_ids).order_by("id")
    return list(found.select_for_update(no_key=True))


def grow_commission(commission: Commission, base_idr: int, returned_idr: int) -> None:
    """The (locked) commission, which is in no balance, is earned on so much again; one that had ended for it goes on.

    Once settled its amount grows by what had been returned to the shop; until then it is what is to be expected. It takes nothing
    of a budget again: others may have earned by it since.
    """
    commission.base_idr = base_idr
    if commission.settled_at:
        commission.amount_idr += returned_idr
    else:
        commission.amount_idr = commission_idr(base_idr, commission.rate_bp, commission.cap_idr)
    commission.reason = ""
    if commission.state == State.REVERSED:
        commission.state = State.PENDING
    commission.save(update_fields=["base_idr", "amount_idr", "state", "reason"])


def mark_commission_uncredited(commission: Commission) -> None:
    """The (locked) commission has left its creator's balance, and will be credited anew."""
    commission.state, commission.credited_at = State.PENDING, None
    commission.save(update_fields=["state", "credited_at"])


def mark_commission_frozen(commission: Commission, reason: str) -> Commission:
    """The (locked) commission is under review, with a reason that the creator reads; it is in no balance meanwhile.

    Refuses an empty or long reason (`ReasonMissing`), and what is reversed or frozen already (`CommissionMoved`).
    """
    reason = _fit_reason(reason)
    commission.frozen_at = clock.now()
    return _move(commission, State.FROZEN, reason)


def mark_commission_released(commission: Commission) -> Commission:
    """The review of the (locked) commission found nothing: it is pending again. Refuses (`CommissionMoved`) any other."""
    if commission.state != State.FROZEN:
        raise CommissionMoved
    return _move(commission, State.PENDING, "")


def mark_commission_to_be_denied(commission: Commission, reason: str) -> Commission:
    """The (locked) commission, under review, is to be denied, for this reason, unless its creator objects. Refuses as
    `mark_commission_denied`."""
    reason = _fit_reason(reason)
    if commission.state != State.FROZEN:
        raise CommissionMoved
    commission.reason = reason
    commission.save(update_fields=["reason"])
    return commission


def mark_commission_denied(commission: Commission, reason: str) -> Commission:
    """The (locked) commission, under review, earns nothing. Refuses as `mark_commission_frozen`, and any that is not."""
    reason = _fit_reason(reason)
    if commission.state != State.FROZEN:
        raise CommissionMoved
    _move(commission, State.REVERSED, reason)
    _give_back_all(Commission.objects.filter(pk=commission.pk))
    return commission


def _move(commission: Commission, to_state: State, reason: str) -> Commission:
    if not may_move(commission.state, to_state):
        raise CommissionMoved
    commission.state, commission.reason, commission.credited_at = to_state, reason, None
    commission.save(update_fields=["state", "reason", "frozen_at", "credited_at"])
    return commission


def _fit_reason(reason: str) -> str:
    reason = reason.strip()
    if not 1 <= len(reason) <= LONGEST_NOTE:
        raise ReasonMissing
    return reason
