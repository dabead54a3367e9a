"""Of who_may.py and fitting.py: taxes of shops."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from lapak.flows import withhold
from lapak.flows.tests.one_of_each import World
from lapak.flows.withheld_back import refund_pph22
from lapak.lib import clock
from lapak.money.taxes import commands as taxes
from lapak.money.taxes import letters
from lapak.money.taxes.pph22_rules import LetterKind, days_of_statement
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk
from lapak.testing.taxes import NIK, PDF, person, pph22_begins, withheld_yesterday


def _yesterday() -> date:
    return clock.today() - timedelta(days=1)


def _hand_in(by: User, w: World) -> object:
    first_day, last_day = days_of_statement(clock.today().year)
    kind = LetterKind.STATEMENT
    return letters.hand_in_letter(by, w.cast.shop.id, kind=kind, first_day=first_day, last_day=last_day, file=PDF)


OF_TAXES: dict[Callable[..., Any], Any] = {
    taxes.set_pph22: (Desk.MONEY, lambda _w, by: taxes.set_pph22(by, **pph22_begins())),
    refund_pph22: (
        Desk.MONEY,
        lambda _w, by: refund_pph22(
            by, first_day=_yesterday(), last_day=_yesterday(), words="The decree was suspended."
        ),
    ),
    letters.name_taxpayer: (
        Duty.OWNERSHIP,
        lambda w, by: letters.name_taxpayer(by, w.cast.shop.id, kind="individual", name="Sekar", number=NIK),
    ),
    letters.hand_in_letter: (Duty.OWNERSHIP, lambda w, by: _hand_in(by, w)),
    letters.withdraw_letter: (Duty.OWNERSHIP, lambda w, by: letters.withdraw_letter(by, w.tax_letter.id)),
    withhold.tell_crossing: (Duty.OWNERSHIP, lambda w, by: withhold.tell_crossing(by, w.tax_letter.id)),
    letters.read_letter: (Desk.MONEY, lambda w, by: letters.read_letter(by, w.tax_letter.id)),
    letters.accept_letter: (Desk.MONEY, lambda w, by: letters.accept_letter(by, w.tax_letter.id)),
    letters.decline_letter: (
        Desk.MONEY,
        lambda w, by: letters.decline_letter(by, w.tax_letter.id, "Not signed at all."),
    ),
    letters.end_letter: (Desk.MONEY, lambda w, by: letters.end_letter(by, w.tax_letter.id, "Another person's NIK.")),
}


def _withheld(world: World) -> None:
    withheld_yesterday(world.cast)


def accepted(world: World) -> None:
    letters.accept_letter(world.cast.operator, world.tax_letter.id)


def without_letter(world: World) -> None:
    letters.withdraw_letter(world.cast.seller, world.tax_letter.id)
    person(world.cast)


FITTING_TAXES: dict[Callable[..., Any], Callable[[World], None]] = {
    refund_pph22: _withheld,
    letters.hand_in_letter: without_letter,
    withhold.tell_crossing: accepted,
    letters.end_letter: accepted,
}
