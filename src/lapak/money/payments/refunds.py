"""Every change of a refund: money owed back to a buyer, until it is with them again."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Sum

from lapak.lib import clock
from lapak.money.payments.errors import RefundNotFound
from lapak.money.payments.models import Dispute, PaymentIntent, Refund, RefundEvent
from lapak.money.payments.queries import goes_back_until
from lapak.money.payments.rules import RefundState, may_refund_move

ASKED_AGAIN_AFTER = timedelta(minutes=30)
"""How long a refund may be on its way before the gateway is asked again."""


def owe_refund(
    *,
    buyer_id: uuid.UUID,
    amount_idr: int,
    reason: str,
    order_id: uuid.UUID | None = None,
    return_id: uuid.UUID | None = None,
    intent_id: uuid.UUID | None = None,
) -> Refund:
    """The buyer is owed so much, for this order, return or attempt (`intent_id`: the one that brought the money).

    It goes back the way it came while the gateway can do that, else to the buyer's bank account. Belongs into the
    transaction that posts `… → buyer_refund_payable` of the buyer. `reason` is marked for translation.
    """
    now = clock.now()
    by_gateway = intent_id is not None and _can_go_back(intent_id, amount_idr, now)
    refund = Refund.objects.create(
        buyer_id=buyer_id,
        order_id=order_id,
        return_id=return_id,
        intent_id=intent_id,
        amount_idr=amount_idr,
        route=Refund.Route.GATEWAY if by_gateway else Refund.Route.BANK,
        reason=reason,
        owed_at=now,
        ask_at=now if by_gateway else None,
    )
    return _recorded(refund)


def lock_refund(refund_id: uuid.UUID) -> Refund:
    """The refund, held until the transaction ends. `RefundNotFound` if there is none."""
    refunds = Refund.objects.select_for_update(of=("self",), no_key=True).select_related("intent")
    refund = refunds.filter(id=refund_id).first()
    if refund is None:
        raise RefundNotFound
    return refund


def mark_refund_sent(refund: Refund) -> bool:
    """The gateway has taken the (locked) refund; False when that was known, or it has ended."""
    refund.ask_at = clock.now() + ASKED_AGAIN_AFTER
    if not may_refund_move(refund.status, RefundState.SENT):
        return False
    refund.status, refund.sent_at = RefundState.SENT, clock.now()
    refund.save(update_fields=["status", "sent_at", "ask_at"])
    _recorded(refund)
    return True


def mark_refund_arrived(refund: Refund) -> bool:
    """The (locked) refund is with the buyer again; False when that was known, or it cannot be."""
    if not may_refund_move(refund.status, RefundState.ARRIVED):
        return False
    refund.status, refund.arrived_at, refund.ask_at = RefundState.ARRIVED, clock.now(), None
    refund.save(update_fields=["status", "arrived_at", "ask_at"])
    _recorded(refund)
    return True


def mark_refund_failed(refund: Refund, failure: str) -> Refund:
    """The gateway could not give the (locked) refund back: another, by bank, takes its place; answers that one."""
    refund.status, refund.failure, refund.ask_at = RefundState.FAILED, failure[:200], None
    refund.save(update_fields=["status", "failure", "ask_at"])
    return _instead(_recorded(refund), refund.amount_idr, Refund.Route.BANK)


def note_refund_asked(refund_id: uuid.UUID) -> None:
    """The gateway is asked for it: from now on it may have it, whether its answer comes or not."""
    Refund.objects.filter(id=refund_id).update(asked_at=clock.now())


def note_refund_unknown(refund_id: uuid.UUID) -> None:
    """The gateway knows of none: nobody has sent it."""
    Refund.objects.filter(id=refund_id).update(asked_at=None)


def lock_refunds_owed(intent_id: uuid.UUID) -> list[Refund]:
    """The payment's refunds that nobody has sent yet, nor may have, held until the transaction ends, the oldest first."""
    owed = Refund.objects.filter(intent_id=intent_id, status=RefundState.OWED, asked_at=None).order_by("id")
    return sorted(owed.select_for_update(no_key=True), key=lambda refund: (refund.owed_at, refund.id))


def add_refund_by_chargeback(dispute: Dispute, order_id: uuid.UUID | None, amount_idr: int, reason: str) -> Refund:
    """So much of the order's money, just owed back to the buyer, they have from their bank: a refund that has arrived."""
    now = clock.now()
    refund = Refund.objects.create(
        buyer_id=dispute.intent.buyer_id,
        order_id=order_id,
        intent_id=dispute.intent_id,
        dispute=dispute,
        amount_idr=amount_idr,
        route=Refund.Route.CHARGEBACK,
        status=RefundState.ARRIVED,
        reason=reason,
        owed_at=now,
        arrived_at=now,
    )
    return _recorded(refund)


