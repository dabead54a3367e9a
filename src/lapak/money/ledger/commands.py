"""Every change of the books."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.db import connection, transaction

from lapak.lib import clock
from lapak.lib.money import MAX_IDR
from lapak.money.ledger.errors import TransferConflict
from lapak.money.ledger.models import Account, Transfer
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import AccountKey, NewTransfer

SETTLED_AFTER = timedelta(minutes=15)
"""No transaction that posts lives this long, so transfers older than this are all there to be counted."""


def post_transfers(transfers: Collection[NewTransfer]) -> int:
    """Book the transfers of one fact, all or none; return how many were new.

    Must run inside the caller's transaction, together with the change of state they record. Posting the same
    transfers again changes nothing. Refuses (`TransferConflict`) an id that is in the books with other figures, and
    (`ValueError`) an amount that is not above zero: that is a fault of the caller, not of a user.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("post_transfers belongs inside the transaction that changes what it records")
    for transfer in transfers:
        if not 0 < transfer.amount_idr <= MAX_IDR:
            raise ValueError(f"a transfer of {transfer.amount_idr} rupiah cannot be booked")
    _ensure_accounts({key for transfer in transfers for key in (transfer.debit, transfer.credit)})
    posted = _insert_missing(transfers)
    if posted < len(transfers):
        _refuse_conflicts(transfers)
    return posted


def lock_balance_idr(key: AccountKey) -> int:
    """Lock the account until the transaction ends, and answer its balance: whoever pays out of an account starts here."""
    return lock_balances_idr([key])[key]


def lock_balances_idr(keys: Collection[AccountKey]) -> dict[AccountKey, int]:
    """As `lock_balance_idr`, for many: in id order, so that two who pay out of the same accounts cannot wait for each other."""
    _ensure_accounts(keys)
    locked = Account.objects.select_for_update(no_key=True).filter(id__in=[key.id for key in keys]).order_by("id")
    list(locked.values_list("id"))
    return balances_idr(keys)


def take_snapshots(as_of: datetime) -> int:
    """Write every account's totals before `as_of`, so that balances read only what came after; return how many.

    Refuses (`ValueError`) a moment too recent for every transfer before it to be there.
    """
    if as_of > clock.now() - SETTLED_AFTER:
        raise ValueError("a snapshot looks back at least 15 minutes")
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_balancesnapshot (account_id, as_of, debits_idr, credits_idr)
            SELECT account_id, %(as_of)s, sum(debit_idr), sum(credit_idr)
            FROM (
                SELECT debit_account_id AS account_id, amount_idr AS debit_idr, 0 AS credit_idr
                FROM ledger_transfer WHERE posted_at < %(as_of)s
                UNION ALL
                SELECT credit_account_id, 0, amount_idr FROM ledger_transfer WHERE posted_at < %(as_of)s
            ) AS side
            GROUP BY account_id
            ON CONFLICT (account_id, as_of) DO NOTHING
            """,
            {"as_of": as_of},
        )
        return int(cursor.rowcount)


def _ensure_accounts(keys: Collection[AccountKey]) -> None:
    ordered = sorted(keys, key=lambda key: key.id)
    known = set(Account.objects.filter(id__in=[key.id for key in ordered]).values_list("id", flat=True))
    Account.objects.bulk_create(
        [Account(id=key.id, kind=key.kind, owner=key.owner) for key in ordered if key.id not in known],
        ignore_conflicts=True,
    )


def _insert_missing(transfers: Collection[NewTransfer]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_transfer
                (id, debit_account_id, credit_account_id, amount_idr, code, reference, posted_at)
            SELECT id, debit, credit, amount_idr, code, reference, %s
            FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[], %s::bigint[], %s::text[], %s::uuid[])
                AS t (id, debit, credit, amount_idr, code, reference)
            ON CONFLICT (id) DO NOTHING
            """,
            [
                clock.now(),
                [transfer.id for transfer in transfers],
                [transfer.debit.id for transfer in transfers],
                [transfer.credit.id for transfer in transfers],
                [transfer.amount_idr for transfer in transfers],
                [transfer.code.value for transfer in transfers],
                [transfer.reference for transfer in transfers],
            ],
        )
        return int(cursor.rowcount)


def _refuse_conflicts(transfers: Collection[NewTransfer]) -> None:
    booked = Transfer.objects.in_bulk([transfer.id for transfer in transfers])
    for transfer in transfers:
        found = booked[transfer.id]
        same = (
            found.debit_account_id == transfer.debit.id
            and found.credit_account_id == transfer.credit.id
            and found.amount_idr == transfer.amount_idr
        )
        if not same:
            raise TransferConflict
