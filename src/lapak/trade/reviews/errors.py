"""What reviews refuse."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.trade.reviews.rules import LONGEST_REVIEW, MOST_PICTURES


class ReviewNotFound(NotFound):
    """No such review, nothing of theirs to be reviewed, or not for who asks."""

    code = "review_not_found"
    message = _("There is no such review.")


class NotReceived(Refusal):
    """The goods have not arrived, or none of them was kept."""

    code = "not_received"
    message = _("Goods are reviewed by those who received them and kept some.")


class OwnGoods(Refusal):
    """Whoever works for the shop does not praise its goods."""

    code = "own_goods"
    message = _("You work for this shop: its goods are reviewed by others.")


class ReviewedAlready(Moved):
    """What was bought at once is reviewed once."""

    code = "reviewed_already"
    message = _("You have reviewed these goods. Change that review instead.")


class ReviewOutOfTime(Refusal):
    """The days to change it are over."""

    code = "review_out_of_time"
    message = _("The days to change this review are over. You can still delete it.")


class HadTheirSay(Refusal):
    """What was deleted after the days to change it does not come back as another, newest of all and without its answer."""

    code = "had_their_say"
    message = _("You have reviewed these goods, and the days to change that review are over.")


class ReviewHidden(Refusal):
    """What the operator has hidden stays as it was judged."""

    code = "review_hidden"
    message = _("Lapak has hidden this review. If you think that is wrong, write to us.")


class ReviewMoved(Moved):
    """It is hidden, or shown, already."""

    code = "review_moved"
    message = _("The review has changed in the meantime. Look at it again and decide.")


class StarsRefused(Unfit):
    """Not one to five."""

    code = "stars_refused"
    field = "stars"
    message = _("Give one to five stars.")


class ReviewWordsRefused(Unfit):
    """Too many words, or none where there must be some."""

    code = "review_words_refused"
    field = "words"
    message = filled(_("Write up to {most} characters."), most=LONGEST_REVIEW)


class ReviewPicturesRefused(Unfit):
    """More pictures than a review shows."""

    code = "review_pictures_refused"
    field = "pictures"
    message = filled(
        _("A review shows up to {most} pictures. Choose those that show the goods best."), most=MOST_PICTURES
    )


class ReviewReasonMissing(Unfit):
    """Hiding a review, and showing it again, are told with their reason."""

    code = "review_reason_missing"
    field = "words"
    message = _("Say why, in your own words: the author and the shop read it.")


class AnswerHidden(Refusal):
    """What the operator has hidden stays as it was judged, the shop's answer too."""

    code = "answer_hidden"
    message = _("Lapak has hidden this answer. If you think that is wrong, write to us.")


class ReportReasonRefused(Unfit):
    """None of the reasons, or the shop's answer where there is none."""

    code = "report_reason_refused"
    field = "reason"
    message = _("Say what is wrong with it.")


class OwnWords(Refusal):
    """Who wrote it needs nobody to take it away."""

    code = "own_words"
    message = _("These are your own words: change or delete them instead.")


class ReportedAlready(Moved):
    """One report of a person for what stands there."""

    code = "reported_already"
    message = _("You have reported this. We tell you what came of it.")


class ReportsUsedUp(Refusal):
    """A person's reports of a day are bounded: nobody buries what others report."""

    code = "reports_used_up"
    message = _("That is as many as you can report in a day. Go on tomorrow, or write to us.")
