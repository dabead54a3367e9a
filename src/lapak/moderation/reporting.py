"""Anybody says that a product, a shop's or a creator's page should not stand here; all reports that wait are one case."""

import uuid
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act, lock_named
from lapak.moderation.errors import (
    CaseMoved,
    CaseReasonRefused,
    OwnPage,
    PageReportedAlready,
    PageReportsUsedUp,
)
from lapak.moderation.models import Case, CaseEvent, CaseReport, Reason
from lapak.moderation.pages import Page, page_shown
from lapak.moderation.pictures import keep_as_shown, keep_pictures, pictures_put
from lapak.moderation.rules import REPORTS_A_DAY, REPORTS_A_DAY_OF_MAILBOX, CaseState
from lapak.moderation.steps import fit_words
from lapak.people.users.models import User


def report_page(
    by: User, kind: str, id_: uuid.UUID, *, reason: str, words: str = "", pictures: Sequence[bytes] = ()
) -> CaseReport:
    """The report waits for the operator, beside the others of the same page; who reported is told what came of it.

    Refuses what nobody is shown (`NothingToReport`), none of the reasons (`CaseReasonRefused`), something else without words,
    or too many (`CaseWordsRefused`), whose page it is (`OwnPage`), a second report while one waits (`PageReportedAlready`),
    more than `REPORTS_A_DAY` (`PageReportsUsedUp`), more than `MOST_PICTURES` (`CasePicturesRefused`) and what is no picture
    (`ImageRefused`).
    """
    page_shown(kind, id_)  # of what is not there no picture is stored
    with pictures_put(id_, pictures) as names:
        return _report(by, kind, id_, reason=reason, words=words, names=names)


@act
def _report(by: User, kind: str, id_: uuid.UUID, *, reason: str, words: str, names: Sequence[str]) -> CaseReport:
    page, words = page_shown(kind, id_), _fit(reason, words)
    if page.is_theirs(by):
        raise OwnPage
    case = open_case(by, page)
    if case.reports.filter(reporter=by).exists():
        raise PageReportedAlready
    User.objects.select_for_update(no_key=True).get(id=by.id)  # of two at once, one counts the other
    if _of_a_day(CaseReport.objects.filter(reporter=by)) >= REPORTS_A_DAY.on(clock.today()):
        raise PageReportsUsedUp
    report = case.reports.create(reporter=by, reason=reason, words=words, reported_at=clock.now())
    keep_pictures(case, names, report)
    return report


@act
def report_page_as_visitor(kind: str, id_: uuid.UUID, *, email: str, reason: str, words: str, language: str) -> None:
    """As `report_page`, of somebody without an account here: what came of it is mailed to them. A second report from the mailbox,
    or more than `REPORTS_A_DAY_OF_MAILBOX`, is passed over in silence: nobody learns who else reported.

    Refuses what nobody is shown (`NothingToReport`), none of the reasons (`CaseReasonRefused`), and words as `report_page`.
    """
    page, words, email = page_shown(kind, id_), _fit(reason, words), email.strip().lower()
    lock_named(f"reports of {email}")
    if _of_a_day(CaseReport.objects.filter(email=email)) >= REPORTS_A_DAY_OF_MAILBOX.on(clock.today()):
        return
    case = open_case(None, page)
    if not case.reports.filter(email=email).exists():
        case.reports.create(email=email, language=language, reason=reason, words=words, reported_at=clock.now())


def open_case(by: User | None, page: Page) -> Case:
    """The case of the page that waits, locked: the one that is there, or a new one that keeps how the page looks."""
    about = {"product": None, "creator": None, **page.of}
    case, is_new = Case.objects.get_or_create(
        **about, state=CaseState.OPEN, defaults={**page.kept, "opened_at": clock.now()}
    )
    if is_new:
        CaseEvent.objects.create(case=case, state=case.state, actor=by, happened_at=case.opened_at)
        if page.picture:
            keep_as_shown(case, page.picture)
    locked = Case.objects.select_for_update(of=("self",), no_key=True).get(id=case.id)
    if locked.state != CaseState.OPEN:
        raise CaseMoved  # it was decided at this moment
    return locked


def _fit(reason: str, words: str) -> str:
    if reason not in Reason.values:
        raise CaseReasonRefused
    return fit_words(words, needed=reason == Reason.OTHER)


def _of_a_day(reports: QuerySet[CaseReport]) -> int:
    return reports.filter(reported_at__gt=clock.now() - timedelta(days=1)).count()
