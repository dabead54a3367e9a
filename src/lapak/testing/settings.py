"""Settings for tests."""

from typing import Any

from django.core.cache import caches

from lapak.lib import clock
from lapak.people.settings.commands import change_setting
from lapak.people.settings.models import Step
from lapak.people.settings.queries import KEPT_AS
from lapak.people.settings.rules import SETTINGS
from lapak.people.users.models import User

REASON = "Shops in the hills asked for it."


def four_days() -> dict[str, Any]:
    """What an owner of the marketplace chooses for shops to have four days to pack, as soon as that may begin."""
    begins_on = SETTINGS["pack_within_working_days"].earliest(clock.today())
    return {"value": 4, "begins_on": begins_on, "reason": REASON}


def coming_setting(by: User, name: str = "ship_within_working_days", value: int = 5) -> Step:
    """A value that has not begun: the one there is, or a new one."""
    begins_on = SETTINGS[name].earliest(clock.today())
    known = Step.objects.filter(name=name, value=str(value), begins_on=begins_on, taken_back_at=None).first()
    step = known or change_setting(by, name, value=value, begins_on=begins_on, reason=REASON)
    forget_settings()
    return step


def forget_settings() -> None:
    """As another process some seconds later."""
    caches["mind"].delete(KEPT_AS)
