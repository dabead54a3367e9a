"""What is owed to shops, creators and refunded buyers and could leave now: read once, for who sends it and for who looks on."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import Q

from lapak.affiliates.models import Creator
from lapak.flows.payout_items import held_commissions
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import Refund
from lapak.money.payments.queries import bank_refunds_owed
from lapak.money.payouts.commands import PayoutClaim
from lapak.money.payouts.holds import held_until, released
from lapak.money.payouts.payable import SMALLEST_PAYOUT_IDR
from lapak.money.payouts.queries import balances_to_pay_out
from lapak.people.privacy.erasures import users_to_erase
from lapak.people.shops.models import AnnouncedClosing, Member, Shop
from lapak.people.shops.rules import Role
from lapak.people.users.models import BankAccount, User
from lapak.people.users.queries import newest_accounts
from lapak.trade.returns.queries import held_orders


@dataclass(frozen=True, slots=True)
class Owed:
    """What one of them could be sent (IDR), and into which account: None as long as they have named none.

    `held_back` (by order or commission, IDR) is in their balance too and stays there; `changed_at`: when the account
    replaced another, if it did; `is_last`: they have left, or want to, and are sent what is there, however little.
    """

    account: AccountKey
    amount_idr: int
    bank_account_id: uuid.UUID | None
    changed_at: datetime | None = None
    held_back: Mapping[uuid.UUID, int] = field(default_factory=dict)
    is_last: bool = False

    @property
    def held_until(self) -> datetime | None:
        """Until when its bank account is not paid into (money/payouts/holds.py); None when nothing holds it."""
        return held_until(self.changed_at)

    @property
    def claim(self) -> PayoutClaim | None:
        """By which it is sent now; None while it cannot be. Of a buyer's account just this much: what goes back through a
        gateway stays there until the gateway has it."""
        if self.bank_account_id is None or self.held_until:
            return None
        if self.account.kind is AccountKind.BUYER_REFUND_PAYABLE:
            return PayoutClaim(self.account, self.bank_account_id, self.amount_idr)
        return PayoutClaim(self.account, self.bank_account_id, held_back=self.held_back, is_last=self.is_last)


@dataclass(frozen=True, slots=True)
class HeldPayout:
    """Money that is due, the account it will go to, and when it may."""

    account: AccountKey
    bank_account: BankAccount
    amount_idr: int
    until: datetime

    @property
    def kind(self) -> AccountKind:
        """Whose money it is."""
        return self.account.kind


@dataclass(frozen=True, slots=True)
class WithoutAccount:
    """Whose money waits, by their name, and how much (IDR)."""

    kind: AccountKind
    owner_id: uuid.UUID
    name: str
    amount_idr: int


def owed_now() -> list[Owed]:
    """To everybody."""
    return _let_go(list(_owed(None, bank_refunds_owed())))


def owed_to(owners: Collection[str], refunds: Iterable[Refund]) -> list[Owed]:
    """To these owners alone, and to buyers by these refunds."""
    return _let_go(list(_owed(owners, refunds)))


def due_idr(owed: Iterable[Owed]) -> dict[AccountKind, list[int]]:
    """What would be sent now: each payout, by whose money it is."""
    due = defaultdict(list)
    for each in owed:
        if each.claim:
            due[each.account.kind].append(each.amount_idr)
    return dict(due)


def held_payouts(owed: Iterable[Owed]) -> list[HeldPayout]:
    """What would be sent now, but for its bank account, which replaced another a short while ago; what is free first."""
    held = [(each, until) for each in owed if (until := each.held_until)]
    accounts = BankAccount.objects.in_bulk([each.bank_account_id for each, _until in held])
    payouts = [
        HeldPayout(each.account, accounts[each.bank_account_id], each.amount_idr, until)
        for each, until in held
        if each.bank_account_id
    ]
    return sorted(payouts, key=lambda payout: payout.until)


def without_account(owed: Iterable[Owed]) -> list[WithoutAccount]:
    """What could be sent, had its owner named a bank account; the largest first."""
    waiting: dict[AccountKind, dict[uuid.UUID, int]] = defaultdict(dict)
    for each in owed:
        if each.bank_account_id is None:
            waiting[each.account.kind][uuid.UUID(each.account.owner)] = each.amount_idr
    rows = [
        WithoutAccount(kind, owner_id, name, amounts_idr[owner_id])
        for kind, amounts_idr in waiting.items()
        for owner_id, name in _NAMES[kind](amounts_idr)
    ]
    return sorted(rows, key=lambda each: each.amount_idr, reverse=True)


def _owed(owners: Collection[str] | None, refunds: Iterable[Refund]) -> Iterator[Owed]:
    yield from _to_shops(owners)
    yield from _to_creators(owners)
    yield from _to_buyers(refunds)


def _let_go(owed: list[Owed]) -> list[Owed]:
    """What two operators have released is held no more."""
    held = {each.account: each.changed_at for each in owed if each.changed_at and each.held_until}
    free = released(held) if held else set()
    return [replace(each, changed_at=None) if each.account in free else each for each in owed]


def _to_shops(owners: Collection[str] | None) -> Iterator[Owed]:
    """Everything but what a buyer may get back: what has settled and an open return or dispute may take back."""
    kind = AccountKind.SELLER_PAYABLE
    due, last = _worth_sending(balances_to_pay_out(kind, owners), _shops_that_leave)
    ids = [uuid.UUID(key.owner) for key in due]
    held = held_orders(ids)
    shops = Shop.objects.filter(id__in=ids)
    for shop_id, bank_account_id, changed_at in shops.values_list("id", "bank_account_id", "bank_account_changed_at"):
        account = AccountKey(kind, str(shop_id))
        owed = Owed(account, due[account], bank_account_id, changed_at, held.get(shop_id, {}), shop_id in last)
        yield from _enough(owed)


def _to_creators(owners: Collection[str] | None) -> Iterator[Owed]:
    kind = AccountKind.CREATOR_PAYABLE
    due, last = _worth_sending(balances_to_pay_out(kind, owners), _creators_that_leave)
    ids = [uuid.UUID(key.owner) for key in due]
    held = held_commissions(ids)
    creators = Creator.objects.filter(id__in=ids)
    for creator_id, bank_account_id, changed_at in creators.values_list(
        "id", "bank_account_id", "bank_account_changed_at"
    ):
        account = AccountKey(kind, str(creator_id))
        owed = Owed(account, due[account], bank_account_id, changed_at, held.get(creator_id, {}), creator_id in last)
        yield from _enough(owed)


def _worth_sending(
    balances_idr: Mapping[AccountKey, int], leave: Callable[[Collection[uuid.UUID]], set[uuid.UUID]]
) -> tuple[dict[AccountKey, int], set[uuid.UUID]]:
    """Those that are not too small; and, however small, those of owners who leave: their ids."""
    small = {key: uuid.UUID(key.owner) for key, idr in balances_idr.items() if idr < SMALLEST_PAYOUT_IDR[key.kind]}
    last = leave(list(small.values())) if small else set()
    return {key: idr for key, idr in balances_idr.items() if key not in small or small[key] in last}, last


def _shops_that_leave(shops: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Closed for good, or of an owner who wants to be erased."""
    closed = AnnouncedClosing.objects.filter(shop__in=shops, ended_at__isnull=False)
    of_leaving = Member.objects.filter(shop__in=shops, role=Role.OWNER, user__in=users_to_erase())
    return {*closed.values_list("shop_id", flat=True), *of_leaving.values_list("shop_id", flat=True)} - {None}


