"""docs/concepts/money.md "The worked example", and splits that sum to the whole."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.affiliates.models import Commission, Creator, ProgrammeRate
from lapak.flows.credit_creator import credit_creator
from lapak.flows.settle_order import OWN_PURCHASE, settle_order
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind, Transfer
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast
from lapak.testing.refused import refused
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import Rates, split_of_order


def balance(kind: AccountKind, owner: object) -> int:
    return balance_idr(AccountKey(kind, str(owner)))


@pytest.mark.django_db
class TestWorkedExample:
    @pytest.fixture
    def shipped(self, cast: Cast, placed: Order, pay: Callable[..., str]) -> Order:
        pay(placed.purchase_id)
        pack_order(cast.seller, placed.id)
        return ship_order(cast.seller, placed.id, "JX0001234567")

    def test_every_rupiah(self, cast: Cast, shipped: Order) -> None:
        order = confirm_receipt(cast.buyer, shipped.id)
        assert order.settled_at is not None
        assert [(t.code, t.amount_idr) for t in transfers_of_reference(order.id)] == [
            ("shipping_settled", 15_000),
            ("goods_settled", 100_000),
            ("fee", 2_000),
            ("fee_vat", 220),
            ("commission", 10_000),
        ]
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 87_780
        assert balance(AccountKind.CREATOR_CLEARING, cast.shop.id) == 10_000
        assert Commission.objects.get().state == "pending"
        credit_creator(cast.creator.id)
        assert [(t.code, t.amount_idr) for t in transfers_of_reference(order.id)][5:] == [
            ("commission_credited", 10_000),
            ("commission_pph21", 250),
        ]
        assert balance(AccountKind.CREATOR_CLEARING, cast.shop.id) == 0
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_750
        assert balance(AccountKind.COURIER_PAYABLE, "jne") == 15_000
        assert balance(AccountKind.PLATFORM_FEE, PLATFORM) == 2_000
        assert balance(AccountKind.TAX_VAT, PLATFORM) == 220
        assert balance(AccountKind.TAX_PPH21, PLATFORM) == 250
        assert balance(AccountKind.ORDER_ESCROW, cast.shop.id) == 0
        assert Commission.objects.get().state == "payable"

    def test_again_changes_nothing(self, cast: Cast, shipped: Order) -> None:
        confirm_receipt(cast.buyer, shipped.id)
        before = Transfer.objects.count()
        settle_order(shipped.id)
        assert Transfer.objects.count() == before

    def test_an_order_not_completed_is_refused(self, shipped: Order) -> None:
        before = Transfer.objects.count()
        with refused(OrderMoved):
            settle_order(shipped.id)
        assert Transfer.objects.count() == before

    def test_a_company_creator_is_taxed_by_pph23(self, cast: Cast, shipped: Order) -> None:
        Creator.objects.update(tax_status="company")
        confirm_receipt(cast.buyer, shipped.id)
        credit_creator(cast.creator.id)
        assert balance(AccountKind.TAX_PPH23, PLATFORM) == 200
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_800

    def test_a_later_rate_does_not_touch_a_frozen_one(self, cast: Cast, shipped: Order) -> None:
        ProgrammeRate.objects.update(superseded_at=clock.now())
        ProgrammeRate.objects.create(programme=cast.programme, rate_bp=1, announced_at=clock.now())
        confirm_receipt(cast.buyer, shipped.id)
        credit_creator(cast.creator.id)
        assert balance(AccountKind.CREATOR_PAYABLE, cast.creator.id) == 9_750

    def test_goods_left_the_stock(self, shipped: Order) -> None:
        stock = shipped.lines.get().variant.stock
        assert (stock.on_hand, stock.reserved) == (9, 0)


class TestShares:
    """The parts of an order sum to the whole by largest remainder, and nobody's part is below zero."""

    @given(data=st.data())
    def test_the_parts_of_any_order_sum_to_the_whole(self, data: st.DataObject) -> None:
        bases = data.draw(st.lists(st.integers(1, 10**9), min_size=1, max_size=100))
        sold_idr, shipping_idr = sum(bases), data.draw(st.integers(0, 10**7))
        rates = Rates(fee_shares=sold_idr * data.draw(st.integers(0, 1000)), pph22_bp=50, has_vat=True)
        commissions = [base_idr * data.draw(st.integers(0, 8000)) for base_idr in bases]
        split = split_of_order(sold_idr, sold_idr, shipping_idr, rates, commissions)
        taken_idr = split.fee_idr + split.vat_idr + split.pph22_idr + sum(split.commissions_idr)
        assert split.goods_idr + split.shipping_idr == sold_idr + shipping_idr
        assert split.owed_by_shop_idr == 0
        assert 0 <= taken_idr <= sold_idr
        assert min(split.commissions_idr) >= 0
        for exact, idr in zip(commissions, split.commissions_idr, strict=True):
            assert abs(idr * 10_000 - exact) < 10_000

    def test_a_hundred_goods_at_one_rupiah_leave_the_shop_something(self) -> None:
        split = split_of_order(100, 100, 0, Rates(100 * 200, 0, has_vat=True), [5000] * 100)
        assert sum(split.commissions_idr) == 50
        assert split.fee_idr == 2

    def test_what_the_shop_had_to_bear_beyond_its_part_it_owes(self) -> None:
        split = split_of_order(1_000, 100_000, 0, Rates(100_000 * 200, 0, has_vat=True), [100_000 * 1000])
        assert split.owed_by_shop_idr == 2_000 + 220 + 10_000 - 1_000


@pytest.mark.django_db
class TestOwnPurchase:
    def test_a_creator_who_names_the_buyers_bank_account_later_earns_nothing(
        self, cast: Cast, placed: Order, pay: Callable[..., str]
    ) -> None:
        pay(placed.purchase_id)
        pack_order(cast.seller, placed.id)
        ship_order(cast.seller, placed.id, "JX0001234567")
        BankAccount.objects.create(user=cast.buyer, bank_code="014", number="555666777", holder="Buyer")
        BankAccount.objects.create(user=cast.creator_user, bank_code="014", number="555666777", holder="Buyer")
        confirm_receipt(cast.buyer, placed.id)
        commission = Commission.objects.get()
        assert (commission.state, commission.reason) == ("reversed", OWN_PURCHASE)
        assert balance(AccountKind.SELLER_PAYABLE, cast.shop.id) == 97_780
        assert balance(AccountKind.CREATOR_CLEARING, cast.shop.id) == 0
