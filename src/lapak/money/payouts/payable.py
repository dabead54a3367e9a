"""Whose money may leave, and from which amount on."""

from lapak.money.ledger.models import AccountKind

SMALLEST_PAYOUT_IDR = {
    AccountKind.SELLER_PAYABLE: 10_000,
    AccountKind.CREATOR_PAYABLE: 5_000,
    AccountKind.BUYER_REFUND_PAYABLE: 1,
}
"""Kinds of account that hold money owed to someone outside, with the smallest payout of each.

A bank transfer costs Rp 2,500 by BI-FAST: below Rp 10,000 a quarter and more would go to the bank. A creator's
may be half as small: one first commission should arrive. A buyer's refund has
no such limit: keeping a small one back would be keeping it. Escrow is not here: it is held until the order settles.
"""
