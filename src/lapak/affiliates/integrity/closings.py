"""Closing a creator's account: two operators, a finding that is final, words and a date. What was earned before stays theirs.

From its date on no purchase earns them anything (flows/place_purchase/read.py: LINKS). Their links lead where they led, and
what a finding freezes is decided by its own clock.
"""

import uuid
from datetime import date, datetime, timedelta

from django.db import IntegrityError

from lapak.affiliates.integrity.commands import fit_words, note
from lapak.affiliates.integrity.errors import (
    AnotherDecides,
    ClosesAtWrongTime,
    CreatorClosingMoved,
    CreatorClosingNotFound,
    NotFinalYet,
)
from lapak.affiliates.integrity.models import AccountEvent, Closing
from lapak.affiliates.integrity.queries import finding_for_operator
from lapak.affiliates.integrity.rules import CLOSES_WITHIN_DAYS, ClosingState, FindingState
from lapak.affiliates.models import Creator
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.days import begin_of
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

Event = AccountEvent.Kind


@act
def propose_closing(by: User, finding_id: uuid.UUID, words: str, closes_on: date) -> Closing:
    """The account of the creator whom the finding is about is to be closed from that day of Jakarta on, if another operator
    agrees within a week; the creator reads why at once.

    Refuses anyone but the operator (`FindingNotFound`), a finding that is not final (`NotFinalYet`), a day that is past or
    more than `CLOSES_WITHIN_DAYS` ahead (`ClosesAtWrongTime`), no words (`FindingWordsRefused`), and a second closing
    (`CreatorClosingMoved`).
    """
    finding = finding_for_operator(by, finding_id)
    if finding.state != FindingState.FINAL:
        raise NotFinalYet
    today, now = clock.today(), clock.now()
    if not today <= closes_on <= today + timedelta(days=CLOSES_WITHIN_DAYS):
        raise ClosesAtWrongTime
    closing = Closing(
        creator=finding.creator, finding=finding, words=fit_words(words), proposed_by=by, proposed_at=now,
        closes_from=max(now, begin_of(closes_on, clock.WIB)),
    )  # fmt: skip
    try:
        _insert(closing)
    except IntegrityError:
        raise CreatorClosingMoved from None
    note(by, Event.PROPOSED, closing.creator_id, closing.words, closing=closing)
    return closing


@act
def agree_to_closing(by: User, closing_id: uuid.UUID) -> Closing:
    """The account is closed from its date on, and no earlier than now: nothing is taken back.

    Refuses anyone but the operator (`CreatorClosingNotFound`), the one who proposed it (`AnotherDecides`), and what is not
    proposed any more or has waited too long (`CreatorClosingMoved`).
    """
    closing = _lock_for_operator(by, closing_id, ClosingState.PROPOSED)
    if closing.proposed_by_id == by.id:
        raise AnotherDecides
    if closing.answered_by <= clock.now():
        raise CreatorClosingMoved
    closing.closes_from = max(closing.closes_from, clock.now())
    closing.state, closing.agreed_by = ClosingState.AGREED, by
    closing.save(update_fields=["state", "agreed_by", "closes_from"])
    _close_from(by, closing, closing.closes_from)
    note(by, Event.AGREED, closing.creator_id, closing=closing)
    return closing


@act
def decline_closing(by: User, closing_id: uuid.UUID, words: str) -> Closing:
    """The account stays open; whoever proposed it may take it back so as well. Refuses as `agree_to_closing`, and no words
    (`FindingWordsRefused`)."""
    closing = _lock_for_operator(by, closing_id, ClosingState.PROPOSED)
    return _decline(by, closing, fit_words(words))


@act
def lapse_closing(closing_id: uuid.UUID, words: str) -> Closing:
    """By the clock: no second operator agreed in time. Refuses (`CreatorClosingMoved`) what was answered, or still has time."""
    closing = _lock(closing_id, ClosingState.PROPOSED)
    if closing.answered_by > clock.now():
        raise CreatorClosingMoved
    return _decline(None, closing, words)


@act
def reopen_creator(by: User, closing_id: uuid.UUID, words: str) -> Closing:
    """What is bought from now on earns again, by the links there are; what was not earned meanwhile stays so.

    Refuses anyone but the operator (`CreatorClosingNotFound`), what is not closed (`CreatorClosingMoved`), and no words
    (`FindingWordsRefused`).
    """
    closing = _lock_for_operator(by, closing_id, ClosingState.AGREED)
    words = fit_words(words)
    closing.state = ClosingState.REOPENED
    closing.save(update_fields=["state"])
    _close_from(by, closing, None)
    note(by, Event.REOPENED, closing.creator_id, words, closing=closing)
    return closing


def _decline(by: User | None, closing: Closing, words: str) -> Closing:
    closing.state = ClosingState.DECLINED
    closing.save(update_fields=["state"])
    note(by, Event.DECLINED, closing.creator_id, words, closing=closing)
    return closing


def _close_from(by: User, closing: Closing, moment: datetime | None) -> None:
    creator = Creator.objects.select_for_update(no_key=True).get(id=closing.creator_id)
    subject = Subject(Kind.CREATOR, creator.id, str(creator))
    note_changes(by.id, subject, {"closed_from": creator.closed_from}, {"closed_from": moment})
    creator.closed_from = moment
    creator.save(update_fields=["closed_from"])


def _lock_for_operator(by: User, closing_id: uuid.UUID, state: ClosingState) -> Closing:
    require_desk(by, Desk.CREATORS, CreatorClosingNotFound)
    return _lock(closing_id, state)


def _lock(closing_id: uuid.UUID, state: ClosingState) -> Closing:
    closing = Closing.objects.select_for_update(of=("self",), no_key=True).filter(id=closing_id).first()
    if closing is None:
        raise CreatorClosingNotFound
    if closing.state != state:
        raise CreatorClosingMoved
    return closing


@act
def _insert(closing: Closing) -> None:
    """An act of its own: the larger one goes on where the database refuses a second one."""
    closing.save(force_insert=True)
