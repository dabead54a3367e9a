"""What taxes refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Unfit

SHORTEST_WORDS = 10
"""Less says nothing that a tax officer could follow. Ours."""

LARGEST_FILE_MB = 5
"""Of a letter: a scanned page or two. Ours."""

MOST_WAITING, MOST_A_YEAR = 3, 12
"""Letters of a shop: one of each kind, and next year's statement; what is refused comes again some times. Ours."""

LONGEST_WORDS = 2_000
"""Characters of what is told to shops, or written down for the next person."""


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


class TaxNumberInvalid(Unfit):
    code = "tax_number_invalid"
    field = "number"
    message = _("A NIK or NPWP has 16 digits. A company may also give the 15 of its former NPWP.")


class TaxNameMissing(Unfit):
    code = "tax_name_missing"
    field = "name"
    message = _("Write the name as it stands on the identity card or in the company's deed.")


class LetterNotFound(NotFound):
    """There is no such letter, or it is none of the user's business."""

    code = "tax_letter_not_found"
    message = _("There is no such letter.")


class LetterMoved(Moved):
    """Somebody has decided it, or another waits already."""

    code = "tax_letter_moved"
    message = _("The letter has changed in the meantime. Look at how it stands now.")


class LetterNotForCompanies(Unfit):
    """The statement of small turnover is a person's."""

    code = "tax_letter_not_for_companies"
    field = "kind"
    message = _(
        "Only a person can state this, once their NIK or NPWP is here; from a company PPh 22 is always withheld."
    )


class TaxpayerNotNamed(Unfit):
    """Whom an exemption letter names is known first."""

    code = "taxpayer_not_named"
    field = "file"
    message = _("Say first who is taxed for this shop: the letter holds for them.")


class TooManyLetters(Moved):
    """More wait, or came in a year, than anybody has."""

    code = "too_many_tax_letters"
    message = filled(
        _("A shop has at most {waiting} letters waiting, and hands in {a_year} a year. Take one back, or write to us."),
        waiting=MOST_WAITING,
        a_year=MOST_A_YEAR,
    )


class LetterDaysRefused(Unfit):
    """It is over, or lasts longer than such a letter does."""

    code = "tax_letter_days_refused"
    field = "last_day"
    message = _("Write its days as they stand on it: it is not over yet, and lasts a year at most.")


class LetterFileRefused(Unfit):
    """It is no PDF, or too large."""

    code = "tax_letter_file_refused"
    field = "file"
    message = filled(_("Give the signed letter as a PDF of at most {most} MB."), most=LARGEST_FILE_MB)


class WindowDaysRefused(Unfit):
    """They are not over, or in the wrong order."""

    code = "pph22_refund_days_refused"
    field = "last_day"
    message = _("Give back what was withheld on days that are over: yesterday is the last.")


class NothingWithheld(Unfit):
    """Nothing is there to be given back."""

    code = "pph22_nothing_withheld"
    field = "first_day"
    message = _("Nothing was withheld on these days that is not given back already.")
