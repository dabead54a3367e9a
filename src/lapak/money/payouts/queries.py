"""Reading payouts."""

import uuid
from collections.abc import Collection
from datetime import timedelta
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, Q, QuerySet, Sum

from lapak.lib import clock
from lapak.lib.among import among
from lapak.lib.ids import NumberOf, number_in
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout, PayoutBatch, PayoutItem

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

BROKEN_OFF_AFTER = timedelta(minutes=15)
"""A batch that is still not complete after so long never will be: whoever filled it is dead."""


class BatchFigures(TypedDict):
    """How many payouts a batch has, and what they come to (IDR)."""

    payout_count: int
    total_idr: int


def payouts_of_account(key: AccountKey) -> QuerySet[Payout]:
    """Every payout of an account, newest first."""
    return Payout.objects.filter(account_id=key.id).select_related("bank_account", "batch").order_by("-created_at")


def in_transit_idr(key: AccountKey) -> int:
    """How much has left the account for the bank and has not arrived yet."""
    sent = Payout.objects.filter(account_id=key.id, status=Payout.Status.SENT)
    return int(sent.aggregate(total_idr=Sum("amount_idr", default=0))["total_idr"])


def sent_and_arrived_idr(key: AccountKey) -> tuple[int, int]:
    """How much has left the account for the bank and has not arrived yet; and how much ever arrived there and stayed. Reads a
    row a payout."""
    sums = Payout.objects.filter(account_id=key.id).aggregate(
        sent=Sum("amount_idr", filter=Q(status=Payout.Status.SENT), default=0),
        arrived=Sum("amount_idr", filter=Q(status=Payout.Status.CONFIRMED), default=0),
    )
    return int(sums["sent"]), int(sums["arrived"])


def unconfirmed_payouts() -> QuerySet[Payout]:
    """What is on its way and has neither arrived nor come back, oldest first."""
    return (
        Payout.objects.filter(status=Payout.Status.SENT)
        .select_related("account", "bank_account", "batch")
        .order_by("created_at")
    )


def payout_batches() -> "QuerySet[WithAnnotations[PayoutBatch, BatchFigures]]":
    """Every batch, newest first."""
    return (
        PayoutBatch.objects.select_related("sent_by")
        .annotate(payout_count=Count("payouts"), total_idr=Sum("payouts__amount_idr", default=0))
        .order_by("-created_at")
    )


def balances_to_pay_out(kind: AccountKind, owners: Collection[str] | None = None) -> dict[AccountKey, int]:
    """The accounts of a kind, of these owners or of all, in which there is money, with how much."""
    accounts = Account.objects.filter(kind=kind)
    asked = accounts if owners is None else accounts.filter(owner__in=owners)
    keys = [AccountKey(kind, owner) for owner in asked.values_list("owner", flat=True)]
    return {key: idr for key, idr in balances_idr(keys).items() if idr > 0}


def batches_to_dispatch() -> QuerySet[PayoutBatch]:
    """Batches that no provider has yet, the oldest first: complete ones, and those whose filling was broken off."""
    now = clock.now()
    goes_on = Q(run__day=now.astimezone(clock.WIB).date())  # the run of today is taken up where it was broken off
    is_ready = Q(complete_at__isnull=False) | (Q(created_at__lt=now - BROKEN_OFF_AFTER) & ~goes_on)
    return PayoutBatch.objects.filter(is_ready, dispatched_at=None).order_by("created_at")


def payouts_to_ask_about() -> QuerySet[Payout]:
    """Payouts whose provider is to be asked now what became of them."""
    return Payout.objects.filter(ask_at__lte=clock.now(), status=Payout.Status.SENT).order_by("ask_at")


def arrived_payout_numbered(number: str) -> Payout | None:
    """The arrived payout that people and banks name so; None if there is none, or two."""
    arrived = Payout.objects.filter(status=Payout.Status.CONFIRMED)
    found = arrived.alias(its_number=NumberOf("id")).filter(its_number=number_in(number))
    rows = list(found[:2])
    return rows[0] if len(rows) == 1 else None


def items_of(payout_id: uuid.UUID, kind: str) -> list[uuid.UUID]:
    """What of this kind the payout pays, or paid before it came back."""
    return list(PayoutItem.objects.filter(payout=payout_id, kind=kind).values_list("item_id", flat=True))


def arrived_items(kind: str, item_ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Which of these a payout paid that has arrived, and was not sent back."""
    arrived = PayoutItem.objects.filter(among("item_id", item_ids), kind=kind, is_live=True, payout__status="confirmed")
    return list(arrived.values_list("item_id", flat=True))


def live_items(kind: str, item_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Which of these a payout pays that is on its way or has arrived."""
    live = PayoutItem.objects.filter(kind=kind, item_id__in=item_ids, is_live=True)
    return set(live.values_list("item_id", flat=True))
