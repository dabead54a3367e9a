"""Reading settings. What was chosen is kept in each process for some seconds, so that no page and no purchase asks the
database for it.

Another value of a number begins tomorrow at the earliest, so every process knows it long before; a text is another some
seconds later. Who decides asks with the day that counts, and keeps the number with what began on it.
"""

import uuid
from datetime import date, timedelta

from django.conf import settings
from django.core.cache import caches
from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.dated import Dated, always
from lapak.people.settings.errors import SettingNotFound
from lapak.people.settings.models import Step
from lapak.people.settings.rules import SETTINGS, Chosen, Number, Setting, steps_of
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

KEPT_IN_MIND, KEPT_AS = timedelta(seconds=10), "settings"
"""So much later another process knows of a choice."""


def number_on(name: str, day: date) -> int:
    """What holds on the day."""
    return int(values_of(SETTINGS[name]).on(day))


def text_of_today(name: str) -> str:
    """What people read."""
    return values_of(SETTINGS[name]).on(clock.today())


def values_of(setting: Setting) -> Dated[str]:
    """All of its values; as of some seconds ago."""
    kept: tuple[Chosen, ...] | None = caches["mind"].get_or_set(KEPT_AS, all_chosen, KEPT_IN_MIND.total_seconds())
    return steps_of(setting.name, first_of(setting), kept or ())


def clocks_ahead(today: date) -> list[tuple[date, Number, str]]:
    """Which clocks of orders change, and when: what people are told before."""
    numbers = [each for each in SETTINGS.values() if isinstance(each, Number) and each.is_kept_by_orders]
    ahead = [(day, each, value) for each in numbers for day, value in values_of(each).steps if day > today]
    return sorted(ahead, key=lambda one: (one[0], one[1].name))


def first_of(setting: Setting) -> Dated[str]:
    """What holds until somebody chooses: of a number what the machine's environment says."""
    if not isinstance(setting, Number):
        return always("")
    given: Dated[int] = getattr(settings, setting.name.upper())
    return Dated(*((day, str(value)) for day, value in given.steps))


def all_chosen() -> tuple[Chosen, ...]:
    """All that stands, in the order in which it was set; asks the database."""
    standing = Step.objects.filter(taken_back_at=None).order_by("set_at", "id")
    return tuple(Chosen(*row) for row in standing.values_list("name", "begins_on", "value"))


def setting_for_operator(by: User, name: str) -> Setting:
    """The gate: `SettingNotFound` for everyone else, and where there is no such setting."""
    require_desk(by, Desk.SETTINGS, SettingNotFound)
    if name not in SETTINGS:
        raise SettingNotFound
    return SETTINGS[name]


def step_for_operator(by: User, step_id: uuid.UUID) -> Step:
    """The same, of one value; locked until the transaction ends."""
    require_desk(by, Desk.SETTINGS, SettingNotFound)
    found = Step.objects.select_for_update(no_key=True).filter(id=step_id).first()
    if found is None:
        raise SettingNotFound
    return found


def steps_chosen(setting: Setting) -> QuerySet[Step]:
    """With who and why, the newest first."""
    return Step.objects.filter(name=setting.name).select_related("set_by", "taken_back_by").order_by("-set_at", "-id")
