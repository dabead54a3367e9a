"""What payouts refuse."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lapak.lib.money import format_idr
from lapak.lib.numbers import filled
from lapak.lib.refusal import Forbidden, Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE


class PayoutNotFound(NotFound):
    code = "payout_not_found"
    message = _("There is no such payout.")


class HoldNotFound(NotFound):
    """Nothing holds this money, or it is none of the user's business."""

    code = "payout_hold_not_found"
    message = _("Nothing is held here any more.")


class ReleaseMoved(Moved):
    """It is asked for already, or was agreed to, or nobody has asked."""

    code = "payout_release_moved"
    message = _("Somebody was here before you. Look at where it stands now.")


class AnotherReleases(Forbidden):
    """Whoever asks for it does not agree to it as well."""

    code = "payout_another_releases"
    message = _("You have asked for this yourself: another operator agrees.")


class ReleaseWordsRefused(Unfit):
    code = "payout_release_words_refused"
    field = "words"
    message = filled(
        _("Write how you made sure who changed the bank account, in up to {most} characters."), most=LONGEST_NOTE
    )


class NothingClaimed(Refusal):
    code = "payout_nothing_claimed"
    message = _("Choose at least one balance to pay out.")


class ClaimedTwice(Refusal):
    code = "payout_claimed_twice"
    message = _("The same balance was chosen twice. Nothing was sent; choose it once.")


class NotPayable(Refusal):
    """Money that is not owed to anybody outside: held for orders, for taxes, or the platform's own."""

    code = "payout_not_payable"
    message = _("This money cannot be paid out.")


class BankAccountRefused(Refusal):
    """The bank account is not known, or not of the one whose money it is."""

    code = "payout_bank_account_refused"
    message = _("Set the bank account for payouts first, then try again. Nothing was sent.")


class BatchComplete(Moved):
    """It was handed over, or is about to be: what is still due is for the next one."""

    code = "payout_batch_complete"
    message = _("These payouts are being handed over already. What is still due goes out with the next ones.")


class AmountTooSmall(Unfit):
    code = "payout_amount_too_small"
    field = "amount_idr"

    def __init__(self, smallest_idr: int) -> None:
        super().__init__(
            format_lazy(_("The smallest payout is {idr}. Nothing was sent."), idr=format_idr(smallest_idr))
        )


class AmountAboveBalance(Unfit):
    code = "payout_above_balance"
    field = "amount_idr"

    def __init__(self, balance_idr: int) -> None:
        message = _("The balance is {idr}: no more can be paid out. Nothing was sent.")
        super().__init__(format_lazy(message, idr=format_idr(balance_idr)))


class PayoutClosed(Refusal):
    """It arrived and is said to have failed, or the other way round: a person must look at it."""

    code = "payout_closed"
    message = _("This payout has already ended the other way. Nothing was changed; ask the bank what happened.")


class AskTheProvider(Refusal):
    """A person's word against a provider that can be asked: if it says otherwise later, the money goes out twice."""

    code = "payout_ask_the_provider"
    message = _("This provider says itself how a payout ended. Ask it; nothing was changed.")


class PlayMoney(Refusal):
    code = "payout_play_money"
    message = _("Real money and play money would be mixed: one of the two providers only plays. Nothing was sent.")
