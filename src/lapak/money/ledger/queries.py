"""Reading the books."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import Q, QuerySet

from lapak.lib import clock
from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey, TransferCode

TRANSFERS_OF_A_FACT = 8
"""How many transfers of an account are read to show one fact: a settled order of one line has five, others fewer."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What one transaction booked for one reference in an account: above zero its balance grew."""

    reference: uuid.UUID
    change_idr: int
    codes: list[str]
    last_posted_at: datetime


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A transfer as one of its two accounts sees it: `change_idr` is above zero when the balance grew."""

    transfer: Transfer
    change_idr: int
    other_account: Account


def balance_idr(key: AccountKey) -> int:
    """What the account holds now, on its normal side: last snapshot + transfers since. Zero when never used."""
    return balances_idr([key])[key]


def balances_idr(keys: Collection[AccountKey]) -> dict[AccountKey, int]:
    """The balance of each account, in one query."""
    if not keys:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.id,
                coalesce(s.debits_idr, 0) + coalesce((
                    SELECT sum(amount_idr) FROM ledger_transfer
                    WHERE debit_account_id = a.id AND transaction_id >= coalesce(s.cut, 0)
                ), 0) AS debits_idr,
                coalesce(s.credits_idr, 0) + coalesce((
                    SELECT sum(amount_idr) FROM ledger_transfer
                    WHERE credit_account_id = a.id AND transaction_id >= coalesce(s.cut, 0)
                ), 0) AS credits_idr
            FROM unnest(%s::uuid[]) AS a (id)
            LEFT JOIN LATERAL (
                SELECT cut, debits_idr, credits_idr FROM ledger_balancesnapshot
                WHERE account_id = a.id AND counter = (SELECT system_identifier FROM pg_control_system())
                ORDER BY cut DESC LIMIT 1
            ) AS s ON true
            """,
            [[key.id for key in keys]],
        )
        sides = {row[0]: (int(row[1]), int(row[2])) for row in cursor.fetchall()}
    return {key: _on_normal_side(key.kind, *sides[key.id]) for key in keys}


def transfers_of_reference(reference: uuid.UUID) -> list[Transfer]:
    """Where a figure comes from: every transfer of an order, payment or payout, as the worked example lists them."""
    found = Transfer.objects.filter(reference=reference).select_related("debit_account", "credit_account")
    place = {code: n for n, code in enumerate(TransferCode.values)}
    return sorted(found, key=lambda transfer: (transfer.posted_at, place[transfer.code]))


def standing_idr(reference: uuid.UUID) -> Counter[str]:
    """What stands in the books for one reference, by the code of its transfers, IDR: corrected ones do not count."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code, sum(amount_idr)::bigint FROM ledger_standing WHERE reference = %s GROUP BY code", [reference]
        )
        return Counter(dict(cursor.fetchall()))


def brought_idr(account_of: Mapping[uuid.UUID, AccountKey]) -> dict[uuid.UUID, int]:
    """What each reference has brought its account so far, less what it took from it, IDR."""
    brought = dict.fromkeys(account_of, 0)
    rows = Transfer.objects.filter(reference__in=account_of)
    for reference, debit, credit, idr in rows.values_list(
        "reference", "debit_account_id", "credit_account_id", "amount_idr"
    ):
        brought[reference] += idr * ((credit == account_of[reference].id) - (debit == account_of[reference].id))
    return brought


def transfers_of_account(key: AccountKey) -> QuerySet[Transfer]:
    """Every transfer that touched the account, newest first; page it, then `statement_rows`."""
    return _touching(key).select_related("debit_account", "credit_account").order_by("-posted_at", "-id")


def facts_of_account(key: AccountKey, older_than: str = "", limit: int = 30) -> tuple[list[Fact], str]:
    """What changed the account, newest first: `limit` facts, and the mark to ask for older ones with ("" at the end).

    A fact is what one transaction booked for one reference, summed. Costs with what is shown, not with the account's life:
    the newest transfers of either side are read from its index, and then completed to whole facts. A mark that makes no
    sense starts at the newest.
    """
    moment, reference = _mark(older_than)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH newest AS (
                (SELECT reference, transaction_id, posted_at FROM ledger_transfer
                WHERE debit_account_id = %(account)s AND posted_at <= %(moment)s ORDER BY posted_at DESC LIMIT %(read)s)
                UNION ALL
                (SELECT reference, transaction_id, posted_at FROM ledger_transfer
                WHERE credit_account_id = %(account)s AND posted_at <= %(moment)s ORDER BY posted_at DESC LIMIT %(read)s)
                ORDER BY posted_at DESC LIMIT %(read)s
            )
            SELECT f.reference, whole.debits_idr, whole.credits_idr, whole.codes, whole.last_posted_at,
                (SELECT count(*) FROM newest) = %(read)s AS may_go_on
            FROM (SELECT DISTINCT reference, transaction_id FROM newest) AS f
            CROSS JOIN LATERAL (
                SELECT coalesce(sum(amount_idr) FILTER (WHERE debit_account_id = %(account)s), 0) AS debits_idr,
                    coalesce(sum(amount_idr) FILTER (WHERE credit_account_id = %(account)s), 0) AS credits_idr,
                    array_agg(DISTINCT code) AS codes, max(posted_at) AS last_posted_at
                FROM ledger_transfer
                WHERE reference = f.reference AND transaction_id = f.transaction_id
                    AND %(account)s IN (debit_account_id, credit_account_id)
            ) AS whole
            WHERE (whole.last_posted_at, f.reference) < (%(moment)s, %(reference)s)
            ORDER BY whole.last_posted_at DESC, f.reference DESC
            """,
            {"account": key.id, "moment": moment, "reference": reference, "read": limit * TRANSFERS_OF_A_FACT + 1},
        )
        rows = cursor.fetchall()
    facts = [
        Fact(reference, _on_normal_side(key.kind, int(debits_idr), int(credits_idr)), codes, last_posted_at)
        for reference, debits_idr, credits_idr, codes, last_posted_at, _ in rows[:limit]
    ]
    has_older = len(rows) > limit or any(may_go_on for *_, may_go_on in rows)
    return facts, f"{facts[-1].last_posted_at.isoformat()}_{facts[-1].reference}" if has_older else ""


