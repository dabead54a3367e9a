"""What each setting may be, and what holds on which day: without a database."""

from datetime import date

import pytest

from lapak.lib.dated import Dated
from lapak.people.settings.errors import SettingValueRefused
from lapak.people.settings.rules import SETTINGS, Chosen, Number, steps_of
from lapak.trade.orders.rules import Clocks

FIRST = Dated((date.min, "2"), (date(2027, 1, 1), "3"))


def of(*chosen: tuple[date, str]) -> Dated[str]:
    return steps_of(
        "pack", FIRST, [Chosen("pack", *each) for each in chosen] + [Chosen("other", date(2026, 1, 1), "9")]
    )


def test_what_was_chosen_stands_among_what_the_machine_says() -> None:
    values = of((date(2026, 12, 1), "5"))
    assert [values.on(day) for day in (date(2026, 11, 30), date(2026, 12, 1), date(2027, 1, 1))] == ["2", "5", "3"]


def test_of_two_for_the_same_day_the_later_one_holds() -> None:
    day = date(2027, 1, 1)
    assert of((day, "5"), (day, "6")).on(day) == "6"


@pytest.mark.parametrize(
    "setting", [each for each in SETTINGS.values() if isinstance(each, Number)], ids=lambda s: s.name
)
def test_numbers_have_bounds(setting: Number) -> None:
    assert [setting.fit(value) for value in (setting.least, setting.most)] == [str(setting.least), str(setting.most)]
    for value in (setting.least - 1, setting.most + 1, "3", "", None):
        with pytest.raises(SettingValueRefused):
            setting.fit(value)


def test_a_text_is_not_without_end() -> None:
    assert SETTINGS["contact_phone"].fit(" 021-555 ") == "021-555"
    with pytest.raises(SettingValueRefused):
        SETTINGS["contact_phone"].fit("0" * 41)


def test_every_clock_of_orders_is_a_setting_and_its_usual_value_is_within_its_bounds() -> None:
    usual = {name: getattr(Clocks(), name) for name in Clocks.__slots__}
    kept = {each.name: each for each in SETTINGS.values() if isinstance(each, Number) and each.is_kept_by_orders}
    assert set(usual) == set(kept)
    assert all(kept[name].least <= value <= kept[name].most for name, value in usual.items())


def test_a_parcel_is_decided_about_after_it_was_late_whatever_is_chosen() -> None:
    late, decided = SETTINGS["arrive_within_days"], SETTINGS["decide_within_days"]
    assert isinstance(late, Number)
    assert isinstance(decided, Number)
    assert late.most < decided.least
