"""Booking transfers: once, all or none, never changed."""

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import lock_balance_idr, post_transfers
from lapak.money.ledger.errors import TransferConflict
from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.queries import (
    balance_idr,
    statement_rows,
    transfers_of_account,
    transfers_of_reference,
)
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode, without_zeros
from lapak.testing.refused import refused

CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")
ESCROW = AccountKey(AccountKind.ORDER_ESCROW, "shop")
SELLER = AccountKey(AccountKind.SELLER_PAYABLE, "shop")


def received(amount_idr: int, reference: uuid.UUID | None = None) -> NewTransfer:
    return NewTransfer(TransferCode.PAYMENT_RECEIVED, reference or new_id(), CASH, ESCROW, amount_idr)


def post(*transfers: NewTransfer) -> int:
    with transaction.atomic():
        return post_transfers(transfers)


def execute_alone(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.unsound_books  # escrow without orders: the ledger alone is under test
class TestPosting:
    def test_moves_the_amount_between_the_two_accounts(self) -> None:
        assert post(received(115_000)) == 1
        assert (balance_idr(CASH), balance_idr(ESCROW), balance_idr(SELLER)) == (115_000, 115_000, 0)

    def test_again_changes_nothing(self) -> None:
        transfer = received(115_000)
        assert (post(transfer), post(transfer), balance_idr(CASH)) == (1, 0, 115_000)

    def test_the_same_id_with_another_amount_is_refused_and_nothing_of_its_group_is_booked(self) -> None:
        reference = new_id()
        post(received(115_000, reference))
        with refused(TransferConflict):
            post(received(5_000), received(115_001, reference))
        assert Transfer.objects.count() == 1

    @pytest.mark.parametrize("other", [{"amount_idr": 1}, {"debit": SELLER}, {"credit": SELLER}])
    def test_the_same_fact_with_any_other_field_is_refused(self, other: dict[str, Any]) -> None:
        booked = received(115_000)
        post(booked)
        with refused(TransferConflict):
            post(replace(booked, **other))
        assert Transfer.objects.count() == 1

    @pytest.mark.parametrize("amount_idr", [0, -1, 10**13])
    def test_absurd_amounts_are_refused(self, amount_idr: int) -> None:
        with pytest.raises(ValueError, match="cannot be booked"):
            post(received(amount_idr))
        assert not Transfer.objects.exists()
        assert not Account.objects.exists()

    def test_the_database_refuses_what_slips_past_the_command(self) -> None:
        post(received(1))
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.create(
                id=new_id(), debit_account_id=CASH.id, credit_account_id=CASH.id, amount_idr=1,
                code="x", reference=new_id(), posted_at=clock.now(),
            )  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Transfer.objects.create(
                id=new_id(), debit_account_id=CASH.id, credit_account_id=ESCROW.id, amount_idr=0,
                code="x", reference=new_id(), posted_at=clock.now(),
            )  # fmt: skip

    @pytest.mark.parametrize(
        "statement",
        ["UPDATE ledger_transfer SET amount_idr = 1", "DELETE FROM ledger_transfer", "TRUNCATE ledger_transfer"],
    )
    def test_the_database_refuses_to_change_or_delete(self, statement: str) -> None:
        post(received(2))
        with pytest.raises(DatabaseError, match=r"append-only|permission denied"):
            execute_alone(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
        assert balance_idr(CASH) == 2

    def test_a_zero_is_no_fact(self) -> None:
        assert without_zeros(received(0), received(1))[0].amount_idr == 1

    def test_a_figure_opens_into_its_transfers(self) -> None:
        reference = new_id()
        post(received(10, reference), NewTransfer(TransferCode.GOODS_SETTLED, reference, ESCROW, SELLER, 4))
        assert [t.amount_idr for t in transfers_of_reference(reference)] == [10, 4]
        rows = statement_rows(ESCROW, list(transfers_of_account(ESCROW)))
        assert sorted(row.change_idr for row in rows) == [-4, 10]
        assert sum(row.change_idr for row in rows) == balance_idr(ESCROW)

    def test_locking_an_unused_account_answers_zero(self) -> None:
        with transaction.atomic():
            assert lock_balance_idr(SELLER) == 0


@pytest.mark.django_db(transaction=True)
def test_posting_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="inside the transaction"):
        post_transfers([received(1)])


@pytest.mark.unsound_books
class TestAnyHistory(TestCase):
    @settings(max_examples=40)
    @given(
        st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from([(CASH, ESCROW), (ESCROW, SELLER), (SELLER, CASH)]))),
        st.data(),
    )
    def test_any_sequence_of_retries_posts_once(
        self, moves: list[tuple[int, tuple[AccountKey, AccountKey]]], data: st.DataObject
    ) -> None:
        transfers = [
            NewTransfer(TransferCode.FEE, new_id(), debit, credit, amount) for amount, (debit, credit) in moves
        ]
        retried = data.draw(st.lists(st.sampled_from(transfers))) if transfers else []
        posted = sum(post(transfer) for transfer in [*transfers, *retried])
        assert posted == len(transfers) == Transfer.objects.count()
        in_and_out = sum(t.amount_idr for t in transfers if t.debit == CASH) - sum(
            t.amount_idr for t in transfers if t.credit == CASH
        )
        assert balance_idr(CASH) == in_and_out
