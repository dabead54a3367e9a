"""Every change of a setting: docs/decisions/0023-settings.md."""

import uuid
from datetime import date, timedelta

from django.core.cache import caches
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.settings.errors import (
    LONGEST_WORDS,
    SHORTEST_REASON,
    SettingAsBefore,
    SettingDayRefused,
    SettingMoved,
    SettingReasonRefused,
)
from lapak.people.settings.models import Step
from lapak.people.settings.queries import (
    KEPT_AS,
    all_chosen,
    first_of,
    setting_for_operator,
    step_for_operator,
)
from lapak.people.settings.rules import FARTHEST_DAYS, SETTINGS, Setting, steps_of
from lapak.people.users.models import User


@act
def change_setting(by: User, name: str, *, value: "int | str", begins_on: date, reason: str) -> Step:
    """From that day on, in Jakarta, the setting has this value, in place of another that was to begin that day. Whatever began
    before keeps the value of its day.

    Refuses anyone but an owner of the marketplace, and a setting that there is not (`SettingNotFound`), a value out of its
    bounds (`SettingValueRefused`), a day too early or too far off (`SettingDayRefused`), what is so on that day already
    (`SettingAsBefore`), and too few words or too many (`SettingReasonRefused`).
    """
    setting = setting_for_operator(by, name)
    kept, old = setting.fit(value), _value_on(setting, _fit_day(setting, begins_on))
    if kept == old:
        raise SettingAsBefore
    now = clock.now()
    Step.objects.filter(name=name, begins_on=begins_on, taken_back_at=None).update(taken_back_at=now, taken_back_by=by)
    step = Step.objects.create(
        name=name, value=kept, begins_on=begins_on, reason=_fit_reason(reason), set_at=now, set_by=by
    )
    _note(by, step, {"setting": old}, {"setting": kept, "setting_from": begins_on.isoformat(), "reason": step.reason})
    return step


@act
def take_setting_back(by: User, step_id: uuid.UUID) -> Step:
    """The value does not begin. Refuses anyone but an owner of the marketplace (`SettingNotFound`), and what has begun or was
    taken back already (`SettingMoved`)."""
    step, now = step_for_operator(by, step_id), clock.now()
    if step.taken_back_at or step.begins_on <= clock.today():
        raise SettingMoved
    step.taken_back_at, step.taken_back_by = now, by
    step.save(update_fields=["taken_back_at", "taken_back_by"])
    _note(
        by,
        step,
        {"setting": step.value, "setting_from": step.begins_on.isoformat()},
        {"setting": "", "setting_from": ""},
    )
    return step


def _value_on(setting: Setting, day: date) -> str:
    return steps_of(setting.name, first_of(setting), all_chosen()).on(day)


def _fit_day(setting: Setting, begins_on: date) -> date:
    today = clock.today()
    first, last = setting.earliest(today), today + timedelta(days=FARTHEST_DAYS)
    if not first <= begins_on <= last:
        days = {"first": date_format(first, "j F Y"), "last": date_format(last, "j F Y")}
        raise SettingDayRefused(_("It begins between %(first)s and %(last)s.") % days)
    return begins_on


def _fit_reason(reason: str) -> str:
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_WORDS:
        raise SettingReasonRefused
    return reason


def _note(by: User, step: Step, old: dict[str, str], new: dict[str, str]) -> None:
    note_changes(by.id, Subject(Kind.SETTING, step.name, str(SETTINGS[step.name].label)), old, new)
    transaction.on_commit(_forget)


def _forget() -> None:
    caches["mind"].delete(KEPT_AS)
