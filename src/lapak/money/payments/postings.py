"""What a payment means in the ledger.

| fact | debit | credit | amount |
|---|---|---|---|
| payment received, per shop | gateway_cash of the provider | order_escrow of the shop | goods + shipping |
| payment came after its end | gateway_cash of the provider | buyer_refund_payable of the buyer | the whole payment |
| another amount than asked | gateway_cash of the provider | unexplained_receipt of the provider | what came |
| … given back | unexplained_receipt of the provider | buyer_refund_payable of the buyer | what came, or what was too much |
| … taken as the payment, per shop | unexplained_receipt of the provider | order_escrow of the shop | at most goods + shipping |
| … what was missing then | promotion_cost of the platform | order_escrow of the shop | the shortfall |
| … when its order is refunded | buyer_refund_payable of the buyer | promotion_cost of the platform | what they had not paid |
| refund sent by the gateway | buyer_refund_payable of the buyer | payout_in_transit of the provider | the refund |
| … arrived | payout_in_transit of the provider | gateway_cash of the provider | the same |
| … did not arrive | payout_in_transit of the provider | buyer_refund_payable of the buyer | the same |
| a dispute: taken by the buyer's bank | chargeback_pending of the provider | gateway_cash of the provider | the dispute |
| … won | gateway_cash of the provider | chargeback_pending of the provider | the same |
| … lost, for each refund it makes | buyer_refund_payable of the buyer | chargeback_pending of the provider | the refund |
| … lost, what nobody still had | chargeback_loss of the platform | chargeback_pending of the provider | the rest |
| … won when its orders had moved on | gateway_cash of the provider | unexplained_receipt of the provider | the dispute |
| … and whose it is | unexplained_receipt of the provider | buyer_refund_payable, seller_payable, chargeback_loss | the same |
| … owed to the buyer after all | chargeback_pending of the provider | chargeback_loss of the platform | the same |
| … lost, the gateway's charge for it | gateway_fee of the platform | gateway_cash of the provider | what the provider keeps |
| gateway's charge | gateway_fee of the platform | gateway_cash of the provider | what the provider keeps |
"""

import uuid
from collections.abc import Sequence

from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode, without_zeros


def payment_received(intent_id: uuid.UUID, provider: str, shares: Sequence[tuple[uuid.UUID, int]]) -> list[NewTransfer]:
    """The buyer's money is held for each shop's order; `shares` are (shop, rupiah) and sum to the payment."""
    return [
        NewTransfer(
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
        NewTransfer(
            TransferCode.LATE_PAYMENT_RECEIVED,
            intent_id,
            debit=_cash_at(provider),
            credit=AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id)),
            amount_idr=amount_idr,
        )
    ]


def unexplained_received(intent_id: uuid.UUID, provider: str, amount_idr: int) -> list[NewTransfer]:
    """Money is at the gateway, and nobody has said yet what it is for."""
    return [
        NewTransfer(
            TransferCode.UNEXPLAINED_RECEIVED, intent_id, _cash_at(provider), _unexplained(provider), amount_idr
        )
    ]


def unexplained_given_back(
    intent_id: uuid.UUID, provider: str, buyer_id: uuid.UUID, amount_idr: int
) -> list[NewTransfer]:
    """It is owed back to the buyer."""
    return without_zeros(
        NewTransfer(
            TransferCode.UNEXPLAINED_GIVEN_BACK, intent_id, _unexplained(provider), _owed_to(buyer_id), amount_idr
        )
    )


def unexplained_taken(
    intent_id: uuid.UUID, provider: str, shop_id: uuid.UUID, came_idr: int, missing_idr: int
) -> list[NewTransfer]:
    """It pays a shop's order; the platform bears what is missing, so that the shop gets what it sold for."""
    escrow, part = AccountKey(AccountKind.ORDER_ESCROW, str(shop_id)), str(shop_id)
    borne_by = AccountKey(AccountKind.PROMOTION_COST, PLATFORM)
    return without_zeros(
        NewTransfer(TransferCode.UNEXPLAINED_TAKEN, intent_id, _unexplained(provider), escrow, came_idr, part=part),
        NewTransfer(TransferCode.SHORTFALL_BORNE, intent_id, borne_by, escrow, missing_idr, part=part),
    )


def shortfall_given_back(order_id: uuid.UUID, buyer_id: uuid.UUID, amount_idr: int, fact: str) -> list[NewTransfer]:
    """Of an order's refund (`fact` tells apart several) the buyer had not paid so much: it is the platform's again."""
    borne_by, code = AccountKey(AccountKind.PROMOTION_COST, PLATFORM), TransferCode.SHORTFALL_GIVEN_BACK
    return without_zeros(NewTransfer(code, order_id, _owed_to(buyer_id), borne_by, amount_idr, part=fact))


def refund_sent(refund_id: uuid.UUID, provider: str, buyer_id: uuid.UUID, amount_idr: int) -> NewTransfer:
    """The gateway has taken it: what is owed to the buyer falls, and it is on its way."""
    return NewTransfer(TransferCode.REFUND_SENT, refund_id, _owed_to(buyer_id), _in_transit(provider), amount_idr)


def refund_arrived(refund_id: uuid.UUID, provider: str, amount_idr: int) -> NewTransfer:
    """The money has left the gateway."""
    return NewTransfer(TransferCode.REFUND_ARRIVED, refund_id, _in_transit(provider), _cash_at(provider), amount_idr)


