"""Inviting creators, many at once, and what they answered."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.invitations import decline_creator_invitation, invite_creator
from lapak.affiliates.models import Creator, CreatorInvitation, ProgrammeRate
from lapak.lib import clock
from lapak.testing.cast import Cast, own_rate
from lapak.web.sell.tests.conftest import said

PAGE = "/sell/batik-sekar/creators/invitations"


@pytest.fixture
def other(cast: Cast) -> Creator:
    return Creator.objects.create(user=cast.stranger, handle="mang-asep", joined_at=clock.now())


def test_nobody_yet(seller: Client) -> None:
    assert "Nobody yet" in said(seller, PAGE)


def test_each_line_is_answered(seller: Client, cast: Cast, other: Creator) -> None:
    typed = {"who": "@Mang-Asep\nnew@example.com\nnobody", "percent": "15", "message": "For <Lebaran>"}
    page = seller.post(f"{PAGE}/invite", typed | {"rate_ends_on": f"{clock.today() + timedelta(days=40)}"}).text
    assert "No such creator" in page
    assert "For &lt;Lebaran&gt;" in page
    made = CreatorInvitation.objects.get(email="new@example.com")
    assert f"/create/invitations/{made.code}" in page  # the shop sends it itself
    assert f"/create/invitations/{CreatorInvitation.objects.get(invited=other).code}" not in page


@pytest.mark.parametrize(
    "unfit",
    [{"who": ""}, {"percent": "81"}, {"message": "x" * 501}, {"rate_ends_on": "2020-01-01"}, {"answer_on": "soon"}],
)
def test_what_is_unfit_keeps_what_was_typed(
    seller: Client, other: Creator, unfit: dict[str, str], nothing_written: None
) -> None:
    page = seller.post(f"{PAGE}/invite", {"who": "mang-asep", "percent": "15", "message": "Halo"} | unfit).text
    assert "field-error" in page


def test_a_new_rate_is_measured_by_the_one_before(seller: Client, cast: Cast) -> None:
    own_rate(cast, cast.creator, 1_500)
    typed = {"who": "@Ceu-Edoh", "percent": "18"}
    assert "18%? It is 15% now" in seller.post(f"{PAGE}/invite", typed).text
    current = ProgrammeRate.objects.filter(programme__kind="invited", superseded_at=None)
    assert current.get().rate_bp == 1_500
    seller.post(f"{PAGE}/invite", {**typed, "percent-sure": "1800"})
    assert current.get().rate_bp == 1_800


def test_withdrawn_and_declined(seller: Client, cast: Cast, other: Creator) -> None:
    first = invite_creator(cast.seller, cast.shop, other, 1_500)
    assert first
    seller.post(f"{PAGE}/{first.id}/withdraw")
    assert "Withdrawn" in said(seller, PAGE)
    again = invite_creator(cast.seller, cast.shop, other, 1_500)
    assert again
    decline_creator_invitation(other.user, again.code, "No batik for me")
    page = said(seller, PAGE)
    assert "No batik for me" in page
    assert "Declined" in page
