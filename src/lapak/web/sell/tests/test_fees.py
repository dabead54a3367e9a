"""The shop reads its fees, and says what it thinks of others."""

import pytest
from django.test import Client

from lapak.money.fees.commands import accept_objection, decline_objection
from lapak.money.fees.models import Consent
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.fees import OBJECTION, dearer_fees, objection
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(cast: Cast) -> str:
    return f"/sell/{cast.shop.slug}/fees"


def test_its_fees_and_nothing_to_answer(seller: Client, page: str) -> None:
    shown = seller.get(page).text
    assert "Fees no. 1" in shown
    assert "2%" in shown
    assert "Other fees wait for your word" not in shown


def test_it_agrees(seller: Client, cast: Cast, page: str) -> None:
    schedule = dearer_fees(cast)
    assert "Other fees wait for your word" in seller.get(page).text
    press(seller, f"{page}/{schedule.id}/agree", {})
    assert Consent.objects.get().state == "agreed"
    assert "Other fees wait for your word" not in seller.get(page).text


def test_it_objects_and_reads_the_answer(seller: Client, cast: Cast, page: str) -> None:
    schedule = dearer_fees(cast)
    assert "at least" in seller.post(f"{page}/{schedule.id}/object", {"words": "No."}).text.lower()
    assert not Consent.objects.exists()
    seller.post(f"{page}/{schedule.id}/object", {"words": OBJECTION})
    shown = seller.get(page).text
    assert OBJECTION in shown
    assert "Send the objection" not in shown
    decline_objection(cast.operator, Consent.objects.get().id, "Everybody pays it from then on.")
    assert "Everybody pays it from then on." in seller.get(page).text


def test_an_accepted_objection_is_said(seller: Client, cast: Cast, page: str) -> None:
    accept_objection(cast.operator, objection(cast).id, "You keep what you have.")
    assert "Objection accepted" in seller.get(page).text


def test_it_states_its_turnover(seller: Client, cast: Cast, page: str) -> None:
    Shop.objects.update(nib="9120001234567")
    year = cast.shop.today.year
    assert "You pay the usual rate." in seller.get(page).text
    seller.post(f"{page}/turnover", {"year": year, "turnover_idr": "900.000.000"})
    shown = seller.get(page).text
    assert "You are a small seller" in shown
    assert f"Stated: Rp900.000.000 in {year}." in shown


def test_who_only_reads_the_money_answers_nothing(client: Client, cast: Cast, page: str) -> None:
    finance = User.objects.create_user("finance@example.com", name="Finance", language="en")
    cast.shop.members.create(user=finance, role="finance")
    dearer_fees(cast)
    client.force_login(finance)
    shown = client.get(page, headers={"accept-language": "en"}).text
    assert "Only an owner of the shop answers." in shown
    assert "Send the objection" not in shown
