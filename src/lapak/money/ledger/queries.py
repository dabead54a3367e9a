"""Reading the books."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection
from django.db.models import Case, F, Max, Q, QuerySet, Sum, When

from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.transfers import AccountKey, TransferCode


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
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.id,
                coalesce(s.debits_idr, 0) + coalesce((
                    SELECT sum(amount_idr) FROM ledger_transfer
                    WHERE debit_account_id = a.id AND posted_at >= coalesce(s.as_of, '-infinity')
                ), 0) AS debits_idr,
                coalesce(s.credits_idr, 0) + coalesce((
                    SELECT sum(amount_idr) FROM ledger_transfer
                    WHERE credit_account_id = a.id AND posted_at >= coalesce(s.as_of, '-infinity')
                ), 0) AS credits_idr
            FROM unnest(%s::uuid[]) AS a (id)
            LEFT JOIN LATERAL (
                SELECT as_of, debits_idr, credits_idr FROM ledger_balancesnapshot
                WHERE account_id = a.id ORDER BY as_of DESC LIMIT 1
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


def transfers_of_account(key: AccountKey) -> QuerySet[Transfer]:
    """Every transfer that touched the account, newest first; page it, then `statement_rows`."""
    return _touching(key).select_related("debit_account", "credit_account").order_by("-posted_at", "-id")


def facts_of_account(key: AccountKey) -> QuerySet[Any, Any]:
    """What changed the account, a row per fact, newest first: its `reference`, `change_idr` (above zero: the balance
    grew), the `codes` of its transfers, and when it was `last_posted_at`. To be cut into pages by the caller."""
    grows = Q(debit_account_id=key.id) if key.kind.is_debit_normal else Q(credit_account_id=key.id)
    return (
        _touching(key)
        .values("reference")
        .annotate(
            change_idr=Sum(Case(When(grows, then=F("amount_idr")), default=-F("amount_idr"))),
            codes=ArrayAgg("code", distinct=True),
            last_posted_at=Max("posted_at"),
        )
        .order_by("-last_posted_at", "reference")
    )


def statement_rows(key: AccountKey, transfers: Collection[Transfer]) -> list[StatementRow]:
    """The transfers as this account's owner reads them."""
    rows = []
    for transfer in transfers:
        is_debit = transfer.debit_account_id == key.id
        grew = is_debit == key.kind.is_debit_normal
        rows.append(
            StatementRow(
                transfer=transfer,
                change_idr=transfer.amount_idr if grew else -transfer.amount_idr,
                other_account=transfer.credit_account if is_debit else transfer.debit_account,
            )
        )
    return rows


def account_totals() -> list[tuple[AccountKind, int]]:
    """Per kind of account, the sum of balances on its normal side: the operator's balance sheet."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT a.kind, sum(t.debit_idr)::bigint, sum(t.credit_idr)::bigint
            FROM ledger_account AS a
            JOIN (
                SELECT debit_account_id AS account_id, amount_idr AS debit_idr, 0 AS credit_idr FROM ledger_transfer
                UNION ALL
                SELECT credit_account_id, 0, amount_idr FROM ledger_transfer
            ) AS t ON t.account_id = a.id
            GROUP BY a.kind
            """
        )
        found = {AccountKind(kind): (debits_idr, credits_idr) for kind, debits_idr, credits_idr in cursor.fetchall()}
    return [(kind, _on_normal_side(kind, *found.get(kind, (0, 0)))) for kind in AccountKind]


def _touching(key: AccountKey) -> QuerySet[Transfer]:
    return Transfer.objects.filter(Q(debit_account_id=key.id) | Q(credit_account_id=key.id))


def _on_normal_side(kind: AccountKind, debits_idr: int, credits_idr: int) -> int:
    return debits_idr - credits_idr if kind.is_debit_normal else credits_idr - debits_idr
