"""How an order's money is split and paid back: pure arithmetic and the transfers that record it."""

import uuid
from dataclasses import dataclass
from datetime import date

from lapak.money.fees.rules import platform_fee_idr
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import PLATFORM, AccountKey, NewTransfer, TransferCode, transfer_for, without_zeros
from lapak.money.taxes.rules import pph22_idr, vat_on_fee_idr
from lapak.trade.orders.return_rules import RefundSplit


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of an order's money, all IDR. Goods and shipping are what the buyer paid and did not get back; the rest
    comes out of goods."""

    goods_idr: int
    shipping_idr: int
    fee_idr: int
    vat_idr: int
    pph22_idr: int


def split_of_order(goods_idr: int, shipping_idr: int, *, placed_on: date, paid_on: date) -> Split:
    """The split of what stays sold, by the fee schedule of the day the order was placed and the tax rules of the day it
    was paid."""
    fee_idr = platform_fee_idr(goods_idr, placed_on)
    return Split(
        goods_idr=goods_idr,
        shipping_idr=shipping_idr,
        fee_idr=fee_idr,
        vat_idr=vat_on_fee_idr(fee_idr),
        pph22_idr=pph22_idr(goods_idr, paid_on),
    )


def order_settled(order_id: uuid.UUID, shop_id: uuid.UUID, courier: str, split: Split) -> list[NewTransfer]:
    """The transfers of a settlement; commissions follow in `affiliates/postings.py`.

    | fact              | debit          | credit          |
    |-------------------|----------------|-----------------|
    | shipping settled  | order_escrow   | courier_payable |
    | goods settled     | order_escrow   | seller_payable  |
    | fee               | seller_payable | platform_fee    |
    | VAT on the fee    | seller_payable | tax_vat         |
    | PPh 22, if in force | seller_payable | tax_pph22     |
    """
    escrow = AccountKey(AccountKind.ORDER_ESCROW, str(shop_id))
    seller = AccountKey(AccountKind.SELLER_PAYABLE, str(shop_id))
    carrier = AccountKey(AccountKind.COURIER_PAYABLE, courier)

    def platform(kind: AccountKind) -> AccountKey:
        return AccountKey(kind, PLATFORM)

    return without_zeros(
        transfer_for(TransferCode.SHIPPING_SETTLED, order_id, escrow, carrier, split.shipping_idr),
        transfer_for(TransferCode.GOODS_SETTLED, order_id, escrow, seller, split.goods_idr),
        transfer_for(TransferCode.FEE, order_id, seller, platform(AccountKind.PLATFORM_FEE), split.fee_idr),
        transfer_for(TransferCode.FEE_VAT, order_id, seller, platform(AccountKind.TAX_VAT), split.vat_idr),
        transfer_for(TransferCode.GOODS_PPH22, order_id, seller, platform(AccountKind.TAX_PPH22), split.pph22_idr),
    )


def order_refunded(order_id: uuid.UUID, shop_id: uuid.UUID, buyer_id: uuid.UUID, amount_idr: int) -> list[NewTransfer]:
    """A paid order was cancelled: debit order_escrow, credit buyer_refund_payable, goods and shipping alike."""
    return [
        transfer_for(
            TransferCode.ORDER_REFUNDED,
            order_id,
            AccountKey(AccountKind.ORDER_ESCROW, str(shop_id)),
            AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id)),
            amount_idr,
        )
    ]


def return_refunded(
    order_id: uuid.UUID, return_id: uuid.UUID, shop_id: uuid.UUID, buyer_id: uuid.UUID, refund: RefundSplit
) -> list[NewTransfer]:
    """What a return pays back out of an order's escrow; the return tells apart several of one order.

    | fact              | debit        | credit               |
    |-------------------|--------------|----------------------|
    | goods refunded    | order_escrow | buyer_refund_payable |
    | shipping refunded | order_escrow | buyer_refund_payable |
    """
    escrow = AccountKey(AccountKind.ORDER_ESCROW, str(shop_id))
    buyer = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id))
    part = str(return_id)
    return without_zeros(
        transfer_for(TransferCode.GOODS_REFUNDED, order_id, escrow, buyer, refund.goods_idr, part=part),
        transfer_for(TransferCode.SHIPPING_REFUNDED, order_id, escrow, buyer, refund.shipping_idr, part=part),
    )
