"""What complaints refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.trade.complaints.rules import LONGEST_COMPLAINT, SHORTEST_COMPLAINT


class ComplaintNotFound(NotFound):
    """There is no such complaint, or it is none of the user's business."""

    code = "complaint_not_found"
    message = _("There is no such complaint.")


class ComplaintMoved(Moved):
    """It has left the state in which this was possible."""

    code = "complaint_moved"
    message = _("The complaint has moved on in the meantime. Look at where it stands now.")


class ComplaintWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "complaint_words_refused"
    field = "words"
    message = filled(
        _("Write between {least} and {most} characters."), least=SHORTEST_COMPLAINT, most=LONGEST_COMPLAINT
    )


class ComplaintTopicRefused(Unfit):
    """It is none of those that there are."""

    code = "complaint_topic_refused"
    field = "topic"
    message = _("Choose what it is about.")


class ComplaintContactMissing(Unfit):
    """Nobody could be answered."""

    code = "complaint_contact_missing"
    field = "contact"
    message = _("Write how to reach them: an e-mail address or a phone number.")


class TooManyComplaintsOpen(Refusal):
    """As many as a person may have open at a time."""

    code = "too_many_complaints_open"
    message = _("Several complaints of yours are open. Wait for an answer to one of them, or withdraw one, first.")


class TooManyComplaintsToday(Refusal):
    """As many as a person may make within a day, whatever became of them."""

    code = "too_many_complaints_today"
    message = _("You have made many complaints since yesterday. Make the next one tomorrow.")
