"""What is refused when the house pays."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import format_idr
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Unfit
from lapak.lib.written import LONGEST_NOTE, LONGEST_REFERENCE


class NotOwedByTheHouse(NotFound):
    """No such account, not one that is paid by this act, or not for this user."""

    code = "remittance_not_owed"
    message = _("This is nothing that the house pays here. Nothing was noted.")


class AboveWhatIsOwed(Unfit):
    code = "remittance_above_owed"
    field = "amount_idr"

    def __init__(self, most_idr: int) -> None:
        message = _("At least Rp1 and at most {idr} can be paid here now. Nothing was noted.")
        super().__init__(format_lazy(message, idr=format_idr(max(0, most_idr))))


class ReferenceMissing(Unfit):
    code = "remittance_reference_missing"
    field = "reference"
    message = filled(
        _("Write the reference as it stands on the statement, in at most {most} letters."), most=LONGEST_REFERENCE
    )


class ReferenceUsed(Unfit):
    code = "remittance_reference_used"
    field = "reference"
    message = _("A payment with this reference or NTPN is noted already. Nothing was noted again.")


class NtpnRefused(Unfit):
    code = "remittance_ntpn"
    field = "ntpn"
    message = _("A tax needs its NTPN, the sixteen digits and letters of the state's receipt; others have none.")


class DayRefused(Unfit):
    code = "remittance_day"
    field = "paid_on"
    message = _("This day is still to come. Note the payment once it was made.")


class UndoingUnexplained(Unfit):
    code = "remittance_words_missing"
    field = "words"
    message = filled(_("Write why, in at most {most} letters. Nothing was undone."), most=LONGEST_NOTE)


class RemittanceNotFound(NotFound):
    code = "remittance_not_found"
    message = _("There is no such payment.")


class RemittanceUndone(Moved):
    code = "remittance_undone"
    message = _("This payment is undone already.")
