"""What is owed and could be sent, had its owner named a bank account."""

import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lapak.affiliates.models import Creator
from lapak.money.ledger.models import AccountKind
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payouts.queries import balances_to_pay_out
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User


@dataclass(frozen=True, slots=True)
class WithoutAccount:
    """Whose money waits, by their name, and how much (IDR)."""

    kind: AccountKind
    owner_id: uuid.UUID
    name: str
    amount_idr: int


def owed_without_account() -> list[WithoutAccount]:
    """The largest first."""
    waiting = [*_of_shops(), *_of_creators(), *_of_buyers()]
    return sorted(waiting, key=lambda each: each.amount_idr, reverse=True)


def _of_shops() -> Iterator[WithoutAccount]:
    owed_idr = _owed_idr(AccountKind.SELLER_PAYABLE)
    shops = Shop.objects.filter(id__in=owed_idr, bank_account=None)
    for shop_id, name in shops.values_list("id", "name"):
        yield WithoutAccount(AccountKind.SELLER_PAYABLE, shop_id, name, owed_idr[shop_id])


def _of_creators() -> Iterator[WithoutAccount]:
    owed_idr = _owed_idr(AccountKind.CREATOR_PAYABLE)
    creators = Creator.objects.filter(id__in=owed_idr, bank_account=None)
    for creator_id, handle in creators.values_list("id", "handle"):
        yield WithoutAccount(AccountKind.CREATOR_PAYABLE, creator_id, f"@{handle}", owed_idr[creator_id])


def _of_buyers() -> Iterator[WithoutAccount]:
    owed_idr = Counter[uuid.UUID]()
    for refund in bank_refunds_owed():
        owed_idr[refund.buyer_id] += refund.amount_idr
    with_account = BankAccount.objects.filter(user__in=owed_idr).values("user")
    buyers = User.objects.filter(id__in=owed_idr).exclude(id__in=with_account)
    for buyer in buyers:
        yield WithoutAccount(AccountKind.BUYER_REFUND_PAYABLE, buyer.id, str(buyer), owed_idr[buyer.id])


def _owed_idr(kind: AccountKind) -> dict[uuid.UUID, int]:
    return {uuid.UUID(key.owner): idr for key, idr in balances_to_pay_out(kind).items()}
