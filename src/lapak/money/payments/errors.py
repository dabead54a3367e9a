"""What payments refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE
from lapak.money.payments.rules import LONGEST_EVIDENCE


class IntentNotFound(NotFound):
    code = "payment_not_found"
    message = _("There is no such payment.")


class IntentPaid(Moved):
    code = "payment_already_paid"
    message = _("This was paid already. There is nothing more to pay.")


class IntentExpired(Moved):
    code = "payment_expired"
    message = _("The time to pay is over. Nothing was charged; order again if you still want the goods.")


class IntentFailed(Moved):
    code = "payment_failed"
    message = _("This attempt to pay failed. Nothing was charged; please try again.")


class ReceiptResolved(Moved):
    code = "receipt_resolved"
    message = _("Someone has already decided what becomes of this money.")


class RefundNotFound(NotFound):
    code = "refund_not_found"
    message = _("There is no such refund.")


class DisputeNotFound(NotFound):
    code = "dispute_not_found"
    message = _("There is no such dispute.")


class DisputeMoved(Moved):
    """It is answered, decided or borne already."""

    code = "dispute_moved"
    message = _("The dispute has moved on since you looked. Look at it again.")


class AnswerTooLate(Moved):
    code = "dispute_answer_too_late"
    message = _("The provider's time to answer is over. It will say who keeps the money.")


class EvidenceMissing(Unfit):
    code = "dispute_evidence_missing"
    field = "evidence"
    message = filled(
        _("Write what shows that the goods came or the money went back, in up to {most} characters."),
        most=LONGEST_EVIDENCE,
    )


class DisputeWordsRefused(Unfit):
    code = "dispute_words_missing"
    field = "words"
    message = filled(_("Say why, in up to {most} characters."), most=LONGEST_NOTE)


class DisputedAmountRefused(Unfit):
    code = "disputed_amount"
    field = "amount_idr"
    message = _("Write another amount than the one that stands there, of at least Rp1.")


class AnswerDiffers(Refusal):
    """What the provider answered to our own question: nobody else would ever see it. `outcome` says what differs."""

    code = "answer_differs"
    message = _("The provider's answer does not fit what Lapak knows. Nothing was changed; ask the provider.")

    def __init__(self, outcome: str) -> None:
        super().__init__()
        self.add_note(outcome)


class CannotBeUndone(Moved):
    """A dispute is won after it was lost, and something of its order has happened since."""

    code = "dispute_cannot_be_undone"
    message = _("The order has moved on since the bank took its money: a person has to say whose what came back is.")


class TakenByBank(Refusal):
    code = "receipt_taken_by_bank"
    message = _("The buyer's bank has taken this money back: it pays for nothing. Give it back; it is set off then.")


class InvalidQris(Refusal):
    """A QRIS string that must not be shown. `reason` says what is wrong with it, for whoever reads the log."""

    code = "qris_invalid"
    message = _("The payment provider sent a code that cannot be right. Nothing was charged; please try again later.")

    def __init__(self, reason: str) -> None:
        super().__init__()
        self.reason = reason
        self.add_note(reason)
