"""What is told of refunds and payouts: to whom the money goes."""

import uuid
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Min

from lapak.affiliates.models import Creator
from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.money.ledger.models import AccountKind
from lapak.money.payments.models import Refund, RefundEvent
from lapak.money.payouts.models import Payout, PayoutEvent
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import sentence_of_ours
from lapak.people.users.models import BankAccount

Route, Step = Refund.Route, Refund.Status


def of_refunds(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """The buyer: that it is owed, or waits for their bank account; is on its way; has arrived; came back."""
    events = list(RefundEvent.objects.filter(id__in=event_ids).select_related("refund").order_by("happened_at", "id"))
    buyers = {event.refund.buyer_id for event in events}
    can_be_paid = set(BankAccount.objects.filter(user_id__in=buyers, dropped_at=None).values_list("user_id", flat=True))
    sent = RefundEvent.objects.filter(refund__in={event.refund_id for event in events}, status=Step.SENT)
    first_sent = dict(sent.values_list("refund_id").annotate(at=Min("happened_at")))
    for event in events:
        was_sent = first_sent.get(event.refund_id, event.happened_at) < event.happened_at
        yield from _of_refund(event, has_account=event.refund.buyer_id in can_be_paid, was_sent=was_sent)


def _of_refund(event: RefundEvent, *, has_account: bool, was_sent: bool) -> Iterator[Telling]:
    refund = event.refund
    fact = _fact_of_refund(event.status, refund, has_account=has_account, was_sent=was_sent)
    if fact:
        yield Telling(
            fact=fact,
            reader_id=refund.buyer_id,
            said={"amount_idr": refund.amount_idr, "reason": sentence_of_ours(refund.reason)},
            **when(event.id, event.happened_at, refund.arrives_by if fact == "refund_sent" else None),
        )


def _fact_of_refund(status: str, refund: Refund, *, has_account: bool, was_sent: bool) -> str | None:
    """What they have from their bank they know from it; of one that failed another has taken the place, and tells."""
    if refund.route == Route.CHARGEBACK or status == Step.FAILED:
        return None
    if status != Step.OWED:
        return f"refund_{status}"
    if was_sent:
        return "refund_came_back"
    return "refund_owed" if refund.route == Route.GATEWAY or has_account else "refund_needs_account"


def of_payouts(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """The shop's owners, or the creator: that it is on its way, or came back. That it arrived their bank tells them.

    A payout that carries refunds is told by those.
    """
    events = list(
        PayoutEvent.objects.filter(id__in=event_ids)
        .exclude(status=Payout.Status.CONFIRMED)
        .select_related("payout__account")
        .order_by("happened_at", "id")
    )
    shops = {uuid.UUID(event.payout.account.owner) for event in events if _is_of(event, AccountKind.SELLER_PAYABLE)}
    creators = {uuid.UUID(event.payout.account.owner) for event in events if _is_of(event, AccountKind.CREATOR_PAYABLE)}
    readers, users = readers_of(shops), dict(Creator.objects.filter(id__in=creators).values_list("id", "user_id"))
    for event in events:
        yield from _of_payout(event, readers, users)


def _of_payout(event: PayoutEvent, readers: Readers, users: Mapping[uuid.UUID, uuid.UUID]) -> Iterator[Telling]:
    what = "payout_sent" if event.status == Payout.Status.SENT else "payout_came_back"
    said: dict[str, Any] = {"amount_idr": event.payout.amount_idr, "payout": event.payout.number}
    told = when(event.id, event.happened_at)
    if _is_of(event, AccountKind.SELLER_PAYABLE):
        yield from readers.tell_owners(uuid.UUID(event.payout.account.owner), f"shop_{what}", said, **told)
    elif _is_of(event, AccountKind.CREATOR_PAYABLE):
        creator_id = uuid.UUID(event.payout.account.owner)
        yield Telling(fact=f"creator_{what}", reader_id=users[creator_id], said=said, **told)


def _is_of(event: PayoutEvent, kind: AccountKind) -> bool:
    return event.payout.account.kind == kind
