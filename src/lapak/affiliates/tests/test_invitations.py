"""A rate offered to someone from elsewhere: nothing is agreed before they accept it."""

from datetime import timedelta

import pytest

from lapak.affiliates.errors import (
    AnswerDayOutOfBounds,
    CreatorInvitationGone,
    CreatorInvitationNotFound,
    CreatorNotFound,
    DeclinedLately,
    InvitationReasonTooLong,
    InvitedLately,
    MessageTooLong,
    RateEndOutOfBounds,
    RateOutOfBounds,
    TooManyInvited,
)
from lapak.affiliates.invitations import (
    Asked,
    Offered,
    accept_creator_invitation,
    decline_creator_invitation,
    invite_creator,
    invite_creators,
    lapse_creator_invitation,
    make_creator_invitation,
    withdraw_creator_invitation,
)
from lapak.affiliates.models import Creator, CreatorInvitation, Membership, ProgrammeRate
from lapak.affiliates.offers import programmes_of_creator
from lapak.affiliates.rules import ANSWER_DAYS, INVITATION_DAYS, MOST_INVITED
from lapak.flows.clocks import run_due_clocks
from lapak.lib import clock
from lapak.people.shops.errors import ShopNotFound
from lapak.people.users.models import User
from lapak.testing.cast import Cast, own_rate
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
    own_rate(cast, cast.creator, 2_000)
    accept_creator_invitation(cast.creator_user, invitation.code)
    assert rates_of(cast.creator) == [2_000]
    own_rate(cast, another, 500)
    other = make_creator_invitation(cast.seller, cast.shop, place="Shopee", name="lain", rate_bp=1_000)
    accept_creator_invitation(another.user, other.code)
    assert rates_of(another) == [1_000]
    own_rate(cast, another, 700)
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
    assert invitation.answer_by - invitation.made_at > timedelta(days=INVITATION_DAYS)
    with clock.stopped_at(invitation.answer_by), refused(CreatorInvitationGone):
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


class TestOfCreatorsWhoAreHere:
    def test_nobody_promotes_before_they_accept(self, cast: Cast, another: Creator) -> None:
        asked = invite_creator(cast.seller, cast.shop, another, 2_000, Offered(message=" For Lebaran. "))
        assert asked
        assert (asked.message, asked.state, rates_of(another)) == ("For Lebaran.", "open", [])
        accept_creator_invitation(another.user, asked.code)
        asked.refresh_from_db()
        assert (asked.state, asked.creator, rates_of(another)) == ("accepted", another, [2_000])

    def test_it_is_for_them_alone(self, cast: Cast, another: Creator) -> None:
        asked = invite_creator(cast.seller, cast.shop, another, 2_000)
        assert asked
        with refused(CreatorInvitationNotFound):
            accept_creator_invitation(cast.creator_user, asked.code)
        with refused(CreatorInvitationNotFound):
            decline_creator_invitation(cast.creator_user, asked.code)

    def test_declined_the_shop_reads_why_and_does_not_ask_at_once(self, cast: Cast, another: Creator) -> None:
        asked = invite_creator(cast.seller, cast.shop, another, 2_000)
        assert asked
        with refused(InvitationReasonTooLong):
            decline_creator_invitation(another.user, asked.code, "x" * 201)
        decline_creator_invitation(another.user, asked.code, " I show no batik. ")
        asked.refresh_from_db()
        assert (asked.state, asked.reason, asked.creator) == ("declined", "I show no batik.", None)
        with refused(CreatorInvitationGone):
            accept_creator_invitation(another.user, asked.code)
        with refused(DeclinedLately):
            invite_creator(cast.seller, cast.shop, another, 3_000)
        with clock.stopped_at(clock.now() + timedelta(days=31)):
            assert invite_creator(cast.seller, cast.shop, another, 3_000)

    def test_nobody_is_invited_over_and_over(self, cast: Cast, another: Creator) -> None:
        first = invite_creator(cast.seller, cast.shop, another, 2_000)
        assert first
        mended = invite_creator(cast.seller, cast.shop, another, 2_500)
        assert mended, "at once, before they are told"
        with clock.stopped_at(clock.now() + timedelta(hours=1)):
            with refused(InvitedLately):
                invite_creator(cast.seller, cast.shop, another, 3_000)
            withdraw_creator_invitation(cast.seller, mended.id)
            with refused(InvitedLately):
                invite_creator(cast.seller, cast.shop, another, 3_000)
            answers = invite_creators(cast.seller, cast.shop, "@lain\nanother@example.com", 3_000)
            assert [answer.outcome for answer in answers] == [Asked.LATELY, Asked.ASKED]
            assert answers[1].invitation
            assert answers[1].invitation.invited is None, "the shop sends it; nobody is told"
        with clock.stopped_at(clock.now() + timedelta(hours=2)):
            assert [a.outcome for a in invite_creators(cast.seller, cast.shop, "another@example.com", 3_000)] == [
                Asked.LATELY
            ]
        with clock.stopped_at(clock.now() + timedelta(days=1, hours=1)):
            assert invite_creator(cast.seller, cast.shop, another, 3_000)

    def test_withdrawn_nobody_can_accept_it(self, cast: Cast, another: Creator) -> None:
        asked = invite_creator(cast.seller, cast.shop, another, 2_000)
        assert asked
        with refused(CreatorInvitationNotFound):
            withdraw_creator_invitation(cast.stranger, asked.id)
        withdraw_creator_invitation(cast.seller, asked.id)
        with refused(CreatorInvitationGone):
            accept_creator_invitation(another.user, asked.code)
        with refused(CreatorInvitationGone):
            withdraw_creator_invitation(cast.seller, asked.id)

    def test_not_answered_it_lapses_by_the_clock(self, cast: Cast, another: Creator) -> None:
        asked = invite_creator(cast.seller, cast.shop, another, 2_000)
        assert asked
        with refused(CreatorInvitationGone):
            lapse_creator_invitation(asked.id)
        with clock.stopped_at(clock.now() + timedelta(days=ANSWER_DAYS + 1)):
            assert run_due_clocks()["invitations_lapsed"] == 1
            asked.refresh_from_db()
            assert asked.state == "lapsed"
            assert invite_creator(cast.seller, cast.shop, another, 2_000)

    def test_asked_again_the_first_is_replaced(self, cast: Cast, another: Creator) -> None:
        first = invite_creator(cast.seller, cast.shop, another, 2_000)
        again = invite_creator(cast.seller, cast.shop, another, 2_500)
        assert first
        assert again
        assert (again.id, CreatorInvitation.objects.get().rate_bp) == (first.id, 2_500)
        with refused(CreatorInvitationNotFound):
            accept_creator_invitation(another.user, first.code)

    def test_bounds(self, cast: Cast, another: Creator) -> None:
        today = clock.today()
        for unfit, offered in (
            (MessageTooLong, Offered(message="x" * 501)),
            (AnswerDayOutOfBounds, Offered(answer_on=today - timedelta(days=1))),
            (AnswerDayOutOfBounds, Offered(answer_on=today + timedelta(days=INVITATION_DAYS + 1))),
            (RateEndOutOfBounds, Offered(answer_on=today + timedelta(days=9), rate_ends_on=today + timedelta(days=8))),
            (RateEndOutOfBounds, Offered(rate_ends_on=today + timedelta(days=731))),
        ):
            with refused(unfit):
                invite_creator(cast.seller, cast.shop, another, 2_000, offered)

    def test_whose_account_is_closed_is_not_asked(self, cast: Cast, another: Creator) -> None:
        Creator.objects.filter(pk=another.pk).update(closed_from=clock.now())
        another.refresh_from_db()
        with refused(CreatorNotFound):
            invite_creator(cast.seller, cast.shop, another, 2_000)


