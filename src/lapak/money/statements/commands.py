"""Every month that is over is closed."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db import connection

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.months import bounds_of, month_of, months_after
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.statements.models import MonthEnd

KINDS = (AccountKind.SELLER_PAYABLE, AccountKind.CREATOR_PAYABLE)
"""Accounts that have statements: what shops and creators are owed."""

SETTLES_IN = timedelta(hours=1)
"""A transfer may be committed so long after its moment as a transaction may live (15 minutes by the settings): a month is closed
later than that."""


def close_months() -> int:
    """Every month that has been over for `SETTLES_IN` has the balances with which it ended; answers how many are new."""
    first = _first_open_month()
    return sum(map(close_month, _months_over_since(first))) if first else 0


@act
def close_month(month: date) -> int:
    """Each shop's and creator's account in which something moved in the month has the balance with which it ended; answers
    how many. Twice changes nothing.

    Reads the month's transfers once, and the last end of each account that moved.
    """
    begin, end = bounds_of(month)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moved AS (
                SELECT account_id, sum(idr) AS idr FROM (
                    SELECT credit_account_id AS account_id, amount_idr AS idr FROM ledger_transfer
                    WHERE posted_at >= %(begin)s AND posted_at < %(end)s
                    UNION ALL
                    SELECT debit_account_id, -amount_idr FROM ledger_transfer
                    WHERE posted_at >= %(begin)s AND posted_at < %(end)s
                ) AS side GROUP BY account_id
            )
            INSERT INTO statements_monthend (account_id, month, balance_idr)
            SELECT a.id, %(month)s, moved.idr + coalesce((
                SELECT balance_idr FROM statements_monthend AS before
                WHERE before.account_id = a.id AND before.month < %(month)s ORDER BY before.month DESC LIMIT 1
            ), 0)
            FROM moved JOIN ledger_account AS a ON a.id = moved.account_id WHERE a.kind = ANY (%(kinds)s)
            ON CONFLICT DO NOTHING
            """,
            {"begin": begin, "end": end, "month": month, "kinds": [str(kind) for kind in KINDS]},
        )
        return int(cursor.rowcount)


def _first_open_month() -> date | None:
    """The month after the one that was closed last, at first that of the first transfer of all; None without any."""
    if closed := MonthEnd.objects.order_by("-month").values_list("month", flat=True).first():
        return months_after(closed, 1)
    first = Transfer.objects.order_by("posted_at").values_list("posted_at", flat=True).first()
    return month_of(first) if first else None


def _months_over_since(month: date) -> Iterator[date]:
    while bounds_of(month)[1] + SETTLES_IN <= clock.now():
        yield month
        month = months_after(month, 1)