def _creators_that_leave(creators: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Who earn no more, or want to be erased."""
    closed = Q(closed_from__lte=clock.now()) | Q(user__in=users_to_erase())
    return set(Creator.objects.filter(closed, id__in=creators).values_list("id", flat=True))


def _enough(owed: Owed) -> Iterator[Owed]:
    """Everything but what is held back, where that is enough to be sent."""
    amount_idr = owed.amount_idr - sum(owed.held_back.values())
    if amount_idr >= (1 if owed.is_last else SMALLEST_PAYOUT_IDR[owed.account.kind]):
        yield replace(owed, amount_idr=amount_idr)


def _to_buyers(refunds: Iterable[Refund]) -> Iterator[Owed]:
    """What is owed by bank, each into the newest of their accounts."""
    owed_idr = Counter[uuid.UUID]()
    for refund in refunds:
        owed_idr[refund.buyer_id] += refund.amount_idr
    accounts = {account.user_id: account for account in newest_accounts(owed_idr)}
    for buyer_id, amount_idr in owed_idr.items():
        key, account = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id)), accounts.get(buyer_id)
        yield Owed(key, amount_idr, account.id, account.changed_at) if account else Owed(key, amount_idr, None)


def _names_of_shops(ids: Collection[uuid.UUID]) -> Iterable[tuple[uuid.UUID, str]]:
    return Shop.objects.filter(id__in=ids).values_list("id", "name")


def _names_of_creators(ids: Collection[uuid.UUID]) -> Iterable[tuple[uuid.UUID, str]]:
    return [(creator.id, f"@{creator.handle}") for creator in Creator.objects.filter(id__in=ids)]


def _names_of_buyers(ids: Collection[uuid.UUID]) -> Iterable[tuple[uuid.UUID, str]]:
    return [(buyer.id, str(buyer)) for buyer in User.objects.filter(id__in=ids)]


_NAMES: dict[AccountKind, Callable[[Collection[uuid.UUID]], Iterable[tuple[uuid.UUID, str]]]] = {
    AccountKind.SELLER_PAYABLE: _names_of_shops,
    AccountKind.CREATOR_PAYABLE: _names_of_creators,
    AccountKind.BUYER_REFUND_PAYABLE: _names_of_buyers,
}
