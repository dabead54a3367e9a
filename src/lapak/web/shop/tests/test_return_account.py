"""Where a return's money goes is said in its form, and the bank account is asked for there; never without the password."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db.models import QuerySet
from django.test import Client

from lapak.flows.refund_return import approve_return
from lapak.lib import clock
from lapak.money.payments.models import Refund
from lapak.people.users.commands import add_bank_account
from lapak.people.users.models import BankAccount
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.trade.orders.models import Order
from lapak.trade.returns.models import Return
from lapak.web.shop.tests.test_returns import filled_in, page_of

pytestmark = pytest.mark.django_db

PASSWORD = "sandi-panjang-budi"
QRIS_GOES_BACK = timedelta(days=7)
NO_WAY_BACK = "The way you paid cannot take it back: it goes to your bank account."
ACCOUNT = {
    "account-bank_code": "014",
    "account-number": "1234567890",
    "account-holder": "BUDI",
    "account-password": PASSWORD,
}


@pytest.fixture
def order(cast: Cast) -> Iterator[Order]:
    """Delivered, paid longer ago than QRIS gives money back; its last day is still to come."""
    paid_at = clock.now()
    with clock.stopped_at(paid_at):
        order = delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), 2))
    Order.objects.filter(id=order.id).update(complete_at=paid_at + timedelta(days=9))
    with clock.stopped_at(paid_at + QRIS_GOES_BACK):
        yield order


@pytest.fixture
def buyer(cast: Cast, buyer: Client) -> Client:
    caches["default"].clear()  # tries at a password count
    cast.buyer.set_password(PASSWORD)
    cast.buyer.save()
    buyer.force_login(cast.buyer)
    return buyer


def accounts_of_buyer(cast: Cast) -> QuerySet[BankAccount]:
    return BankAccount.objects.filter(user=cast.buyer)


def form_of(order: Order) -> str:
    return f"/orders/{order.id}/return"


def test_the_form_says_that_the_money_cannot_go_back_its_way_and_asks_for_the_account(
    buyer: Client, order: Order
) -> None:
    page = buyer.get(form_of(order)).text
    assert NO_WAY_BACK in page
    assert all(f'name="{name}"' in page for name in ACCOUNT)


def test_the_account_is_named_with_the_return_and_the_refund_goes_there(
    cast: Cast, buyer: Client, order: Order
) -> None:
    answer = buyer.post(form_of(order), filled_in(order, **ACCOUNT))
    return_ = Return.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, page_of(return_))
    account = accounts_of_buyer(cast).get()
    assert (account.bank_code, account.number, account.holder) == ("014", "1234567890", "BUDI")
    page = buyer.get(page_of(return_)).text
    assert NO_WAY_BACK in page
    assert "··· 7890" in page
    approve_return(cast.seller, return_.id, waives_goods=True)
    assert Refund.objects.get().route == Refund.Route.BANK
    assert "It goes to your bank account on" in buyer.get(page_of(return_)).text


@pytest.mark.parametrize("name", ["account-number", "account-holder", "account-password"])
def test_half_an_account_is_neither_kept_nor_is_the_return_asked_for(
    buyer: Client, order: Order, nothing_written: None, name: str
) -> None:
    answer = buyer.post(form_of(order), filled_in(order, **{**ACCOUNT, name: ""}))
    assert answer.status_code == 200
    assert f'id="id_{name}_error"' in answer.text


def test_another_password_names_no_account(buyer: Client, order: Order, nothing_written: None) -> None:
    answer = buyer.post(form_of(order), filled_in(order, **{**ACCOUNT, "account-password": "sandi-orang-lain"}))
    assert 'id="id_account-password_error"' in answer.text
    assert PASSWORD not in answer.text


def test_passwords_are_not_tried_without_end(cast: Cast, buyer: Client, order: Order) -> None:
    for _try in range(5):
        buyer.post(form_of(order), filled_in(order, **{**ACCOUNT, "account-password": "sandi-orang-lain"}))
    answer = buyer.post(form_of(order), filled_in(order, **ACCOUNT))
    assert "Too many tries." in answer.text
    assert not accounts_of_buyer(cast).exists()


def test_who_has_just_said_the_password_is_not_asked_again(cast: Cast, buyer: Client, order: Order) -> None:
    buyer.post("/account/confirm", {"password": PASSWORD, "next": form_of(order)})
    assert 'name="account-password"' not in buyer.get(form_of(order)).text
    buyer.post(form_of(order), filled_in(order, **{**ACCOUNT, "account-password": ""}))
    assert accounts_of_buyer(cast).exists()


@pytest.mark.parametrize("typed", [{}, {"account-password": PASSWORD}, {"account-holder": "BUDI"}])
def test_a_return_does_not_need_an_account_which_may_be_named_later(
    cast: Cast, buyer: Client, order: Order, typed: dict[str, str]
) -> None:
    buyer.post(form_of(order), filled_in(order, **typed))
    assert not accounts_of_buyer(cast).exists()
    return_ = Return.objects.get()
    assert f"/account/bank-accounts/new?next={page_of(return_)}" in buyer.get(page_of(return_)).text


def test_a_return_that_is_refused_leaves_no_account(buyer: Client, order: Order, nothing_written: None) -> None:
    answer = buyer.post(form_of(order), filled_in(order, words=" ", **ACCOUNT))
    assert 'id="id_words_error"' in answer.text


def test_who_has_an_account_sees_which_and_is_not_asked(cast: Cast, buyer: Client, order: Order) -> None:
    add_bank_account(cast.buyer, bank_code="014", number="0987654321", holder="BUDI")
    page = buyer.get(form_of(order)).text
    assert "··· 4321" in page
    assert 'name="account-number"' not in page
    buyer.post(form_of(order), filled_in(order, **ACCOUNT))
    assert accounts_of_buyer(cast).get().number == "0987654321"


def test_while_the_way_back_is_open_it_is_said_until_when(cast: Cast, buyer: Client) -> None:
    order = delivered_order(cast, (stocked_variant(cast.shop), 1))
    pages = [buyer.get(form_of(order)).text, buyer.get(page_of(asked_return(cast, order))).text]
    for page in pages:
        assert "Back to where you paid from, within minutes, if this is settled by" in page
        assert NO_WAY_BACK not in page
