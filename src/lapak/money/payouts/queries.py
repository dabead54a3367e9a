"""Reading payouts."""

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, QuerySet, Sum

from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


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


def balances_to_pay_out(kind: AccountKind) -> dict[AccountKey, int]:
    """The accounts of a kind from which a payout is possible now, with what they hold."""
    keys = [AccountKey(kind, owner) for owner in Account.objects.filter(kind=kind).values_list("owner", flat=True)]
    return {key: idr for key, idr in balances_idr(keys).items() if idr >= SMALLEST_PAYOUT_IDR[kind]}
