"""Every change of the books."""

import uuid
from collections.abc import Collection

import structlog
from django.db import connection, transaction
from django.db.models import Q

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.money import MAX_IDR
from lapak.lib.pipeline import array
from lapak.money.ledger.errors import CorrectionBelowZero, TransferConflict, TransferCorrected, TransferNotFound
from lapak.money.ledger.models import Account, AccountKind, Reversal, Transfer
from lapak.money.ledger.queries import balances_idr
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode

log = structlog.get_logger(__name__)


def post_transfers(transfers: Collection[NewTransfer]) -> int:
    """Book the transfers of one fact, all or none; return how many were new.

    Must run inside the caller's transaction, together with the change of state they record. Posting the same
    transfers again changes nothing. Refuses (`TransferConflict`) a fact that is in the books with any other field, and
    (`ValueError`) an amount that is not above zero: that is a fault of the caller, not of a user.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("post_transfers belongs inside the transaction that changes what it records")
    for transfer in transfers:
        if not 0 < transfer.amount_idr <= MAX_IDR:
            raise ValueError(f"a transfer of {transfer.amount_idr} rupiah cannot be booked")
    if not transfers:
        return 0
    _open_accounts({key for transfer in transfers for key in (transfer.debit, transfer.credit)})
    posted = _insert_missing(transfers)
    if posted < len(transfers):
        _refuse_conflicts(transfers)
    return posted


def lock_balance_idr(key: AccountKey) -> int:
    """Lock the account until the transaction ends, and answer its balance: whoever pays out of an account starts here."""
    return lock_balances_idr([key])[key]


def lock_balances_idr(keys: Collection[AccountKey]) -> dict[AccountKey, int]:
    """As `lock_balance_idr`, for many."""
    lock_accounts(keys)
    return balances_idr(keys)


def lock_accounts(keys: Collection[AccountKey]) -> None:
    """Hold the accounts until the transaction ends; in id order, so that two who hold the same ones do not wait in a ring."""
    if not keys:
        return
    _open_accounts(keys)
    locked = Account.objects.select_for_update(no_key=True).filter(id__in=[key.id for key in keys]).order_by("id")
    list(locked.values_list("id"))


@act
def reverse_transfers(transfer_ids: Collection[uuid.UUID], by_id: uuid.UUID | None, reason: str) -> list[Transfer]:
    """These transfers are undone, all or none, by new ones the other way round; returns the new ones.

    The old ones stand as they were: that they are undone, why and through whom (None: by a partner's word) is kept beside
    them (`Reversal`).
    Refuses `TransferNotFound`, `TransferCorrected` and, for an account of others' money, `CorrectionBelowZero`.
    """
    wrong = list(Transfer.objects.filter(id__in=transfer_ids).select_related("debit_account", "credit_account"))
    if not wrong or len(wrong) < len(set(transfer_ids)):
        raise TransferNotFound
    balances_idr = lock_balances_idr({key for transfer in wrong for key in _sides(transfer)})
    if Reversal.objects.filter(Q(undoes__in=wrong) | Q(transfer__in=wrong)).exists():
        raise TransferCorrected
    new = [_undoing(transfer) for transfer in wrong]
    for transfer in new:
        balances_idr[transfer.debit] += transfer.amount_idr * (1 if transfer.debit.kind.is_debit_normal else -1)
        balances_idr[transfer.credit] += transfer.amount_idr * (-1 if transfer.credit.kind.is_debit_normal else 1)
    if any(idr < 0 and not key.kind.may_go_below_zero for key, idr in balances_idr.items()):
        raise CorrectionBelowZero
    post_transfers(new)
    now = clock.now()
    Reversal.objects.bulk_create(
        Reversal(transfer_id=undoing.id, undoes=transfer, reason=reason, by_id=by_id, corrected_at=now)
        for undoing, transfer in zip(new, wrong, strict=True)
    )
    return list(Transfer.objects.filter(id__in=[transfer.id for transfer in new]))


def _undoing(transfer: Transfer) -> NewTransfer:
    debit, credit = _sides(transfer)
    return NewTransfer(
        TransferCode.CORRECTION, transfer.reference, credit, debit, transfer.amount_idr, part=str(transfer.id)
    )


def _sides(transfer: Transfer) -> tuple[AccountKey, AccountKey]:
    debit, credit = transfer.debit_account, transfer.credit_account
    return AccountKey(AccountKind(debit.kind), debit.owner), AccountKey(AccountKind(credit.kind), credit.owner)


@act
def take_snapshots() -> int:
    """Write the totals of every account that moved since the last time, so that balances read only what came after.

    Returns how many accounts that were. Each is built on its account's last snapshot; of these one more is kept, older
    ones go, and so do those of another server's count. Likewise the sums of each kind of account.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE ledger_balancesnapshot IN SHARE ROW EXCLUSIVE MODE")  # one at a time; readers go on
        cursor.execute(_TAKE_SNAPSHOTS, {"now": clock.now()})
        taken = int(cursor.rowcount)
        cursor.execute(_NEWEST_CUT)
        counter, cut = cursor.fetchone()
        cursor.execute(_DROP_OLD_SNAPSHOTS, {"counter": counter, "cut": cut})
        cursor.execute(_DROP_SNAPSHOTS_OF_ANOTHER_COUNT, {"counter": counter})
        cursor.execute(_TAKE_KIND_SNAPSHOTS)
        cursor.execute(_DROP_OLD_KIND_SNAPSHOTS)
        return taken


def _of_what_moved(table: str) -> str:
    """`here`: this server's count and where it stands; `last`: up to where the table's newest sums go; `moved`: what was booked
    between, by account."""
    return f"""WITH here AS MATERIALIZED (
        SELECT system_identifier AS counter, pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS cut
        FROM pg_control_system()
    ), last AS MATERIALIZED (
        SELECT coalesce((SELECT max(s.cut) FROM {table} s WHERE s.counter = here.counter), 0) AS cut FROM here
    ), new AS MATERIALIZED (
        SELECT debit_account_id, credit_account_id, amount_idr FROM ledger_transfer
        WHERE transaction_id >= (SELECT cut FROM last) AND transaction_id < (SELECT cut FROM here)
    ), moved AS MATERIALIZED (
        SELECT account_id, sum(debit_idr) AS debits_idr, sum(credit_idr) AS credits_idr
        FROM (
            SELECT debit_account_id AS account_id, amount_idr AS debit_idr, 0 AS credit_idr FROM new
            UNION ALL
            SELECT credit_account_id, 0, amount_idr FROM new
        ) side
        GROUP BY account_id
    )"""  # noqa: S608 - our own words


_TAKE_SNAPSHOTS = f"""
    {_of_what_moved("ledger_balancesnapshot")}
    INSERT INTO ledger_balancesnapshot (account_id, counter, cut, debits_idr, credits_idr, taken_at)
    SELECT m.account_id, here.counter, here.cut,
        coalesce(s.debits_idr, 0) + m.debits_idr, coalesce(s.credits_idr, 0) + m.credits_idr, %(now)s
    FROM moved m CROSS JOIN here LEFT JOIN LATERAL (
        SELECT debits_idr, credits_idr FROM ledger_balancesnapshot
        WHERE account_id = m.account_id AND counter = here.counter ORDER BY cut DESC LIMIT 1
    ) s ON true
"""  # noqa: S608 - our own words

# Asked first, so that the database plans what follows for the few rows of one cut.
_NEWEST_CUT = """
    SELECT system_identifier, (SELECT max(cut) FROM ledger_balancesnapshot WHERE counter = system_identifier)
    FROM pg_control_system()
"""

# The newest of an account and the one before it stay: only accounts just written can have more.
_DROP_OLD_SNAPSHOTS = """
    DELETE FROM ledger_balancesnapshot s
    USING ledger_balancesnapshot AS newest CROSS JOIN LATERAL (
        SELECT max(p.cut) AS cut FROM ledger_balancesnapshot p
        WHERE p.account_id = newest.account_id AND p.counter = newest.counter AND p.cut < newest.cut
    ) AS kept
    WHERE newest.counter = %(counter)s AND newest.cut = %(cut)s
        AND s.account_id = newest.account_id AND s.counter = newest.counter AND s.cut < kept.cut
"""

# Not `<>`, which no index answers.
_DROP_SNAPSHOTS_OF_ANOTHER_COUNT = """
    DELETE FROM ledger_balancesnapshot WHERE counter < %(counter)s OR counter > %(counter)s
"""

# Where no transaction came between two of them, the second says what the first does. Each account that moved is looked up: a
# join would go through all there are.
_TAKE_KIND_SNAPSHOTS = f"""
    {_of_what_moved("ledger_kindsnapshot")}, side AS (
        SELECT kind, debits_idr, credits_idr FROM ledger_kindsnapshot
        WHERE (counter, cut) = (SELECT here.counter, last.cut FROM here, last)
        UNION ALL
        SELECT (SELECT kind FROM ledger_account WHERE id = account_id), debits_idr, credits_idr FROM moved
    )
    INSERT INTO ledger_kindsnapshot (kind, counter, cut, debits_idr, credits_idr)
    SELECT side.kind, here.counter, here.cut, sum(side.debits_idr), sum(side.credits_idr)
    FROM side CROSS JOIN here GROUP BY side.kind, here.counter, here.cut
    ON CONFLICT DO NOTHING
"""  # noqa: S608

_DROP_OLD_KIND_SNAPSHOTS = """
    DELETE FROM ledger_kindsnapshot s USING pg_control_system() AS here
    WHERE s.counter <> here.system_identifier
        OR s.cut < (SELECT max(n.cut) FROM ledger_kindsnapshot n WHERE n.counter = here.system_identifier)
"""


def _open_accounts(keys: Collection[AccountKey]) -> None:
    """Each of these is an account; in id order, so that two who open the same ones do not wait for each other in a ring."""
    ordered = sorted(keys, key=lambda key: key.id)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO ledger_account (id, kind, owner, created_at)
            SELECT id, kind, owner, %s FROM unnest(%s::uuid[], %s::text[], %s::text[]) AS a (id, kind, owner)
            ON CONFLICT DO NOTHING
            """,
            [
                clock.now(),
                array(key.id for key in ordered),
                array(key.kind.value for key in ordered),
                array(key.owner for key in ordered),
            ],
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
                array(transfer.id_hex for transfer in transfers),
                array(transfer.debit.id for transfer in transfers),
                array(transfer.credit.id for transfer in transfers),
                array(transfer.amount_idr for transfer in transfers),
                array(transfer.code for transfer in transfers),
                array(transfer.reference for transfer in transfers),
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
            log.error("transfer_conflict", booked=found.id, code=transfer.code, reference=str(transfer.reference))
            raise TransferConflict
