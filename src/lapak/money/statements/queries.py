"""Reading statements: a month of an account, from what was left of the months before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Case, Q, QuerySet, When

from lapak.lib.months import bounds_of
from lapak.money.ledger.models import Transfer
from lapak.money.ledger.queries import StatementRow, statement_row
from lapak.money.ledger.transfers import AccountKey
from lapak.money.statements.models import MonthEnd


@dataclass(frozen=True, slots=True)
class Statement:
    """What an account that is credit-normal held when a month began, what moved by the code of its transfers, above zero in
    favour of its owner, and what is left; IDR."""

    month: date
    opening_idr: int
    moved_idr: dict[str, int]

    @property
    def closing_idr(self) -> int:
        return self.opening_idr + sum(self.moved_idr.values())


def statement_of(key: AccountKey, month: date) -> Statement:
    """The account's month: what it began with is the newest month's end before it, and what moved since then."""
    last = MonthEnd.objects.filter(account_id=key.id, month__lt=month).order_by("-month").first()
    begin, end = bounds_of(month)
    since = bounds_of(last.month)[1] if last else None
    opening_idr = (last.balance_idr if last else 0) + sum(_moved(key, since, begin).values())
    return Statement(month, opening_idr, _moved(key, begin, end))


def lines_of(key: AccountKey, month: date) -> Iterator[StatementRow]:
    """Every transfer of the month, the first first, as the account's owner reads it."""
    for transfer in transfers_of(key, month).iterator(1000):
        yield statement_row(key, transfer)


def transfers_of(key: AccountKey, month: date) -> QuerySet[Transfer]:
    """Every transfer of the month that touched the account, the first first."""
    begin, end = bounds_of(month)
    touching = Q(debit_account_id=key.id) | Q(credit_account_id=key.id)
    found = Transfer.objects.filter(touching, posted_at__gte=begin, posted_at__lt=end)
    what_came_first = Case(When(credit_account_id=key.id, then=0), default=1)
    in_order = found.order_by("posted_at", "reference", what_came_first, "id")
    return in_order.select_related("debit_account", "credit_account")


def months_with_statement(key: AccountKey, limit: int) -> list[date]:
    """The newest months that are closed and in which something moved, the newest first."""
    ends = MonthEnd.objects.filter(account_id=key.id).order_by("-month")
    return list(ends.values_list("month", flat=True)[:limit])


def _moved(key: AccountKey, since: datetime | None, until: datetime) -> dict[str, int]:
    """What moved between two moments, by code; each side of the account has an index of its own by moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT code, sum(idr)::bigint FROM (
                SELECT code, amount_idr AS idr FROM ledger_transfer WHERE credit_account_id = %(account)s
                    AND posted_at >= coalesce(%(since)s::timestamptz, '-infinity') AND posted_at < %(until)s
                UNION ALL
                SELECT code, -amount_idr FROM ledger_transfer WHERE debit_account_id = %(account)s
                    AND posted_at >= coalesce(%(since)s::timestamptz, '-infinity') AND posted_at < %(until)s
            ) AS side GROUP BY code ORDER BY code
            """,
            {"account": key.id, "since": since, "until": until},
        )
        return {code: int(idr) for code, idr in cursor.fetchall()}
