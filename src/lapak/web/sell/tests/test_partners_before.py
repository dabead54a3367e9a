"""Those from a programme elsewhere, on the page of those who promoted the shop before."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from lapak.affiliates.invitations import withdraw_creator_invitation
from lapak.affiliates.models import CreatorInvitation
from lapak.lib import clock
from lapak.moving.partners.models import PartnerPay
from lapak.moving.past.counting import count_past
from lapak.testing.cast import Cast
from lapak.testing.partners import partner_of_shop
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/creators/before"
ALEX = {"platform": "dub", "handle": "alex"}


@pytest.fixture(autouse=True)
def alex(cast: Cast) -> None:
    """Of Dub, paid in dollars."""
    partner = partner_of_shop(cast, "alex2025")
    PartnerPay.objects.create(
        shop=cast.shop,
        platform="dub",
        kind="commission",
        source_id="=cm_1",
        partner=partner.source_id,
        currency="USD",
        sale=Decimal("1250.00"),
        amount=Decimal("125.00"),
        state="paid",
        at=clock.now() - timedelta(days=40),
    )
    count_past(cast.shop, anew=True)


def test_name_e_mail_and_money_of_another_currency_stand_there(seller: Client) -> None:
    page = said(seller, PAGE)
    assert "Alex Tan" in page
    assert "alex@example.com" in page
    assert "Sold for USD 1,250.00, commission USD 125.00" in page
    assert "One order, mostly at 12%" in page


def test_the_shop_s_words_reach_them_and_a_withdrawn_link_is_gone(seller: Client, cast: Cast) -> None:
    seller.post(f"{PAGE}/invite", ALEX | {"percent": "12", "message": "Masih mau?"})
    invitation = CreatorInvitation.objects.get()
    assert (invitation.message, invitation.email, invitation.place) == ("Masih mau?", "alex@example.com", "Dub")
    assert invitation.code in said(seller, PAGE)
    withdraw_creator_invitation(cast.seller, invitation.id)
    assert invitation.code not in said(seller, PAGE)


def test_all_they_got_is_there_as_a_file(seller: Client) -> None:
    file = b"".join(seller.get(f"{PAGE}/commissions.csv").streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]  # Django's client tells no kinds
    head, row = file.splitlines()
    assert head == "platform,kind,id,partner,currency,sale,amount,state,at"
    assert row.startswith("dub,commission,'=cm_1,pn_alex,USD,1250.00,125.00,paid,")
