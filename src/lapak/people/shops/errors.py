"""What shops refuse."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import NotFound, Unfit
from lapak.lib.written import LONGEST_NOTE


class ShopSlugTaken(Unfit):
    code = "shop_slug_taken"
    field = "slug"
    message = _("A shop already has this address. Choose another one.")


class HolidayRefused(Unfit):
    """`field` says which day: it is in the past, before the first, or too far from it."""

    code = "holiday_refused"
    field = "last"

    def __init__(self, field: str, message: "str | Promise") -> None:
        super().__init__(message)
        self.field = field


class HolidayMessageTooLong(Unfit):
    code = "holiday_message_too_long"
    field = "message"
    message = filled(_("Say it in at most {most} characters."), most=LONGEST_NOTE)


class ShopNotFound(NotFound):
    """The shop does not exist, or it is none of the user's."""

    code = "shop_not_found"
    message = _("There is no such shop among yours.")
