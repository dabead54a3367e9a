"""What is owed leaves for the banks."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.models import Commission
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt, ship_order
from lapak.lib import clock
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.queries import balance_idr
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import Payout
from lapak.people.users.models import BankAccount
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


@pytest.fixture
def settled(cast: Cast, placed: Order, pay: Callable[..., str]) -> Order:
    pay(placed.purchase_id)
    pack_order(cast.seller, placed.id)
    ship_order(cast.seller, placed.id, "JX0001234567")
    order = confirm_receipt(cast.buyer, placed.id)
    credit_creator(cast.creator.id)
    return order


def amounts() -> dict[str, int]:
    return dict(Payout.objects.values_list("account__kind", "amount_idr"))


def test_shop_and_creator_are_paid_and_the_commission_is_paid(cast: Cast, settled: Order) -> None:
    assert settled.settled_at
    send_due_payouts(cast.operator, "bank_file")
    assert amounts() == {"seller_payable": 87_780, "creator_payable": 9_750}
    assert Commission.objects.get().state == "payable"
    for payout in Payout.objects.all():
        assert confirm_payout(cast.operator, payout.id)
        assert not confirm_payout(cast.operator, payout.id)
    assert Commission.objects.get().state == "paid"
    assert balance_idr(AccountKey(AccountKind.PAYOUT_IN_TRANSIT, "bank_file")) == 0


def test_a_second_run_sends_nothing(cast: Cast, settled: Order) -> None:
    assert settled.settled_at
    send_due_payouts(cast.operator, "bank_file")
    before = rows_everywhere()
    assert send_due_payouts(cast.operator, "bank_file") is None
    assert rows_everywhere() == before


def test_a_commission_under_review_is_left_behind(cast: Cast, settled: Order) -> None:
    assert settled.settled_at
    freeze_commission(cast.operator, Commission.objects.get().pk, "many clicks from one place")
    send_due_payouts(cast.operator, "bank_file")
    assert amounts() == {"seller_payable": 87_780}


def test_who_has_no_bank_account_waits(cast: Cast, settled: Order) -> None:
    assert settled.settled_at
    cast.shop.bank_account = None
    cast.shop.save()
    send_due_payouts(cast.operator, "bank_file")
    assert amounts() == {"creator_payable": 9_750}


def test_a_refund_goes_to_the_buyers_newest_bank_account(cast: Cast, placed: Order, pay: Callable[..., str]) -> None:
    pay(placed.purchase_id)
    with clock.stopped_at(clock.now() + timedelta(days=8)):  # the gateway gives nothing back any more
        cancel_paid_order(cast.buyer, placed.id, "changed my mind")
    assert send_due_payouts(cast.operator, "bank_file") is None
    for number in ("111111", "222222"):
        newest = BankAccount.objects.create(user=cast.buyer, bank_code="014", number=number, holder="Buyer")
    with clock.stopped_at(clock.now() + timedelta(days=2)):  # it replaced another
        send_due_payouts(cast.operator, "bank_file")
    assert amounts() == {"buyer_refund_payable": 115_000}
    assert Payout.objects.get().bank_account == newest
