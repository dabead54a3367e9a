"""What shops read of a creator, whom they find, and how a channel is confirmed."""

from datetime import timedelta

import pytest

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Commission
from lapak.affiliates.profiles import proving
from lapak.affiliates.profiles.commands import set_profile
from lapak.affiliates.profiles.errors import (
    AboutTooLong,
    ChannelAddressRefused,
    ChannelMoved,
    ChannelNamedAlready,
    ChannelNotFound,
    ChannelWordsRefused,
    NoSuchProfileCategory,
    PlatformRefused,
    TooManyCategories,
    TooManyChannels,
)
from lapak.affiliates.profiles.models import Channel, ChannelEvent, Profile
from lapak.affiliates.profiles.queries import channels_past_look, ids_of_found, profile_found, wide_categories
from lapak.affiliates.profiles.results import count_all_results
from lapak.affiliates.profiles.rules import (
    CODE_LETTERS,
    ENOUGH_CLICKS,
    MOST_CHANNELS,
    TRANSITIONS,
    ChannelState,
    conversion_bp,
    look_by,
)
from lapak.goods.catalogue.errors import ImageRefused
from lapak.goods.catalogue.models import Category, Variant
from lapak.lib import clock
from lapak.lib.private import private_storage
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import paid_order
from lapak.testing.refused import refused
from lapak.testing.storage import photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(cast: Cast) -> Channel:
    return proving.name_channel(cast.creator_user, " Tik  Tok ", " @ceu.edoh ")


def found(category: Category | None = None) -> list[object]:
    return list(ids_of_found(category))


def test_the_model_has_the_same_states_and_only_what_waits_has_a_clock() -> None:
    assert set(Channel.State.values) == {state.value for state in ChannelState}
    assert {state for state in TRANSITIONS if look_by(state, clock.now())} == {ChannelState.ASKED}


def test_a_share_of_few_clicks_says_nothing() -> None:
    assert conversion_bp(50, ENOUGH_CLICKS - 1) is None
    assert conversion_bp(3, 200) == 150
    assert conversion_bp(300, 200) == 10_000


def test_shops_find_whom_they_may_and_whose_channel_is_confirmed(cast: Cast, channel: Channel) -> None:
    batik, other = wide_categories()[:2]
    set_profile(cast.creator_user, about=" Batik. ", category_ids=[batik.id], is_listed=True)
    assert found() == []
    proving.show_channel(cast.creator_user, channel.id)
    proving.confirm_channel(cast.operator, channel.id)
    assert found() == found(batik) == [cast.creator.id]
    assert found(other) == []
    assert profile_found("Ceu-Edoh").about == "Batik."
    set_profile(cast.creator_user, about="Batik.", category_ids=[other.id], is_listed=False)
    assert found() == found(other) == []
    with refused(CreatorNotFound):
        profile_found("ceu-edoh")


def test_nobody_is_found_without_saying_so(cast: Cast, channel: Channel) -> None:
    proving.show_channel(cast.creator_user, channel.id)
    proving.confirm_channel(cast.operator, channel.id)
    assert Profile.objects.get(creator=cast.creator).confirmed == 1
    assert found() == []


def test_what_a_profile_refuses(cast: Cast) -> None:
    by, deep = cast.creator_user, Category.objects.exclude(parent=None)[0]
    with refused(AboutTooLong):
        set_profile(by, about="x" * 301, category_ids=[], is_listed=True)
    with refused(TooManyCategories):
        set_profile(by, about="", category_ids=range(6), is_listed=True)
    with refused(NoSuchProfileCategory):
        set_profile(by, about="", category_ids=[deep.id], is_listed=True)
    with refused(CreatorNotFound):
        set_profile(cast.stranger, about="", category_ids=[], is_listed=True)


def test_a_channel_has_a_code_that_can_be_read_aloud(channel: Channel) -> None:
    assert (channel.platform, channel.address) == ("Tik Tok", "@ceu.edoh")
    start, _, letters = channel.code.partition("-")
    assert start == "LAPAK"
    assert set(letters) <= set(CODE_LETTERS)


