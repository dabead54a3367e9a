"""As whom a shop is taxed, and the letters by which nothing is withheld from it: docs/concepts/taxes.md."""

import hashlib
import uuid
from collections.abc import Collection
from datetime import date, datetime, timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.db import IntegrityError
from django.utils.translation import gettext_noop

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.ciphers import paper_storage
from lapak.lib.months import months_after
from lapak.lib.private import files_put
from lapak.money.taxes.commands import fit_words
from lapak.money.taxes.errors import (
    MOST_A_YEAR,
    MOST_WAITING,
    LetterDaysRefused,
    LetterFileRefused,
    LetterMoved,
    LetterNotForCompanies,
    LetterNotFound,
    TaxNameMissing,
    TaxpayerNotNamed,
    TooManyLetters,
)
from lapak.money.taxes.models import Letter, Taxpayer
from lapak.money.taxes.numbers import LONGEST_NAME, TaxedAs, as_tax_number
from lapak.money.taxes.pph22_rules import SMALL_UP_TO_IDR, LetterKind, LetterState, fit_days, is_fit_file
from lapak.money.taxes.queries import letter_for_operator, may_cross
from lapak.people.audit.commands import note_changes
from lapak.people.shops.commands import lock_shop, subject_of
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

NAMES_ANOTHER = gettext_noop("Another person or company is taxed for the shop now.")


@act
def name_taxpayer(by: User, shop_id: uuid.UUID, *, kind: str, name: str, number: str) -> Taxpayer:
    """The shop is taxed as this person or company from now on. Letters of whom it was taxed as before end: they name another.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), an empty or long name (`TaxNameMissing`) and what is
    no NIK or NPWP (`TaxNumberInvalid`).
    """
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    taxed_as, name = TaxedAs(kind), name.strip()
    number = as_tax_number(number, taxed_as)
    if not 1 <= len(name) <= LONGEST_NAME:
        raise TaxNameMissing
    before = Taxpayer.objects.filter(shop=shop).first()
    taxpayer = Taxpayer(shop=shop, kind=taxed_as, name=name, number=number, changed_at=clock.now())
    note_changes(by.id, subject_of(shop), _kept(before), _kept(taxpayer))
    taxpayer.save()
    if before and (before.kind, before.number) != (taxpayer.kind, taxpayer.number):
        under_way = Letter.objects.filter(shop=shop, state__in=[LetterState.ASKED, LetterState.ACCEPTED])
        for letter in under_way.select_for_update(no_key=True):
            _end(by, letter, NAMES_ANOTHER)
    return taxpayer


def hand_in_letter(by: User, shop_id: uuid.UUID, *, kind: str, first_day: date, last_day: date, file: bytes) -> Letter:
    """A person of ours looks at the letter; once it is accepted, nothing is withheld from the shop on its days.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), the statement of who is not named as a person
    (`LetterNotForCompanies`), any before it was said who is taxed (`TaxpayerNotNamed`), days that are over or too many
    (`LetterDaysRefused`), what is no PDF or too large (`LetterFileRefused`), one for the same days while another is looked at or
    holds (`LetterMoved`), and more than anybody has (`TooManyLetters`).
    """
    require_duty(by, shop_id, Duty.OWNERSHIP)  # a stranger's file is not stored
    if not fit_days(kind, first_day, last_day, clock.today()):
        raise LetterDaysRefused
    if not is_fit_file(file):
        raise LetterFileRefused
    with files_put(partial(_put_file, shop_id), [file], _drop_file) as (name,):
        return _hand_in(by, shop_id, LetterKind(kind), (first_day, last_day), name)


@act
def withdraw_letter(by: User, letter_id: uuid.UUID) -> Letter:
    """The shop takes a letter back that nobody has looked at. Refuses strangers (`LetterNotFound`), whoever is no owner
    (`NotYourDuty`), and one that is decided (`LetterMoved`)."""
    return _move(by, _lock_own(by, letter_id), LetterState.ASKED, LetterState.WITHDRAWN)


