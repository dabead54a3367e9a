"""The books of whoever takes them along: every transfer of their accounts."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import statement_row, transfers_of_account
from lapak.money.ledger.transfers import AccountKey
from lapak.moving.written import Line

COLUMNS = ("account", "posted_at", "fact", "change_idr", "balance_idr", "other_account", "reference")
_AT_ONCE = 500


def transfers(kinds: Sequence[AccountKind], owner_id: UUID) -> Iterator[Line]:
    """The transfers of each of these accounts, the oldest first, with what the account held then."""
    for kind in kinds:
        key, balance_idr = AccountKey(kind, str(owner_id)), 0
        for transfer in transfers_of_account(key).order_by("posted_at", "id").iterator(_AT_ONCE):
            row = statement_row(key, transfer)
            balance_idr += row.change_idr
            yield {
                "account": kind.value,
                "posted_at": transfer.posted_at,
                "fact": transfer.code,
                "change_idr": row.change_idr,
                "balance_idr": balance_idr,
                "other_account": row.other_account.kind,
                "reference": str(transfer.reference),
            }