def mark_refund_by_chargeback(refund: Refund, dispute: Dispute, amount_idr: int) -> Refund:
    """So much of the (locked, owed) refund the buyer has from their bank; what is left of it is owed as before, by a
    refund that takes its place. Answers the one that has arrived."""
    left_idr = refund.amount_idr - amount_idr
    if left_idr:
        refund.status, refund.ask_at = RefundState.FAILED, None
        refund.save(update_fields=["status", "ask_at"])
        _instead(_recorded(refund), left_idr, Refund.Route(refund.route))
        return add_refund_by_chargeback(dispute, refund.order_id, amount_idr, refund.reason)
    refund.route, refund.dispute, refund.ask_at, refund.failure = Refund.Route.CHARGEBACK, dispute, None, ""
    refund.status, refund.arrived_at = RefundState.ARRIVED, clock.now()
    refund.save(update_fields=["route", "dispute", "ask_at", "failure", "status", "arrived_at"])
    return _recorded(refund)


def lock_refunds_by_chargeback(dispute: Dispute) -> list[Refund]:
    """What the buyer has by the (lost) dispute, held until the transaction ends."""
    given = dispute.refunds.filter(status=RefundState.ARRIVED).order_by("id")
    return list(given.select_for_update(no_key=True))


def mark_refund_taken_back(refund: Refund, failure: str, *, is_owed: bool) -> None:
    """The buyer's bank has taken back the (locked) refund that it had given: the buyer has it no longer. If it `is_owed` to
    them all the same, another takes its place."""
    refund.status, refund.failure = RefundState.FAILED, failure[:200]
    refund.save(update_fields=["status", "failure"])
    _recorded(refund)
    if is_owed:
        by_gateway = refund.intent_id is not None and _can_go_back(refund.intent_id, refund.amount_idr, clock.now())
        _instead(refund, refund.amount_idr, Refund.Route.GATEWAY if by_gateway else Refund.Route.BANK)


def ask_again_later(refund_id: uuid.UUID) -> None:
    """The gateway says that the refund is still on its way."""
    Refund.objects.filter(id=refund_id, ask_at__isnull=False).update(ask_at=clock.now() + ASKED_AGAIN_AFTER)


def send_refunds_by(payout_id: uuid.UUID, refund_ids: Collection[uuid.UUID]) -> None:
    """A payout to the buyer's bank account carries these."""
    _change_by_bank(
        refund_ids,
        {RefundState.OWED},
        status=RefundState.SENT,
        sent_at=clock.now(),
        payout_id=payout_id,
        failure="",
    )


def mark_refunds_arrived(refund_ids: Collection[uuid.UUID]) -> None:
    """The payout that carried them arrived."""
    _change_by_bank(refund_ids, {RefundState.SENT}, status=RefundState.ARRIVED, arrived_at=clock.now())


def owe_refunds_again(refund_ids: Collection[uuid.UUID], failure: str) -> None:
    """The payout that carried them did not arrive, or was sent back: they wait for a bank account that takes them."""
    _change_by_bank(
        refund_ids,
        {RefundState.SENT, RefundState.ARRIVED},
        status=RefundState.OWED,
        sent_at=None,
        arrived_at=None,
        payout_id=None,
        failure=failure[:200],
    )


def _instead(refund: Refund, amount_idr: int, route: Refund.Route) -> Refund:
    """What takes the place of a failed one."""
    other = Refund.objects.create(
        buyer_id=refund.buyer_id,
        order_id=refund.order_id,
        return_id=refund.return_id,
        intent_id=refund.intent_id,
        amount_idr=amount_idr,
        route=route,
        reason=refund.reason,
        owed_at=refund.owed_at,
        ask_at=clock.now() if route == Refund.Route.GATEWAY else None,
        instead_of=refund,
    )
    return _recorded(other)


def _change_by_bank(
    refund_ids: Collection[uuid.UUID], before: Collection[RefundState], *, status: RefundState, **changed: object
) -> None:
    """Of these those that go by bank and stand as `before` have taken the step, which stays on record."""
    of_these = Refund.objects.filter(id__in=refund_ids, route=Refund.Route.BANK, status__in=before)
    held = list(of_these.select_for_update(no_key=True).order_by("id").values_list("id", flat=True))
    Refund.objects.filter(id__in=held).update(status=status, **changed)
    _record(held, status)


def _recorded(refund: Refund) -> Refund:
    """The step that it has taken stays on record."""
    _record([refund.id], refund.status)
    return refund


def _record(refund_ids: Collection[uuid.UUID], status: str) -> None:
    now = clock.now()
    RefundEvent.objects.bulk_create(
        RefundEvent(refund_id=refund_id, status=status, happened_at=now) for refund_id in refund_ids
    )


def _can_go_back(intent_id: uuid.UUID, amount_idr: int, now: datetime) -> bool:
    """Whether the gateway that brought the money can still give so much of it back."""
    until = goes_back_until(intent_id)
    if until is None or now >= until:
        return False
    intent = PaymentIntent.objects.select_related("receipt").get(id=intent_id)
    receipt = getattr(intent, "receipt", None)
    others = intent.refunds.exclude(route=Refund.Route.BANK).exclude(status=RefundState.FAILED)
    taken_idr = others.aggregate(idr=Sum("amount_idr", default=0))["idr"]
    came_idr = receipt.amount_idr if receipt else intent.amount_idr
    return bool(taken_idr + amount_idr <= came_idr)
