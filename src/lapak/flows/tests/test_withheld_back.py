"""PPh 22 of a window in which it was not in force after all is given back: every order of it once, and nothing else."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.flows.clocks import run_due_clocks
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tell_people.of_taxes import tell_shops_of_withheld_back
from lapak.flows.tests.test_withhold import AUGUST, SUSPENDED, withheld_idr
from lapak.flows.tests.told import facts_of
from lapak.flows.withheld_back import give_withheld_back, orders_to_give_back, refund_pph22
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr, transfers_of_reference
from lapak.money.ledger.transfers import PLATFORM, AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts.models import Payout
from lapak.money.remittances.commands import remit
from lapak.money.remittances.queries import most_idr
from lapak.money.taxes.errors import NothingWithheld, TaxDeskNotFound, TaxWordsRefused, WindowDaysRefused
from lapak.money.taxes.models import Withholding
from lapak.people.privacy.erasures import ask_for_erasure
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.market import dispute_report
from lapak.testing.refused import refused
from lapak.testing.taxes import DECREE, on, set_from, sold_on
from lapak.trade.orders.errors import OrderMoved
from lapak.trade.orders.models import Order
from lapak.trade.orders.settlement import Rates, split_of_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("everyone_has_what_is_theirs")]
LAST = SUSPENDED - timedelta(days=1)


@pytest.fixture(autouse=True)
def in_force(cast: Cast) -> None:
    set_from(cast, AUGUST, is_on=True)
    set_from(cast, SUSPENDED, is_on=False)


def seller_idr(cast: Cast) -> int:
    return balance_idr(AccountKey(AccountKind.SELLER_PAYABLE, str(cast.shop.id)))


def kept(order: Order) -> tuple[int, int]:
    rows = Withholding.objects.filter(order_id=order.id).values_list("base_idr", "tax_idr")
    return sum(base for base, _ in rows), sum(tax for _, tax in rows)


def suspended(cast: Cast, first_day: date = AUGUST) -> None:
    """The window is refunded, and the clock has come by."""
    with on(SUSPENDED):
        refund_pph22(cast.operator, first_day=first_day, last_day=LAST, words=DECREE)
        run_due_clocks()


def delivered_on(cast: Cast, day: date, pieces: int = 2) -> Order:
    with on(day):
        return delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), pieces))


def returned(cast: Cast, order: Order) -> None:
    """One of two pieces goes back."""
    with on(AUGUST + timedelta(days=1)):
        return_ = asked_return(cast, order, 1, reason="damaged", goods_come_back=False)
        approve_return(cast.seller, return_.id)


def settle(cast: Cast, order: Order) -> None:
    confirm_receipt(cast.buyer, order.id)


def lose(cast: Cast, order: Order) -> None:
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    for status in ("opened", "lost"):
        receive_dispute(
            dispute_report(intent, status=status, amount_idr=50_000, reference=str(order.id)[:12]), "sandbox"
        )


def win(cast: Cast, order: Order) -> None:
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    receive_dispute(dispute_report(intent, status="won", amount_idr=50_000, reference=str(order.id)[:12]), "sandbox")


class TestWindow:
    def test_every_order_of_it_once(self, cast: Cast) -> None:
        orders = [sold_on(cast, AUGUST), sold_on(cast, LAST)]
        before_idr = seller_idr(cast)
        assert withheld_idr() == 1_000
        suspended(cast)
        assert withheld_idr() == 0
        assert seller_idr(cast) == before_idr + 1_000
        assert [kept(order) for order in orders] == [(0, 0), (0, 0)]
        assert transfers_of_reference(orders[0].id)[-1].code == "goods_pph22_given_back"
        with refused(OrderMoved):
            give_withheld_back(orders[0].id)

    def test_orders_of_other_days_stay_as_they_are(self, cast: Cast) -> None:
        first = sold_on(cast, AUGUST)
        sold_on(cast, AUGUST + timedelta(days=1))
        suspended(cast, AUGUST + timedelta(days=1))
        assert withheld_idr() == 500
        assert kept(first) == (100_000, 500)

    def test_it_goes_on_where_it_stopped(self, cast: Cast) -> None:
        orders = [sold_on(cast, AUGUST) for _ in range(3)]
        with on(SUSPENDED):
            refund_pph22(cast.operator, first_day=AUGUST, last_day=LAST, words=DECREE)
            give_withheld_back(orders[1].id)
            assert orders_to_give_back().count() == 2
            assert tell_shops_of_withheld_back() == 0
            run_due_clocks()
        assert withheld_idr() == 0

    def test_shops_are_told_once_when_all_of_it_is_back(self, cast: Cast) -> None:
        sold_on(cast, AUGUST)
        sold_on(cast, LAST)
        suspended(cast)
        while tell_shops_of_withheld_back():
            pass
        assert facts_of(cast.seller).count("pph22_given_back") == 1

    def test_days_that_are_not_over(self, cast: Cast) -> None:
        sold_on(cast, LAST)
        with on(LAST), refused(WindowDaysRefused):
            refund_pph22(cast.operator, first_day=LAST, last_day=LAST, words=DECREE)

    def test_days_before_there_was_such_a_tax(self, cast: Cast) -> None:
        sold_on(cast, AUGUST)
        with on(SUSPENDED), refused(WindowDaysRefused):
            refund_pph22(cast.operator, first_day=date.min, last_day=LAST, words=DECREE)

    def test_days_on_which_nothing_was_withheld(self, cast: Cast) -> None:
        sold_on(cast, SUSPENDED)
        with on(SUSPENDED + timedelta(days=1)), refused(NothingWithheld):
            refund_pph22(cast.operator, first_day=SUSPENDED, last_day=SUSPENDED, words=DECREE)

    def test_without_words(self, cast: Cast) -> None:
        sold_on(cast, AUGUST)
        with on(SUSPENDED), refused(TaxWordsRefused):
            refund_pph22(cast.operator, first_day=AUGUST, last_day=LAST, words="")

    def test_a_seller_decides_nothing(self, cast: Cast) -> None:
        sold_on(cast, AUGUST)
        with on(SUSPENDED), refused(TaxDeskNotFound):
            refund_pph22(cast.seller, first_day=AUGUST, last_day=LAST, words=DECREE)


def back(cast: Cast, _order: Order) -> None:
    suspended(cast)


@pytest.mark.parametrize(
    "steps",
    [
        [settle],
        [settle, back],
        [back, settle],
        [returned, settle, back],
        [returned, back, settle],
        [settle, lose, back],
        [settle, back, lose],
        [settle, lose, win, back],
        [settle, lose, back, win],
        [settle, back, lose, win],
        [back, settle, lose, win],
    ],
    ids=lambda steps: " ".join(step.__name__ for step in steps),
)
def test_every_order_of_settling_refunding_and_giving_back(
    cast: Cast, steps: list[Callable[[Cast, Order], None]]
) -> None:
    """The books are checked after it; nothing is withheld of what was given back, and else half a percent of what stays sold."""
    order = delivered_on(cast, AUGUST)
    for step in steps:
        step(cast, order)
    order.refresh_from_db()
    sold_idr = order.goods_idr - order.refunded_goods_idr
    assert kept(order) == ((0, 0) if back in steps else (sold_idr, sold_idr // 200))
    assert withheld_idr() == kept(order)[1]


@given(sold_idr=st.integers(1, 10**9))
def test_half_a_percent_of_the_goods_to_the_rupiah(sold_idr: int) -> None:
    split = split_of_order(sold_idr, sold_idr, 0, Rates(sold_idr * 200, 50, has_vat=False))
    assert abs(split.pph22_idr * 200 - sold_idr) < 200


def test_what_the_state_owes_after_it_was_paid_over_is_not_taken_as_the_house_s_fee(cast: Cast) -> None:
    sold_on(cast, AUGUST)
    pph22, fee = (AccountKey(kind, PLATFORM) for kind in (AccountKind.TAX_PPH22, AccountKind.PLATFORM_FEE))
    with on(SUSPENDED):
        before_idr = most_idr(AccountKind.PLATFORM_FEE, balance_idr(fee))
        remit(cast.operator, pph22.id, 500, reference="T1", paid_on=clock.today(), ntpn="0A1B2C3D4E5F6G7H")
        refund_pph22(cast.operator, first_day=AUGUST, last_day=LAST, words=DECREE)
        run_due_clocks()
        assert balance_idr(pph22) == -500
        assert most_idr(AccountKind.PLATFORM_FEE, balance_idr(fee)) == before_idr - 500


def test_a_shop_that_gets_it_back_is_not_erased_before(cast: Cast) -> None:
    sold_on(cast, AUGUST)
    with on(AUGUST + timedelta(days=1)):
        send_due_payouts(None, "bank_file")
        for payout in Payout.objects.all():
            confirm_payout(None, payout.id)
    with on(LAST):
        Shop.objects.update(is_open=False)
        erasure = ask_for_erasure(cast.seller)
    with on(SUSPENDED):
        refund_pph22(cast.operator, first_day=AUGUST, last_day=LAST, words=DECREE)
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            run_due_clocks()
    erasure.refresh_from_db()
    assert erasure.erased_at is None
    assert seller_idr(cast) == 500
