"""An invitation that is made for a channel or an e-mail address is shown to whose it is known to be, and to nobody else."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from lapak.affiliates.errors import DeclinedLately
from lapak.affiliates.invitations import (
    accept_creator_invitation,
    decline_creator_invitation,
    invite_creators,
    make_creator_invitation,
)
from lapak.affiliates.models import Creator, CreatorInvitation
from lapak.affiliates.profiles import proving
from lapak.affiliates.profiles.matching import invitations_to_answer
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.testing.cast import Cast
from lapak.testing.profiles import shown_channel
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def imported(cast: Cast, name: str = "ceu.edoh", place: str = "TikTok Shop", email: str = "") -> CreatorInvitation:
    return make_creator_invitation(cast.seller, cast.shop, place=place, name=name, rate_bp=1_200, email=email)


def confirmed(cast: Cast, address: str = "https://www.tiktok.com/@Ceu.Edoh") -> None:
    proving.confirm_channel(cast.operator, shown_channel(cast, address).id)


def waiting(creator: Creator) -> list[CreatorInvitation]:
    return list(invitations_to_answer(creator))


def test_of_a_confirmed_channel_alone(cast: Cast) -> None:
    made = imported(cast)
    assert waiting(cast.creator) == []
    channel = shown_channel(cast)
    assert waiting(cast.creator) == []
    proving.confirm_channel(cast.operator, channel.id)
    assert waiting(cast.creator) == [made]
    proving.remove_channel(cast.creator_user, channel.id)
    assert waiting(cast.creator) == []


@pytest.mark.parametrize(
    ("place", "name"), [("Instagram", "ceu.edoh"), ("TikTok Shop", "ceu.edoh.id"), ("Dub", "alex")]
)
def test_of_no_other_channel(cast: Cast, place: str, name: str) -> None:
    imported(cast, name, place)
    confirmed(cast)
    assert waiting(cast.creator) == []


def unconfirmed(cast: Cast) -> EmailAddress:
    address = EmailAddress.objects.get(user=cast.creator_user)
    address.verified = False
    address.save()
    return address


def test_of_a_confirmed_address_alone(cast: Cast) -> None:
    email = cast.creator_user.email
    made = imported(cast, "alex", "Dub", email)
    address = unconfirmed(cast)
    assert waiting(cast.creator) == []
    address.verified = True
    address.save()
    assert waiting(cast.creator) == [made]


def test_who_only_typed_an_address_is_not_taken_for_whose_it_is(cast: Cast) -> None:
    address = unconfirmed(cast)
    invite_creators(cast.seller, cast.shop, cast.creator_user.email, 1_500)
    made = CreatorInvitation.objects.get()
    assert made.invited is None, "whoever has the address may still accept it"
    assert waiting(cast.creator) == []
    address.verified = True
    address.save()
    assert waiting(cast.creator) == [made]


def test_the_shop_learns_who_it_is_with_the_acceptance(cast: Cast) -> None:
    confirmed(cast)
    made = imported(cast)
    assert (made.invited, made.creator) == (None, None)
    assert not Notice.objects.filter(reader_id=cast.seller.id).exists()
    accept_creator_invitation(cast.creator_user, made.code)
    made.refresh_from_db()
    assert made.creator == cast.creator
    assert waiting(cast.creator) == []


def test_who_declined_is_left_alone_for_a_while(cast: Cast) -> None:
    confirmed(cast)
    decline_creator_invitation(cast.creator_user, imported(cast).code, "Not now.")
    declined = CreatorInvitation.objects.get()
    assert (declined.invited, declined.creator, declined.declined_by) == (None, None, cast.creator)
    with refused(DeclinedLately):
        imported(cast)
    imported(cast, "Ceu.Edoh", "Tik Tok")  # written otherwise
    assert waiting(cast.creator) == []
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert waiting(cast.creator) == [imported(cast, "Ceu.Edoh", "Tik Tok")]


def test_what_is_over_waits_no_more(cast: Cast) -> None:
    confirmed(cast)
    made = imported(cast)
    with clock.stopped_at(made.answer_by + timedelta(seconds=1)):
        assert waiting(cast.creator) == []
