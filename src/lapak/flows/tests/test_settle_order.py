"""The worked example of domain.md §3, and splits that sum to the whole."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.models import Commission, Creator, ProgrammeRate
from lapak.affiliates.postings import commission_settled
from lapak.affiliates.rules import commission_idr
from lapak.flows.settle_order import settle_order
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.taxes.rules import pph21_idr
from lapak.testing.cast import Cast
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import order_settled, split_of_order


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


@pytest.mark.django_db
class TestWorkedExample:
    @pytest.fixture
    def shipped(self, cast: Cast, placed: Order, pay: Callable[..., str]) -> Order:
        pay(placed.purchase_id)
        pack_order(placed.id, cast.seller)
        return ship_order(placed.id, cast.seller, "JX0001234567")

    def test_every_rupiah(self, cast: Cast, shipped: Order) -> None:
        order = confirm_receipt(shipped.id, cast.buyer)
        assert order.settled_at is not None
        assert [(t.code, t.amount_idr) for t in transfers_of_reference(order.id)] == [
            ("shipping_settled", 15_000),
            ("goods_settled", 100_000),
            ("fee", 2_000),
            ("fee_vat", 220),
            ("commission", 10_000),
            ("commission_pph21", 250),
        ]
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 87_780
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_750
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000
        assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 2_000
        assert balance(AccountKind.TAX_VAT, PLATFORM) == 220
        assert balance(AccountKind.TAX_PPH21, PLATFORM) == 250
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0
        assert Commission.objects.get().state == "payable"

    def test_again_changes_nothing(self, cast: Cast, shipped: Order) -> None:
        confirm_receipt(shipped.id, cast.buyer)
        before = Transfer.objects.count()
        settle_order(shipped.id)
        assert Transfer.objects.count() == before

    def test_an_order_not_completed_is_refused(self, shipped: Order) -> None:
        before = Transfer.objects.count()
        with pytest.raises(OrderMoved):
            settle_order(shipped.id)
        assert Transfer.objects.count() == before

    def test_a_company_creator_is_taxed_by_pph23(self, cast: Cast, shipped: Order) -> None:
        Creator.objects.update(tax_status="company")
        confirm_receipt(shipped.id, cast.buyer)
        assert balance(AccountKind.TAX_PPH23, PLATFORM) == 200
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_800

    def test_a_later_rate_does_not_touch_a_frozen_one(self, cast: Cast, shipped: Order) -> None:
        ProgrammeRate.objects.update(rate_bp=1)
        confirm_receipt(shipped.id, cast.buyer)
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_750

    def test_goods_left_the_stock(self, shipped: Order) -> None:
        stock = shipped.lines.get().variant.stock
        assert (stock.on_hand, stock.reserved) == (9, 0)


@given(
    price_and_voucher_idr=st.integers(1, 10**10).flatmap(
        lambda price: st.tuples(st.just(price), st.integers(0, price - 1))
    ),
    shipping_idr=st.integers(0, 10**7),
    rate_bp=st.integers(0, 8000),
    earned_idr=st.integers(0, 10**10),
)
def test_the_parts_of_any_order_sum_to_the_whole(
    price_and_voucher_idr: tuple[int, int], shipping_idr: int, rate_bp: int, earned_idr: int
) -> None:
    price_idr, voucher_idr = price_and_voucher_idr
    goods_idr = price_idr - voucher_idr  # what the buyer pays is what fee, taxes and commission are reckoned on
    order_id, shop_id, creator_id = new_id(), new_id(), new_id()
    day = date(2026, 11, 24)
    gross_idr = commission_idr(goods_idr, rate_bp)
    transfers = order_settled(
        order_id, shop_id, "jne", split_of_order(goods_idr, shipping_idr, placed_on=day, paid_on=day)
    ) + commission_settled(
        order_id=order_id,
        line_id=new_id(),
        shop_id=shop_id,
        creator_id=creator_id,
        commission_idr=gross_idr,
        pph21_idr=pph21_idr(gross_idr, earned_idr),
    )
    held: dict[AccountKey, int] = {}
    for transfer in transfers:
        held[transfer.debit] = held.get(transfer.debit, 0) - transfer.amount_idr
        held[transfer.credit] = held.get(transfer.credit, 0) + transfer.amount_idr
    escrow = held.pop(AccountKey(AccountKind.ORDER_ESCROW, str(shop_id)))
    assert -escrow == goods_idr + shipping_idr == sum(held.values())
    assert all(amount >= 0 for amount in held.values())