def test_what_a_channel_refuses(cast: Cast, channel: Channel) -> None:
    with refused(ChannelNamedAlready):
        proving.name_channel(cast.creator_user, "Tik Tok", "@ceu.edoh")
    with refused(PlatformRefused):
        proving.name_channel(cast.creator_user, "", "@ceu.edoh")
    for address in ("", "ceu edoh", "x" * 201):
        with refused(ChannelAddressRefused):
            proving.name_channel(cast.creator_user, "X", address)
    for n in range(MOST_CHANNELS - 1):
        proving.name_channel(cast.creator_user, "X", f"@{n}")
    with refused(TooManyChannels):
        proving.name_channel(cast.creator_user, "X", "@one-more")
    proving.remove_channel(cast.creator_user, channel.id)
    proving.name_channel(cast.creator_user, "Tik Tok", "@ceu.edoh")


def test_a_picture_is_painted_anew_and_kept_in_private(cast: Cast, channel: Channel) -> None:
    shown = proving.show_channel(cast.creator_user, channel.id, [photo()])
    with private_storage().open(str(shown.proof.name)) as kept:
        assert kept.read()[8:12] == b"WEBP"
    proving.decline_channel(cast.operator, channel.id, "No code there.")
    with refused(ImageRefused, of_this_family=True):
        proving.show_channel(cast.creator_user, channel.id, [b"no picture"])


def test_what_is_not_found_is_declined_with_its_reason_and_may_be_shown_again(cast: Cast, channel: Channel) -> None:
    with refused(ChannelMoved):
        proving.confirm_channel(cast.operator, channel.id)
    proving.show_channel(cast.creator_user, channel.id)
    with refused(ChannelWordsRefused):
        proving.decline_channel(cast.operator, channel.id, " ")
    assert proving.decline_channel(cast.operator, channel.id, "No code there.").reason == "No code there."
    again = proving.show_channel(cast.creator_user, channel.id)
    assert (again.state, again.reason) == (ChannelState.ASKED, "")
    steps = ChannelEvent.objects.filter(channel=channel).order_by("happened_at", "id").values_list("state", flat=True)
    assert list(steps) == ["named", "asked", "declined", "asked"]


def test_what_turned_out_to_be_anothers_is_confirmed_no_more(cast: Cast, channel: Channel) -> None:
    set_profile(cast.creator_user, about="", category_ids=[], is_listed=True)
    proving.show_channel(cast.creator_user, channel.id)
    proving.confirm_channel(cast.operator, channel.id)
    proving.decline_channel(cast.operator, channel.id, "Sold to somebody else.")
    assert found() == []


def test_nobody_looked_in_time(cast: Cast, channel: Channel) -> None:
    proving.show_channel(cast.creator_user, channel.id)
    with refused(ChannelMoved):
        proving.end_wait_of_channel(channel.id, words="Late.")
    with clock.stopped_at(clock.now() + timedelta(days=7, seconds=1)):
        assert list(channels_past_look()) == [channel]
        assert proving.end_wait_of_channel(channel.id, words="Late.").state == ChannelState.DECLINED


def test_strangers_find_no_channel(cast: Cast, channel: Channel) -> None:
    for act in (proving.show_channel, proving.remove_channel, proving.confirm_channel):
        with refused(ChannelNotFound):
            act(cast.stranger, channel.id)


def test_results_are_counted_once_a_day_and_what_came_to_nothing_is_left_out(
    cast: Cast, variant: Variant, channel: Channel
) -> None:
    batik = wide_categories()[0]
    set_profile(cast.creator_user, about="", category_ids=[batik.id], is_listed=True)
    for _ in range(2):
        paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    Commission.objects.filter(pk=Commission.objects.latest("created_at").pk).update(state="reversed")
    assert count_all_results() == 1
    profile = Profile.objects.get(creator=cast.creator)
    assert (profile.orders, profile.categories.get().orders, profile.counted_on) == (1, 1, clock.today())
    assert count_all_results() == 0
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        assert count_all_results() == 1
        profile.refresh_from_db()
        assert profile.orders == 0
