"""A refund after settlement takes from each who had the money their share, also when it was paid out."""

import uuid
from collections.abc import Callable

import pytest
from django.db import transaction

from lapak.affiliates.models import Commission
from lapak.affiliates.withholding.models import TaxMonth
from lapak.flows.credit_creator import credit_creator
from lapak.flows.refund_return import approve_return
from lapak.flows.refund_settled_order import refund_settled_order
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt
from lapak.lib.ids import new_id
from lapak.money.ledger.commands import post_transfers
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, standing_idr
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payouts.postings import payout_sent
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import asked_return, delivered_order
from lapak.trade.orders.escrow import mark_refunded
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import RefundSplit
from lapak.trade.orders.steps import lock_order

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.unsound_books,  # paid back without a return: only where the money comes from is under test
]


def figures(cast: Cast) -> dict[str, int]:
    """What lies where, IDR."""
    owners = {
        AccountKind.SELLER_PAYABLE: cast.shop.id,
        AccountKind.SELLER_RECEIVABLE: cast.shop.id,
        AccountKind.CREATOR_CLEARING: cast.shop.id,
        AccountKind.CREATOR_PAYABLE: cast.creator.id,
        AccountKind.CREATOR_RECEIVABLE: cast.creator.id,
        AccountKind.BUYER_REFUND_PAYABLE: cast.buyer.id,
        AccountKind.PLATFORM_FEE: PLATFORM,
        AccountKind.TAX_VAT: PLATFORM,
        AccountKind.TAX_PPH21: PLATFORM,
        AccountKind.COURIER_PAYABLE: "jne",
    }
    found = {kind.value: balance_idr(AccountKey(kind, str(owner))) for kind, owner in owners.items()}
    return {kind: idr for kind, idr in found.items() if idr}


def pay_back(order_id: uuid.UUID, pieces: int, *, shipping_idr: int = 0) -> None:
    """So many of the two shirts, at 50,000 each, once more."""
    with transaction.atomic():
        order = lock_order(order_id)
        line, refund = order.lines.get(), RefundSplit(pieces * 50_000, shipping_idr)
        still = line.remaining_quantity
        line.refunded_quantity += pieces
        line.save()
        mark_refunded(None, order, refund)
        refund_settled_order(
            order,
            refund=refund,
            sold={line.id: (still * 50_000, (still - pieces) * 50_000)},
            fact_id=new_id(),
            reason="Hidden fault.",
        )


@pytest.fixture
def settled_shirts(cast: Cast, delivered: Order) -> Order:
    """The worked example as two shirts of 50,000, its commission credited."""
    confirm_receipt(cast.buyer, delivered.id)
    credit_creator(cast.creator.id)
    return delivered


def pay_everybody_out(cast: Cast) -> None:
    for kind, owner in ((AccountKind.SELLER_PAYABLE, cast.shop.id), (AccountKind.CREATOR_PAYABLE, cast.creator.id)):
        key = AccountKey(kind, str(owner))
        with transaction.atomic():
            post_transfers([payout_sent(new_id(), key, "sandbox", balance_idr(key))])


def test_half_of_it_halves_every_share(cast: Cast, settled_shirts: Order) -> None:
    pay_back(settled_shirts.id, 1)
    credit_creator(cast.creator.id)
    assert figures(cast) == {
        "seller_payable": 43_890, "creator_payable": 4_875, "buyer_refund_payable": 50_000,
        "platform_fee": 1_000, "tax_vat": 110, "tax_pph21": 125, "courier_payable": 15_000,
    }  # fmt: skip
    assert Commission.objects.get().amount_idr == 5_000


def test_all_of_it_leaves_the_shop_with_the_shipping_to_bear(cast: Cast, settled_shirts: Order) -> None:
    pay_back(settled_shirts.id, 1)
    pay_back(settled_shirts.id, 1, shipping_idr=15_000)
    credit_creator(cast.creator.id)
    assert figures(cast) == {
        "buyer_refund_payable": 115_000, "courier_payable": 15_000, "seller_receivable": 15_000,
    }  # fmt: skip
    assert Order.objects.get().state == "refunded"
    assert TaxMonth.objects.get().gross_idr == 0
    assert Commission.objects.get().state == "reversed"


def test_what_was_paid_out_is_owed_and_later_earnings_repay_it(
    cast: Cast, settled_shirts: Order, settled: Callable[..., Order]
) -> None:
    pay_everybody_out(cast)
    pay_back(settled_shirts.id, 2)
    assert figures(cast) == {
        "seller_receivable": 100_000 - 2_000 - 220 - 10_000, "creator_receivable": 9_750,
        "buyer_refund_payable": 100_000, "courier_payable": 15_000,
    }  # fmt: skip
    settled()
    credit_creator(cast.creator.id)
    assert figures(cast) == {
        "buyer_refund_payable": 100_000, "courier_payable": 30_000,
        "platform_fee": 2_000, "tax_vat": 220, "tax_pph21": 250,
    }  # fmt: skip


@pytest.mark.parametrize("price_idr", [23, 26, 74, 77])
def test_nothing_of_the_fee_is_kept_whatever_became_of_the_commission(cast: Cast, price_idr: int) -> None:
    """The largest remainder goes to another when there is a commission less: what was booked is given back, not what
    would be booked today."""
    shirt = stocked_variant(cast.shop, price_idr=price_idr)
    order = delivered_order(cast, (shirt, 1), click=click_on(link_to(cast, shirt.product)))
    confirm_receipt(cast.buyer, order.id)
    commission = Commission.objects.get()
    freeze_commission(cast.operator, commission.pk, "a look")
    deny_for_good(cast.operator, commission.pk, "fraud")
    approve_return(cast.seller, asked_return(cast, order, goods_come_back=False).id)
    booked = standing_idr(order.id)
    assert booked["fee"] == booked["fee_given_back"]
    assert figures(cast) == {
        "buyer_refund_payable": price_idr + 15_000, "courier_payable": 15_000, "seller_receivable": 15_000,
    }  # fmt: skip
