"""What the reviews of a creator's account refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.affiliates.integrity.rules import CLOSES_WITHIN_DAYS, MOST_PICTURES
from lapak.lib.numbers import filled
from lapak.lib.refusal import Forbidden, Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_STORY


class FindingNotFound(NotFound):
    """There is no such review, or it is none of the user's business."""

    code = "finding_not_found"
    message = _("There is no such review.")


class FindingMoved(Moved):
    """It has left the state in which this was possible."""

    code = "finding_moved"
    message = _("The review has moved on in the meantime. Look at where it stands now and decide again.")


class HeldByReview(Refusal):
    """A review holds the commission, maybe with others: one decision for all, which the creator may object to."""

    code = "held_by_review"
    message = _(
        "A review holds this commission, and its creator may object. Decide that review: it is for all that it holds."
    )


class AnotherDecides(Forbidden):
    """An objection, or the closing of an account, is decided by an operator who has not decided before."""

    code = "another_decides"
    message = _("You have had a part in this already: another operator decides it.")


class FindingWordsRefused(Unfit):
    """Words are missing, or too long."""

    code = "finding_words_refused"
    field = "words"
    message = filled(
        _("Say it in your own words, in up to {most} characters: the other side reads it."), most=LONGEST_STORY
    )


class AppealPicturesRefused(Unfit):
    """More pictures than an objection shows."""

    code = "appeal_pictures_refused"
    field = "pictures"
    message = filled(_("An objection shows up to {most} pictures. Choose those that show it best."), most=MOST_PICTURES)


class CreatorClosingNotFound(NotFound):
    """There is no such closing, or it is none of the user's business."""

    code = "creator_closing_not_found"
    message = _("There is no such closing of an account.")


class CreatorClosingMoved(Moved):
    """It has left the state in which this was possible."""

    code = "creator_closing_moved"
    message = _("The closing has moved on in the meantime. Look at where it stands now and decide again.")


class NotFinalYet(Refusal):
    """Nobody loses their account for what may still be objected to."""

    code = "finding_not_final"
    message = _("An account is closed only for a review that is final. Until then the creator may object.")


class ClosesAtWrongTime(Unfit):
    """A closing is for today or soon."""

    code = "closes_at_wrong_time"
    field = "closes_on"
    message = filled(_("Choose a day from today on, {most} days ahead at most."), most=CLOSES_WITHIN_DAYS)
