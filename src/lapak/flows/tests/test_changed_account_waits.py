"""Nothing is sent for a day to a bank account that replaced another, and the desk and its owner read why."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from pytest_django import Settings

from lapak.affiliates.creators import set_payout_account as pay_creator_into
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.claim_account import claim_account
from lapak.flows.credit_creator import credit_creator
from lapak.flows.owed import due_idr, held_payouts, owed_now, without_account
from lapak.flows.pay_out import send_due_payouts
from lapak.flows.receive_dispute import receive_dispute
from lapak.lib import clock
from lapak.lib.dated import dated_number
from lapak.money.ledger.models import AccountKind
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts.models import Payout
from lapak.people.shops.commands import set_payout_account
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import BankAccount, User
from lapak.testing.cast import Cast
from lapak.testing.market import dispute_report
from lapak.trade.orders.models import Order

pytestmark = pytest.mark.django_db


def another(user: User) -> BankAccount:
    return add_bank_account(user, bank_code="008", number="5550001111", holder=user.name)


def paid_kinds() -> set[str]:
    return set(Payout.objects.values_list("account__kind", flat=True))


def test_a_shop_s_and_a_creator_s(cast: Cast, settled: Callable[..., Order]) -> None:
    settled()
    credit_creator(cast.creator.id)
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller).id)
    pay_creator_into(cast.creator_user, another(cast.creator_user).id)
    now = clock.now()
    with clock.stopped_at(now + timedelta(hours=23)):
        assert due_idr(owed_now()) == {}
        assert [(str(held.kind), held.amount_idr, held.bank_account.number) for held in held_payouts(owed_now())] == [
            ("seller_payable", 87_780, "5550001111"),
            ("creator_payable", 9_750, "5550001111"),
        ]
        assert send_due_payouts(None, "bank_file") is None
    with clock.stopped_at(now + timedelta(hours=25)):
        assert held_payouts(owed_now()) == []
        send_due_payouts(None, "bank_file")
    assert paid_kinds() == {"seller_payable", "creator_payable"}
    assert set(Payout.objects.values_list("bank_account__number", flat=True)) == {"5550001111"}


def test_the_first_account_of_a_shop_is_paid_at_once(cast: Cast, settled: Callable[..., Order]) -> None:
    settled()
    cast.shop.bank_account = None
    cast.shop.save()
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller).id)
    send_due_payouts(None, "bank_file")
    assert "seller_payable" in paid_kinds()


def test_what_may_be_taken_back_is_not_said_to_wait_for_an_account_either(
    cast: Cast, settled: Callable[..., Order]
) -> None:
    order = settled()
    cast.shop.bank_account = None
    cast.shop.save()
    assert [(each.name, each.amount_idr) for each in without_account(owed_now())] == [(cast.shop.name, 87_780)]
    intent = PaymentIntent.objects.get(pays_for=order.purchase_id)
    receive_dispute(dispute_report(intent), intent.provider)
    assert without_account(owed_now()) == []


def test_how_long_is_a_setting_with_its_day(cast: Cast, settled: Callable[..., Order], settings: Settings) -> None:
    settled()
    settings.CHANGED_ACCOUNT_HELD_HOURS = dated_number("0")
    set_payout_account(cast.seller, cast.shop.id, another(cast.seller).id)
    assert held_payouts(owed_now()) == []
    assert due_idr(owed_now())


def test_a_buyer_s_newest_account_if_there_was_one_before(cast: Cast, placed: Order, pay: Callable[..., str]) -> None:
    pay(placed.purchase_id)
    with clock.stopped_at(clock.now() + timedelta(days=8)):  # the gateway gives nothing back any more
        cancel_paid_order(cast.buyer, placed.id, "no")
    add_bank_account(cast.buyer, bank_code="014", number="5550003333", holder="Buyer")
    assert due_idr(owed_now()) == {AccountKind.BUYER_REFUND_PAYABLE: [115_000]}
    another(cast.buyer)
    assert due_idr(owed_now()) == {}
    assert [(held.amount_idr, held.bank_account.number) for held in held_payouts(owed_now())] == [
        (115_000, "5550001111")
    ]
    with clock.stopped_at(clock.now() + timedelta(hours=25)):
        assert due_idr(owed_now()) == {AccountKind.BUYER_REFUND_PAYABLE: [115_000]}


def test_an_account_named_in_place_of_a_dropped_one_waits_as_well(cast: Cast, settled: Callable[..., Order]) -> None:
    settled()
    began = clock.now()
    EmailAddress.objects.filter(user=cast.seller).update(verified=False)
    assert claim_account(cast.seller)
    with clock.stopped_at(began + timedelta(hours=23, minutes=59)):
        set_payout_account(cast.seller, cast.shop.id, another(cast.seller).id)
    with clock.stopped_at(began + timedelta(hours=24, minutes=1)):
        assert AccountKind.SELLER_PAYABLE not in due_idr(owed_now())
