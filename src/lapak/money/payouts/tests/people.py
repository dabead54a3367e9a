"""Those who are paid: known to this app's tests without the apps above it, where orders and creators live."""

import uuid
from dataclasses import dataclass

from django.db import transaction

from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode
from lapak.money.payouts.commands import PayoutClaim
from lapak.people.shops.commands import open_shop, set_payout_account
from lapak.people.shops.models import Shop
from lapak.people.users.models import BankAccount, User

CASH = AccountKey(AccountKind.GATEWAY_CASH, "sandbox")


@dataclass(frozen=True, slots=True)
class People:
    """A shop with the bank account it names, a creator with theirs, a buyer, the operator, a stranger."""

    seller: User
    buyer: User
    stranger: User
    operator: User
    shop: Shop
    shop_bank_account: BankAccount
    creator_id: uuid.UUID
    creator_bank_account: BankAccount

    @property
    def shop_key(self) -> AccountKey:
        return AccountKey(AccountKind.SELLER_PAYABLE, str(self.shop.id))

    @property
    def creator_key(self) -> AccountKey:
        return AccountKey(AccountKind.CREATOR_PAYABLE, str(self.creator_id))

    @property
    def buyer_key(self) -> AccountKey:
        return AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(self.buyer.id))

    def shop_claim(self, amount_idr: int | None = None) -> PayoutClaim:
        return PayoutClaim(self.shop_key, self.shop_bank_account.id, amount_idr)

    def creator_claim(self) -> PayoutClaim:
        return PayoutClaim(self.creator_key, self.creator_bank_account.id)


def assemble_people() -> People:
    """Make everyone, in the current database."""
    seller, creator, buyer, stranger = (
        User.objects.create_user(f"{name}@example.com", name=name.title())
        for name in ("seller", "creator", "buyer", "stranger")
    )
    shop = open_shop(seller, slug="batik-sekar", name="Batik Sekar", city="Cirebon", province_code="32")
    shop_bank_account = bank_account_of(seller, "1234567890")
    return People(
        seller=seller,
        buyer=buyer,
        stranger=stranger,
        operator=User.objects.create_superuser("operator@example.com"),
        shop=set_payout_account(seller, shop.id, shop_bank_account.id),
        shop_bank_account=shop_bank_account,
        creator_id=new_id(),
        creator_bank_account=bank_account_of(creator, "9876543210"),
    )


def bank_account_of(user: User, number: str = "5550001111") -> BankAccount:
    """One more bank account of a user."""
    return BankAccount.objects.create(user=user, bank_code="014", number=number, holder=user.name)


def owe(key: AccountKey, amount_idr: int) -> None:
    """Money at the gateway that is owed to someone; how it came to be is another app's matter."""
    with transaction.atomic():
        post_transfers([NewTransfer(TransferCode.GOODS_SETTLED, new_id(), CASH, key, amount_idr)])
