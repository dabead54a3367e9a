"""Profiles and channels as creators, shops and the operator read them, and the gates of each."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet

from lapak.affiliates.errors import CreatorNotFound
from lapak.affiliates.models import Creator
from lapak.affiliates.profiles.errors import ChannelNotFound
from lapak.affiliates.profiles.models import Channel, Profile, ProfileCategory
from lapak.affiliates.profiles.rules import ChannelState
from lapak.goods.catalogue.models import Category
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk, works_at


def profile_of(creator: Creator) -> Profile:
    """The creator's; an empty one that is not kept yet, where they have said nothing."""
    return Profile.objects.filter(creator=creator).first() or Profile(creator=creator, is_listed=False)


def wide_categories() -> QuerySet[Category]:
    """By which creators are found: the roots of the tree."""
    return Category.objects.filter(parent=None).order_by("code")


def channels_of(creator: Creator) -> QuerySet[Channel]:
    """What a creator named and has not taken off the list, in the order in which they did."""
    return Channel.objects.filter(creator=creator).exclude(state=ChannelState.REMOVED).order_by("named_at", "id")


def confirmed_channels(creator: Creator) -> QuerySet[Channel]:
    """Those that are known to be theirs: all that shops read."""
    return channels_of(creator).filter(state=ChannelState.CONFIRMED)


def channel_for_creator(user: User, channel_id: uuid.UUID) -> Channel:
    """The channel, for the creator who named it; `ChannelNotFound` for everyone else."""
    channel = Channel.objects.filter(id=channel_id, creator__user=user).select_related("creator").first()
    if channel is None:
        raise ChannelNotFound
    return channel


def channel_for_operator(by: User, channel_id: uuid.UUID) -> Channel:
    """The channel, for the operator; `ChannelNotFound` for everyone else."""
    require_desk(by, Desk.CREATORS, ChannelNotFound)
    channel = Channel.objects.filter(id=channel_id).select_related("creator__user").first()
    if channel is None:
        raise ChannelNotFound
    return channel


def channel_for_its_people(by: User, channel_id: uuid.UUID) -> Channel:
    """The channel, for the creator who named it and the operator."""
    return (channel_for_operator if works_at(by, Desk.CREATORS) else channel_for_creator)(by, channel_id)


def channels_to_look_at() -> QuerySet[Channel]:
    """What waits for the operator, what ends first on top."""
    asked = Channel.objects.filter(state=ChannelState.ASKED).select_related("creator")
    return asked.order_by("look_by", "id")


def channels_past_look() -> QuerySet[Channel]:
    """At which nobody looked in time."""
    return channels_to_look_at().filter(look_by__lte=clock.now())


def ids_of_found(
    category: Category | None = None,
) -> QuerySet[Profile, uuid.UUID] | QuerySet[ProfileCategory, uuid.UUID]:
    """Whom shops find, of a category if one is named, the most orders first; ids alone, to be cut into pages."""
    if category is None:
        found = Profile.objects.filter(is_listed=True, confirmed__gt=0, creator__closed_from=None)
        return found.order_by("-orders", "-creator").values_list("creator_id", flat=True)
    within = ProfileCategory.objects.filter(
        category=category, profile__is_listed=True, profile__confirmed__gt=0, profile__creator__closed_from=None
    )
    return within.order_by("-orders", "-profile").values_list("profile_id", flat=True)


def profiles_shown(creator_ids: Collection[uuid.UUID]) -> list[Profile]:
    """These, in the order named, with handles, categories and channels. Three queries."""
    found = Profile.objects.filter(creator__in=creator_ids).select_related("creator")
    by_id = {each.creator_id: each for each in found.prefetch_related("categories__category", "creator__channels")}
    return [by_id[id_] for id_ in creator_ids if id_ in by_id]


def profile_found(handle: str) -> Profile:
    """The profile of whom shops find; `CreatorNotFound` of anyone else."""
    profile = Profile.objects.filter(
        creator__handle=handle.lower(), is_listed=True, confirmed__gt=0, creator__closed_from=None
    ).first()
    if profile is None:
        raise CreatorNotFound
    return profiles_shown([profile.creator_id])[0]
