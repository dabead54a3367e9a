"""Money that waits because a bank account was changed goes out before its time: one operator asks, another agrees.

Without the second nothing happens, and the waiting time ends by itself (money/payouts/holds.py).
"""

import uuid
from datetime import datetime

from django.db import IntegrityError
from django.db.models import QuerySet

from lapak.flows.payees import Payee, payee_of
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_NOTE
from lapak.money.payouts.errors import AnotherReleases, HoldNotFound, ReleaseMoved, ReleaseWordsRefused
from lapak.money.payouts.models import HoldRelease
from lapak.people.audit.commands import note_changes
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

FIELD = "payout_release"
"""Under which the record of changes keeps that it was agreed to. What one operator asks another, the owner does not read: who
changed the bank account may be a thief."""


@act
def ask_for_release(by: User, account_id: uuid.UUID, words: str) -> HoldRelease:
    """An operator has made sure that the owner changed the bank account, and says how; another is asked to agree.

    Refuses anyone but the operator and what is not held (`HoldNotFound`), too few words or too many (`ReleaseWordsRefused`),
    and a second request (`ReleaseMoved`).
    """
    _payee, changed_at = _held(by, account_id)
    release = HoldRelease(
        account_id=account_id, changed_at=changed_at, words=_fit(words), asked_by=by, asked_at=clock.now()
    )
    try:
        act(release.save)(force_insert=True)
    except IntegrityError:
        raise ReleaseMoved from None
    return release


@act
def agree_to_release(by: User, account_id: uuid.UUID) -> HoldRelease:
    """What is owed goes out with the next payout; its owners are told.

    Refuses anyone but the operator and what is not held any more (`HoldNotFound`), what nobody has asked for (`ReleaseMoved`),
    and the one who asked (`AnotherReleases`).
    """
    payee, changed_at = _held(by, account_id)
    release = _asked(account_id, changed_at).select_for_update(no_key=True).first()
    if release is None or release.agreed_at:
        raise ReleaseMoved
    if release.asked_by_id == by.id:
        raise AnotherReleases
    release.agreed_by, release.agreed_at = by, clock.now()
    release.save(update_fields=["agreed_by", "agreed_at"])
    note_changes(by.id, payee.subject, {}, {FIELD: str(payee.bank_account)})
    return release


def release_of(payee: Payee) -> HoldRelease | None:
    """What was asked for, of the last change of the bank account."""
    if payee.changed_at is None:
        return None
    return _asked(payee.account.id, payee.changed_at).select_related("asked_by").first()


def _held(by: User, account_id: uuid.UUID) -> tuple[Payee, datetime]:
    """Whose money is held, and of which change."""
    require_desk(by, Desk.PAYOUTS, HoldNotFound)
    payee = payee_of(account_id)
    if payee is None or payee.bank_account is None or payee.changed_at is None or payee.held_until is None:
        raise HoldNotFound
    return payee, payee.changed_at


def _asked(account_id: uuid.UUID, changed_at: datetime) -> QuerySet[HoldRelease]:
    return HoldRelease.objects.filter(account_id=account_id, changed_at=changed_at)


def _fit(words: str) -> str:
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_NOTE:
        raise ReleaseWordsRefused
    return words
