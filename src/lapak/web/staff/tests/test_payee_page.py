"""Why somebody is not paid, and how it goes on, on one page."""

import pytest
from django.test import Client

from lapak.flows.owed import held_payouts, owed_now
from lapak.lib.ids import new_id
from lapak.money.ledger.models import AccountKind
from lapak.money.ledger.transfers import account_of
from lapak.money.payouts.models import HoldRelease
from lapak.people.users.operators import OperatorRole
from lapak.testing.cast import Cast, operator_as
from lapak.testing.payees import changed_account
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order

DESK = "/staff/payout-desk"


def page_of_shop(cast: Cast) -> str:
    return f"{DESK}/of/{account_of(AccountKind.SELLER_PAYABLE, cast.shop.id).id}"


@pytest.fixture
def held(cast: Cast, settled: Order) -> str:
    changed_account(cast)
    return page_of_shop(cast)


def test_it_is_asked_and_agreed_to_without_leaving_the_desk(operator: Client, cast: Cast, held: str) -> None:
    assert held in operator.get(DESK).text
    page = operator.get(held).text
    assert "Nothing is paid into it until" in page
    assert "Bank account" in page
    assert "operator can agree now" in operator.post(f"{held}/ask", {"words": "Called Sekar."}, follow=True).text
    page = operator.get(held).text
    assert "Another operator has to agree" in page
    assert f"{held}/agree" not in page
    second = Client()
    second.force_login(operator_as(OperatorRole.FINANCE))
    second.cookies["django_language"] = "en"
    assert "Called Sekar." in second.get(held).text
    assert "goes out with the next payout" in press(second, f"{held}/agree", follow=True).text
    assert held_payouts(owed_now()) == []
    assert "Nothing is in its way" in operator.get(held).text


def test_without_words_it_is_not_asked(operator: Client, held: str) -> None:
    assert "This field is required." in operator.post(f"{held}/ask", {"words": " "}).text
    assert not HoldRelease.objects.exists()


def test_each_reason_is_said(operator: Client, cast: Cast, settled: Order) -> None:
    page = page_of_shop(cast)
    assert "Nothing is in its way" in operator.get(page).text
    cast.shop.bank_account = None
    cast.shop.save()
    assert "No bank account is named" in operator.get(page).text
    creator = account_of(AccountKind.CREATOR_PAYABLE, cast.creator.id).id
    assert "Nothing is in its way" in operator.get(f"{DESK}/of/{creator}").text


def test_people_are_found_by_what_they_are_called(operator: Client, cast: Cast, settled: Order) -> None:
    answer = operator.get(f"{DESK}/of", {"q": cast.shop.slug})
    assert answer.headers["Location"] == page_of_shop(cast)
    assert "Nobody of that name" in operator.get(f"{DESK}/of", {"q": "nobody"}, follow=True).text
    assert "Nobody of that name" not in operator.get(f"{DESK}/of").text
    both = operator.get(f"{DESK}/of", {"q": cast.seller.email})
    assert page_of_shop(cast) in (both.text or both.headers["Location"])
    assert operator.get(f"{DESK}/of/{new_id()}").status_code == 404
