"""Balances from snapshots: whatever is committed late, or comes from another server, is counted once."""

import threading
import time

import pytest
from django.db import connection, transaction
from django.db.models import Max

from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers, take_snapshots
from lapak.money.ledger.models import AccountKind, BalanceSnapshot, KindSnapshot, Transfer
from lapak.money.ledger.queries import account_totals, balance_idr
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode
from lapak.testing.rows_read import rows_read

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.unsound_books, pytest.mark.waits_for_all]

CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")
ESCROW = AccountKey(AccountKind.ORDER_ESCROW, "shop")
SELLER = AccountKey(AccountKind.SELLER_PAYABLE, "shop")


def post(amount_idr: int, debit: AccountKey = CASH, credit: AccountKey = ESCROW) -> None:
    with transaction.atomic():
        post_transfers([NewTransfer(TransferCode.PAYMENT_RECEIVED, new_id(), debit, credit, amount_idr)])


def take_snapshots_of_all() -> int:
    """Once no transaction of the whole server, and so of the tests beside this one, is older than the last transfer."""
    last = Transfer.objects.aggregate(last=Max("transaction_id"))["last"]
    for _ in range(12_000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > %s", [last])
            if cursor.fetchone()[0]:
                return take_snapshots()
        time.sleep(0.05)
    raise TimeoutError


def totals() -> dict[AccountKind, int]:
    return {kind: idr for kind, idr in account_totals() if idr}


def test_balances_stay_as_they_were() -> None:
    post(100)
    assert take_snapshots_of_all() == 2
    assert take_snapshots_of_all() == 0
    post(11)
    assert (balance_idr(CASH), balance_idr(ESCROW)) == (111, 111)
    assert totals() == {AccountKind.GATEWAY_CASH: 111, AccountKind.ORDER_ESCROW: 111}


def test_each_is_built_on_the_last_and_only_of_accounts_that_moved() -> None:
    post(100)
    take_snapshots_of_all()
    post(30, ESCROW, SELLER)
    assert take_snapshots_of_all() == 2  # the gateway's has not moved
    newest = BalanceSnapshot.objects.filter(account_id=ESCROW.id).latest("cut")
    assert (newest.debits_idr, newest.credits_idr) == (30, 100)
    assert (balance_idr(CASH), balance_idr(ESCROW), balance_idr(SELLER)) == (100, 70, 30)
    assert totals() == {AccountKind.GATEWAY_CASH: 100, AccountKind.ORDER_ESCROW: 70, AccountKind.SELLER_PAYABLE: 30}


def test_of_an_account_the_two_newest_are_kept() -> None:
    for _ in range(4):
        post(1)
        take_snapshots_of_all()
    assert BalanceSnapshot.objects.filter(account_id=CASH.id).count() == 2
    assert balance_idr(CASH) == 4


def test_of_a_kind_the_newest_sums_are_kept_and_read_alone() -> None:
    for _ in range(3):
        post(1)
        take_snapshots_of_all()
    assert KindSnapshot.objects.filter(kind=AccountKind.GATEWAY_CASH).count() == 1
    with rows_read() as read:
        assert totals() == {AccountKind.GATEWAY_CASH: 3, AccountKind.ORDER_ESCROW: 3}
    assert (read["ledger_account"], read["ledger_balancesnapshot"]) == (0, 0)


def test_a_transfer_committed_after_a_later_snapshot_is_counted() -> None:
    """Posted at 12.00, snapshot at 12.01, committed at 12.02: by the clock it belonged into the snapshot."""
    posted, go_on = threading.Event(), threading.Event()

    def post_slowly() -> None:
        try:
            with transaction.atomic():
                post_transfers([NewTransfer(TransferCode.PAYMENT_RECEIVED, new_id(), CASH, ESCROW, 7_000)])
                posted.set()
                go_on.wait(30)
        finally:
            connection.close()

    post(5_000)
    slow = threading.Thread(target=post_slowly)
    slow.start()
    assert posted.wait(30)
    post(1)
    take_snapshots()
    go_on.set()
    slow.join()
    assert balance_idr(CASH) == 12_001
    assert totals()[AccountKind.GATEWAY_CASH] == 12_001
    take_snapshots_of_all()
    assert (balance_idr(CASH), totals()[AccountKind.GATEWAY_CASH]) == (12_001, 12_001)


def test_snapshots_of_another_servers_count_are_not_believed_and_go() -> None:
    """A restored dump: its transaction numbers say nothing here."""
    post(100)
    take_snapshots_of_all()
    BalanceSnapshot.objects.update(counter=1, cut=2**60, debits_idr=77)
    KindSnapshot.objects.update(counter=1, cut=2**60, debits_idr=77)
    post(11)
    assert (balance_idr(CASH), totals()[AccountKind.GATEWAY_CASH]) == (111, 111)
    take_snapshots_of_all()
    assert not BalanceSnapshot.objects.filter(counter=1).exists()
    assert not KindSnapshot.objects.filter(counter=1).exists()
    assert (balance_idr(CASH), totals()[AccountKind.GATEWAY_CASH]) == (111, 111)
