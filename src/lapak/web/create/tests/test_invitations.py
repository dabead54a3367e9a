"""A creator reads an invitation, and answers it."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.invitations import Offered, invite_creator
from lapak.affiliates.models import Creator, CreatorInvitation
from lapak.lib import clock
from lapak.testing.cast import Cast, own_rate


@pytest.fixture
def invitation(cast: Cast) -> CreatorInvitation:
    offered = Offered(message="For <Lebaran>", rate_ends_on=clock.today() + timedelta(days=20))
    found = invite_creator(cast.seller, cast.shop, cast.creator, 1_750, offered)
    assert found
    return found


def test_it_stands_among_the_programmes_and_is_accepted(creator: Client, invitation: CreatorInvitation) -> None:
    page = creator.get("/create/programmes").text
    assert "You are invited" in page
    assert f"/create/invitations/{invitation.code}" in page
    page = creator.get(f"/create/invitations/{invitation.code}").text
    for words in ("17.5%", "For &lt;Lebaran&gt;", "The rate ends on", "Now you have 10% there"):
        assert words in page
    creator.post(f"/create/invitations/{invitation.code}/accept")
    assert "You have accepted it" in creator.get(f"/create/invitations/{invitation.code}").text
    assert "You are invited" not in creator.get("/create/programmes").text


def test_what_it_takes_the_place_of_is_said(creator: Client, cast: Cast, invitation: CreatorInvitation) -> None:
    own_rate(cast, Creator.objects.create(user=cast.stranger, handle="lain", joined_at=clock.now()), 1_200)
    assert "yours alone now" not in creator.get(f"/create/invitations/{invitation.code}").text


def test_declined_with_a_reason(creator: Client, invitation: CreatorInvitation) -> None:
    page = creator.post(f"/create/invitations/{invitation.code}/decline", {"reason": "x" * 201}).text
    assert "field-error" in page
    creator.post(f"/create/invitations/{invitation.code}/decline", {"reason": "No time"})
    invitation.refresh_from_db()
    assert (invitation.state, invitation.reason) == ("declined", "No time")
    assert "answered or withdrawn" in creator.get(f"/create/invitations/{invitation.code}").text


def test_it_is_for_nobody_else(client: Client, cast: Cast, invitation: CreatorInvitation) -> None:
    Creator.objects.create(user=cast.stranger, handle="lain", joined_at=clock.now())
    client.force_login(cast.stranger)
    assert client.get(f"/create/invitations/{invitation.code}").status_code == 404
    assert client.post(f"/create/invitations/{invitation.code}/accept").status_code == 404
