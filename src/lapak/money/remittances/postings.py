"""What a payment of the house means in the ledger.

| fact | debit | credit | amount |
|---|---|---|---|
| paid | what is owed: courier_payable, tax_…, platform_fee | gateway_cash it was paid from | what was paid |
| undone | gateway_cash it was paid from | what is owed | the same |

It is noted once it was made: nothing is in transit.
"""

import uuid

from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey, NewTransfer, TransferCode


def remitted(remittance_id: uuid.UUID, account: AccountKey, paid_from: str, amount_idr: int) -> NewTransfer:
    """Less is owed, and less is at the gateway."""
    cash = AccountKey(AccountKind.GATEWAY_CASH, paid_from)
    return NewTransfer(TransferCode.REMITTED, remittance_id, account, cash, amount_idr)


def remittance_undone(remittance_id: uuid.UUID, account: AccountKey, paid_from: str, amount_idr: int) -> NewTransfer:
    """As before it was paid."""
    cash = AccountKey(AccountKind.GATEWAY_CASH, paid_from)
    return NewTransfer(TransferCode.REMITTANCE_UNDONE, remittance_id, cash, account, amount_idr)
