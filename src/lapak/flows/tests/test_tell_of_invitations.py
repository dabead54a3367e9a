"""Whom a shop invites hears of it, and the shop of the answer."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils.translation import override

from lapak.affiliates.invitations import (
    Offered,
    accept_creator_invitation,
    decline_creator_invitation,
    invite_creator,
    withdraw_creator_invitation,
)
from lapak.affiliates.models import Creator, CreatorInvitation
from lapak.flows.clocks import run_due_clocks
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.users.models import User
from lapak.testing.cast import Cast, own_rate

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=20)


@pytest.fixture
def other(cast: Cast) -> Creator:
    tell_of_deadlines()
    return Creator.objects.create(user=cast.stranger, handle="mang-asep", joined_at=clock.now())


@pytest.fixture
def invitation(cast: Cast, other: Creator) -> CreatorInvitation:
    found = invite_creator(cast.seller, cast.shop, other, 2_000)
    assert found
    return found


def look(moment: datetime) -> None:
    with clock.stopped_at(moment):
        tell_of_deadlines()


def told(reader: User) -> list[str]:
    with override("en"):
        return [words_of(notice).says for notice in Notice.objects.filter(reader_id=reader.id).order_by("id")]


def test_the_invited_hears_of_it_and_again_before_it_lapses(cast: Cast, invitation: CreatorInvitation) -> None:
    look(clock.now() + LATER)
    look(invitation.answer_by - timedelta(days=2) + LATER)
    assert told(cast.stranger) == [
        "Batik Sekar invites you to promote for 20%",
        "The invitation of Batik Sekar for 20% waits for your answer",
    ]
    assert {notice.deadline for notice in Notice.objects.all()} == {invitation.answer_by}
    assert told(cast.creator_user) == []


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (accept_creator_invitation, "@mang-asep promotes your shop for 20% now"),
        (decline_creator_invitation, "@mang-asep has declined your invitation"),
    ],
)
def test_the_shop_hears_the_answer(
    cast: Cast, invitation: CreatorInvitation, answer: Callable[[User, str], object], says: str
) -> None:
    answer(cast.stranger, invitation.code)
    look(clock.now() + LATER)
    assert told(cast.seller) == [says]
    assert told(cast.stranger) == []  # answered before they were told of it


def test_the_shop_hears_of_silence(cast: Cast, invitation: CreatorInvitation) -> None:
    with clock.stopped_at(invitation.answer_by):
        run_due_clocks()
    look(invitation.answer_by + LATER)
    assert told(cast.seller) == ["@mang-asep did not answer your invitation in time"]


def test_withdrawn_its_creator_hears_of_it(cast: Cast, invitation: CreatorInvitation) -> None:
    look(clock.now() + LATER)
    with clock.stopped_at(clock.now() + LATER):
        withdraw_creator_invitation(cast.seller, invitation.id)
    look(clock.now() + 2 * LATER)
    assert told(cast.stranger)[1:] == ["Batik Sekar has withdrawn its invitation"]


def test_an_agreed_end_is_told_two_days_before(cast: Cast, other: Creator) -> None:
    own_rate(cast, other, 2_000, Offered(rate_ends_on=clock.today() + timedelta(days=30)))
    look(clock.now() + timedelta(days=27))
    assert told(cast.stranger) == []
    look(clock.now() + timedelta(days=30))
    assert told(cast.stranger) == ["Your own rate of 20% at Batik Sekar ends, as agreed"]
