"""How a channel becomes known to be its creator's: a code in its bio or a picture, and a person who looks."""

import hashlib
import secrets
import uuid
from collections.abc import Sequence
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError

from lapak.affiliates.models import Creator
from lapak.affiliates.profiles.commands import count_confirmed
from lapak.affiliates.profiles.errors import (
    ChannelAddressRefused,
    ChannelMoved,
    ChannelNamedAlready,
    ChannelNotFound,
    ChannelWordsRefused,
    PlatformRefused,
    TooManyChannels,
)
from lapak.affiliates.profiles.models import Channel, ChannelEvent
from lapak.affiliates.profiles.queries import channel_for_creator, channel_for_operator, channels_of
from lapak.affiliates.profiles.rules import (
    CODE_LENGTH,
    CODE_LETTERS,
    LONGEST_ADDRESS,
    LONGEST_PLATFORM,
    MOST_CHANNELS,
    ChannelState,
    look_by,
    may_move,
)
from lapak.affiliates.queries import creator_of_user
from lapak.goods.catalogue.images import paint_for_screen
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.private import files_put, private_storage
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User


@act
def name_channel(by: User, platform: str, address: str) -> Channel:
    """The creator posts there too, they say; the channel has a code that is to stand in its bio.

    Refuses who is no creator (`CreatorNotFound`), an app or an address that is missing or too long (`PlatformRefused`,
    `ChannelAddressRefused`), one that they named already (`ChannelNamedAlready`), and more than ten (`TooManyChannels`).
    """
    creator, platform, address = creator_of_user(by), " ".join(platform.split()), address.strip()
    if not 1 <= len(platform) <= LONGEST_PLATFORM:
        raise PlatformRefused
    if not 1 <= len(address) <= LONGEST_ADDRESS or any(char.isspace() for char in address):
        raise ChannelAddressRefused
    # Of two at once, one counts the other.
    Creator.objects.select_for_update(of=("self",), no_key=True).get(pk=creator.pk)
    if channels_of(creator).count() >= MOST_CHANNELS:
        raise TooManyChannels
    channel = Channel(creator=creator, platform=platform, address=address, code=_draw_code(), named_at=clock.now())
    try:
        _insert(channel)
    except IntegrityError:
        raise ChannelNamedAlready from None
    _note(by, channel)
    return channel


def show_channel(by: User, channel_id: uuid.UUID, proof: Sequence[bytes] = ()) -> Channel:
    """The code stands in its bio, says the creator, or a picture shows that it is theirs: the operator looks, by a date.

    Refuses anyone else (`ChannelNotFound`), what is asked about or confirmed (`ChannelMoved`), and what is no picture
    (`ImageRefused`).
    """
    channel_for_creator(by, channel_id)  # a stranger's picture is not stored
    with files_put(partial(_put_proof, channel_id), proof[:1], partial(_drop_proof, channel_id)) as names:
        return _show(by, channel_id, names[0] if names else "")


@act
def _show(by: User, channel_id: uuid.UUID, proof: str) -> Channel:
    channel = _lock(channel_id)
    channel.proof, channel.reason = proof, ""
    return _move(by, channel, ChannelState.ASKED)


@act
def remove_channel(by: User, channel_id: uuid.UUID) -> Channel:
    """It is off the creator's list. Refuses anyone else (`ChannelNotFound`), and what is off it (`ChannelMoved`)."""
    channel_for_creator(by, channel_id)
    return _move(by, _lock(channel_id), ChannelState.REMOVED)


@act
def confirm_channel(by: User, channel_id: uuid.UUID) -> Channel:
    """The operator has looked: it is the creator's, and shops read it.

    Refuses anyone but the operator (`ChannelNotFound`), and what is not asked about (`ChannelMoved`).
    """
    channel_for_operator(by, channel_id)
    return _move(by, _lock(channel_id), ChannelState.CONFIRMED)


@act
def decline_channel(by: User, channel_id: uuid.UUID, words: str) -> Channel:
    """The operator does not find that it is theirs, or not any more; the creator reads why, and may show it again.

    Refuses anyone but the operator (`ChannelNotFound`), no words or too many (`ChannelWordsRefused`), and what is neither asked
    about nor confirmed (`ChannelMoved`).
    """
    channel_for_operator(by, channel_id)
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise ChannelWordsRefused
    channel = _lock(channel_id)
    channel.reason = words
    return _move(by, channel, ChannelState.DECLINED, words)


@act
def end_wait_of_channel(channel_id: uuid.UUID, *, words: str) -> Channel:
    """The clock's: nobody looked in time, and the creator may show it again. `ChannelMoved` when there is time."""
    channel = _lock(channel_id)
    if channel.look_by is None or channel.look_by > clock.now():
        raise ChannelMoved
    channel.reason = words
    return _move(None, channel, ChannelState.DECLINED, words)


def _lock(channel_id: uuid.UUID) -> Channel:
    locked = Channel.objects.select_for_update(of=("self",), no_key=True).select_related("creator")
    channel = locked.filter(id=channel_id).first()
    if channel is None:
        raise ChannelNotFound
    return channel


def _move(by: User | None, channel: Channel, to_state: ChannelState, words: str = "") -> Channel:
    if not may_move(channel.state, to_state):
        raise ChannelMoved
    channel.state, channel.look_by = to_state, look_by(to_state, clock.now().astimezone(clock.WIB))
    channel.save(update_fields=["state", "look_by", "reason", "proof"])
    count_confirmed(channel.creator)
    _note(by, channel, words)
    return channel


def _note(by: User | None, channel: Channel, words: str = "") -> None:
    ChannelEvent.objects.create(channel=channel, state=channel.state, actor=by, words=words, happened_at=clock.now())


@act
def _insert(channel: Channel) -> None:
    """An act of its own: the larger one goes on where a unique column refuses the row."""
    channel.save(force_insert=True)


def _draw_code() -> str:
    return "LAPAK-" + "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _put_proof(channel_id: uuid.UUID, picture: bytes) -> str:
    storage, name = private_storage(), f"channels/{channel_id.hex}/{hashlib.sha256(picture).hexdigest()}.webp"
    if storage.exists(name):
        return name  # the same again
    return storage.save(name, ContentFile(paint_for_screen(picture).data))


def _drop_proof(channel_id: uuid.UUID, name: str) -> None:
    if not Channel.objects.filter(id=channel_id, proof=name).exists():
        private_storage().delete(name)