class TestTheAgreedEnd:
    def test_after_it_the_open_rate_counts(self, cast: Cast) -> None:
        ends_on = clock.today() + timedelta(days=10)
        own_rate(cast, cast.creator, 2_000, Offered(rate_ends_on=ends_on))
        assert [each.rate_bp for each in programmes_of_creator(cast.creator)] == [2_000, 1_000]
        with clock.stopped_at(clock.now() + timedelta(days=11)):
            assert [each.rate_bp for each in programmes_of_creator(cast.creator)] == [1_000]

    def test_asked_again_after_it(self, cast: Cast) -> None:
        own_rate(cast, cast.creator, 2_000, Offered(rate_ends_on=clock.today() + timedelta(days=1)))
        with clock.stopped_at(clock.now() + timedelta(days=5)):
            programme = own_rate(cast, cast.creator, 1_500)
            assert programme.rates.get(superseded_at=None).ends_at is None
            assert [each.rate_bp for each in programmes_of_creator(cast.creator)] == [1_500, 1_000]


class TestManyAtOnce:
    def test_each_line_is_answered(self, cast: Cast, another: Creator) -> None:
        own_rate(cast, cast.creator, 1_100)
        who = "@lain\n\nceu-edoh\nnobody\nNew.One@Example.com\nanother@example.com\nLAIN\nno@where"
        answers = invite_creators(cast.seller, cast.shop, who, 1_500)
        assert [answer.outcome for answer in answers] == [
            Asked.ASKED, Asked.ANNOUNCED, Asked.UNKNOWN, Asked.ASKED, Asked.ASKED, Asked.DOUBLED, Asked.UNKNOWN,
        ]  # fmt: skip
        made = CreatorInvitation.objects.filter(state="open").order_by("name").values_list("name", "invited__handle")
        assert list(made) == [("@lain", "lain"), ("another@example.com", "lain"), ("new.one@example.com", None)]
        assert rates_of(cast.creator) == [1_500]

    def test_an_address_is_forgotten_with_the_answer(self, cast: Cast, another: Creator) -> None:
        asked = invite_creators(cast.seller, cast.shop, "another@example.com", 1_500)[0].invitation
        assert asked
        accept_creator_invitation(another.user, asked.code)
        asked.refresh_from_db()
        assert (asked.email, asked.name) == ("", "an…@example.com")

    def test_refusals(self, cast: Cast) -> None:
        for who in ("", "\n".join(f"creator{number}" for number in range(MOST_INVITED + 1))):
            with refused(TooManyInvited):
                invite_creators(cast.seller, cast.shop, who, 1_500)
        with refused(ShopNotFound):
            invite_creators(cast.stranger, cast.shop, "ceu-edoh", 1_500)
