"""How screens open the books: an account's statement, and where a figure on it comes from."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.money.gateways.errors import UnknownGateway
from lapak.money.gateways.registry import gateway_named
from lapak.money.ledger.models import Account, AccountKind, Transfer
from lapak.money.ledger.queries import Fact, statement_rows
from lapak.money.ledger.transfers import PLATFORM, AccountKey, TransferCode
from lapak.trade.shipping.rules import courier_title

WHAT_HAPPENED: Mapping[str, "str | Promise"] = {
    TransferCode.PAYOUT_FAILED: gettext_lazy("Payout came back"),
    TransferCode.PAYOUT_SENT: gettext_lazy("Payout"),
    TransferCode.ORDER_REFUNDED: gettext_lazy("Order cancelled"),
    TransferCode.GOODS_SETTLED: gettext_lazy("Order completed"),
    TransferCode.GOODS_REFUNDED: gettext_lazy("Goods returned"),
    TransferCode.COMMISSION: gettext_lazy("Commission"),
    TransferCode.POST_FEE: gettext_lazy("Fee for a post"),
    TransferCode.POST_FEES_RETURNED: gettext_lazy("Fees for posts given back"),
    TransferCode.PAYMENT_RECEIVED: gettext_lazy("Paid by the buyer"),
}
"""What a group of transfers is called by people: the first code of these that is among them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a statement: one fact, the whole change it made, and the page that opens it."""

    title: str
    moment: datetime
    amount_idr: int
    href: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """A transfer as one account sees it: above zero the balance grew."""

    title: str
    note: str
    moment: datetime
    amount_idr: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """What transfers did to one account, line by line, and what is left of it."""

    title: "str | Promise"
    lines: list[SheetLine]

    @property
    def total_idr(self) -> int:
        return sum(line.amount_idr for line in self.lines)


def entries(
    facts: Iterable[Fact], number_of: Callable[[uuid.UUID], str], href_of: Callable[[uuid.UUID], str]
) -> list[Entry]:
    """Some of `ledger.queries.facts_of_account`, in words; `number_of` says how people name a reference."""
    return [
        Entry(
            title=f"{_title(fact.codes)} {number_of(fact.reference)}",
            moment=fact.last_posted_at,
            amount_idr=fact.change_idr,
            href=href_of(fact.reference),
        )
        for fact in facts
    ]


def touching(transfers: Iterable[Transfer], keys: Collection[AccountKey]) -> list[Transfer]:
    """Only the transfers into or out of these accounts: what its owner may see of a fact that touches others too."""
    ids = {key.id for key in keys}
    return [transfer for transfer in transfers if {transfer.debit_account_id, transfer.credit_account_id} & ids]


def sheet(title: "str | Promise", key: AccountKey, transfers: Iterable[Transfer]) -> Sheet:
    """The account's side of the transfers, in their order."""
    rows = statement_rows(key, touching(transfers, [key]))
    return Sheet(
        title=title,
        lines=[
            SheetLine(
                title=fact_words(row.transfer.code),
                note=_direction(row.change_idr, row.other_account),
                moment=row.transfer.posted_at,
                amount_idr=row.change_idr,
            )
            for row in rows
        ],
    )


def fact_words(code: str) -> str:
    """What a transfer of this code records."""
    return capfirst(str(TransferCode(code).label))


def account_name(account: Account) -> str:
    """What the account holds, in words; and whose it is where a name stands for the owner."""
    label = str(AccountKind(account.kind).label)
    return f"{label} ({title_of(account.owner)})" if account.kind in _NAMED_BY_OWNER else label


def title_of(owner: str) -> str:
    """What people call an owner that is no person and no shop: the house, a partner, a courier."""
    if owner == PLATFORM:
        return _("the house")
    try:
        return gateway_named(owner).title
    except UnknownGateway:
        return courier_title(owner) if owner.isalpha() else owner


_NAMED_BY_OWNER = {
    AccountKind.GATEWAY_CASH,
    AccountKind.PAYOUT_IN_TRANSIT,
    AccountKind.COD_RECEIVABLE,
    AccountKind.COURIER_PAYABLE,
}


def _title(codes: Collection[str]) -> str:
    for code, title in WHAT_HAPPENED.items():
        if code in codes:
            return str(title)
    return capfirst(str(TransferCode(min(codes)).label))


def _direction(change_idr: int, other: Account) -> str:
    template = _("from: %(account)s") if change_idr > 0 else _("to: %(account)s")
    return template % {"account": account_name(other)}
