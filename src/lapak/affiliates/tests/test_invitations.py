"""A rate offered to someone from elsewhere: nothing is agreed before they accept it."""

from datetime import timedelta

import pytest

from lapak.affiliates.errors import CreatorInvitationGone, CreatorInvitationNotFound, CreatorNotFound, RateOutOfBounds
from lapak.affiliates.invitations import accept_creator_invitation, invite_creator, make_creator_invitation
from lapak.affiliates.models import Creator, CreatorInvitation, Membership, ProgrammeRate
from lapak.affiliates.rules import INVITATION_DAYS
from lapak.lib import clock
from lapak.people.shops.errors import ShopNotFound
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.refused import refused


@pytest.fixture
def invitation(cast: Cast) -> CreatorInvitation:
    return make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="ceu.edoh", rate_bp=1_500)


@pytest.fixture
def another(cast: Cast) -> Creator:
    user = User.objects.create_user("another@example.com")
    return Creator.objects.create(user=user, handle="lain", joined_at=clock.now())


def rates_of(creator: Creator) -> list[int]:
    """The creator's own rates in force, by invitation."""
    own = ProgrammeRate.objects.filter(
        programme__kind="invited", programme__memberships__creator=creator, superseded_at=None
    )
    return list(own.values_list("rate_bp", flat=True))


def test_an_invitation_alone_binds_nobody(cast: Cast, invitation: CreatorInvitation) -> None:
    assert not Membership.objects.filter(programme__kind="invited").exists()
    assert (invitation.rate_bp, invitation.creator) == (1_500, None)


def test_accepted_the_rate_is_the_creators_own(cast: Cast, invitation: CreatorInvitation) -> None:
    programme = accept_creator_invitation(cast.creator_user, invitation.code)
    assert programme.shop == cast.shop
    assert rates_of(cast.creator) == [1_500]
    assert accept_creator_invitation(cast.creator_user, invitation.code) == programme
    assert Membership.objects.filter(programme__kind="invited").count() == 1


def test_it_is_for_one(cast: Cast, invitation: CreatorInvitation, another: Creator) -> None:
    accept_creator_invitation(cast.creator_user, invitation.code)
    with refused(CreatorInvitationGone):
        accept_creator_invitation(another.user, invitation.code)
    with refused(CreatorInvitationGone):
        make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="ceu.edoh", rate_bp=8_000)


def test_a_better_rate_stays_and_a_worse_one_rises(cast: Cast, another: Creator, invitation: CreatorInvitation) -> None:
    invite_creator(cast.seller, cast.shop, cast.creator, 2_000)
    accept_creator_invitation(cast.creator_user, invitation.code)
    assert rates_of(cast.creator) == [2_000]
    invite_creator(cast.seller, cast.shop, another, 500)
    other = make_creator_invitation(cast.seller, cast.shop, place="Shopee", name="lain", rate_bp=1_000)
    accept_creator_invitation(another.user, other.code)
    assert rates_of(another) == [1_000]
    invite_creator(cast.seller, cast.shop, another, 700)
    accept_creator_invitation(another.user, other.code)  # once more raises nothing
    assert rates_of(another) == [700]


def test_made_again_the_old_address_leads_nowhere(cast: Cast, invitation: CreatorInvitation) -> None:
    again = make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="ceu.edoh", rate_bp=1_000)
    assert again == invitation
    with refused(CreatorInvitationNotFound):
        accept_creator_invitation(cast.creator_user, invitation.code)
    accept_creator_invitation(cast.creator_user, again.code)
    assert rates_of(cast.creator) == [1_000]


def test_it_waits_its_days(cast: Cast, invitation: CreatorInvitation) -> None:
    with clock.stopped_at(invitation.made_at + timedelta(days=INVITATION_DAYS)), refused(CreatorInvitationGone):
        accept_creator_invitation(cast.creator_user, invitation.code)


def test_strangers_and_absurd_rates_are_refused(cast: Cast, invitation: CreatorInvitation) -> None:
    with refused(ShopNotFound):
        make_creator_invitation(cast.stranger, cast.shop, place="TikTok Shop", name="x", rate_bp=100)
    with refused(RateOutOfBounds):
        make_creator_invitation(cast.seller, cast.shop, place="TikTok Shop", name="x", rate_bp=8_001)
    with refused(CreatorNotFound):
        accept_creator_invitation(cast.stranger, invitation.code)
    with refused(CreatorInvitationNotFound):
        accept_creator_invitation(cast.creator_user, "tiada")
