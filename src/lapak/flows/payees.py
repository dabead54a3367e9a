"""One whose money waits, and all that stands between it and their bank: what an operator says who is asked why."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from lapak.affiliates.models import Creator
from lapak.flows.payout_items import held_commissions_idr
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey, account_of
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payouts.holds import hold_of
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.commands import subject_of
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.rules import Role
from lapak.people.users.models import BankAccount, User
from lapak.people.users.queries import newest_accounts
from lapak.trade.returns.queries import held_back_idr


@dataclass(frozen=True, slots=True)
class Payee:
    """`balance_idr` is theirs, but for `held_back_idr`, which an open return or dispute may take back. `bank_account` is where
    they are paid, None as long as they have named none; `changed_at`: when it replaced another, if it did."""

    account: AccountKey
    subject: Subject
    balance_idr: int
    held_back_idr: int
    bank_account: BankAccount | None
    changed_at: datetime | None

    @property
    def sendable_idr(self) -> int:
        """What the next payout may send, if nothing else is in its way."""
        return max(0, self.balance_idr - self.held_back_idr)

    @property
    def smallest_idr(self) -> int:
        """Less is not sent."""
        return SMALLEST_PAYOUT_IDR[self.account.kind]

    @property
    def held_until(self) -> datetime | None:
        """While nothing is paid into a bank account that was just changed."""
        return hold_of(self.account, self.changed_at)


def payee_of(account_id: uuid.UUID) -> Payee | None:
    """By the id of the ledger's account; none when it is nobody's who is paid out."""
    account = Account.objects.filter(id=account_id, kind__in=_OF_KIND).first()
    if account is None:
        return None
    key = AccountKey(AccountKind(account.kind), account.owner)
    return _OF_KIND[key.kind](key)


def payees_named(asked: str) -> list[AccountKey]:
    """Whom somebody means by a shop's address, a creator's @handle or an e-mail: their accounts, a person's own first."""
    name = asked.strip().lower()
    shops = Shop.objects.filter(slug=name)
    creators = Creator.objects.filter(handle=name.removeprefix("@"))
    user = User.objects.filter(email=name).first()
    if user:
        shops = Shop.objects.filter(id__in=Member.objects.filter(user=user, role=Role.OWNER).values("shop_id"))
        creators = Creator.objects.filter(user=user)
    return [
        *([account_of(AccountKind.BUYER_REFUND_PAYABLE, user.id)] if user else []),
        *(account_of(AccountKind.SELLER_PAYABLE, shop.id) for shop in shops),
        *(account_of(AccountKind.CREATOR_PAYABLE, creator.id) for creator in creators),
    ]


def _shop(key: AccountKey) -> Payee:
    shop = Shop.objects.select_related("bank_account").get(id=key.owner)
    held_idr = held_back_idr([shop.id]).get(shop.id, 0)
    return Payee(key, subject_of(shop), balance_idr(key), held_idr, shop.bank_account, shop.bank_account_changed_at)


def _creator(key: AccountKey) -> Payee:
    creator = Creator.objects.select_related("bank_account").get(id=key.owner)
    held_idr = held_commissions_idr([creator.id]).get(creator.id, 0)
    subject = Subject(Kind.CREATOR, creator.id, str(creator))
    return Payee(key, subject, balance_idr(key), held_idr, creator.bank_account, creator.bank_account_changed_at)


def _buyer(key: AccountKey) -> Payee:
    """Of a buyer's money only what goes to their bank account."""
    user = User.objects.get(id=key.owner)
    owed_idr = sum(refund.amount_idr for refund in bank_refunds_owed([user.id]))
    account = newest_accounts([user.id]).first()
    subject = Subject(Kind.USER, user.id, str(user))
    return Payee(key, subject, owed_idr, 0, account, account.changed_at if account else None)


_OF_KIND: dict[AccountKind, Callable[[AccountKey], Payee]] = {
    AccountKind.SELLER_PAYABLE: _shop,
    AccountKind.CREATOR_PAYABLE: _creator,
    AccountKind.BUYER_REFUND_PAYABLE: _buyer,
}
