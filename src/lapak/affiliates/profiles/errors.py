"""What profiles and channels refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.affiliates.profiles.rules import (
    LONGEST_ABOUT,
    LONGEST_ADDRESS,
    LONGEST_PLATFORM,
    MOST_CATEGORIES,
    MOST_CHANNELS,
)
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_STORY


class AboutTooLong(Unfit):
    """More than a shop reads of each."""

    code = "about_too_long"
    field = "about"
    message = filled(_("Say it in up to {most} characters."), most=LONGEST_ABOUT)


class TooManyCategories(Unfit):
    """Who posts about everything is found for nothing."""

    code = "too_many_categories"
    field = "categories"
    message = filled(_("Choose up to {most} categories: those you post about most."), most=MOST_CATEGORIES)


class NoSuchProfileCategory(Unfit):
    """Shops look for creators by the widest categories only."""

    code = "no_such_profile_category"
    field = "categories"
    message = _("Choose from the list.")


class PlatformRefused(Unfit):
    """Nobody knows where it is."""

    code = "platform_refused"
    field = "platform"
    message = filled(_("Name the app or site, in up to {most} characters."), most=LONGEST_PLATFORM)


class ChannelAddressRefused(Unfit):
    """Nobody knows whose it is."""

    code = "channel_address_refused"
    field = "address"
    message = filled(
        _("Write your name there, or the address of your page, in up to {most} characters."), most=LONGEST_ADDRESS
    )


class ChannelNamedAlready(Unfit):
    """It is on their list."""

    code = "channel_named_already"
    field = "address"
    message = _("You have named this channel already.")


class TooManyChannels(Refusal):
    """As many as anybody reads."""

    code = "too_many_channels"
    message = filled(_("You have named {most} channels. Take one off the list first."), most=MOST_CHANNELS)


class ChannelNotFound(NotFound):
    """There is no such channel, or it is none of the user's business."""

    code = "channel_not_found"
    message = _("There is no such channel.")


class ChannelMoved(Moved):
    """It has left the state in which this was possible."""

    code = "channel_moved"
    message = _("The channel has moved on in the meantime. Look at where it stands now and decide again.")


class ChannelWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "channel_words_refused"
    field = "words"
    message = filled(_("Say why, in up to {most} characters: the creator reads it."), most=LONGEST_STORY)
