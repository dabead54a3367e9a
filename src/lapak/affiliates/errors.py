"""What promotion refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.affiliates.attribution import LONGEST_WINDOW
from lapak.affiliates.link_rules import (
    LONGEST_CODE,
    LONGEST_UTM,
    MOST_CHOSEN,
    MOST_LINES,
    MOST_LINKS_A_DAY,
    SHORTEST_CODE,
)
from lapak.affiliates.rates import MAX_RATE_BP
from lapak.affiliates.rules import (
    ASKED_AGAIN_AFTER,
    INVITATION_DAYS,
    LONGEST_HANDLE,
    LONGEST_LABEL,
    LONGEST_MESSAGE,
    LONGEST_RATE_DAYS,
    MOST_INVITED,
    MOST_INVITED_A_DAY,
    SHORTEST_HANDLE,
)
from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_NOTE


class HandleInvalid(Unfit):
    code = "handle_invalid"
    field = "handle"
    message = filled(
        _(
            "A handle has {least} to {most} small letters, digits, hyphens or underscores, and begins and ends with a letter "
            "or digit."
        ),
        least=SHORTEST_HANDLE,
        most=LONGEST_HANDLE,
    )


class HandleTaken(Unfit):
    code = "handle_taken"
    field = "handle"
    message = _("This handle is taken. Choose another one.")


class AlreadyCreator(Moved):
    code = "already_creator"
    message = _("You are a creator already.")


class CreatorNotFound(NotFound):
    """The user does not promote, or there is no such creator."""

    code = "creator_not_found"
    message = _("There is no such creator. To promote, choose a handle first.")


class RateOutOfBounds(Unfit):
    code = "rate_out_of_bounds"
    field = "rate_bp"
    message = filled(_("A commission is at most {most} percent."), most=MAX_RATE_BP // 100)


class CapTooLow(Unfit):
    code = "cap_too_low"
    field = "cap_idr"
    message = _("The most for a line is above zero. Leave it empty for no such bound.")


class WindowOutOfBounds(Unfit):
    code = "window_out_of_bounds"
    field = "window_days"
    message = filled(_("A click may count for 1 to {most} days."), most=LONGEST_WINDOW.days)


class ProgrammeAlreadyOpen(Moved):
    code = "programme_already_open"
    message = _("This programme is open already. Announce a new rate instead.")


class ProgrammeNotFound(NotFound):
    """There is no such programme, or it is none of the user's to change or to join."""

    code = "programme_not_found"
    message = _("There is no such programme for you.")


class CreatorInvitationNotFound(NotFound):
    code = "creator_invitation_not_found"
    message = _("There is no such invitation.")


class CreatorInvitationGone(Moved):
    """It was answered or withdrawn, or waited too long."""

    code = "creator_invitation_gone"
    message = _(
        "This invitation was answered or withdrawn already, or has waited too long. Ask the shop for a new one."
    )


class InvitedLately(Refusal):
    """Nobody is invited over and over."""

    code = "invited_lately"
    message = _("You invited them not long ago, and they have been told. You can invite them again a day after that.")


class DeclinedLately(Refusal):
    """Nobody is asked again at once by whom they said no to."""

    code = "declined_lately"
    message = filled(
        _("This creator declined not long ago. You can invite them again {days} days after that."),
        days=ASKED_AGAIN_AFTER.days,
    )


class MessageTooLong(Unfit):
    code = "message_too_long"
    field = "message"
    message = filled(_("A message has at most {most} characters."), most=LONGEST_MESSAGE)


class InvitationReasonTooLong(Unfit):
    code = "invitation_reason_too_long"
    field = "reason"
    message = filled(_("A reason has at most {most} characters."), most=LONGEST_NOTE)


class AnswerDayOutOfBounds(Unfit):
    code = "answer_day_out_of_bounds"
    field = "answer_on"
    message = filled(
        _("The last day for an answer is today at the earliest, and in {most} days at the latest."),
        most=INVITATION_DAYS,
    )


class RateEndOutOfBounds(Unfit):
    code = "rate_end_out_of_bounds"
    field = "rate_ends_on"
    message = filled(
        _("The rate ends on the last day for an answer at the earliest, and in {most} days at the latest."),
        most=LONGEST_RATE_DAYS,
    )


class InvitedEnough(Refusal):
    code = "invited_enough"
    message = filled(
        _("The shop has invited {most} creators in a day, as many as one may. Go on tomorrow."), most=MOST_INVITED_A_DAY
    )


class TooManyInvited(Unfit):
    code = "too_many_invited"
    field = "who"
    message = filled(
        _("Write one to {most} handles or e-mail addresses, each in a line of its own."), most=MOST_INVITED
    )


class NoProgramme(Refusal):
    code = "no_programme"
    message = _("Join a programme of this shop, or Lapak's own, before you make a link: it says what you earn.")


class NotOnSale(Refusal):
    code = "not_on_sale"
    message = _("These goods are not on sale at the moment. Choose others.")


class LabelTooLong(Unfit):
    code = "label_too_long"
    field = "label"
    message = filled(_("A label has at most {most} characters."), most=LONGEST_LABEL)


class CodeInvalid(Unfit):
    code = "code_invalid"
    field = "code"
    message = filled(
        _("A code has {least} to {most} letters and digits, with single hyphens between them."),
        least=SHORTEST_CODE,
        most=LONGEST_CODE,
    )


class WonByUnknown(Unfit):
    """No rule by which clicks win is called so."""

    code = "won_by_unknown"
    field = "won_by"
    message = _("Choose which click earns.")


class CodeUnknown(Unfit):
    """No link has the code that was typed at the checkout."""

    code = "code_unknown"
    field = "code"
    message = _("No creator has this code. Type it as it was said, or leave it out: the price is the same.")


class CodeTaken(Unfit):
    """Another link has it, another creator is called so, or it would pass for Lapak itself."""

    code = "code_taken"
    field = "code"
    message = _("This code is taken. Choose another one.")


class TooManyLinks(Refusal):
    code = "too_many_links"
    message = filled(
        _("You have made {most} links in a day, as many as one may. Make the next ones tomorrow."),
        most=MOST_LINKS_A_DAY,
    )


class TooManyCodes(Unfit):
    code = "too_many_codes"
    field = "code"
    message = filled(
        _("You have chosen {most} codes, as many as one may. Leave this empty, and a code is drawn for you."),
        most=MOST_CHOSEN,
    )


class UtmTooLong(Unfit):
    code = "utm_too_long"
    field = "utm_campaign"
    message = filled(_("A UTM value has at most {most} characters."), most=LONGEST_UTM)


class TooManyLines(Unfit):
    code = "too_many_lines"
    field = "addresses"
    message = filled(_("Paste one to {most} addresses of goods, each in a line of its own."), most=MOST_LINES)


class CreatorClosed(Refusal):
    """Their account is closed, or its closing has a date: nothing new begins."""

    code = "creator_closed"
    message = _("Your creator account is closed, or will be soon. Read why, and what is still yours, under Reviews.")


class LinkNotFound(NotFound):
    """There is no such link, or it is another's."""

    code = "link_not_found"
    message = _("There is no such link among yours.")


class CommissionNotFound(NotFound):
    """There is no such commission, or it is none of the user's business."""

    code = "commission_not_found"
    message = _("There is no such commission.")


class CommissionMoved(Moved):
    code = "commission_moved"
    message = _("The commission has moved on in the meantime. Look at its present state and decide again.")


class ReasonMissing(Unfit):
    code = "reason_missing"
    field = "reason"
    message = filled(_("Say why, in at most {most} characters: the creator reads it."), most=LONGEST_NOTE)
