"""Shops that are not paid for a while: their bank account was changed."""

from lapak.flows.release_payout import ask_for_release
from lapak.money.ledger.transfers import AccountKey
from lapak.people.shops.commands import set_payout_account
from lapak.people.users.commands import add_bank_account
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.trade.orders.settlement import seller_account


def changed_account(cast: Cast) -> AccountKey:
    """Of the cast's shop."""
    changed = add_bank_account(cast.seller, bank_code="008", number="5550001111", holder="Sekar")
    set_payout_account(cast.seller, cast.shop.id, changed.id)
    return seller_account(cast.shop.id)


def asked_release(cast: Cast) -> AccountKey:
    """Likewise, and an operator of the payouts' desk has asked another to agree."""
    account = changed_account(cast)
    ask_for_release(operator_as(OperatorRole.FINANCE), account.id, "Called her.")
    return account