def lock_letter_to_cross(by: User, letter_id: uuid.UUID) -> Letter:
    """The statement that its owner may say is crossed (`may_cross`), locked. Refuses strangers (`LetterNotFound`), whoever is no
    owner (`NotYourDuty`), and any other letter (`LetterMoved`)."""
    letter = _lock_own(by, letter_id)
    if not may_cross(letter, clock.today()):
        raise LetterMoved
    return letter


def note_crossing(by: User, letter: Letter) -> Letter:
    """The (locked) statement holds until the end of this month: so its owner says."""
    return _cross(by, letter, clock.today().replace(day=1), clock.now())


@act
def read_letter(by: User, letter_id: uuid.UUID) -> Letter:
    """An operator reads the letter itself: that is on record. Refuses anyone else (`LetterNotFound`)."""
    letter = letter_for_operator(by, letter_id)
    note_changes(by.id, subject_of(letter.shop), {}, {"tax_letter_read": f"{letter.kind} {letter.first_day}"})
    return letter


@act
def accept_letter(by: User, letter_id: uuid.UUID) -> Letter:
    """Nothing is withheld from what is paid to the shop from now on, on the letter's days; of a statement, if the person's
    turnover has not become too large before. Refuses anyone but the operator (`LetterNotFound`), and one that does not wait
    (`LetterMoved`)."""
    letter = _lock_for_operator(by, letter_id)
    letter.accepted_at = clock.now()
    crossed = Letter.objects.filter(
        number=letter.number, kind=letter.kind, first_day=letter.first_day, crossed_in__isnull=False
    )
    if known := crossed.order_by("crossed_in").first():
        letter.crossed_in, letter.crossed_from = known.crossed_in, known.crossed_from
    return _move(by, letter, LetterState.ASKED, LetterState.ACCEPTED)


@act
def decline_letter(by: User, letter_id: uuid.UUID, words: str) -> Letter:
    """The letter is not accepted, and the shop reads why. Refuses as `accept_letter`, and too few words or too many
    (`TaxWordsRefused`)."""
    letter = _lock_for_operator(by, letter_id)
    letter.reason = fit_words(words)
    return _move(by, letter, LetterState.ASKED, LetterState.DECLINED)


@act
def end_letter(by: User, letter_id: uuid.UUID, words: str) -> Letter:
    """An accepted letter holds no more from now on, and the shop reads why. Refuses anyone but the operator (`LetterNotFound`),
    too few words or too many (`TaxWordsRefused`), and one that does not hold (`LetterMoved`)."""
    letter = _lock_for_operator(by, letter_id)
    if letter.state != LetterState.ACCEPTED:
        raise LetterMoved
    return _end(by, letter, fit_words(words))


def renew_papers() -> int:
    """Each letter is sealed by today's secret; returns how many."""
    names = set(Letter.objects.exclude(file="").values_list("file", flat=True))
    for name in names:
        paper_storage().renew(name)
    return len(names)


def lock_letter_to_count(letter_id: uuid.UUID) -> Letter:
    """Of two at once the second finds it counted."""
    return _locked(letter_id)


def note_turnover(letter: Letter, month: date, turnover_idr: int, at: datetime) -> Letter:
    """So much was sold in the year before this month (its first day): a (locked) statement that this contradicts holds no more in
    it, from a payment of that moment on."""
    letter.counted_until = month
    letter.save(update_fields=["counted_until"])
    if turnover_idr > SMALL_UP_TO_IDR.on(month) and not letter.crossed_in:
        _cross(None, letter, months_after(month, -1), at)
    return letter


def count_anew(shop_ids: Collection[uuid.UUID]) -> None:
    """More was sold before than may have been counted: the next payment to whoever is taxed for these shops counts again."""
    numbers = Taxpayer.objects.filter(shop_id__in=shop_ids).values("number")
    Letter.objects.filter(number__in=numbers, accepted_at__isnull=False).update(counted_until=None)


