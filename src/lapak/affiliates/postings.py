"""What a commission is in the books.

Every transfer refers to the commission's order. Its id tells apart several of one order, and `credits`, the number of
times it reached its creator, its own several.
"""

import uuid

from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.rules import LockedCommission
from lapak.lib.ids import derived_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import (
    PLATFORM,
    AccountKey,
    NewTransfer,
    TransferCode,
    account_of,
    without_zeros,
)

AnyCommission = Commission | LockedCommission

PPH21 = AccountKey(AccountKind.TAX_PPH21, PLATFORM)
PPH23 = AccountKey(AccountKind.TAX_PPH23, PLATFORM)
PROMOTIONS = AccountKey(AccountKind.PROMOTION_COST, PLATFORM)


def commission_settled(commission: AnyCommission, amount_idr: int) -> list[NewTransfer]:
    """The commission is set apart, out of the part of the shop that promised it, or out of the platform's promotions.

    | fact                            | debit          | credit           |
    |---------------------------------|----------------|------------------|
    | commission                      | seller_payable | creator_clearing |
    | commission paid by the platform | promotion_cost | creator_clearing |
    """
    payer, clearing = payer_account(commission), clearing_account(commission)
    code = TransferCode.PLATFORM_COMMISSION if commission.paid_by_platform else TransferCode.COMMISSION
    part = str(commission.id)
    return without_zeros(NewTransfer(code, commission.order_id, payer, clearing, amount_idr, part=part))


def commission_returned(commission: AnyCommission, amount_idr: int, fact: str) -> list[NewTransfer]:
    """A commission in clearing, or a part of it, is the payer's again: denied, or its goods were refunded (`fact` tells several
    apart).

    | fact                                       | debit            | credit         |
    |--------------------------------------------|------------------|----------------|
    | commission given back to the shop          | creator_clearing | seller_payable |
    | commission given back to the platform      | creator_clearing | promotion_cost |
    """
    payer, clearing = payer_account(commission), clearing_account(commission)
    part = f"{commission.id}:{fact}"
    return without_zeros(
        NewTransfer(returned_code(commission), commission.order_id, clearing, payer, amount_idr, part=part)
    )


def returned_code(commission: AnyCommission) -> TransferCode:
    """Under which a part of it goes back to its payer."""
    return (
        TransferCode.PLATFORM_COMMISSION_RETURNED if commission.paid_by_platform else TransferCode.COMMISSION_RETURNED
    )


def commission_credited(commission: AnyCommission, tax_idr: int) -> list[NewTransfer]:
    """The commission is the creator's, and the tax on it is withheld: an individual's or a company's.

    | fact                | debit            | credit                 |
    |---------------------|------------------|------------------------|
    | commission credited | creator_clearing | creator_payable        |
    | PPh 21 or 23        | creator_payable  | tax_pph21 or tax_pph23 |
    """
    clearing, creator = clearing_account(commission), creator_account(commission)
    order_id, part, idr = commission.order_id, f"{commission.id}:{commission.credits}", commission.amount_idr
    code, tax = _WITHHELD[commission.taxed_as]
    return without_zeros(
        NewTransfer(TransferCode.COMMISSION_CREDITED, order_id, clearing, creator, idr, part=part),
        NewTransfer(code, order_id, creator, tax, tax_idr, part=part),
    )


def commission_taken_back(commission: AnyCommission, tax_idr: int) -> list[NewTransfer]:
    """A credited commission is under review, or its goods were refunded: the way of `commission_credited` back.

    | fact                  | debit                  | credit           |
    |-----------------------|------------------------|------------------|
    | PPh 21 or 23 back     | tax_pph21 or tax_pph23 | creator_payable  |
    | commission taken back | creator_payable        | creator_clearing |
    """
    clearing, creator = clearing_account(commission), creator_account(commission)
    order_id, part, idr = commission.order_id, f"{commission.id}:{commission.credits}", commission.amount_idr
    code, tax = _GIVEN_BACK[commission.taxed_as]
    return without_zeros(
        NewTransfer(code, order_id, tax, creator, tax_idr, part=part),
        NewTransfer(TransferCode.COMMISSION_TAKEN_BACK, order_id, creator, clearing, idr, part=part),
    )


def withheld_transfer_id(commission: AnyCommission) -> uuid.UUID:
    """The id under which the tax on the (credited) commission is booked, if there was any."""
    part = f"{commission.id}:{commission.credits}"
    return derived_id(_WITHHELD[commission.taxed_as][0], commission.order_id, part)


def commission_transfer_ids(commission: AnyCommission) -> set[uuid.UUID]:
    """The ids under which the commission is booked, and was each time it reached its creator or left them again."""
    order_id, commission_id, creator_id = commission.order_id, commission.id, commission.creator_id
    parts = [f"{commission_id}:{credit}" for credit in range(1, commission.credits + 1)]
    return {
        derived_id(TransferCode.COMMISSION, order_id, commission_id),
        derived_id(TransferCode.PLATFORM_COMMISSION, order_id, commission_id),
        *(derived_id(code, order_id, part) for code in _OF_A_CREDIT for part in parts),
        *(derived_id(TransferCode.LENT_TO_CREATOR, order_id, f"{creator_id}:{part}") for part in parts),
    }


def creator_account(commission: AnyCommission) -> AccountKey:
    """What is owed to the commission's creator."""
    return account_of(AccountKind.CREATOR_PAYABLE, commission.creator_id)


def clearing_account(commission: AnyCommission) -> AccountKey:
    """Where the commissions of a shop's settled orders wait for their creators."""
    return account_of(AccountKind.CREATOR_CLEARING, commission.shop_id)


def payer_account(commission: AnyCommission) -> AccountKey:
    """Out of which it is paid: what is owed to the shop that promised it, or the platform's promotions."""
    if commission.paid_by_platform:
        return PROMOTIONS
    return account_of(AccountKind.SELLER_PAYABLE, commission.shop_id)


_WITHHELD: dict[str, tuple[TransferCode, AccountKey]] = {
    Creator.TaxStatus.INDIVIDUAL: (TransferCode.COMMISSION_PPH21, PPH21),
    Creator.TaxStatus.COMPANY: (TransferCode.COMMISSION_PPH23, PPH23),
}
_GIVEN_BACK: dict[str, tuple[TransferCode, AccountKey]] = {
    Creator.TaxStatus.INDIVIDUAL: (TransferCode.PPH21_TAKEN_BACK, PPH21),
    Creator.TaxStatus.COMPANY: (TransferCode.PPH23_TAKEN_BACK, PPH23),
}
_OF_A_CREDIT = [
    TransferCode.COMMISSION_CREDITED,
    TransferCode.COMMISSION_TAKEN_BACK,
    *(code for code, _ in _WITHHELD.values()),
    *(code for code, _ in _GIVEN_BACK.values()),
]
