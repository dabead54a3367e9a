"""Every setting that an operator may change, declared once: pure.

What belongs to the machine (addresses, keys, partners, the data folder) stays in the environment: docs/reference/settings.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from lapak.lib.dated import Dated
from lapak.lib.numbers import filled
from lapak.people.settings.errors import LONGEST_WORDS, SettingValueRefused

WORKING_DAYS = ngettext_lazy("%(count)s working day", "%(count)s working days", "count")
DAYS = ngettext_lazy("%(count)s day", "%(count)s days", "count")
HOURS = ngettext_lazy("%(count)s hour", "%(count)s hours", "count")
MINUTES = ngettext_lazy("%(count)s minute", "%(count)s minutes", "count")

TOLD_BEFORE_DAYS = Dated((date(2026, 11, 28), 7))
"""How long the help page says before that another clock of orders begins. Ours: an order is placed and packed in a week."""

FARTHEST_DAYS = 730
"""What is chosen for a day further off is a slip. Ours."""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from `least` to `most`, both included. An order `is_kept_by_orders` with the number of its day."""

    name: str
    label: Promise
    means: Promise
    unit: Promise
    least: int
    most: int
    is_kept_by_orders: bool = True

    def said(self, kept: str) -> str:
        """As it stands in a sentence."""
        return str(self.unit % {"count": int(kept)})

    def fit(self, value: object) -> str:
        """As it is kept. Refuses (`SettingValueRefused`) what is no number, or out of bounds."""
        if not isinstance(value, int) or not self.least <= value <= self.most:
            raise SettingValueRefused(filled(_("From {least} to {most}."), least=self.least, most=self.most))
        return str(value)

    def earliest(self, today: date) -> date:
        """The first day for which another value may be set."""
        return today + timedelta(days=TOLD_BEFORE_DAYS.on(today) if self.is_kept_by_orders else 1)


@dataclass(frozen=True, slots=True)
class Words:
    """A text that people read; it may be empty."""

    name: str
    label: Promise
    means: Promise
    longest: int = 200

    def said(self, kept: str) -> str:
        """As it stands on a page."""
        return kept or "–"

    def fit(self, value: object) -> str:
        """Without the space around it. Refuses (`SettingValueRefused`) what is too long."""
        kept = str(value).strip()
        if len(kept) > self.longest:
            raise SettingValueRefused(filled(_("At most {most} characters."), most=self.longest))
        return kept

    def earliest(self, today: date) -> date:
        """At once: whoever looks is to find what holds."""
        return today


Setting = Number | Words

SETTINGS: dict[str, Setting] = {
    each.name: each
    for each in (
        Number(
            "pack_within_working_days",
            _("Time to pack"),
            _("From payment until packed; else the order is cancelled and refunded."),
            WORKING_DAYS, 1, 7,
        ),
        Number(
            "ship_within_working_days",
            _("Time to hand over"),
            _("From packed until the courier has it; else the order is cancelled and refunded."),
            WORKING_DAYS, 1, 10,
        ),
        Number(
            "cancel_answer_within_hours",
            _("Time to answer a wish to cancel"),
            _("Of the shop, once it has packed; silence agrees."),
            HOURS, 12, 168,
        ),
        Number(
            "arrive_within_days",
            _("Time to arrive"),
            _("From shipped; then the buyer may say that it did not arrive."),
            DAYS, 7, 25,
        ),
        Number(
            "decide_within_days",
            _("Time to decide about a lost parcel"),
            _("From shipped; by then Lapak has decided what became of a parcel that did not arrive."),
            DAYS, 26, 60,
        ),
        Number(
            "complete_after_days",
            _("Time to ask for a return"),
            _("From delivery by the courier's word; then the order completes."),
            DAYS, 2, 30,
        ),
        Number(
            "complete_after_days_by_shop",
            _("Time to ask for a return, by the shop's word"),
            _("The same, when it is the shop's word alone that the goods arrived."),
            DAYS, 2, 45,
        ),
        Number(
            "qris_pay_within_minutes",
            _("Time to pay by QRIS"),
            _("Of a payment that begins from that day on."),
            MINUTES, 5, 240,
            is_kept_by_orders=False,
        ),
        Number(
            "changed_account_held_hours",
            _("Wait of a changed bank account"),
            _("So long nothing is paid to a bank account that replaced another, from the change on."),
            HOURS, 12, 168,
            is_kept_by_orders=False,
        ),
        Words("contact_name", _("Who runs the marketplace"), _("The company or person, as the law knows them.")),
        Words("contact_address", _("Address"), _("Where letters reach you."), LONGEST_WORDS),
        Words("contact_phone", _("Phone"), _("At which people reach somebody."), 40),
        Words("contact_hours", _("Hours"), _("When somebody answers.")),
    )
}  # fmt: skip
"""By name. Numbers have their first value from the environment: `LAPAK_` and the name. Bounds are ours: whatever is chosen within
them, nobody's time is none, and a parcel is not decided about before it is late."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """From this day on, in Jakarta, a setting has this value."""

    name: str
    begins_on: date
    value: str


def steps_of(name: str, first: Dated[str], chosen: Iterable[Chosen]) -> Dated[str]:
    """What holds on which day. `chosen` in the order in which they were set: of two for the same day the later one holds."""
    days = dict(first.steps) | {each.begins_on: each.value for each in chosen if each.name == name}
    return Dated(*sorted(days.items()))
