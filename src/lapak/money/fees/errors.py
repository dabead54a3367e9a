"""What fees refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Unfit
from lapak.money.fees.rules import LONGEST_WORDS, MOST_FEE_BP, SHORTEST_WORDS


class ScheduleNotFound(NotFound):
    """There is no such schedule, or it is none of the user's business."""

    code = "fee_schedule_not_found"
    message = _("There is no such fee schedule.")


class ObjectionNotFound(NotFound):
    """There is no such objection, or it is none of the user's business."""

    code = "fee_objection_not_found"
    message = _("There is no such objection.")


class ScheduleMoved(Moved):
    """It has begun, was called off, or another took its place."""

    code = "fee_schedule_moved"
    message = _("These fees have changed in the meantime. Look at how they stand now.")


class ConsentMoved(Moved):
    """The shop has said something else already."""

    code = "fee_consent_moved"
    message = _("Somebody has answered in the meantime. Look at how it stands now.")


class ScheduleDayRefused(Unfit):
    """It would begin too soon, or before one that is announced already."""

    code = "fee_schedule_day_refused"
    field = "begins_on"


class RatesRefused(Unfit):
    """A rate is out of bounds, or is no change at all."""

    code = "fee_rates_refused"
    field = "rates"
    message = filled(
        _("A rate is at most {most} percent, and that of small sellers half of it."), most=MOST_FEE_BP // 100
    )


class FeeWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "fee_words_refused"
    field = "words"
    message = filled(_("Write between {least} and {most} characters."), least=SHORTEST_WORDS, most=LONGEST_WORDS)
