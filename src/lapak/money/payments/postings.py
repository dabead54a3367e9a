"""What a payment means in the ledger.

| fact | debit | credit | amount |
|---|---|---|---|
| payment received, per shop | gateway_cash of the provider | order_escrow of the shop | goods + shipping |
| payment came after its end | gateway_cash of the provider | buyer_refund_payable of the buyer | the whole payment |
| gateway's charge | gateway_fee of the platform | gateway_cash of the provider | what the provider keeps |
"""

import uuid
from collections.abc import Sequence

from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode, transfer_for, without_zeros


def payment_received(intent_id: uuid.UUID, provider: str, shares: Sequence[tuple[uuid.UUID, int]]) -> list[NewTransfer]:
    """The buyer's money is held for each shop's order; `shares` are (shop, rupiah) and sum to the payment."""
    return [
        transfer_for(
            TransferCode.PAYMENT_RECEIVED,
            intent_id,
            debit=_cash_at(provider),
            credit=AccountKey(AccountKind.ORDER_ESCROW, str(shop_id)),
            amount_idr=amount_idr,
            part=str(shop_id),
        )
        for shop_id, amount_idr in shares
    ]


def late_payment_received(
    intent_id: uuid.UUID, provider: str, buyer_id: uuid.UUID, amount_idr: int
) -> list[NewTransfer]:
    """Nothing is delivered for this money any more: all of it is owed back to the buyer."""
    return [
        transfer_for(
            TransferCode.LATE_PAYMENT_RECEIVED,
            intent_id,
            debit=_cash_at(provider),
            credit=AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id)),
            amount_idr=amount_idr,
        )
    ]


def gateway_charge(intent_id: uuid.UUID, provider: str, fee_idr: int) -> list[NewTransfer]:
    """The provider keeps its fee from what it received; the platform bears it, never the buyer."""
    return without_zeros(
        transfer_for(
            TransferCode.GATEWAY_CHARGE,
            intent_id,
            debit=AccountKey(AccountKind.GATEWAY_FEE, PLATFORM),
            credit=_cash_at(provider),
            amount_idr=fee_idr,
        )
    )


def _cash_at(provider: str) -> AccountKey:
    return AccountKey(AccountKind.GATEWAY_CASH, provider)
