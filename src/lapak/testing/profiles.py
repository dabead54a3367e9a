"""Creators whom shops find, for tests."""

from lapak.affiliates.profiles.commands import set_profile
from lapak.affiliates.profiles.models import Channel, Profile
from lapak.affiliates.profiles.proving import confirm_channel, name_channel, show_channel
from lapak.affiliates.profiles.queries import wide_categories
from lapak.affiliates.profiles.rules import ChannelState
from lapak.testing.cast import Cast


def named_channel(cast: Cast) -> Channel:
    """The creator says where they post, and nothing shows it yet."""
    named = Channel.objects.filter(creator=cast.creator, state=ChannelState.NAMED).first()
    return named or name_channel(cast.creator_user, "TikTok", "@ceu.edoh")


def shown_channel(cast: Cast, address: str = "@ceu.edoh") -> Channel:
    """The creator says that the code stands there."""
    return show_channel(cast.creator_user, name_channel(cast.creator_user, "TikTok", address).id)


def be_found(cast: Cast) -> Profile:
    """The cast's creator has a confirmed channel, and wants to be found in the first of the wide categories."""
    found = Profile.objects.filter(creator=cast.creator, confirmed__gt=0, is_listed=True).first()
    if found:
        return found
    confirm_channel(cast.operator, shown_channel(cast, "@ceu.edoh.id").id)
    chosen = [wide_categories()[0].id]
    return set_profile(cast.creator_user, about="Batik, live on Fridays.", category_ids=chosen, is_listed=True)
