"""What the ledger refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit


class TransferConflict(Refusal):
    """A transfer with this id is already in the books, with another amount, accounts, code or reference: a person must look."""

    code = "transfer_conflict"
    message = _("This was already booked with other figures. Nothing was booked again; ask the operator to look at it.")


class TransferNotFound(NotFound):
    code = "transfer_not_found"
    message = _("There is no such transfer.")


class TransferCorrected(Moved):
    """It was undone before, or undoes another itself: what was corrected wrongly is booked anew by its own act."""

    code = "transfer_corrected"
    message = _("One of these was corrected before. Nothing was booked; look at what stands now.")


class CorrectionBelowZero(Refusal):
    """The money has gone on: undoing it here would leave somebody with less than nothing."""

    code = "correction_below_zero"
    message = _(
        "The money of these transfers has moved on: undoing them would leave less than nothing in an account. "
        "Nothing was booked; undo what came later first."
    )


class CorrectionReasonMissing(Unfit):
    code = "correction_reason_missing"
    field = "reason"
    message = _("Write why this is corrected: whoever reads the books later asks for it.")
