"""What a creator earns: commissions with their frozen terms, the balance, payouts; every figure opens."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format
from pytest_django import DjangoAssertNumQueries

from lapak.affiliates.models import Commission, Link
from lapak.affiliates.releases import release_of
from lapak.flows.cancel_order import cancel_paid_order
from lapak.flows.credit_creator import credit_creator
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.flows.review_commission import freeze_commission
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.money import format_idr
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payments.models import PaymentIntent
from lapak.money.payouts.models import Payout
from lapak.money.payouts.queries import sent_and_arrived_idr
from lapak.people.users.commands import add_bank_account
from lapak.testing.cast import Cast, click_on
from lapak.testing.clicks import clicked
from lapak.testing.crowd import many_commissions, many_orders
from lapak.testing.findings import deny_for_good
from lapak.testing.histories import delivered_order
from lapak.web.shell.templatetags.lapak import short_day, wib


@pytest.fixture
def payable(cast: Cast, variant: Variant, link: Link) -> Commission:
    """The worked example's commission, settled and credited: Rp10.000 less Rp250."""
    order = delivered_order(cast, (variant, 1), click=click_on(link))
    confirm_receipt(cast.buyer, order.id)
    credit_creator(cast.creator.id)
    return Commission.objects.get(order_id=order.id)


def test_a_pending_commission_shows_its_terms(creator: Client, pending: Commission) -> None:
    page = creator.get(f"/create/commissions/{pending.id}").text
    for expected in ("Rp10.000", "10%", "the linked product", "Batik Sekar", "Nothing is booked yet"):
        assert expected in page
    assert "Why 10%?" in page
    assert "the shop&#x27;s programme for everyone, for all goods." in page


def test_the_list_says_when_each_is_in_the_balance(creator: Client, pending: Commission) -> None:
    release = release_of(pending)
    assert release
    assert release.day
    page = creator.get("/create/commissions").text
    assert f"yours by {short_day(release.day)}" in page
    confirmed = Commission.objects.filter(pk=pending.pk)
    confirmed.update(state="reversed")
    assert "yours by" not in creator.get("/create/commissions").text


def test_a_settled_commission_opens_into_its_transfers(creator: Client, payable: Commission) -> None:
    for path in (f"/create/commissions/{payable.id}", f"/create/balance/{payable.order_id}"):
        page = creator.get(path).text
        for expected in ("+Rp10.000", "−Rp250", "Rp9.750"):
            assert expected in page
    assert "+Rp9.750" in creator.get("/create/balance").text


def test_the_shop_s_figures_are_not_the_creator_s_business(creator: Client, payable: Commission) -> None:
    page = creator.get(f"/create/balance/{payable.order_id}").text
    assert "Rp115.000" not in page
    assert "Rp2.000" not in page
    assert creator.get(f"/create/balance/{PaymentIntent.objects.get().id}").status_code == 404


def test_states_and_totals(creator: Client, cast: Cast, pending: Commission) -> None:
    assert "Rp10.000" in creator.get("/create").text
    assert "Reversed" not in creator.get("/create").text
    assert pending.line.title in creator.get("/create/commissions", {"state": "pending"}).text
    assert "None in this state" in creator.get("/create/commissions", {"state": "paid"}).text
    assert pending.line.title in creator.get("/create/commissions", {"state": "nonsense"}).text
    cancel_paid_order(cast.seller, pending.order_id, "Sold out.")
    assert "Sold out." in creator.get(f"/create/commissions/{pending.id}").text
    assert "Reversed: cancelled, returned or denied" in creator.get("/create").text


def test_what_is_under_review_says_why(creator: Client, cast: Cast, payable: Commission) -> None:
    freeze_commission(cast.operator, payable.id, "Twenty orders from one address.")
    assert "Twenty orders from one address." in creator.get(f"/create/commissions/{payable.id}").text
    assert "Under review" in creator.get("/create/balance").text


def test_until_when_a_review_is_decided_and_what_silence_means(
    creator: Client, cast: Cast, payable: Commission
) -> None:
    freeze_commission(cast.operator, payable.pk, "Many clicks from one place.")
    day = wib(clock.now() + timedelta(days=14)).split(",")[0]
    page = creator.get(f"/create/commissions/{payable.pk}").text
    assert f"Many clicks from one place. Lapak decides by {day}" in page
    assert "Without a decision it is let go; before anything is denied you can object." in page


def test_a_payout_opens_and_pays_its_commissions(creator: Client, payable: Commission) -> None:
    send_due_payouts(None, "bank_file")
    payout = Payout.objects.get(account__kind="creator_payable")
    page = creator.get("/create/balance/payouts").text
    assert payout.number in page
    assert f"LAPAK {payout.bank_reference}" in creator.get(f"/create/balance/{payout.id}").text
    account = AccountKey(AccountKind.CREATOR_PAYABLE, str(payable.creator_id))
    assert sent_and_arrived_idr(account) == (payout.amount_idr, 0)
    confirm_payout(None, payout.id)
    payable.refresh_from_db()
    assert payable.state == "paid"
    assert sent_and_arrived_idr(account) == (0, payout.amount_idr)
    overview = " ".join(creator.get("/create").text.split())
    assert format_idr(payout.amount_idr) in overview.partition("Paid to you")[2][:400]
    other = Payout.objects.exclude(id=payout.id).get()
    assert creator.get(f"/create/balance/{other.id}").status_code == 404


def test_the_bank_account_is_chosen_among_one_s_own(creator: Client, cast: Cast) -> None:
    mine = add_bank_account(cast.creator_user, bank_code="014", number="55566677", holder="EDOH")
    theirs = add_bank_account(cast.buyer, bank_code="014", number="11122233", holder="BUYER")
    creator.post("/create/balance/bank-account", {"account": mine.id})
    assert creator.post("/create/balance/bank-account", {"account": theirs.id}).status_code == 200
    cast.creator.refresh_from_db()
    assert cast.creator.bank_account == mine


def test_what_was_denied_is_no_order_any_more(creator: Client, cast: Cast, pending: Commission, link: Link) -> None:
    clicked(link)
    assert "Orders: 1 in 30 days" in " ".join(creator.get("/create").text.split())
    freeze_commission(cast.operator, pending.pk, "One buyer.")
    deny_for_good(cast.operator, pending.pk, "One buyer.")
    assert "Orders: 0 in 30 days" in " ".join(creator.get("/create", {"days": "30"}).text.split())


def test_what_is_coming_stands_by_its_day(creator: Client, pending: Commission) -> None:
    release = release_of(pending)
    assert release
    assert release.day
    page = creator.get("/create/balance/coming").text
    for expected in (date_format(release.day, "j F Y"), "One commission", "Rp10.000"):
        assert expected in page


def test_empty_pages_say_what_comes(creator: Client, cast: Cast) -> None:
    assert "No commission yet" in creator.get("/create/commissions").text
    assert "No money has moved yet" in creator.get("/create/balance").text
    assert "Nothing is on its way" in creator.get("/create/balance/coming").text
    assert "No payouts yet" in creator.get("/create/balance/payouts").text


@pytest.mark.unsound_books
def test_a_long_list_costs_no_more_than_a_short_one(
    creator: Client, cast: Cast, variant: Variant, link: Link, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    many_commissions(cast, link, many_orders(cast, variant, 220))
    with django_assert_max_num_queries(9):
        page = creator.get("/create/commissions", {"page": 3}).text
    assert page.count('class="statement-row"') == 30
    with django_assert_max_num_queries(22):
        creator.get("/create")