def refund_failed(refund_id: uuid.UUID, provider: str, buyer_id: uuid.UUID, amount_idr: int) -> NewTransfer:
    """It is owed to the buyer as before, for another way."""
    return NewTransfer(TransferCode.REFUND_FAILED, refund_id, _in_transit(provider), _owed_to(buyer_id), amount_idr)


def chargeback_taken(intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, amount_idr: int) -> NewTransfer:
    """The money has left the gateway, and nobody knows yet whose it is."""
    pending, cash, part = _disputed(provider), _cash_at(provider), str(dispute_id)
    return NewTransfer(TransferCode.CHARGEBACK_TAKEN, intent_id, pending, cash, amount_idr, part=part)


def chargeback_returned(intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, amount_idr: int) -> NewTransfer:
    """The dispute is won: the money is at the gateway again."""
    pending, cash, part = _disputed(provider), _cash_at(provider), str(dispute_id)
    return NewTransfer(TransferCode.CHARGEBACK_RETURNED, intent_id, cash, pending, amount_idr, part=part)


def chargeback_amended(intent_id: uuid.UUID, amendment_id: uuid.UUID, provider: str, more_idr: int) -> NewTransfer:
    """A dispute whose money is taken is about so much more or, below zero, less: as taken, or given back."""
    pending, cash, part = _disputed(provider), _cash_at(provider), str(amendment_id)
    if more_idr < 0:
        return NewTransfer(TransferCode.CHARGEBACK_RETURNED, intent_id, cash, pending, -more_idr, part=part)
    return NewTransfer(TransferCode.CHARGEBACK_TAKEN, intent_id, pending, cash, more_idr, part=part)


def chargeback_fee(
    intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, fee_idr: int, *, before_idr: int
) -> list[NewTransfer]:
    """What the provider keeps for a dispute, won or lost, besides what it kept before: the platform bears it, as all its
    charges; no shop agreed to pay it."""
    cost, cash, part = AccountKey(AccountKind.GATEWAY_FEE, PLATFORM), _cash_at(provider), f"{dispute_id}:{before_idr}"
    return without_zeros(NewTransfer(TransferCode.CHARGEBACK_FEE, intent_id, cost, cash, fee_idr, part=part))


def refunded_by_chargeback(refund_id: uuid.UUID, provider: str, buyer_id: uuid.UUID, amount_idr: int) -> NewTransfer:
    """What is owed to the buyer they have already: from their bank."""
    owed, pending = _owed_to(buyer_id), _disputed(provider)
    return NewTransfer(TransferCode.REFUNDED_BY_CHARGEBACK, refund_id, owed, pending, amount_idr)


def chargeback_borne(intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, amount_idr: int) -> NewTransfer:
    """Nobody else still had this money: it is the platform's loss."""
    cost, pending = AccountKey(AccountKind.CHARGEBACK_LOSS, PLATFORM), _disputed(provider)
    return NewTransfer(TransferCode.CHARGEBACK_BORNE, intent_id, cost, pending, amount_idr, part=str(dispute_id))


def chargeback_recovered(
    intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, amount_idr: int, *, borne_idr: int
) -> list[NewTransfer]:
    """So much of what the platform bears (`borne_idr`, which only ever falls) the buyer was owed after all."""
    cost, pending = AccountKey(AccountKind.CHARGEBACK_LOSS, PLATFORM), _disputed(provider)
    code, part = TransferCode.CHARGEBACK_RECOVERED, f"{dispute_id}:{borne_idr}"
    return without_zeros(NewTransfer(code, intent_id, pending, cost, amount_idr, part=part))


def won_late(intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, amount_idr: int) -> NewTransfer:
    """A lost dispute's money is at the gateway again, and nobody has said yet whose it is."""
    cash, unexplained, part = _cash_at(provider), _unexplained(provider), str(dispute_id)
    return NewTransfer(TransferCode.WON_LATE, intent_id, cash, unexplained, amount_idr, part=part)


def won_late_given(
    intent_id: uuid.UUID, dispute_id: uuid.UUID, provider: str, shares: Sequence[tuple[AccountKey, int]]
) -> list[NewTransfer]:
    """It is theirs: `shares` are (account, rupiah) and sum to the dispute."""
    code = TransferCode.WON_LATE_GIVEN
    return without_zeros(
        *(
            NewTransfer(code, intent_id, _unexplained(provider), account, idr, part=f"{dispute_id}:{n}")
            for n, (account, idr) in enumerate(shares)
        )
    )


def gateway_charge(intent_id: uuid.UUID, provider: str, fee_idr: int) -> list[NewTransfer]:
    """The provider keeps its fee from what it received; the platform bears it, never the buyer."""
    return without_zeros(
        NewTransfer(
            TransferCode.GATEWAY_CHARGE,
            intent_id,
            debit=AccountKey(AccountKind.GATEWAY_FEE, PLATFORM),
            credit=_cash_at(provider),
            amount_idr=fee_idr,
        )
    )


def _cash_at(provider: str) -> AccountKey:
    return AccountKey(AccountKind.GATEWAY_CASH, provider)


def _disputed(provider: str) -> AccountKey:
    return AccountKey(AccountKind.CHARGEBACK_PENDING, provider)


def _unexplained(provider: str) -> AccountKey:
    return AccountKey(AccountKind.UNEXPLAINED_RECEIPT, provider)


def _in_transit(provider: str) -> AccountKey:
    return AccountKey(AccountKind.PAYOUT_IN_TRANSIT, provider)


def _owed_to(buyer_id: uuid.UUID) -> AccountKey:
    return AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id))