@act
def _hand_in(by: User, shop_id: uuid.UUID, kind: LetterKind, days: tuple[date, date], name: str) -> Letter:
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    taxpayer = Taxpayer.objects.filter(shop=shop).first()
    if kind == LetterKind.STATEMENT and (taxpayer is None or taxpayer.kind == TaxedAs.COMPANY):
        raise LetterNotForCompanies
    if taxpayer is None:
        raise TaxpayerNotNamed
    _refuse_too_many(shop)
    letter = Letter(shop=shop, kind=kind, number=taxpayer.number, first_day=days[0], last_day=days[1], file=name)
    letter.handed_in_at, letter.handed_in_by = clock.now(), by
    try:
        act(letter.save)(force_insert=True)
    except IntegrityError:
        raise LetterMoved from None
    _note(by, letter)
    return letter


def _refuse_too_many(shop: Shop) -> None:
    """Under the shop's lock."""
    a_year_ago = clock.now() - timedelta(days=365)
    own = Letter.objects.filter(shop=shop)
    is_full = own.filter(handed_in_at__gt=a_year_ago).count() >= MOST_A_YEAR
    if is_full or own.filter(state=LetterState.ASKED).count() >= MOST_WAITING:
        raise TooManyLetters


def _locked(letter_id: uuid.UUID) -> Letter:
    return Letter.objects.select_for_update(of=("self",), no_key=True).select_related("shop").get(id=letter_id)


def _lock_own(by: User, letter_id: uuid.UUID) -> Letter:
    shop_id = Letter.objects.filter(id=letter_id).values_list("shop_id", flat=True).first()
    if shop_id is None:
        raise LetterNotFound
    lock_shop(by, shop_id, Duty.OWNERSHIP)
    return _locked(letter_id)


def _lock_for_operator(by: User, letter_id: uuid.UUID) -> Letter:
    letter_for_operator(by, letter_id)
    return _locked(letter_id)


def _move(by: User, letter: Letter, from_state: LetterState, to_state: LetterState) -> Letter:
    if letter.state != from_state:
        raise LetterMoved
    letter.state = to_state
    letter.save(update_fields=["state", "accepted_at", "crossed_in", "crossed_from", "reason"])
    _note(by, letter, from_state)
    return letter


def _end(by: User, letter: Letter, words: str) -> Letter:
    was = LetterState(letter.state)
    letter.reason = words
    if was == LetterState.ASKED:
        letter.state = LetterState.DECLINED
    else:
        letter.state, letter.ended_at = LetterState.ENDED, clock.now()
    letter.save(update_fields=["state", "ended_at", "reason"])
    _note(by, letter, was)
    return letter


def _cross(by: User | None, letter: Letter, month: date, since: datetime) -> Letter:
    letter.crossed_in, letter.crossed_from = month, since
    letter.save(update_fields=["crossed_in", "crossed_from"])
    said = {"tax_letter": f"crossed {month:%Y-%m}"}
    note_changes(by.id if by else None, subject_of(letter.shop), {"tax_letter": letter.state}, said)
    return letter


def _note(by: User, letter: Letter, before: str = "") -> None:
    note_changes(by.id, subject_of(letter.shop), {"tax_letter": before}, {"tax_letter": letter.state})


def _kept(taxpayer: Taxpayer | None) -> dict[str, str]:
    """Of the number the last four digits, as of a bank account's."""
    if taxpayer is None:
        return {}
    return {"taxed_as": taxpayer.kind, "tax_name": taxpayer.name, "tax_number": f"…{taxpayer.tail}"}


def _put_file(shop_id: uuid.UUID, file: bytes) -> str:
    storage, name = paper_storage(), f"letters/{shop_id.hex}/{hashlib.sha256(file).hexdigest()}.pdf"
    if storage.exists(name):
        return name  # the same again
    return storage.save(name, ContentFile(file))


def _drop_file(name: str) -> None:
    if not Letter.objects.filter(file=name).exists():
        paper_storage().delete(name)
