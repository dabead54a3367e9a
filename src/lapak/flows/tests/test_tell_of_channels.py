"""Who is told what of a creator's channels."""

import pytest

from lapak.affiliates.profiles.proving import confirm_channel, decline_channel, show_channel
from lapak.flows.tests.told import facts_of, notice_of
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast
from lapak.testing.profiles import shown_channel

pytestmark = pytest.mark.django_db


def test_what_waits_to_the_operator_and_what_was_found_to_the_creator(cast: Cast) -> None:
    channel = shown_channel(cast)
    case = words_of(notice_of(cast.operator, "case_channel"))
    assert "@ceu.edoh" in case.says
    assert case.path == f"/staff/channel-desk/{channel.id}"
    decline_channel(cast.operator, channel.id, "No code stands there.")
    show_channel(cast.creator_user, channel.id)
    confirm_channel(cast.operator, channel.id)
    told = [fact for fact in facts_of(cast.creator_user) if fact.startswith("channel")]
    assert told == ["channel_declined", "channel_confirmed"]
