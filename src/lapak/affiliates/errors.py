"""What promotion refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Moved, Refusal


class HandleInvalid(Refusal):
    code = "handle_invalid"
    message = _(
        "A handle has 3 to 30 small letters, digits, hyphens or underscores, and begins and ends with a letter or digit."
    )


class HandleTaken(Refusal):
    code = "handle_taken"
    message = _("This handle is taken. Choose another one.")


class AlreadyCreator(Refusal):
    code = "already_creator"
    message = _("You are a creator already.")


class CreatorNotFound(Refusal):
    """The user does not promote, or there is no such creator."""

    code = "creator_not_found"
    message = _("There is no such creator. To promote, choose a handle first.")


class BankAccountNotFound(Refusal):
    """There is no such bank account, or it is another's."""

    code = "bank_account_not_found"
    message = _("There is no such bank account among yours.")


class RateOutOfBounds(Refusal):
    code = "rate_out_of_bounds"
    message = _("A commission is between 0 and 80 percent.")


class WindowOutOfBounds(Refusal):
    code = "window_out_of_bounds"
    message = _("A click may count for 1 to 90 days.")


class ProgrammeAlreadyOpen(Refusal):
    code = "programme_already_open"
    message = _("This programme is open already. Announce a new rate instead.")


class ProgrammeNotFound(Refusal):
    """There is no such programme, or it is none of the user's to change or to join."""

    code = "programme_not_found"
    message = _("There is no such programme for you.")


class NoProgramme(Refusal):
    code = "no_programme"
    message = _("Join a programme of this shop, or Lapak's own, before you make a link: it says what you earn.")


class NotOnSale(Refusal):
    code = "not_on_sale"
    message = _("These goods are not on sale at the moment. Choose others.")


class LabelTooLong(Refusal):
    code = "label_too_long"
    message = _("A label has at most 30 characters.")


class LinkNotFound(Refusal):
    """There is no such link, or it is another's."""

    code = "link_not_found"
    message = _("There is no such link among yours.")


class CommissionNotFound(Refusal):
    """There is no such commission, or it is none of the user's business."""

    code = "commission_not_found"
    message = _("There is no such commission.")


class CommissionMoved(Moved):
    code = "commission_moved"
    message = _("The commission has moved on in the meantime. Look at its present state and decide again.")


class ReasonMissing(Refusal):
    code = "reason_missing"
    message = _("Say why, in at most 200 characters: the creator reads it.")
