"""What a shop or a creator owes, because money that was theirs had to go back: later earnings repay it first."""

import uuid
from collections.abc import Mapping

from lapak.lib.ids import new_id
from lapak.money.ledger.commands import lock_accounts, lock_balances_idr, post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, balances_idr
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode, without_zeros

_DEBT_OF = {
    AccountKind.SELLER_PAYABLE: (AccountKind.SELLER_RECEIVABLE, TransferCode.LENT_TO_SHOP),
    AccountKind.CREATOR_PAYABLE: (AccountKind.CREATOR_RECEIVABLE, TransferCode.LENT_TO_CREATOR),
}


def debt_of(payable: AccountKey) -> AccountKey:
    """Where it stands what the owner of the account owes."""
    return AccountKey(_DEBT_OF[payable.kind][0], payable.owner)


def debt_idr(payable: AccountKey) -> int:
    """What the owner of the account owes; a buyer nothing."""
    return balance_idr(debt_of(payable)) if payable.kind in _DEBT_OF else 0


def cover(payable: AccountKey, needed_idr: int, reference: uuid.UUID, fact: str) -> None:
    """The account holds at least `needed_idr`, which is about to be taken: what it lacks is lent, and owed from now on.

    Locks the account. `fact` tells apart several for one reference. Posts debit …_receivable, credit the account.
    """
    short_idr = max(0, needed_idr - lock_balances_idr([payable])[payable])
    code = _DEBT_OF[payable.kind][1]
    post_transfers(
        without_zeros(
            NewTransfer(code, reference, debt_of(payable), payable, short_idr, part=f"{payable.owner}:{fact}")
        )
    )


def repay(earned: Mapping[AccountKey, uuid.UUID]) -> None:
    """What the owners of these accounts owe is repaid, as far as the accounts reach, after each earned by the fact that
    the reference names; buyers owe nothing.

    Locks the accounts, so that whoever lends or pays out of one meanwhile sees what was earned, or is seen here.
    Posts debit the account, credit …_receivable.
    """
    payables = [payable for payable in earned if payable.kind in _DEBT_OF]
    lock_accounts(payables)
    debts_idr = balances_idr([debt_of(payable) for payable in payables])
    owing = [payable for payable in payables if debts_idr[debt_of(payable)]]
    held_idr = balances_idr(owing)
    post_transfers(
        without_zeros(
            *(
                # The balances under the lock say what is still to be repaid; one fact may come to it more than once.
                NewTransfer(
                    TransferCode.DEBT_REPAID,
                    earned[payable],
                    payable,
                    debt_of(payable),
                    max(0, min(held_idr[payable], debts_idr[debt_of(payable)])),
                    part=str(new_id()),
                )
                for payable in owing
            )
        )
    )
