"""A breach of people's data, once it is recorded (flows/record_breach/): who is told of it, until it is closed."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.privacy.errors import (
    AnotherCallsOff,
    BreachDataRefused,
    BreachMomentRefused,
    BreachMoved,
    BreachNotFound,
    BreachNotTold,
    BreachWordsRefused,
)
from lapak.people.privacy.models import Breach, BreachedPerson, BreachEvent, Erasure
from lapak.people.privacy.rules import LONGEST_STORY, SHORTEST_STORY, DataKind
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.people.users.queries import has_another_at

Kind = BreachEvent.Kind


@act
def reword_breach(
    by: User, breach_id: uuid.UUID, *, kinds: Sequence[str], how: str, how_en: str, measures: str, measures_en: str
) -> Breach:
    """What is known by now stands in the letters; what stood there before stays on record.

    Refuses anyone but the operator (`BreachNotFound`), once letters have begun (`BreachMoved`), and what is not fit
    (`BreachDataRefused`, `BreachWordsRefused`).
    """
    breach = _lock(by, breach_id)
    if breach.is_told_to_somebody or breach.closed_at:
        raise BreachMoved
    refuse_unfit_words(kinds, how=how, how_en=how_en, measures=measures, measures_en=measures_en)
    before = "\n".join([", ".join(breach.kinds), breach.how, breach.how_en, breach.measures, breach.measures_en])
    breach.kinds, breach.how, breach.how_en = list(kinds), how, how_en
    breach.measures, breach.measures_en = measures, measures_en
    return _step(by, breach, Kind.REWORDED, before)


@act
def tell_people_of_breach(by: User, breach_id: uuid.UUID) -> Breach:
    """The next minutes' clock writes to each of them, once (flows/tell_people/breaches.py). Final.

    Refuses anyone but the operator (`BreachNotFound`), and a second time (`BreachMoved`).
    """
    breach = _lock(by, breach_id)
    if breach.letters_from or breach.closed_at:
        raise BreachMoved
    breach.letters_from = clock.now()
    return _step(by, breach, Kind.LETTERS)


@act
def note_authority_told(by: User, breach_id: uuid.UUID, *, told_at: datetime, words: str) -> Breach:
    """The authority has the letter: since when, how it went and under which number. Final.

    Refuses as `tell_people_of_breach`, and a moment before it was known, or to come (`BreachMomentRefused`).
    """
    breach = _lock(by, breach_id)
    if breach.authority_told_at or breach.closed_at:
        raise BreachMoved
    if not breach.known_at - timedelta(minutes=1) <= told_at <= clock.now():  # moments are typed by the minute
        raise BreachMomentRefused("told_at")
    breach.authority_told_at = told_at
    return _step(by, breach, Kind.AUTHORITY, words)


@act
def publish_breach(by: User, breach_id: uuid.UUID) -> Breach:
    """It stands on the public page. Final. Refuses as `tell_people_of_breach`."""
    breach = _lock(by, breach_id)
    if breach.published_at or breach.called_off_at:
        raise BreachMoved
    breach.published_at, breach.is_for_the_public = clock.now(), True
    return _step(by, breach, Kind.PUBLISHED)


@act
def note_on_breach(by: User, breach_id: uuid.UUID, words: str) -> Breach:
    """What was done afterwards is on record. Refuses anyone but the operator (`BreachNotFound`), and too few words or too many
    (`BreachWordsRefused`)."""
    breach = _lock(by, breach_id)
    _refuse_words("words", words)
    return _step(by, breach, Kind.NOTED, words)


@act
def close_breach(by: User, breach_id: uuid.UUID, words: str) -> Breach:
    """It is over, with what was learned.

    Refuses anyone but the operator (`BreachNotFound`), one that is over (`BreachMoved`), one of which somebody has still to be
    told (`BreachNotTold`), and too few words or too many (`BreachWordsRefused`).
    """
    breach = _lock(by, breach_id)
    if breach.closed_at:
        raise BreachMoved
    if not breach.standing.is_told:
        raise BreachNotTold
    _refuse_words("words", words)
    breach.closed_at = clock.now()
    return _step(by, breach, Kind.CLOSED, words)


@act
def call_off_breach(by: User, breach_id: uuid.UUID, words: str) -> Breach:
    """It was recorded by mistake: nothing came into strange hands. It stays on record, and the report of the law counts it.

    Refuses anyone but the operator (`BreachNotFound`), once somebody was told or it is over (`BreachMoved`), who recorded it
    while there is another operator for it (`AnotherCallsOff`), and too few words or too many (`BreachWordsRefused`).
    """
    breach = _lock(by, breach_id)
    if breach.is_told_to_somebody or breach.closed_at:
        raise BreachMoved
    if breach.events.filter(kind=Kind.RECORDED, actor=by).exists() and has_another_at(by, Desk.BREACHES):
        raise AnotherCallsOff
    _refuse_words("words", words)
    breach.called_off_at = breach.closed_at = clock.now()
    return _step(by, breach, Kind.CALLED_OFF, words)


def refuse_unfit_words(kinds: Sequence[str], *, how: str, how_en: str, measures: str, measures_en: str) -> None:
    """English may be left out: its readers then read the Indonesian."""
    if not kinds or set(kinds) - set(DataKind):
        raise BreachDataRefused
    _refuse_words("how", how)
    _refuse_words("measures", measures)
    for field, words in (("how_en", how_en), ("measures_en", measures_en)):
        if words:
            _refuse_words(field, words)


def mark_people_told(breach: Breach) -> None:
    """The clock's: nobody is left to be written to. For a breach that is locked."""
    breach.people_told_at = clock.now()
    _step(None, breach, Kind.PEOPLE)


