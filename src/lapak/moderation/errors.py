"""What moderation refuses."""

from django.utils.translation import gettext_lazy as _

from lapak.lib.numbers import filled
from lapak.lib.refusal import Moved, NotFound, Refusal, Unfit
from lapak.lib.written import LONGEST_STORY
from lapak.moderation.rules import LONGEST_RULE, LONGEST_SUSPENSION_DAYS, MOST_PICTURES


class CaseNotFound(NotFound):
    """There is no such case, or it is none of the user's business."""

    code = "case_not_found"
    message = _("There is no such case.")


class NothingToReport(NotFound):
    """What is reported is shown to nobody."""

    code = "nothing_to_report"
    message = _("This page is not there any more.")


class CaseMoved(Moved):
    """It has left the state in which this was possible."""

    code = "case_moved"
    message = _("The case has moved on in the meantime. Look at where it stands now.")


class DecidedAlready(Refusal):
    """Another decision about the same goods or shop stands."""

    code = "decided_already"
    message = _("Another decision about it stands already. Lift that one first.")


class AnotherDecidesAppeal(Refusal):
    """Whoever decided first does not decide what is said against it, while there is somebody else."""

    code = "another_decides_appeal"
    message = _("You decided this yourself: another operator decides about the objection.")


class OwnPage(Refusal):
    """Whoever it belongs to can change it."""

    code = "own_page"
    message = _("This is yours: change it instead.")


class CaseReasonRefused(Unfit):
    """None of the reasons."""

    code = "case_reason_refused"
    field = "reason"
    message = _("Say what is wrong with it.")


class CaseWordsRefused(Unfit):
    """Words are missing where they are needed, or too many."""

    code = "case_words_refused"
    field = "words"
    message = filled(_("Say it in your own words, in up to {most} characters."), most=LONGEST_STORY)


class BrokenRuleMissing(Unfit):
    """Nothing is taken down without the rule that it breaks."""

    code = "broken_rule_missing"
    field = "rule"
    message = filled(_("Name the rule that it breaks, in up to {most} characters."), most=LONGEST_RULE)


class SuspensionDateRefused(Unfit):
    """No day, one that is over, or one too far away."""

    code = "suspension_date_refused"
    field = "last_day"

    def __init__(self) -> None:
        most = max(days for _since, days in LONGEST_SUSPENSION_DAYS.steps)
        super().__init__(filled(_("Name the last day: today or later, and within {most} days."), most=most))


class CasePicturesRefused(Unfit):
    """More pictures than a report or an objection shows."""

    code = "case_pictures_refused"
    field = "pictures"
    message = filled(_("Up to {most} pictures. Choose those that show it best."), most=MOST_PICTURES)


class PageReportedAlready(Moved):
    """One report of a person while it waits."""

    code = "page_reported_already"
    message = _("You have reported this. We tell you what came of it.")


class PageReportsUsedUp(Refusal):
    """A person's reports of a day are bounded: nobody buries what others report."""

    code = "page_reports_used_up"
    message = _("That is as many as you can report in a day. Go on tomorrow, or write to us.")
