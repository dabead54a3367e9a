"""Anyone signed in says that a review, or the shop's answer, should not stand there; all reports that wait are one case."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Min, QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.clock import WIB
from lapak.people.shops.queries import is_member
from lapak.people.users.models import User
from lapak.trade.reviews.errors import OwnWords, ReportedAlready, ReportReasonRefused, ReportsUsedUp
from lapak.trade.reviews.models import Review, ReviewEvent, ReviewReport
from lapak.trade.reviews.queries import has_reported
from lapak.trade.reviews.rules import REPORTS_A_DAY
from lapak.trade.reviews.steps import fit_words, lock_review, record

Reason = ReviewReport.Reason


@act
def report_review(by: User, review_id: uuid.UUID, reason: str, words: str = "") -> ReviewReport:
    """The report waits for the operator, beside the others of the same review.

    Refuses what nobody is shown (`ReviewNotFound`), none of the reasons (`ReportReasonRefused`), too many words
    (`ReviewWordsRefused`), who wrote it (`OwnWords`), a second report of what has not changed since (`ReportedAlready`), and
    more than `REPORTS_A_DAY` (`ReportsUsedUp`).
    """
    review, now = lock_review(review_id, lambda review: not review.is_hidden), clock.now()
    _require_reason(review, reason)
    if _are_own_words(by, review, reason):
        raise OwnWords
    if has_reported(by, review):
        raise ReportedAlready
    refuse_too_many(by, now, ReviewReport.objects.all())
    report = ReviewReport.objects.create(
        review=review, shop_id=review.shop_id, reporter=by, reason=reason, words=fit_words(words), reported_at=now
    )
    if review.reported_at is None:
        _open_case(by, review, now)
    return report


def decide_reports(review: Review, decision: ReviewEvent, *, of_answer_alone: bool = False) -> None:
    """Every report of the locked review that waits is decided by this, or those of the shop's answer; the case goes on while
    another waits."""
    if review.reported_at is None:
        return
    waiting = review.reports.filter(decision=None)
    (waiting.filter(reason=Reason.ANSWER) if of_answer_alone else waiting).update(decision=decision)
    review.reported_at = waiting.aggregate(first=Min("reported_at"))["first"]
    review.save(update_fields=["reported_at"])


def refuse_too_many(reporter: User, now: datetime, reports: QuerySet[Any]) -> None:
    """Of these reports. The person is locked, so that reports of several reviews at once are counted one after the other."""
    User.objects.select_for_update(no_key=True).get(id=reporter.id)
    today = reports.filter(reporter=reporter, reported_at__gt=now - timedelta(days=1))
    if today.count() >= REPORTS_A_DAY.on(now.astimezone(WIB).date()):
        raise ReportsUsedUp


def _open_case(by: User, review: Review, now: datetime) -> None:
    review.reported_at = now
    review.save(update_fields=["reported_at"])
    record(by, review.line, ReviewEvent.Kind.REPORTED, from_stars=review.stars, to_stars=review.stars)


def _require_reason(review: Review, reason: str) -> None:
    if reason not in Reason.values or (reason == Reason.ANSWER and not review.shown_answer):
        raise ReportReasonRefused


def _are_own_words(by: User, review: Review, reason: str) -> bool:
    return is_member(by, review.shop_id) if reason == Reason.ANSWER else by.id == review.author_id
