"""The shop's money: three sums, statements in which every figure opens, payouts, and the account they go to."""

from datetime import datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from lapak.flows.pay_out import send_due_payouts
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.payouts.commands import fail_payout
from lapak.money.payouts.models import Payout
from lapak.people.shops.commands import open_shop
from lapak.people.users.commands import add_bank_account
from lapak.testing.cast import Cast, click_on, link_to, stocked_variant
from lapak.testing.crowd import many_settled
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order
from lapak.web.shell.templatetags.lapak import numbers_whole

BALANCE = "/sell/batik-sekar/balance"


@pytest.fixture
def settled(cast: Cast, variant: Variant) -> Order:
    """The worked example, completed."""
    order = delivered_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    return confirm_receipt(cast.buyer, order.id)


def test_a_completed_order_is_one_row_that_opens_into_its_parts(seller: Client, settled: Order) -> None:
    statement = seller.get(BALANCE).text
    assert f"Order completed {numbers_whole(settled.number)}" in statement
    assert "+Rp87." in statement
    opened = seller.get(f"{BALANCE}/{settled.id}").text
    for line in ("+Rp115.000", "−Rp15.000", "−Rp100.000", "+Rp100.000", "−Rp2.000", "−Rp220", "−Rp10.000"):
        assert line in opened


def test_the_payment_opens_the_same_order(seller: Client, order: Order) -> None:
    held = seller.get(f"{BALANCE}/held").text
    assert f"Paid by the buyer {numbers_whole(order.number)}" in held
    assert f"{BALANCE}/{order.id}" in held
    payment_id = order.allocations.get().intent_id
    assert seller.get(f"{BALANCE}/{payment_id}")["Location"] == f"{BALANCE}/{order.id}"
    assert "Still held" in seller.get(f"{BALANCE}/{order.id}").text


def test_a_purchase_in_two_shops_shows_each_only_its_own(seller: Client, cast: Cast, variant: Variant) -> None:
    other = open_shop(cast.stranger, slug="toko-lain", name="Toko Lain", city="Solo", province_code="33")
    elsewhere = stocked_variant(other, price_idr=777_000)
    with pytest.raises(Order.MultipleObjectsReturned):  # the helper answers one order; this purchase has two
        paid_order(cast, (variant, 1), (elsewhere, 1))
    mine = Order.objects.get(shop=cast.shop)
    page = seller.get(f"{BALANCE}/{mine.id}").text
    assert "Rp115.000" in page
    assert "777" not in page


def test_a_cancelled_order_is_seen_to_go_back(seller: Client, cast: Cast, order: Order) -> None:
    press(seller, f"/sell/batik-sekar/orders/{order.id}/cancel", {"why": "sold_out"})
    assert f"Order cancelled {numbers_whole(order.number)}" in seller.get(f"{BALANCE}/held").text
    assert "−Rp115.000" in seller.get(f"{BALANCE}/{order.id}").text


@pytest.mark.unsound_books
@pytest.mark.parametrize("path", [BALANCE, f"{BALANCE}/held"])
def test_a_long_statement_costs_no_more_than_a_short_one(
    seller: Client, cast: Cast, path: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_settled(cast.shop, 220)
    with django_assert_max_num_queries(13):
        page = seller.get(path, {"page": 3}).text
    assert page.count('class="statement-row"') == 30


def test_payouts_on_their_way_and_returned(seller: Client, cast: Cast, settled: Order) -> None:
    send_due_payouts(None, "bank_file")
    payout = Payout.objects.get(account__kind="seller_payable")
    page = seller.get(f"{BALANCE}/payouts").text
    assert payout.number in page
    assert ">On its way<" in page
    assert f"LAPAK {payout.bank_reference}" in seller.get(f"{BALANCE}/{payout.id}").text
    fail_payout(None, payout.id, "Account closed.")
    returned = seller.get(f"{BALANCE}/{payout.id}").text
    assert "Account closed." in returned
    assert "Payout came back" in seller.get(BALANCE).text
    creator_s = Payout.objects.filter(account__kind="creator_payable").first()
    assert creator_s is None or seller.get(f"{BALANCE}/{creator_s.id}").status_code == 404


def test_empty_statements_say_what_comes(seller: Client, cast: Cast) -> None:
    assert "No money has moved yet" in seller.get(BALANCE).text
    assert "Nothing is held" in seller.get(f"{BALANCE}/held").text
    assert "No payouts yet" in seller.get(f"{BALANCE}/payouts").text


def test_what_was_paid_elsewhere_is_a_link_away(seller: Client, cast: Cast) -> None:
    for page in ("balance", "balance/payouts"):
        assert 'href="/sell/batik-sekar/before/income"' in seller.get(f"/sell/batik-sekar/{page}").text


def test_when_the_next_payout_leaves(seller: Client, settled: Order) -> None:
    friday_noon = datetime(2026, 11, 27, 12, tzinfo=clock.WIB)
    with clock.stopped_at(friday_noon):
        assert "Next payout: Monday, 30 November 2026, 08.00 WIB" in " ".join(seller.get(BALANCE).text.split())


def test_the_bank_account_is_chosen_among_one_s_own(seller: Client, cast: Cast) -> None:
    path = f"{BALANCE}/bank-account"
    new = add_bank_account(cast.seller, bank_code="008", number="55566677", holder="SEKAR")
    assert "6677" in seller.get(path).text
    seller.post(path, {"account": new.id})
    cast.shop.refresh_from_db()
    assert cast.shop.bank_account == new


@pytest.mark.parametrize("account", ["", "nonsense", "buyer"])
def test_another_s_bank_account_is_refused(seller: Client, cast: Cast, account: str) -> None:
    before = cast.shop.bank_account_id
    theirs = add_bank_account(cast.buyer, bank_code="008", number="99988877", holder="BUYER")
    page = seller.post(f"{BALANCE}/bank-account", {"account": theirs.id if account == "buyer" else account})
    assert page.status_code == 200
    cast.shop.refresh_from_db()
    assert cast.shop.bank_account_id == before


def test_what_waits_for_a_return_is_said(seller: Client, cast: Cast, settled: Order) -> None:
    asked_return(cast, settled, reason="faulty")
    page = seller.get(BALANCE).text
    assert "Rp87.780 waits until a return or dispute is over" in page
