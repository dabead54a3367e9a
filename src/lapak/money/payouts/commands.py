"""Every change of a payout."""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from procrastinate.contrib.django import app

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ids import new_id
from lapak.money.gateways.contract import (
    DisbursementReport,
    Disbursements,
    DisbursementStatus,
    Handover,
    OutgoingPayout,
)
from lapak.money.gateways.errors import GatewayRefused
from lapak.money.gateways.registry import disbursements_at, gateway_named
from lapak.money.ledger.commands import lock_balances_idr, post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer
from lapak.money.payouts.errors import (
    AskTheProvider,
    BankAccountRefused,
    BatchComplete,
    ClaimedTwice,
    NothingClaimed,
    NotPayable,
    PayoutClosed,
    PayoutNotFound,
    PlayMoney,
)
from lapak.money.payouts.models import Payout, PayoutBatch, PayoutEvent, PayoutItem, PayoutRun
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.postings import payout_confirmed, payout_failed, payout_returned, payout_sent
from lapak.money.payouts.rules import Outcome, Status, may_move, payout_idr, problem_with_report
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User
from lapak.people.users.operators import Desk, require_desk

DISPATCH_JOB = "payouts.dispatch_batch"
"""The job in `flows/tasks.py`, named here because tasks call commands and not the other way round."""


ASKED_AFTER = timedelta(hours=1)
ASKED_AGAIN_AFTER = timedelta(hours=24)
"""When a provider that can be asked is asked about a payout that it has told nothing of."""


Fail = Callable[[User | None, uuid.UUID, str], object]
"""What else comes back means, as `fail_payout`."""


@dataclass(frozen=True, slots=True)
class PayoutClaim:
    """Whose money goes to which bank account; without an amount, the whole balance but what is held back: an order's or a
    commission's id, with how much of it (IDR) stays."""

    account: AccountKey
    bank_account_id: uuid.UUID
    amount_idr: int | None = None
    held_back: Mapping[uuid.UUID, int] = field(default_factory=dict)
    is_last: bool = False
    """Whether nothing will come after it: then it is sent however small it is."""

    @property
    def held_back_idr(self) -> int:
        """What stays in the account, IDR."""
        return sum(self.held_back.values())


@act
def send_payouts(by: User | None, provider: str, claims: Sequence[PayoutClaim]) -> PayoutBatch:
    """Each claim's money is on its way: out of its account, in transit, in one batch that a job hands to the provider.

    As `add_payouts`, and refuses no claim at all (`NothingClaimed`).
    """
    if not claims:
        raise NothingClaimed
    batch = open_batch(by, provider)
    add_payouts(batch, claims)
    complete_batch(batch)
    return batch


def open_batch(by: User | None, provider: str, run: PayoutRun | None = None) -> PayoutBatch:
    """A batch to be filled (`add_payouts`) and then handed over (`complete_batch`).

    Refuses a person who is not the operator (`PayoutNotFound`), an unknown provider (`UnknownGateway`), and play money sent
    as real or real as play (`PlayMoney`).
    """
    if by:
        require_desk(by, Desk.PAYOUTS, PayoutNotFound)
    disbursements_at(provider)
    if is_play_money(provider, settings.PAYOUT_PAID_FROM):
        raise PlayMoney
    return PayoutBatch.objects.create(
        provider=provider, paid_from=settings.PAYOUT_PAID_FROM, created_at=clock.now(), sent_by=by, run=run
    )


def is_play_money(provider: str, paid_from: str) -> bool:
    """Whether this would write real transfers for money that is not real, unless a setting says that it may; or would say
    that real money arrived which nobody sent."""
    from_play, to_play = gateway_named(paid_from).is_play, gateway_named(provider).is_play
    return to_play if not from_play else not (to_play or settings.PLAY_MONEY_TO_REAL_BANKS)


def lock_open_batch(batch: PayoutBatch) -> None:
    """It takes payouts until the transaction ends, and is not handed over meanwhile. Refuses a complete one (`BatchComplete`):
    what came into it after the partner had it would never be sent."""
    if PayoutBatch.objects.select_for_update(no_key=True).get(id=batch.id).complete_at:
        raise BatchComplete


