"""What a payout means in the ledger.

| fact | debit | credit | amount |
|---|---|---|---|
| sent | the payable account | payout_in_transit of the provider | what is sent |
| arrived | payout_in_transit of the provider | gateway_cash it was paid from | the same |
| did not arrive | payout_in_transit of the provider | the payable account | the same |
| sent back after it arrived | gateway_cash it was paid from | the payable account | the same |

While it is in transit the money is still owed, only on its way: an account on the credit side.
"""

import uuid

from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode


def payout_sent(payout_id: uuid.UUID, account: AccountKey, provider: str, amount_idr: int) -> NewTransfer:
    """The owner's balance falls by what was handed to the provider."""
    return NewTransfer(TransferCode.PAYOUT_SENT, payout_id, account, _in_transit(provider), amount_idr)


def payout_confirmed(payout_id: uuid.UUID, provider: str, paid_from: str, amount_idr: int) -> NewTransfer:
    """The money is gone from the gateway `paid_from` that held it."""
    cash = AccountKey(AccountKind.GATEWAY_CASH, paid_from)
    return NewTransfer(TransferCode.PAYOUT_CONFIRMED, payout_id, _in_transit(provider), cash, amount_idr)


def payout_failed(payout_id: uuid.UUID, account: AccountKey, provider: str, amount_idr: int) -> NewTransfer:
    """The owner's balance is as before the payout."""
    return NewTransfer(TransferCode.PAYOUT_FAILED, payout_id, _in_transit(provider), account, amount_idr)


def payout_returned(payout_id: uuid.UUID, account: AccountKey, paid_from: str, amount_idr: int) -> NewTransfer:
    """The money is at the gateway again, and its owner's balance as before the payout."""
    cash = AccountKey(AccountKind.GATEWAY_CASH, paid_from)
    return NewTransfer(TransferCode.PAYOUT_RETURNED, payout_id, cash, account, amount_idr)


def _in_transit(provider: str) -> AccountKey:
    return AccountKey(AccountKind.PAYOUT_IN_TRANSIT, provider)
