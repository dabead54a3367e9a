"""Every change of a commission's state. Amounts are the ledger's: the flow that calls one of these posts them."""

import uuid
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from lapak.affiliates.errors import CommissionMoved, CommissionNotFound, ReasonMissing
from lapak.affiliates.models import Commission
from lapak.affiliates.rules import State, may_move, shrunk_base_idr
from lapak.people.users.models import User
from lapak.trade.orders.commands import lock_order


@transaction.atomic
def make_commissions_payable(order_id: uuid.UUID) -> list[Commission]:
    """The order settles: its pending commissions are payable. Answers those to post now, in line order.

    A frozen one is among them and stays frozen: the shop owes it from here on, but no payout includes it until it is
    released. Settling again answers the same commissions (posting them again changes nothing).
    """
    of_order = Commission.objects.filter(order_id=order_id)
    of_order.filter(state=State.PENDING).update(state=State.PAYABLE)
    return list(
        of_order.exclude(state=State.REVERSED)
        .select_related("creator")
        .order_by("line_id")
        .select_for_update(of=("self",))
    )


def reverse_commissions(order_id: uuid.UUID, reason: str) -> int:
    """The order was cancelled or refunded: nobody earns on it; answers how many commissions that ended.

    What is paid out stays paid. Posts nothing: before settlement there is nothing in the books to take back, and a flow
    that refunds a settled order posts the way back itself.
    """
    return Commission.objects.filter(order_id=order_id, state__in=_states_that_may_become(State.REVERSED)).update(
        state=State.REVERSED, reason=reason
    )


@transaction.atomic
def shrink_commissions(order_id: uuid.UUID, pieces: Mapping[uuid.UUID, tuple[int, int]], reason: str) -> None:
    """Part of an order not yet settled is refunded: what stays sold still earns, pro rata (domain.md §3).

    `pieces` has, by line, how many stayed sold before and how many do now. Where nothing does, nobody earns.
    """
    commissions = (
        Commission.objects.filter(
            order_id=order_id, line_id__in=pieces, state__in=_states_that_may_become(State.REVERSED)
        )
        .order_by("line_id")
        .select_for_update()
    )
    shrunk = list(commissions)
    for commission in shrunk:
        base_idr = shrunk_base_idr(commission.base_idr, *pieces[commission.line_id])
        if base_idr:
            commission.base_idr = base_idr
        else:
            commission.state, commission.reason = State.REVERSED, reason
    Commission.objects.bulk_update(shrunk, ["base_idr", "state", "reason"])


def mark_commissions_paid(creator_id: uuid.UUID, settled_until: datetime) -> int:
    """A payout that was sent at `settled_until` has arrived: the creator's commissions settled by then are paid."""
    return Commission.objects.filter(
        creator_id=creator_id,
        state__in=_states_that_may_become(State.PAID),
        line__order__settled_at__lte=settled_until,
    ).update(state=State.PAID)


@transaction.atomic
def freeze_commission(line_id: uuid.UUID, reason: str, by: User) -> Commission:
    """The operator looks into it: the commission is under review, and no payout includes it meanwhile.

    Refuses anyone but the operator (`CommissionNotFound`), an empty or long reason (`ReasonMissing`), and one that is
    paid, reversed or frozen already (`CommissionMoved`).
    """
    reason = reason.strip()
    if not 1 <= len(reason) <= 200:
        raise ReasonMissing
    return _move(_commission_for_operator(line_id, by), State.FROZEN, reason)


@transaction.atomic
def release_commission(line_id: uuid.UUID, by: User) -> Commission:
    """The review found nothing: the commission is pending again, or payable if its order has settled meanwhile.

    Refuses anyone but the operator (`CommissionNotFound`) and one that is not frozen (`CommissionMoved`).
    """
    commission = _commission_for_operator(line_id, by)
    if commission.state != State.FROZEN:
        raise CommissionMoved
    # The order first, as in settling: else it could settle between our look and our change.
    is_settled = lock_order(commission.order_id).settled_at is not None
    return _move(commission, State.PAYABLE if is_settled else State.PENDING, "")


def _commission_for_operator(line_id: uuid.UUID, by: User) -> Commission:
    commission = Commission.objects.filter(pk=line_id).first() if by.is_staff else None
    if commission is None:
        raise CommissionNotFound
    return commission


def _move(commission: Commission, to_state: State, reason: str) -> Commission:
    """One conditional update, so that a change in the meantime is seen and never overwritten."""
    if not may_move(commission.state, to_state):
        raise CommissionMoved
    changed = Commission.objects.filter(pk=commission.pk, state=commission.state).update(state=to_state, reason=reason)
    if not changed:
        raise CommissionMoved
    commission.state, commission.reason = to_state, reason
    return commission


def _states_that_may_become(to_state: State) -> Collection[State]:
    return [state for state in State if may_move(state, to_state)]
