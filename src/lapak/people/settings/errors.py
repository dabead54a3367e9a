"""What settings refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Unfit

SHORTEST_REASON = 10
"""Less says nothing to whoever asks in a year why it was so. Ours."""

LONGEST_WORDS = 1_000
"""Characters, of a reason and of a text that is a setting. Ours."""


class SettingNotFound(NotFound):
    """There is no such setting, or it is none of the user's business."""

    code = "setting_not_found"
    message = _("There is no such setting.")


class SettingMoved(Moved):
    """It has begun, or somebody else has taken it back."""

    code = "setting_moved"
    message = _("This value has begun, or was taken back in the meantime. Look at how it stands now.")


class SettingDayRefused(Unfit):
    """Too early: people count on what they were told; or too far off."""

    code = "setting_day_refused"
    field = "begins_on"


class SettingValueRefused(Unfit):
    """Not within its bounds."""

    code = "setting_value_refused"
    field = "value"


class SettingAsBefore(Unfit):
    """It is so on that day already."""

    code = "setting_as_before"
    field = "value"
    message = _("That is its value on this day already.")


class SettingReasonRefused(Unfit):
    """A reason is missing, or too long."""

    code = "setting_reason_refused"
    field = "reason"
    message = filled(_("Write between {least} and {most} characters."), least=SHORTEST_REASON, most=LONGEST_WORDS)
