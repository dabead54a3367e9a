"""How an order's money is split and paid back: pure arithmetic and the transfers that record it."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lapak.lib.money import apportion
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import (
    PLATFORM,
    AccountKey,
    NewTransfer,
    TransferCode,
    account_of,
    without_zeros,
)
from lapak.money.taxes.rules import vat_on_fee_idr
from lapak.trade.orders.rules import OrderAmounts, RefundSplit

FEE_INCOME = AccountKey(AccountKind.PLATFORM_FEE, PLATFORM)
VAT = AccountKey(AccountKind.TAX_VAT, PLATFORM)
PPH22 = AccountKey(AccountKind.TAX_PPH22, PLATFORM)


@dataclass(frozen=True, slots=True)
class OrderToSettle(OrderAmounts):
    """What settling reads of an order, a plain value: thousands are settled at once."""

    id: uuid.UUID
    shop_id: uuid.UUID
    buyer_id: uuid.UUID
    courier: str
    placed_at: datetime
    paid_at: datetime | None
    goods_idr: int
    shipping_idr: int
    refunded_goods_idr: int
    refunded_shipping_idr: int
    way_back_idr: int
    borne_by_shop_idr: int
    fee_shares: int
    pph22_bp: int | None
    pph22_refund_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Split:
    """The parts of an order's escrow when it settles, all IDR.

    `shipping_idr` and `goods_idr` leave escrow; everything else comes out of the shop's part. `owed_by_shop_idr` is what
    that part lacks for it: only after the shop had to bear more than it keeps, such as a parcel's way back.
    """

    shipping_idr: int
    goods_idr: int
    fee_idr: int
    vat_idr: int
    pph22_idr: int
    commissions_idr: tuple[int, ...]
    owed_by_shop_idr: int


@dataclass(frozen=True, slots=True)
class Rates:
    """What is taken from the goods of an order that stay sold: the fee by the schedule it was placed under, in ten-thousandths
    of a rupiah, and PPh 22 of the day it was paid, in basis points; and whether VAT is due on the fee."""

    fee_shares: int
    pph22_bp: int
    has_vat: bool


def split_of_order(
    held_goods_idr: int, sold_idr: int, shipping_idr: int, rates: Rates, commissions: Sequence[int] = ()
) -> Split:
    """Who gets what of an order: docs/concepts/money.md "Parts of an order".

    `sold_idr` is what was paid for the goods that stay sold, `held_goods_idr` how much of that is still in escrow
    besides the shipping; `commissions` is what each line that a creator brought about earns, in ten-thousandths of a rupiah. The
    goods are apportioned by largest remainder among creators, fee, PPh 22 and the shop; VAT is reckoned on the very fee
    that is booked, out of the shop's part.
    """
    taken = [*commissions, rates.fee_shares, sold_idr * rates.pph22_bp]
    shop = sold_idr * 10_000 - sum(taken)
    if shop < 0:
        raise ValueError("more is taken from the goods than they were sold for")
    *commissions_idr, fee_idr, pph22_idr, shop_idr = (
        apportion(sold_idr, [*taken, shop]) if sold_idr else [0] * (len(taken) + 1)
    )
    vat_idr = min(vat_on_fee_idr(fee_idr), shop_idr) if rates.has_vat else 0
    return Split(
        shipping_idr=shipping_idr,
        goods_idr=held_goods_idr,
        fee_idr=fee_idr,
        vat_idr=vat_idr,
        pph22_idr=pph22_idr,
        commissions_idr=tuple(commissions_idr),
        owed_by_shop_idr=max(0, sold_idr - shop_idr + vat_idr - held_goods_idr),
    )


def order_settled(order_id: uuid.UUID, shop_id: uuid.UUID, courier: str, split: Split) -> list[NewTransfer]:
    """The transfers of a settlement; commissions follow in `affiliates/postings.py`.

    | fact                | debit             | credit          |
    |---------------------|-------------------|-----------------|
    | shipping settled    | order_escrow      | courier_payable |
    | goods settled       | order_escrow      | seller_payable  |
    | lent to the shop    | seller_receivable | seller_payable  |
    | fee                 | seller_payable    | platform_fee    |
    | VAT on the fee      | seller_payable    | tax_vat         |
    | PPh 22, if in force | seller_payable    | tax_pph22       |
    """
    escrow = account_of(AccountKind.ORDER_ESCROW, shop_id)
    seller = seller_account(shop_id)
    debt = account_of(AccountKind.SELLER_RECEIVABLE, shop_id)
    carrier = account_of(AccountKind.COURIER_PAYABLE, courier)
    return without_zeros(
        NewTransfer(TransferCode.SHIPPING_SETTLED, order_id, escrow, carrier, split.shipping_idr),
        NewTransfer(TransferCode.GOODS_SETTLED, order_id, escrow, seller, split.goods_idr),
        NewTransfer(TransferCode.LENT_TO_SHOP, order_id, debt, seller, split.owed_by_shop_idr),
        NewTransfer(TransferCode.FEE, order_id, seller, FEE_INCOME, split.fee_idr),
        NewTransfer(TransferCode.FEE_VAT, order_id, seller, VAT, split.vat_idr),
        NewTransfer(TransferCode.GOODS_PPH22, order_id, seller, PPH22, split.pph22_idr),
    )


def shares_given_back(
    order_id: uuid.UUID, shop_id: uuid.UUID, return_id: uuid.UUID, booked_idr: Mapping[str, int], still: Split
) -> list[NewTransfer]:
    """After settlement, less stays sold: what was taken of the goods beyond the split that is `still` due is the shop's
    again. `booked_idr` is what stands for the order by code: once all went back, nothing of it is kept.

    | fact         | debit        | credit         |
    |--------------|--------------|----------------|
    | fee back     | platform_fee | seller_payable |
    | VAT back     | tax_vat      | seller_payable |
    | PPh 22 back  | tax_pph22    | seller_payable |
    """
    seller, part = seller_account(shop_id), str(return_id)
    shares = (
        (TransferCode.FEE, TransferCode.FEE_GIVEN_BACK, FEE_INCOME, still.fee_idr),
        (TransferCode.FEE_VAT, TransferCode.FEE_VAT_GIVEN_BACK, VAT, still.vat_idr),
        (TransferCode.GOODS_PPH22, TransferCode.GOODS_PPH22_GIVEN_BACK, PPH22, still.pph22_idr),
    )
    back = [
        (code, of, booked_idr.get(taken, 0) - booked_idr.get(code, 0) - due_idr) for taken, code, of, due_idr in shares
    ]
    return [NewTransfer(code, order_id, of, seller, idr, part=part) for code, of, idr in back if idr > 0]


def withheld_given_back(order_id: uuid.UUID, shop_id: uuid.UUID, fact: str, standing_idr: int) -> list[NewTransfer]:
    """PPh 22 was not in force after all: what stands of it for the order is the shop's.
    Debit tax_pph22, credit seller_payable."""
    code = TransferCode.GOODS_PPH22_GIVEN_BACK
    return without_zeros(NewTransfer(code, order_id, PPH22, seller_account(shop_id), standing_idr, part=fact))


def return_refunded_by_shop(
    order_id: uuid.UUID, return_id: uuid.UUID, shop_id: uuid.UUID, buyer_id: uuid.UUID, refund: RefundSplit
) -> list[NewTransfer]:
    """As `return_refunded`, out of what is owed to the shop: it had the money already, or has to bear what is not held."""
    buyer, part = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id)), f"{return_id}:shop"
    seller = seller_account(shop_id)
    return without_zeros(
        NewTransfer(TransferCode.GOODS_REFUNDED, order_id, seller, buyer, refund.goods_idr, part=part),
        NewTransfer(TransferCode.SHIPPING_REFUNDED, order_id, seller, buyer, refund.shipping_idr, part=part),
        NewTransfer(TransferCode.WAY_BACK_REFUNDED, order_id, seller, buyer, refund.way_back_idr, part=part),
    )


def carriage_borne(
    order_id: uuid.UUID, fact_id: uuid.UUID, shop_id: uuid.UUID, courier: str, amount_idr: int
) -> NewTransfer:
    """The parcel was carried, and its shipping went back to the buyer by a return or dispute (`fact_id`): debit
    seller_payable, credit courier_payable."""
    carrier = AccountKey(AccountKind.COURIER_PAYABLE, courier)
    return NewTransfer(
        TransferCode.CARRIAGE_BORNE, order_id, seller_account(shop_id), carrier, amount_idr, part=str(fact_id)
    )


def seller_account(shop_id: uuid.UUID) -> AccountKey:
    """What is owed to the shop."""
    return account_of(AccountKind.SELLER_PAYABLE, shop_id)


def order_refunded(order_id: uuid.UUID, shop_id: uuid.UUID, buyer_id: uuid.UUID, amount_idr: int) -> list[NewTransfer]:
    """A paid order was cancelled: debit order_escrow, credit buyer_refund_payable, goods and shipping alike."""
    return [
        NewTransfer(
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
    | sending back      | order_escrow | buyer_refund_payable |
    """
    escrow = AccountKey(AccountKind.ORDER_ESCROW, str(shop_id))
    buyer = AccountKey(AccountKind.BUYER_REFUND_PAYABLE, str(buyer_id))
    part = str(return_id)
    return without_zeros(
        NewTransfer(TransferCode.GOODS_REFUNDED, order_id, escrow, buyer, refund.goods_idr, part=part),
        NewTransfer(TransferCode.SHIPPING_REFUNDED, order_id, escrow, buyer, refund.shipping_idr, part=part),
        NewTransfer(TransferCode.WAY_BACK_REFUNDED, order_id, escrow, buyer, refund.way_back_idr, part=part),
    )
