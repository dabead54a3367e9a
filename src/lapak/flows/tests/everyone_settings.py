"""Of everyone.py: settings are changed, and taken back."""

from lapak.lib import clock
from lapak.people.settings.commands import change_setting, take_setting_back
from lapak.people.settings.models import Step
from lapak.people.settings.rules import SETTINGS, Number
from lapak.testing.market import Market
from lapak.testing.settings import REASON, forget_settings


def _change(market: Market, pick: int) -> Step:
    settings = list(SETTINGS.values())
    setting = settings[pick % len(settings)]
    spread = setting.most - setting.least + 1 if isinstance(setting, Number) else 1
    value = setting.least + pick % spread if isinstance(setting, Number) else f"Words {pick % 5}"
    begins_on = setting.earliest(clock.today())
    step = change_setting(market.operator, setting.name, value=value, begins_on=begins_on, reason=REASON)
    forget_settings()
    return step


def _take_back(market: Market, pick: int) -> Step | None:
    steps = list(Step.objects.order_by("id")[:20])
    return take_setting_back(market.operator, steps[pick % len(steps)].id) if steps else None


OF_SETTINGS = {"change a setting": _change, "take a setting back": _take_back}
"""As `ACTS` there."""
