"""What is owed leaves for the banks; and when it has arrived, commissions are paid."""

import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from lapak.affiliates.commissions import mark_commissions_paid
from lapak.affiliates.models import Creator
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.calendar import is_working_day
from lapak.money.gateways.contract import DisbursementReport
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts import commands as payouts
from lapak.money.payouts.commands import PayoutClaim, send_payouts
from lapak.money.payouts.models import Payout, PayoutBatch
from lapak.money.payouts.queries import balances_to_pay_out
from lapak.money.payouts.rules import Outcome
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User

PAYOUT_HOUR_WIB = 8
"""On working days, what is owed is sent at this hour of Jakarta: in time for the banks' day."""


def next_payout_run() -> datetime:
    """When the clock sends what is owed next."""
    moment = clock.now().astimezone(clock.WIB)
    day = moment.date() if moment.hour < PAYOUT_HOUR_WIB else moment.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, time(PAYOUT_HOUR_WIB), clock.WIB)


@act
def send_due_payouts(provider: str, by: User | None) -> PayoutBatch | None:
    """Everything owed to shops, creators and refunded buyers that can be sent is on its way; None when nothing is due.

    Left for the next time: balances below the smallest payout, and owners without a bank account.
    Posts `payout_sent` for each (money/payouts/postings.py).
    """
    claims = [*_claims_of_shops(), *_claims_of_creators(), *_claims_of_buyers()]
    return send_payouts(provider, claims, by) if claims else None


@act
def confirm_payout(payout_id: uuid.UUID, by: User | None = None) -> bool:
    """The money arrived, and if it was a creator's, the commissions in it are paid; False when that was known."""
    is_new = payouts.confirm_payout(payout_id, by)
    if is_new:
        _mark_commissions_paid(payout_id)
    return is_new


@act
def receive_disbursement(report: DisbursementReport, from_provider: str) -> Outcome:
    """What the provider reports about a payout is true here, once; says what came of it."""
    outcome = payouts.act_on_disbursement(report, from_provider)
    if outcome is Outcome.CONFIRMED:
        _mark_commissions_paid(report.payout_id)
    return outcome


def _mark_commissions_paid(payout_id: uuid.UUID) -> None:
    """A creator's payout carries every commission that had settled when it was sent."""
    payout = Payout.objects.select_related("account").get(id=payout_id)
    if payout.account.kind == AccountKind.CREATOR_PAYABLE:
        mark_commissions_paid(uuid.UUID(payout.account.owner), payout.created_at)


def _claims_of_shops() -> Iterator[PayoutClaim]:
    due = balances_to_pay_out(AccountKind.SELLER_PAYABLE)
    shops = Shop.objects.filter(id__in=[key.owner for key in due], bank_account__isnull=False)
    for shop_id, bank_account_id in shops.values_list("id", "bank_account_id"):
        yield PayoutClaim(AccountKey(AccountKind.SELLER_PAYABLE, str(shop_id)), bank_account_id)


def _claims_of_creators() -> Iterator[PayoutClaim]:
    due = balances_to_pay_out(AccountKind.CREATOR_PAYABLE)
    creators = Creator.objects.filter(id__in=[key.owner for key in due], bank_account__isnull=False)
    for creator_id, bank_account_id in creators.values_list("id", "bank_account_id"):
        yield PayoutClaim(AccountKey(AccountKind.CREATOR_PAYABLE, str(creator_id)), bank_account_id)


def _claims_of_buyers() -> Iterator[PayoutClaim]:
    due = balances_to_pay_out(AccountKind.BUYER_REFUND_PAYABLE)
    newest = BankAccount.objects.filter(user__in=[key.owner for key in due]).order_by("user", "-created_at")
    for user_id, bank_account_id in newest.distinct("user").values_list("user_id", "id"):
        yield PayoutClaim(AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(user_id)), bank_account_id)