@act
def add_payouts(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> list[Payout]:
    """Each claim's money is on its way: out of its account, in transit.

    All or nothing. Refuses an account claimed twice (`ClaimedTwice`), money that is not owed to anyone outside
    (`NotPayable`), a bank account that is not its owner's (`BankAccountRefused`), more than the balance
    (`AmountAboveBalance`), less than the smallest payout (`AmountTooSmall`), and a batch that is complete (`BatchComplete`).
    Posts `payout_sent` for each.
    """
    lock_open_batch(batch)
    _refuse_wrong_accounts(claims)
    _refuse_wrong_bank_accounts(claims)
    balances_idr = lock_balances_idr([claim.account for claim in claims])
    now = clock.now()
    payouts = []
    transfers: list[NewTransfer] = []
    for claim in claims:
        smallest_idr = 1 if claim.is_last else SMALLEST_PAYOUT_IDR[claim.account.kind]
        payout = Payout(
            id=new_id(),
            batch=batch,
            account_id=claim.account.id,
            bank_account_id=claim.bank_account_id,
            amount_idr=payout_idr(balances_idr[claim.account] - claim.held_back_idr, claim.amount_idr, smallest_idr),
            created_at=now,
        )
        payouts.append(payout)
        transfers.append(payout_sent(payout.id, claim.account, batch.provider, payout.amount_idr))
    Payout.objects.bulk_create(payouts)
    _record(payouts)
    post_transfers(transfers)
    return payouts


def complete_batch(batch: PayoutBatch) -> None:
    """Everything is in the batch: a job hands it over, and if the job is lost, a sweep does (flows/tasks.py)."""
    PayoutBatch.objects.filter(id=batch.id).update(complete_at=clock.now())
    app.configure_task(DISPATCH_JOB).defer(batch_id=str(batch.id))


def dispatch_batch(batch_id: uuid.UUID, fail: Fail | None = None) -> PayoutBatch:
    """The provider has the batch, or its file is there for the bank; again, nothing more happens.

    What the provider refuses comes back at once: `fail` says what else that means, beyond `fail_payout`. Raises
    `PlayMoney`, `GatewayUnavailable` when it does not answer and `GatewayRefused` when it does not work with us: the batch
    then waits as it is for the next try.
    """
    # Durable: the provider is asked outside any transaction, so that no lock waits for the network.
    with transaction.atomic(durable=True):
        batch = PayoutBatch.objects.select_for_update(no_key=True).get(id=batch_id)
        if batch.complete_at is None:  # whoever was filling it may live after all: it takes nothing more
            batch.complete_at = clock.now()
            batch.save(update_fields=["complete_at"])
    if batch.dispatched_at:
        return batch
    if is_play_money(batch.provider, batch.paid_from):
        raise PlayMoney
    payouts = batch.payouts.filter(status=Status.SENT).select_related("bank_account").order_by("id")
    disbursements = disbursements_at(batch.provider)
    handover = disbursements.send([_outgoing(payout) for payout in payouts])
    handover = replace(handover, refused=_never_taken(disbursements, handover.refused))
    return _note_handed_over(batch_id, handover, disbursements, fail or fail_payout)


@act
def _note_handed_over(batch_id: uuid.UUID, handover: Handover, disbursements: Disbursements, fail: Fail) -> PayoutBatch:
    batch = PayoutBatch.objects.select_for_update(no_key=True).get(id=batch_id)
    if batch.dispatched_at:
        return batch
    batch.dispatched_at = clock.now()
    if handover.file:
        batch.file.save(f"{batch.id}.csv", ContentFile(handover.file), save=False)
    batch.save(update_fields=["dispatched_at", "file"])
    if disbursements.reports:
        batch.payouts.filter(status=Status.SENT).update(ask_at=batch.dispatched_at + ASKED_AFTER)
    for payout_id, reason in handover.refused.items():
        fail(None, payout_id, reason)
    return batch


@act
def confirm_payout(by: User | None, payout_id: uuid.UUID) -> bool:
    """The money arrived; False when that was known. `by` is empty when the provider says so.

    Refuses a person who is not the operator (`PayoutNotFound`), (`PayoutClosed`) a payout that came back, and
    (`AskTheProvider`) a person's word where the provider can be asked. Posts `payout_confirmed`.
    """
    payout = _close(by, payout_id, Status.CONFIRMED)
    if payout is None:
        return False
    batch = payout.batch
    post_transfers([payout_confirmed(payout.id, batch.provider, batch.paid_from, payout.amount_idr)])
    return True


@act
def fail_payout(by: User | None, payout_id: uuid.UUID, reason: str) -> bool:
    """The money did not arrive and is in its owner's balance again; False when that was known.

    Refuses a person who is not the operator (`PayoutNotFound`), (`PayoutClosed`) a payout that arrived, and
    (`AskTheProvider`) a person's word where the provider can be asked. Posts `payout_failed`.
    """
    payout = _close(by, payout_id, Status.FAILED, reason)
    if payout is None:
        return False
    post_transfers([payout_failed(payout.id, key_of(payout), payout.batch.provider, payout.amount_idr)])
    return True


@act
def return_payout(by: User | None, payout_id: uuid.UUID, reason: str) -> bool:
    """The bank sent back what had arrived, and it is in its owner's balance again; False when that was known.

    Refuses a person who is not the operator (`PayoutNotFound`), (`PayoutClosed`) a payout that never arrived, and
    (`AskTheProvider`) a person's word where the provider can be asked. Posts `payout_returned`.
    """
    payout = _close(by, payout_id, Status.RETURNED, reason)
    if payout is None:
        return False
    post_transfers([payout_returned(payout.id, key_of(payout), payout.batch.paid_from, payout.amount_idr)])
    return True


@act
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
        return _act_on(report, payout)
    except PayoutClosed:
        return Outcome.ENDED_OTHERWISE


def _act_on(report: DisbursementReport, payout: Payout) -> Outcome:
    if report.status is DisbursementStatus.ARRIVED and payout.status != Status.RETURNED:
        return Outcome.CONFIRMED if confirm_payout(None, payout.id) else Outcome.NOTHING_NEW
    if report.status is DisbursementStatus.FAILED:
        return Outcome.FAILED if fail_payout(None, payout.id, report.failure) else Outcome.NOTHING_NEW
    if report.status is DisbursementStatus.RETURNED:
        if payout.status == Status.SENT:  # its arrival was never told, or comes later: both are true
            confirm_payout(None, payout.id)
        return Outcome.RETURNED if return_payout(None, payout.id, report.failure) else Outcome.NOTHING_NEW
    return Outcome.NOTHING_NEW


def note_payout_asked(payout_id: uuid.UUID) -> None:
    """The provider has answered, and it is still on its way: it is asked again tomorrow."""
    Payout.objects.filter(id=payout_id, status=Status.SENT).update(ask_at=clock.now() + ASKED_AGAIN_AFTER)


def add_items(items: Iterable[PayoutItem]) -> None:
    """What the payouts pay. An item is in one live payout at most: the database refuses a second."""
    PayoutItem.objects.bulk_create(items)


@act
def start_run(day: date) -> PayoutRun:
    """The day's run, held until the transaction ends; made when there is none yet."""
    PayoutRun.objects.bulk_create([PayoutRun(day=day, started_at=clock.now())], ignore_conflicts=True)
    return PayoutRun.objects.select_for_update(no_key=True).get(day=day)


def finish_run(run: PayoutRun) -> None:
    """Everything of the day is on its way: the day has no second run."""
    PayoutRun.objects.filter(day=run.day).update(finished_at=clock.now())


def key_of(payout: Payout) -> AccountKey:
    """The account that the payout took its money from."""
    return AccountKey(AccountKind(payout.account.kind), payout.account.owner)


def _close(by: User | None, payout_id: uuid.UUID, status: Status, failure: str = "") -> Payout | None:
    """The payout, held, has taken the step; None when it had before. What came back pays for nothing any more."""
    payout = _lock_payout(payout_id)
    _refuse_a_person_s_word(by, payout)
    if payout.status == status:
        return None
    if not may_move(payout.status, status):
        raise PayoutClosed
    payout.status, payout.closed_by, payout.failure, payout.ask_at = status, by, failure[:200], None
    when = f"{status}_at"  # confirmed_at, failed_at, returned_at
    setattr(payout, when, clock.now())
    payout.save(update_fields=["status", "closed_by", "failure", "ask_at", when])
    _record([payout])
    if status is not Status.CONFIRMED:
        payout.items.update(is_live=False)
    return payout


def _record(payouts: Sequence[Payout]) -> None:
    """The step that each has taken stays on record."""
    now = clock.now()
    PayoutEvent.objects.bulk_create(
        PayoutEvent(payout=payout, status=payout.status, happened_at=now) for payout in payouts
    )


def _never_taken(disbursements: Disbursements, refused: Mapping[uuid.UUID, str]) -> dict[uuid.UUID, str]:
    """Those of which it knows nothing. It may refuse one because it has it (the answer to an earlier try was lost): given
    back here, the same money would go out twice."""
    return {id_: why for id_, why in refused.items() if not (disbursements.reports and _knows(disbursements, id_))}


def _knows(disbursements: Disbursements, payout_id: uuid.UUID) -> bool:
    try:
        disbursements.status(payout_id)
    except GatewayRefused:
        return False
    return True


def _refuse_a_person_s_word(by: User | None, payout: Payout) -> None:
    """Closed by hand and then told otherwise, the same money would go out twice."""
    if by is None:
        return
    require_desk(by, Desk.PAYOUTS, PayoutNotFound)
    if disbursements_at(payout.batch.provider).reports:
        raise AskTheProvider


def _refuse_wrong_accounts(claims: Sequence[PayoutClaim]) -> None:
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
        number=payout.bank_reference,
        amount_idr=payout.amount_idr,
        bank_code=bank_account.bank_code,
        account_number=bank_account.number,
        account_holder=bank_account.holder,
    )