def breaches_open() -> QuerySet[Breach]:
    """Those that are not closed, the most urgent first."""
    return Breach.objects.filter(closed_at=None).order_by("tell_by", "id")


def breaches_closed() -> QuerySet[Breach]:
    """Those that are over, the newest first."""
    return Breach.objects.exclude(closed_at=None).order_by("-closed_at", "-id")


def breaches_public() -> QuerySet[Breach]:
    """Those that everybody reads of, the newest first."""
    return Breach.objects.filter(published_at__isnull=False).order_by("-published_at")


def breaches_to_write_of() -> QuerySet[Breach]:
    """Those of which somebody is to be written to, or nobody is any more and that is not noted yet."""
    return Breach.objects.filter(closed_at=None, letters_from__isnull=False, people_told_at=None).order_by("tell_by")


def people_to_tell(breach: Breach) -> QuerySet[BreachedPerson]:
    """Who has no letter yet, with their users."""
    return breach.people.filter(told_at=None).select_related("user").order_by("id")


def erased_among(users: QuerySet[User] | Sequence[User]) -> set[uuid.UUID]:
    """Of whom nothing is kept any more, not even where to write to."""
    return set(Erasure.objects.filter(user__in=users, erased_at__isnull=False).values_list("user_id", flat=True))


def breach_for_operator(by: User, breach_id: uuid.UUID) -> Breach:
    """For whoever runs the marketplace; `BreachNotFound` for everyone else."""
    require_desk(by, Desk.BREACHES, BreachNotFound)
    breach = Breach.objects.filter(id=breach_id).first()
    if breach is None:
        raise BreachNotFound
    return breach


def breach_for_person(by: User, breach_id: uuid.UUID) -> Breach:
    """For one whose data they are and who was told; else `BreachNotFound`. Everybody reads of a public one on its own page."""
    breach = breaches_of_person(by).filter(id=breach_id).first()
    if breach is None:
        raise BreachNotFound
    return breach


def breaches_of_person(user: User) -> QuerySet[Breach]:
    """Those that the user was written to about, the newest first."""
    return Breach.objects.filter(people__user=user, people__told_at__isnull=False).order_by("-known_at")


def _lock(by: User, breach_id: uuid.UUID) -> Breach:
    breach_for_operator(by, breach_id)
    return Breach.objects.select_for_update(no_key=True).get(id=breach_id)


def _step(by: User | None, breach: Breach, kind: Kind, words: str = "") -> Breach:
    breach.save()
    BreachEvent.objects.create(breach=breach, actor=by, kind=kind, words=words, happened_at=clock.now())
    return breach


def _refuse_words(field: str, words: str) -> None:
    if not SHORTEST_STORY <= len(words.strip()) <= LONGEST_STORY or len(words) > LONGEST_STORY:
        raise BreachWordsRefused(field)
