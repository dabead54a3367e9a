"""Every change of a payout."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import DisbursementReport, DisbursementStatus, OutgoingPayout
from lapak.money.gateways.registry import disbursements_at
from lapak.money.ledger.commands import lock_balances_idr, post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer
from lapak.money.payouts.errors import (
    BankAccountRefused,
    ClaimedTwice,
    NothingClaimed,
    NotPayable,
    PayoutClosed,
    PayoutNotFound,
)
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.postings import payout_confirmed, payout_failed, payout_sent
from lapak.money.payouts.rules import Outcome, Status, may_move, payout_idr, problem_with_report
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User

DISPATCH_JOB = "payouts.dispatch_batch"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""


@dataclass(frozen=True, slots=True)
class PayoutClaim:
    """Whose money goes to which bank account; without an amount, the whole balance."""

    account: AccountKey
    bank_account_id: uuid.UUID
    amount_idr: int | None = None


@transaction.atomic
def send_payouts(provider: str, claims: Sequence[PayoutClaim], by: User | None) -> PayoutBatch:
    """Each claim's money is on its way: out of its account, in transit, in one batch that a job hands to the provider.

    All or nothing. Refuses an unknown provider, no claim, an account claimed twice (`ClaimedTwice`), money that is not
    owed to anyone outside (`NotPayable`), a bank account that is not its owner's (`BankAccountRefused`), more than the
    balance (`AmountAboveBalance`), less than the smallest payout (`AmountTooSmall`).
    Posts `payout_sent` for each.
    """
    disbursements_at(provider)
    _refuse_wrong_accounts(claims)
    _refuse_wrong_bank_accounts(claims)
    balances_idr = lock_balances_idr([claim.account for claim in claims])
    now = clock.now()
    batch = PayoutBatch.objects.create(
        provider=provider, paid_from=settings.PAYOUT_PAID_FROM, created_at=now, sent_by=by
    )
    payouts = []
    transfers: list[NewTransfer] = []
    for claim in claims:
        smallest_idr = SMALLEST_PAYOUT_IDR[claim.account.kind]
        payout = Payout(
            id=new_id(),
            batch=batch,
            account_id=claim.account.id,
            bank_account_id=claim.bank_account_id,
            amount_idr=payout_idr(balances_idr[claim.account], claim.amount_idr, smallest_idr),
            created_at=now,
        )
        payouts.append(payout)
        transfers.append(payout_sent(payout.id, claim.account, provider, payout.amount_idr))
    Payout.objects.bulk_create(payouts)
    post_transfers(transfers)
    app.configure_task(DISPATCH_JOB).defer(batch_id=str(batch.id))
    return batch


def dispatch_batch(batch_id: uuid.UUID) -> PayoutBatch:
    """The provider has the batch, or its file is there for the bank; again, nothing more happens.

    What the provider refuses comes back at once (`fail_payout`). Raises `GatewayUnavailable` when it does not answer and
    `GatewayRefused` when it does not work with us: the batch then waits as it is for the next try.
    """
    # Durable: the provider is asked outside any transaction, so that no lock waits for the network.
    with transaction.atomic(durable=True):
        batch = PayoutBatch.objects.get(id=batch_id)
    if batch.dispatched_at:
        return batch
    payouts = batch.payouts.filter(status=Status.SENT).select_related("bank_account").order_by("id")
    handover = disbursements_at(batch.provider).send([_outgoing(payout) for payout in payouts])
    with transaction.atomic():
        batch = PayoutBatch.objects.select_for_update(no_key=True).get(id=batch_id)
        if batch.dispatched_at:
            return batch
        batch.dispatched_at = clock.now()
        if handover.file:
            batch.file.save(f"{batch.id}.csv", ContentFile(handover.file), save=False)
        batch.save(update_fields=["dispatched_at", "file"])
        for payout_id, reason in handover.refused.items():
            fail_payout(payout_id, reason)
    return batch


@transaction.atomic
def confirm_payout(payout_id: uuid.UUID, by: User | None = None) -> bool:
    """The money arrived; False when that was known. `by` is empty when the provider says so.

    Refuses (`PayoutClosed`) a payout that came back. Posts `payout_confirmed`.
    """
    payout = _lock_payout(payout_id)
    if payout.status == Status.CONFIRMED:
        return False
    if not may_move(payout.status, Status.CONFIRMED):
        raise PayoutClosed
    payout.status, payout.confirmed_at, payout.closed_by = Status.CONFIRMED, clock.now(), by
    payout.save(update_fields=["status", "confirmed_at", "closed_by"])
    batch = payout.batch
    post_transfers([payout_confirmed(payout.id, batch.provider, batch.paid_from, payout.amount_idr)])
    return True


@transaction.atomic
def fail_payout(payout_id: uuid.UUID, reason: str, by: User | None = None) -> bool:
    """The money came back and is in its owner's balance again; False when that was known.

    Refuses (`PayoutClosed`) a payout that arrived. Posts `payout_failed`.
    """
    payout = _lock_payout(payout_id)
    if payout.status == Status.FAILED:
        return False
    if not may_move(payout.status, Status.FAILED):
        raise PayoutClosed
    payout.status, payout.failed_at, payout.closed_by = Status.FAILED, clock.now(), by
    payout.failure = reason[:200]
    payout.save(update_fields=["status", "failed_at", "closed_by", "failure"])
    account = AccountKey(AccountKind(payout.account.kind), payout.account.owner)
    post_transfers([payout_failed(payout.id, account, payout.batch.provider, payout.amount_idr)])
    return True


@transaction.atomic
def act_on_disbursement(report: DisbursementReport, from_provider: str) -> Outcome:
    """What a provider reports about a payout is true here, once, in whatever order it comes; says what came of it."""
    try:
        payout = _lock_payout(report.payout_id)
    except PayoutNotFound:
        return Outcome.UNKNOWN_PAYOUT
    problem = problem_with_report(
        report, from_provider=from_provider, sent_through=payout.batch.provider, sent_idr=payout.amount_idr
    )
    if problem:
        return problem
    try:
        if report.status is DisbursementStatus.ARRIVED:
            return Outcome.CONFIRMED if confirm_payout(payout.id) else Outcome.NOTHING_NEW
        return Outcome.FAILED if fail_payout(payout.id, report.failure) else Outcome.NOTHING_NEW
    except PayoutClosed:
        return Outcome.ENDED_OTHERWISE


def _refuse_wrong_accounts(claims: Sequence[PayoutClaim]) -> None:
    if not claims:
        raise NothingClaimed
    if len({claim.account for claim in claims}) < len(claims):
        raise ClaimedTwice
    if any(claim.account.kind not in SMALLEST_PAYOUT_IDR for claim in claims):
        raise NotPayable


def _refuse_wrong_bank_accounts(claims: Sequence[PayoutClaim]) -> None:
    """A shop is paid into the account it names, a buyer's refund into an account of that buyer.

    Creators are known only further up (affiliates): the flow that claims for them names the account they chose.
    """
    bank_accounts = BankAccount.objects.in_bulk([claim.bank_account_id for claim in claims])
    sellers = [claim.account.owner for claim in claims if claim.account.kind is AccountKind.SELLER_PAYABLE]
    of_shop = {
        str(id_): account_id
        for id_, account_id in Shop.objects.filter(id__in=sellers).values_list("id", "bank_account_id")
    }
    for claim in claims:
        bank_account = bank_accounts.get(claim.bank_account_id)
        if bank_account is None:
            raise BankAccountRefused
        if claim.account.kind is AccountKind.SELLER_PAYABLE and of_shop.get(claim.account.owner) != bank_account.id:
            raise BankAccountRefused
        if claim.account.kind is AccountKind.BUYER_REFUND_PAYABLE and claim.account.owner != str(bank_account.user_id):
            raise BankAccountRefused


def _lock_payout(payout_id: uuid.UUID) -> Payout:
    payout = (
        Payout.objects.select_for_update(of=("self",), no_key=True)
        .select_related("account", "batch")
        .filter(id=payout_id)
        .first()
    )
    if payout is None:
        raise PayoutNotFound
    return payout


def _outgoing(payout: Payout) -> OutgoingPayout:
    bank_account = payout.bank_account
    return OutgoingPayout(
        id=payout.id,
        number=payout.number,
        amount_idr=payout.amount_idr,
        bank_code=bank_account.bank_code,
        account_number=bank_account.number,
        account_holder=bank_account.holder,
    )
