"""An account's statement: a row per fact, with all its transfers summed."""

from datetime import timedelta

import pytest
from django.db import transaction

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, facts_of_account
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]

SELLER = AccountKey(AccountKind.SELLER_PAYABLE, "batik")
ESCROW = AccountKey(AccountKind.ORDER_ESCROW, "batik")
CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")
FEES = AccountKey(AccountKind.PLATFORM_FEE, PLATFORM)


def settle(goods_idr: int, fee_idr: int) -> None:
    order_id = new_id()
    with transaction.atomic():
        post_transfers(
            [
                NewTransfer(TransferCode.GOODS_SETTLED, order_id, ESCROW, SELLER, goods_idr),
                NewTransfer(TransferCode.FEE, order_id, SELLER, FEES, fee_idr),
            ]
        )


def test_each_fact_is_one_row_newest_first_and_they_sum_to_the_balance() -> None:
    settle(100_000, 2_000)
    with clock.stopped_at(clock.now() + timedelta(hours=1)):
        settle(50_000, 1_000)
    facts, older = facts_of_account(SELLER)
    assert [fact.change_idr for fact in facts] == [49_000, 98_000]
    assert all(set(fact.codes) == {"goods_settled", "fee"} for fact in facts)
    assert sum(fact.change_idr for fact in facts) == balance_idr(SELLER)
    assert older == ""


def test_money_held_grows_on_the_debit_side() -> None:
    payment_id = new_id()
    with transaction.atomic():
        post_transfers([NewTransfer(TransferCode.PAYMENT_RECEIVED, payment_id, CASH, ESCROW, 115_000)])
    assert [fact.change_idr for fact in facts_of_account(CASH)[0]] == [115_000]
    assert [fact.change_idr for fact in facts_of_account(ESCROW)[0]] == [115_000]


def test_older_facts_follow_page_by_page_none_twice_and_none_left_out() -> None:
    now = clock.now()
    for n in range(1, 8):
        with clock.stopped_at(now + timedelta(minutes=n // 2)):  # some at the very same moment
            settle(n * 1_000, n)
    seen, older = [], ""
    for _page in range(4):
        facts, older = facts_of_account(SELLER, older, limit=2)
        seen += [fact.change_idr for fact in facts]
    assert sorted(seen) == [n * 999 for n in range(1, 8)]
    assert older == ""
    assert seen[0] >= 6 * 999


def test_a_mark_that_makes_no_sense_starts_at_the_newest() -> None:
    settle(100_000, 2_000)
    assert facts_of_account(SELLER, "yesterday_x") == facts_of_account(SELLER)


@pytest.mark.django_db(transaction=True)
def test_what_two_transactions_booked_for_one_reference_are_two_facts() -> None:
    payout_id = new_id()
    for code, debit, credit in (
        (TransferCode.PAYOUT_SENT, SELLER, CASH),
        (TransferCode.PAYOUT_FAILED, CASH, SELLER),
    ):
        with transaction.atomic():
            post_transfers([NewTransfer(code, payout_id, debit, credit, 500)])
    assert [fact.change_idr for fact in facts_of_account(SELLER)[0]] == [500, -500]
