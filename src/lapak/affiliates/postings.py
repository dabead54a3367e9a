"""What a commission is in the books."""

import uuid

from lapak.lib.ids import derived_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode, transfer_for, without_zeros

_CODES = (TransferCode.COMMISSION, TransferCode.COMMISSION_PPH21, TransferCode.COMMISSION_PPH23)


def commission_settled(
    *,
    order_id: uuid.UUID,
    line_id: uuid.UUID,
    shop_id: uuid.UUID,
    creator_id: uuid.UUID,
    commission_idr: int,
    pph21_idr: int = 0,
    pph23_idr: int = 0,
) -> list[NewTransfer]:
    """The shop pays a creator for one order line, and the tax on it is withheld: an individual's or a company's.

    | fact       | debit           | credit          |
    |------------|-----------------|-----------------|
    | commission | seller_payable  | creator_payable |
    | PPh 21     | creator_payable | tax_pph21       |
    | PPh 23     | creator_payable | tax_pph23       |

    Whole rupiah; what is zero is not booked. The line tells apart several commissions of one order.
    """
    seller = AccountKey(AccountKind.SELLER_PAYABLE, str(shop_id))
    creator = AccountKey(AccountKind.CREATOR_PAYABLE, str(creator_id))
    pph21 = AccountKey(AccountKind.TAX_PPH21, PLATFORM)
    pph23 = AccountKey(AccountKind.TAX_PPH23, PLATFORM)
    part = str(line_id)
    return without_zeros(
        transfer_for(TransferCode.COMMISSION, order_id, seller, creator, commission_idr, part=part),
        transfer_for(TransferCode.COMMISSION_PPH21, order_id, creator, pph21, pph21_idr, part=part),
        transfer_for(TransferCode.COMMISSION_PPH23, order_id, creator, pph23, pph23_idr, part=part),
    )


def commission_transfer_ids(order_id: uuid.UUID, line_id: uuid.UUID) -> list[uuid.UUID]:
    """The ids under which `commission_settled` books a line, whether or not it has been."""
    return [derived_id(code, order_id, line_id) for code in _CODES]
