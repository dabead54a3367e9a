"""Consents are given and taken back, each for itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.errors import AskedOtherwise, ConsentNotFound
from lapak.people.privacy.models import ConsentEvent
from lapak.people.privacy.rules import ASKED, Asked, Purpose
from lapak.people.users.models import User


@dataclass(frozen=True, slots=True)
class Consent:
    """One thing that is asked, and what the user has said to it last."""

    purpose: Purpose
    asked: Asked
    version: int
    last: ConsentEvent | None

    @property
    def is_given(self) -> bool:
        """To the words of today: a yes to others is none."""
        return bool(self.last and self.last.is_given and self.last.version == self.version)

    @property
    def is_asked_again(self) -> bool:
        """They said yes to other words."""
        return bool(self.last and self.last.is_given and self.last.version != self.version)


@act
def give_consent(by: User, purpose: str, *, version: int) -> None:
    """The user says yes to these very words. A second yes changes nothing.

    Refuses what nobody is asked (`ConsentNotFound`), and words that are not those of today (`AskedOtherwise`).
    """
    consent = _queue_up(by, purpose)
    if version != consent.version:
        raise AskedOtherwise
    if not consent.is_given:
        _note(by, consent, is_given=True)


@act
def take_consent_back(by: User, purpose: str) -> None:
    """The user says no more, whatever words they had said yes to. A second no changes nothing. Refuses as `give_consent`."""
    consent = _queue_up(by, purpose)
    if consent.last and consent.last.is_given:
        _note(by, consent, is_given=False)


def consents_of(user: User) -> list[Consent]:
    """Everything that is asked, with the user's last word."""
    return list(_consents(user))


def has_consented(user: User, purpose: Purpose) -> bool:
    """Whether the user's last word is yes, to the words of today."""
    last = _said(user).filter(purpose=purpose).values_list("is_given", "version").first()
    return last == (True, _version(purpose))


def consents_said(user: User) -> list[ConsentEvent]:
    """What the user said and when, the newest first."""
    return list(_said(user))


def _consents(user: User) -> Iterator[Consent]:
    newest = {event.purpose: event for event in reversed(consents_said(user))}
    for purpose, asked in ASKED.items():
        yield Consent(purpose, asked, _version(purpose), newest.get(purpose))


def _said(user: User) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(user=user).order_by("-happened_at", "-id")


def _version(purpose: Purpose) -> int:
    return ASKED[purpose].version.on(clock.today())


def _queue_up(by: User, purpose: str) -> Consent:
    """Holds the user's row, so that two answers come one after the other."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    consent = next((each for each in _consents(by) if each.purpose == purpose), None)
    if consent is None:
        raise ConsentNotFound
    return consent


def _note(by: User, consent: Consent, *, is_given: bool) -> None:
    ConsentEvent.objects.create(
        user=by, purpose=consent.purpose, version=consent.version, is_given=is_given, happened_at=clock.now()
    )
