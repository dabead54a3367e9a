"""What is owed leaves for the banks; and what it paid knows when it has arrived, or came back."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

import structlog
from django.conf import settings

from lapak.affiliates.commissions import mark_commissions_paid, mark_commissions_unpaid
from lapak.affiliates.posts.commands import mark_posts_paid, mark_posts_unpaid
from lapak.flows.debts import repay
from lapak.flows.owed import Owed, owed_now, owed_to
from lapak.flows.payout_items import lock_what_is_claimed, name_items
from lapak.flows.sweep import keep_stuck, no_longer_stuck
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.calendar import is_working_day
from lapak.lib.refusal import Refusal
from lapak.money.gateways.contract import DisbursementReport
from lapak.money.ledger.commands import lock_accounts
from lapak.money.payments.refunds import mark_refunds_arrived, owe_refunds_again
from lapak.money.payouts import commands as payouts
from lapak.money.payouts.commands import PayoutClaim, add_payouts, complete_batch, key_of, lock_open_batch, open_batch
from lapak.money.payouts.models import Payout, PayoutBatch, PayoutItem, PayoutRun
from lapak.money.payouts.queries import items_of
from lapak.money.payouts.rules import Outcome
from lapak.people.users.models import User

PAYOUT_HOUR_WIB = 8
"""On working days, what is owed is sent from this hour of Jakarta on: in time for the banks' day."""

AT_ONCE = 500
"""Payouts of one transaction: about a third of a second, so that a settlement that meets it hardly waits."""

NOT_PAID_OUT = "not_paid_out"
"""Under this name the desk shows the accounts whose payout could not be made; each run tries them again."""

log = structlog.get_logger(__name__)


def next_payout_run() -> datetime:
    """When the clock sends what is owed next."""
    moment = clock.now().astimezone(clock.WIB)
    day = moment.date() if moment.time() <= time(PAYOUT_HOUR_WIB) else moment.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(PAYOUT_HOUR_WIB), clock.WIB)


def run_payouts_of_the_day() -> None:
    """On a working day from 08:00 WIB on: everything owed is on its way, once that day, whenever a worker lives.

    A run that was broken off goes on where it stood.
    """
    moment = clock.now().astimezone(clock.WIB)
    if moment.hour < PAYOUT_HOUR_WIB or not is_working_day(moment.date()):
        return
    run = payouts.start_run(moment.date())
    if run.finished_at:
        return
    batch = PayoutBatch.objects.filter(run=run).first()
    if batch is None or not batch.complete_at:
        _send_due(None, settings.PAYOUT_PROVIDER, run, batch)
    payouts.finish_run(run)


def send_due_payouts(by: User | None, provider: str) -> PayoutBatch | None:
    """Everything owed to shops, creators and refunded buyers that can be sent is on its way; None when nothing is.

    In many transactions, so that nobody waits for all of them; an owner whose payout is refused is left out, as are
    balances below the smallest payout, owners without a bank account, and accounts that replaced another within a day
    (flows/owed.py): they wait for the next time.
    Posts `payout_sent` for each (money/payouts/postings.py). Each payout names what it pays.
    """
    return _send_due(by, provider, None, None)


@act
def confirm_payout(by: User | None, payout_id: uuid.UUID) -> bool:
    """The money arrived, and what it paid is paid; False when that was known."""
    is_new = payouts.confirm_payout(by, payout_id)
    if is_new:
        _mark_paid(payout_id)
    return is_new


@act
def fail_payout(by: User | None, payout_id: uuid.UUID, reason: str) -> bool:
    """The money did not arrive, and what it was to pay is owed as before; False when that was known."""
    is_new = payouts.fail_payout(by, payout_id, reason)
    if is_new:
        _mark_unpaid(payout_id)
    return is_new


@act
def return_payout(by: User | None, payout_id: uuid.UUID, reason: str) -> bool:
    """The bank sent back what had arrived, and what it had paid is owed again; False when that was known."""
    is_new = payouts.return_payout(by, payout_id, reason)
    if is_new:
        _mark_unpaid(payout_id)
    return is_new


@act
def receive_disbursement(report: DisbursementReport, from_provider: str) -> Outcome:
    """What the provider reports about a payout is true here, once; says what came of it."""
    outcome = payouts.act_on_disbursement(report, from_provider)
    if outcome is Outcome.CONFIRMED:
        _mark_paid(report.payout_id)
    if outcome in {Outcome.FAILED, Outcome.RETURNED}:
        _mark_unpaid(report.payout_id)
    return outcome


def hand_over(batch_id: uuid.UUID) -> PayoutBatch:
    """The provider has the batch; what it refuses at once is owed as before. See `payouts.dispatch_batch`."""
    return payouts.dispatch_batch(batch_id, fail_payout)


def _send_due(by: User | None, provider: str, run: PayoutRun | None, batch: PayoutBatch | None) -> PayoutBatch | None:
    claims = _all_claims()
    if not claims and batch is None:
        return None
    batch = batch or open_batch(by, provider, run)
    for start in range(0, len(claims), AT_ONCE):
        _send_or_split(batch, claims[start : start + AT_ONCE])
    complete_batch(batch)
    return batch


def _send_or_split(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> None:
    """Together; where one cannot be done, each by itself, so that it cannot hold up the others."""
    try:
        _send(batch, claims)
    except Exception as error:  # whatever it is, the others are paid
        if len(claims) > 1:
            for claim in claims:
                _send_or_split(batch, [claim])
        elif isinstance(error, Refusal):
            log.warning("payout_left_out", account=claims[0].account.owner, code=error.code)
        else:
            log.exception("payout_stuck", account=claims[0].account.owner)
            keep_stuck(NOT_PAID_OUT, claims[0].account.id, error)
    else:
        no_longer_stuck(NOT_PAID_OUT, [claim.account.id for claim in claims])


@act
def _send(batch: PayoutBatch, claims: Sequence[PayoutClaim]) -> None:
    """What stands under the locks is sent: what was claimed may have been paid by another run, or changed, meanwhile."""
    refunds = lock_what_is_claimed(claims)
    lock_open_batch(batch)
    lock_accounts([claim.account for claim in claims])  # what is held back now goes back under nobody's hand
    standing = _claims(owed_to(_owners(claims), refunds))
    if standing:
        name_items(standing, add_payouts(batch, standing), refunds)


def _mark_paid(payout_id: uuid.UUID) -> None:
    mark_refunds_arrived(items_of(payout_id, PayoutItem.Kind.REFUND))
    mark_commissions_paid(items_of(payout_id, PayoutItem.Kind.COMMISSION))
    mark_posts_paid(items_of(payout_id, PayoutItem.Kind.POST))


def _mark_unpaid(payout_id: uuid.UUID) -> None:
    payout = Payout.objects.select_related("account").get(id=payout_id)
    owe_refunds_again(items_of(payout_id, PayoutItem.Kind.REFUND), payout.failure)
    mark_commissions_unpaid(items_of(payout_id, PayoutItem.Kind.COMMISSION))
    mark_posts_unpaid(items_of(payout_id, PayoutItem.Kind.POST))
    repay({key_of(payout): payout.id})


def _all_claims() -> list[PayoutClaim]:
    return _claims(owed_now())


def _claims(owed: Iterable[Owed]) -> list[PayoutClaim]:
    return [claim for each in owed if (claim := each.claim)]


def _owners(claims: Sequence[PayoutClaim]) -> list[str]:
    return [claim.account.owner for claim in claims]
