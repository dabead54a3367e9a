"""A schedule of fees is announced, and each shop says what it thinks of it: docs/concepts/fees.md."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, time

from django.utils.translation import gettext_lazy as _

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.numbers import filled
from lapak.money.fees import rules
from lapak.money.fees.errors import (
    ConsentMoved,
    FeeWordsRefused,
    ObjectionNotFound,
    RatesRefused,
    ScheduleDayRefused,
    ScheduleMoved,
    ScheduleNotFound,
)
from lapak.money.fees.models import Consent, ConsentEvent, Schedule, ScheduleRate
from lapak.money.fees.queries import objection_for_operator, schedule_ahead, schedule_of_today, schedule_to_answer
from lapak.money.fees.rules import NOTICE_DAYS, Answer, Rate
from lapak.people.shops.closings import NOBODY_LEFT
from lapak.people.shops.commands import lock_shop
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def announce_fees(by: User, *, begins_on: date, rates: Mapping[str, Rate], words: str) -> Schedule:
    """From that day on, in Jakarta, sales are charged by these rates: of every shop if nobody pays more by them, else of those
    that agree. Every seller is told.

    Refuses anyone but the operator (`ScheduleNotFound`), a day sooner than the law's notice or while another is announced
    (`ScheduleDayRefused`), rates out of bounds or the same as today's (`RatesRefused`), and too few words or too many
    (`FeeWordsRefused`).
    """
    require_desk(by, Desk.FEES, ScheduleNotFound)
    newest = Schedule.objects.select_for_update(no_key=True).order_by("-number")[0]  # of two at once, one waits
    _refuse_day(begins_on)
    _refuse_rates(rates)
    today = schedule_of_today()
    before = today.rates_by_category
    if dict(rates) == before:
        raise RatesRefused(_("These are the rates of today."))
    number = newest.number + 1
    schedule = Schedule.objects.create(
        number=number,
        begins_at=datetime.combine(begins_on, time.min, clock.WIB),
        announced_at=clock.now(),
        announced_by=by,
        words=_words(words),
        agreed_from=number if rules.is_dearer(rates, before) else today.agreed_from,
    )
    ScheduleRate.objects.bulk_create(
        ScheduleRate(schedule=schedule, category=code, rate_bp=rate.rate_bp, small_bp=rate.small_bp)
        for code, rate in sorted(rates.items())
    )
    return schedule


@act
def call_off_fees(by: User, schedule_id: uuid.UUID) -> Schedule:
    """What was announced does not begin; who was told is told so. Refuses anyone but the operator (`ScheduleNotFound`), and what
    has begun or was called off (`ScheduleMoved`)."""
    require_desk(by, Desk.FEES, ScheduleNotFound)
    schedule = Schedule.objects.select_for_update(no_key=True).filter(id=schedule_id).first()
    if schedule is None:
        raise ScheduleNotFound
    if schedule.called_off_at or schedule.begins_at <= clock.now():
        raise ScheduleMoved
    schedule.called_off_at, schedule.called_off_by = clock.now(), by
    schedule.told_up_to = None if schedule.told_up_to else NOBODY_LEFT  # whom nobody has alarmed nobody calms
    schedule.save(update_fields=["called_off_at", "called_off_by", "told_up_to"])
    return schedule


@act
def agree_to_fees(by: User, shop_id: uuid.UUID, schedule_id: uuid.UUID) -> Consent:
    """The shop is charged by the schedule: from its first day on, or from now if that is over. Final.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), and a schedule that waits for no answer of this
    shop (`ScheduleMoved`).
    """
    shop, schedule = _asked(by, shop_id, schedule_id)
    consent = _consent(shop, schedule)
    consent.agreed_at = clock.now()
    return _enter(by, consent, Answer.AGREED)


@act
def object_to_fees(by: User, shop_id: uuid.UUID, schedule_id: uuid.UUID, words: str) -> Consent:
    """The shop says why not, once: Lapak answers within 14 working days, or the objection counts as accepted.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), too few words or too many (`FeeWordsRefused`), a
    schedule that waits for no answer of this shop (`ScheduleMoved`), and one to which it has objected (`ConsentMoved`).
    """
    shop, schedule = _asked(by, shop_id, schedule_id)
    consent = _consent(shop, schedule)
    if consent.objection:
        raise ConsentMoved
    consent.objection = _words(words)
    consent.act_by = rules.answer_by(clock.now())
    return _enter(by, consent, Answer.OBJECTED, consent.objection)


@act
def accept_objection(by: User, consent_id: uuid.UUID, words: str) -> Consent:
    """The shop keeps the fees it has. Refuses anyone but the operator (`ObjectionNotFound`), too few words or too many
    (`FeeWordsRefused`), and what waits for no answer (`ConsentMoved`)."""
    return _answer(by, consent_id, Answer.KEPT, words)


@act
def decline_objection(by: User, consent_id: uuid.UUID, words: str) -> Consent:
    """Lapak offers the shop no other fees than the new ones; until it agrees to them nothing changes for it. Refuses as
    `accept_objection`."""
    return _answer(by, consent_id, Answer.DECLINED, words)


@act
def end_time_of_objection(consent_id: uuid.UUID, *, words: str) -> Consent:
    """The clock's: nobody has answered for 14 working days, so the objection counts as accepted (Permendag 19/2026 Art. 18).
    `ConsentMoved` while there is time."""
    consent = _lock(consent_id)
    if consent.act_by is None or consent.act_by > clock.now():
        raise ConsentMoved
    return _enter(None, consent, Answer.KEPT, words)


def _answer(by: User, consent_id: uuid.UUID, state: Answer, words: str) -> Consent:
    objection_for_operator(by, consent_id)
    consent = _lock(consent_id)
    if consent.state != Answer.OBJECTED or (consent.act_by and consent.act_by <= clock.now()):
        raise ConsentMoved  # once its time is over it is accepted, whether the clock has come by or not
    consent.answer = _words(words)
    return _enter(by, consent, state, consent.answer)


def _enter(by: User | None, consent: Consent, state: Answer, words: str = "") -> Consent:
    consent.state = state
    if state != Answer.OBJECTED:
        consent.act_by = None
    consent.save()
    ConsentEvent.objects.create(consent=consent, state=state, actor=by, words=words, happened_at=clock.now())
    return consent


def _asked(by: User, shop_id: uuid.UUID, schedule_id: uuid.UUID) -> tuple[Shop, Schedule]:
    """The shop, held, with the schedule that waits for its answer; it is held against being called off."""
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    Schedule.objects.select_for_update(no_key=True).filter(id=schedule_id).first()
    schedule = schedule_to_answer(shop)
    if schedule is None or schedule.id != schedule_id:
        raise ScheduleMoved
    return shop, schedule


def _consent(shop: Shop, schedule: Schedule) -> Consent:
    found = Consent.objects.select_for_update(no_key=True).filter(shop=shop, schedule=schedule).first()
    return found or Consent(shop=shop, schedule=schedule)


def _lock(consent_id: uuid.UUID) -> Consent:
    consent = Consent.objects.select_for_update(no_key=True).filter(id=consent_id).first()
    if consent is None:
        raise ObjectionNotFound
    return consent


def _refuse_day(begins_on: date) -> None:
    if schedule_ahead():
        raise ScheduleDayRefused(_("Other fees are announced already. Call them off first, or wait until they begin."))
    today = clock.today()
    if begins_on < rules.earliest_begin(today):
        message = _("Fees are told at least {days} days before they begin (Permen UMKM 3/2026).")
        raise ScheduleDayRefused(filled(message, days=NOTICE_DAYS.on(today)))


def _refuse_rates(rates: Mapping[str, Rate]) -> None:
    if rules.EVERYTHING not in rates or len(rates) > rules.MOST_RATES:
        raise RatesRefused
    for rate in rates.values():
        fits = 0 <= rate.small_bp <= rules.most_for_small_bp(rate.rate_bp) and rate.rate_bp <= rules.MOST_FEE_BP
        if not fits:
            raise RatesRefused


def _words(words: str) -> str:
    words = words.strip()
    if not rules.SHORTEST_WORDS <= len(words) <= rules.LONGEST_WORDS:
        raise FeeWordsRefused
    return words