def _mark(text: str) -> tuple[datetime, uuid.UUID]:
    moment, _, reference = text.partition("_")
    try:
        return datetime.fromisoformat(moment), uuid.UUID(reference)
    except ValueError:
        return clock.now() + timedelta(days=1), uuid.UUID(int=0)


def statement_rows(key: AccountKey, transfers: Iterable[Transfer]) -> list[StatementRow]:
    """The transfers as this account's owner reads them."""
    return [statement_row(key, transfer) for transfer in transfers]


def statement_row(key: AccountKey, transfer: Transfer) -> StatementRow:
    """The transfer as the owner of this account, which it touches, reads it."""
    is_debit = transfer.debit_account_id == key.id
    grew = is_debit == key.kind.is_debit_normal
    return StatementRow(
        transfer=transfer,
        change_idr=transfer.amount_idr if grew else -transfer.amount_idr,
        other_account=transfer.credit_account if is_debit else transfer.debit_account,
    )


def account_totals() -> list[tuple[AccountKind, int]]:
    """Per kind of account, the sum of balances on its normal side: the operator's balance sheet.

    From the last sums of each kind and the transfers since, all of one moment: what is before the cut changes no more. The
    cut is read first, for only a number in the statement tells the database how few transfers come after it.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT kind, cut, debits_idr, credits_idr FROM ledger_kindsnapshot
            WHERE counter = (SELECT system_identifier FROM pg_control_system())
            """
        )
        until = cursor.fetchall()
        cursor.execute(
            """
            SELECT kind, 0, sum(debits_idr)::bigint, sum(credits_idr)::bigint FROM (
                SELECT (SELECT kind FROM ledger_account WHERE id = account_id), debits_idr, credits_idr FROM (
                    SELECT account_id, sum(debit_idr) AS debits_idr, sum(credit_idr) AS credits_idr FROM (
                        SELECT debit_account_id AS account_id, amount_idr AS debit_idr, 0 AS credit_idr FROM ledger_transfer
                        WHERE transaction_id >= %(cut)s
                        UNION ALL
                        SELECT credit_account_id, 0, amount_idr FROM ledger_transfer WHERE transaction_id >= %(cut)s
                    ) AS side GROUP BY account_id
                ) AS moved
            ) AS of_kind GROUP BY kind
            """,
            {"cut": max((cut for _, cut, _, _ in until), default=0)},
        )
        sides = until + cursor.fetchall()
    found: dict[AccountKind, tuple[int, int]] = {}
    for kind, _, debits_idr, credits_idr in sides:
        before = found.get(AccountKind(kind), (0, 0))
        found[AccountKind(kind)] = (before[0] + debits_idr, before[1] + credits_idr)
    return [(kind, _on_normal_side(kind, *found.get(kind, (0, 0)))) for kind in AccountKind]


def owed_since(key: AccountKey, balance_idr: int) -> datetime | None:
    """Since when the account (credit-normal) has held some of this balance, if what came first leaves first; None at zero.

    Reads the newest transfers into it until they make the balance up: it costs with what is owed, not with the account's life.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT posted_at FROM (
                SELECT id, posted_at, sum(amount_idr) OVER (ORDER BY posted_at DESC, id DESC) AS newest_idr
                FROM ledger_transfer WHERE credit_account_id = %s
            ) AS credited
            WHERE newest_idr >= %s ORDER BY posted_at DESC, id DESC LIMIT 1
            """,
            [key.id, max(1, balance_idr)],
        )
        row = cursor.fetchone()
    return row[0] if row and balance_idr > 0 else None


def _touching(key: AccountKey) -> QuerySet[Transfer]:
    return Transfer.objects.filter(Q(debit_account_id=key.id) | Q(credit_account_id=key.id))


def _on_normal_side(kind: AccountKind, debits_idr: int, credits_idr: int) -> int:
    return debits_idr - credits_idr if kind.is_debit_normal else credits_idr - debits_idr
