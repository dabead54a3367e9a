"""What taxes refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import NotFound, Unfit
from lapak.money.taxes.pph22_rules import LONGEST_WORDS, SHORTEST_WORDS


class TaxDeskNotFound(NotFound):
    """It is none of the user's business."""

    code = "tax_desk_not_found"
    message = _("There is no such page.")


class StepDayRefused(Unfit):
    """What was withheld until now was right when it was withheld."""

    code = "pph22_day_refused"
    field = "begins_on"
    message = _("It begins tomorrow at the earliest: what was withheld until then is given back by a refund.")


class StepChangesNothing(Unfit):
    """It is so on that day already."""

    code = "pph22_as_before"
    field = "is_on"
    message = _("That is how it stands on this day already.")


class TaxWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "tax_words_refused"
    field = "words"
    message = filled(_("Write between {least} and {most} characters."), least=SHORTEST_WORDS, most=LONGEST_WORDS)
