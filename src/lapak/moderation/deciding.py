"""An operator decides what was reported; what was decided ends by itself, or is lifted."""

import uuid
from datetime import date, datetime, time, timedelta

from lapak.affiliates.integrity.signs import Ground
from lapak.affiliates.showcase.hiding import hide_page
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.moderation.answering import answer_visitors
from lapak.moderation.errors import (
    AnotherDecidesAppeal,
    BrokenRuleMissing,
    CaseMoved,
    CaseNotFound,
    CaseReasonRefused,
    DecidedAlready,
    SuspensionDateRefused,
)
from lapak.moderation.models import Case, Reason
from lapak.moderation.queries import standing_beside
from lapak.moderation.rules import (
    LONGEST_RULE,
    LONGEST_SUSPENSION_DAYS,
    CaseState,
    after_its_time,
)
from lapak.moderation.steps import fit_words, lock_case, move_case, require_move
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.people.users.queries import has_another_at


@act
def dismiss_case(by: User, case_id: uuid.UUID, words: str) -> Case:
    """Nothing is wrong with it: it stays, and those who reported it are told.

    Refuses anyone but the operator (`CaseNotFound`), no words (`CaseWordsRefused`), and what is decided (`CaseMoved`).
    """
    case = _lock(by, case_id)
    require_move(case, CaseState.DISMISSED)
    case.words = fit_words(words)
    return _decided(by, case, CaseState.DISMISSED)


@act
def take_goods_down(by: User, case_id: uuid.UUID, *, reason: str, rule: str, words: str) -> Case:
    """The product is on sale nowhere from now on. Its shop reads why, and its owner may object.

    Refuses anyone but the operator (`CaseNotFound`), what is decided or about no goods (`CaseMoved`), none of the reasons
    (`CaseReasonRefused`), no rule (`BrokenRuleMissing`), no words (`CaseWordsRefused`), and goods that are down already
    (`DecidedAlready`).
    """
    case = _lock(by, case_id)
    if not case.is_of_goods:
        raise CaseMoved
    return _uphold(by, case, reason, rule, words)


@act
def suspend_shop(by: User, case_id: uuid.UUID, *, reason: str, rule: str, words: str, last_day: date | None) -> Case:
    """Nothing is ordered from the shop until the day after `last_day` begins in Jakarta; what was ordered goes on, and what was
    earned is paid. Its owner reads why, and may object.

    Refuses as `take_goods_down`; and a day that is over or too far away (`SuspensionDateRefused`).
    """
    case = _lock(by, case_id)
    if not case.is_of_shop:
        raise CaseMoved
    require_move(case, CaseState.UPHELD)
    case.until = _end_of(last_day)
    return _uphold(by, case, reason, rule, words)


@act
def hide_reported_page(by: User, case_id: uuid.UUID, *, ground: Ground, words: str) -> Case:
    """Nobody else sees the creator's page from now on, by a finding to which the creator may object.

    Refuses anyone but the operator (`CaseNotFound`), what is decided or about no creator (`CaseMoved`), no words
    (`FindingWordsRefused`), and what is hidden (`HiddenAlready`).
    """
    case = _lock(by, case_id)
    if case.creator_id is None:
        raise CaseMoved
    require_move(case, CaseState.HIDDEN)
    case.finding, case.words = hide_page(by, case.creator_id, ground, words), words.strip()
    return _decided(by, case, CaseState.HIDDEN)


@act
def lift_case(by: User, case_id: uuid.UUID, words: str) -> Case:
    """The product is its shop's to sell again, and on sale where it was; the shop sells again. Also without an objection.

    Refuses anyone but the operator (`CaseNotFound`), no words (`CaseWordsRefused`), what is not in force (`CaseMoved`), and of an
    objection whoever decided first, while there is another operator for it (`AnotherDecidesAppeal`).
    """
    case, words = _lock(by, case_id), fit_words(words)
    require_move(case, CaseState.LIFTED)
    _require_another(by, case)
    return move_case(by, case, CaseState.LIFTED, words)


@act
def keep_case(by: User, case_id: uuid.UUID, words: str) -> Case:
    """The objection does not convince: what was decided is final. Refuses as `lift_case`, and where nobody objects
    (`CaseMoved`)."""
    case, words = _lock(by, case_id), fit_words(words)
    if case.state != CaseState.APPEALED:
        raise CaseMoved
    _require_another(by, case)
    return move_case(by, case, CaseState.FINAL, words)


@act
def end_time_of_case(case_id: uuid.UUID, *, words: str) -> Case:
    """The clock's: a suspension is over on its date, an objection that nobody answered is upheld, a decision that nobody objected
    to stands. `CaseMoved` while there is time."""
    case, now = lock_case(case_id), clock.now()
    if case.act_by is None or case.act_by > now:
        raise CaseMoved
    return move_case(None, case, after_its_time(case.state, case.until, now), words)


def _lock(by: User, case_id: uuid.UUID) -> Case:
    require_desk(by, Desk.MODERATION, CaseNotFound)
    return lock_case(case_id)


def _uphold(by: User, case: Case, reason: str, rule: str, words: str) -> Case:
    require_move(case, CaseState.UPHELD)
    rule = rule.strip()
    if reason not in Reason.values:
        raise CaseReasonRefused
    if not 1 <= len(rule) <= LONGEST_RULE:
        raise BrokenRuleMissing
    if standing_beside(case).exists():
        raise DecidedAlready
    case.reason, case.rule, case.words = reason, rule, fit_words(words)
    return _decided(by, case, CaseState.UPHELD)


def _decided(by: User, case: Case, state: CaseState) -> Case:
    case.decided_at, case.decided_by = clock.now(), by
    case.save(update_fields=["reason", "rule", "words", "until", "finding", "decided_at", "decided_by"])
    answer_visitors(case, is_heeded=state != CaseState.DISMISSED)
    return move_case(by, case, state, case.words)


def _require_another(by: User, case: Case) -> None:
    if case.state == CaseState.APPEALED and case.decided_by_id == by.id and has_another_at(by, Desk.MODERATION):
        raise AnotherDecidesAppeal


def _end_of(last_day: date | None) -> datetime:
    today = clock.today()
    most = timedelta(days=LONGEST_SUSPENSION_DAYS.on(today))
    if last_day is None or not today <= last_day <= today + most:
        raise SuspensionDateRefused
    return datetime.combine(last_day + timedelta(days=1), time.min, clock.WIB)
