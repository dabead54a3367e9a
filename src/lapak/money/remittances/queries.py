"""Reading what the house owes, what it may take, and what it has paid."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import account_totals, balances_idr, owed_since
from lapak.money.ledger.transfers import AccountKey
from lapak.money.remittances.models import Remittance
from lapak.money.remittances.rules import REMITTED, due_on

_NOT_THE_HOUSE_S_TO_TAKE = (
    AccountKind.GATEWAY_FEE,
    AccountKind.CHARGEBACK_LOSS,
    AccountKind.CHARGEBACK_PENDING,
    AccountKind.PROMOTION_COST,
    AccountKind.SELLER_RECEIVABLE,
    AccountKind.CREATOR_RECEIVABLE,
)
"""What the house has spent or lent out of the same cash: taken as well, the fee would be others' money."""

_TAXES = (AccountKind.TAX_VAT, AccountKind.TAX_PPH21, AccountKind.TAX_PPH22, AccountKind.TAX_PPH23)


@dataclass(frozen=True, slots=True)
class Due:
    """What the house owes one party, IDR; `most_idr` of it can be paid now."""

    account: Account
    balance_idr: int
    most_idr: int
    since: datetime | None
    due_on: date | None

    @property
    def kind(self) -> AccountKind:
        return AccountKind(self.account.kind)

    @property
    def is_late(self) -> bool:
        """Whether its last day is over, in Jakarta."""
        return self.due_on is not None and self.due_on < clock.now().astimezone(clock.WIB).date()


def dues() -> list[Due]:
    """Everything that the house owes or may take, what is due first; nothing where nothing is."""
    accounts = [(account, key_of(account)) for account in Account.objects.filter(kind__in=REMITTED)]
    held_idr = balances_idr([key for _, key in accounts])
    found = [_due(account, key, held_idr[key]) for account, key in accounts if held_idr[key] > 0]
    return sorted(found, key=lambda due: (due.due_on or date.max, REMITTED.index(due.kind), due.account.owner))


def late_dues() -> list[Due]:
    """Taxes whose last day is over."""
    return [due for due in dues() if due.is_late]


def most_idr(kind: AccountKind, balance_idr: int) -> int:
    """How much of a balance can be paid: of its fee the house takes what it has not spent or lent already.

    The fee's own balance is read anew, with what was spent, in one statement: of two moments they could tell of more.
    """
    if kind is not AccountKind.PLATFORM_FEE:
        return balance_idr
    totals = dict(account_totals())
    owed_by_state_idr = -sum(min(0, totals[kind]) for kind in _TAXES)  # paid over, and given back since
    spent_idr = sum(totals[kind] for kind in _NOT_THE_HOUSE_S_TO_TAKE)
    return max(0, totals[AccountKind.PLATFORM_FEE] - spent_idr - owed_by_state_idr)


def remittances() -> QuerySet[Remittance]:
    """What was paid, the newest first."""
    return Remittance.objects.select_related("account", "noted_by", "undone_by").order_by("-noted_at", "-id")


def paid_out_of(gateway: str) -> QuerySet[Remittance]:
    """What was paid out of a gateway's cash and is not undone."""
    return Remittance.objects.filter(paid_from=gateway, undone_at=None)


def key_of(account: Account) -> AccountKey:
    """The account's key."""
    return AccountKey(AccountKind(account.kind), account.owner)


def _due(account: Account, key: AccountKey, balance_idr: int) -> Due:
    since = owed_since(key, balance_idr)
    due = due_on(key.kind, since.astimezone(clock.WIB).date()) if since else None
    return Due(account, balance_idr, most_idr(key.kind, balance_idr), since, due)
