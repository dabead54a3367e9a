"""Every change of the taxes on what shops sell: docs/concepts/taxes.md."""

from datetime import date

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.money.taxes.errors import (
    LONGEST_WORDS,
    SHORTEST_WORDS,
    StepChangesNothing,
    StepDayRefused,
    TaxDeskNotFound,
    TaxWordsRefused,
)
from lapak.money.taxes.models import Pph22Step
from lapak.money.taxes.pph22_rules import earliest_step, is_withheld
from lapak.money.taxes.queries import steps
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


@act
def set_pph22(by: User, *, begins_on: date, is_on: bool, words: str) -> Pph22Step:
    """From that day on, in Jakarta, PPh 22 is withheld from what is paid to shops, or is not. `words`: on what it rests.

    Refuses anyone but the operator (`TaxDeskNotFound`), a day before tomorrow (`StepDayRefused`), what is so on that day already
    (`StepChangesNothing`), and too few words or too many (`TaxWordsRefused`).
    """
    require_desk(by, Desk.MONEY, TaxDeskNotFound)
    if begins_on < earliest_step(clock.today()):
        raise StepDayRefused
    if is_withheld(begins_on, steps()) == is_on:
        raise StepChangesNothing
    return Pph22Step.objects.create(
        begins_on=begins_on, is_on=is_on, words=fit_words(words), set_at=clock.now(), set_by=by
    )


def fit_words(words: str) -> str:
    """Without the space around them. Refuses (`TaxWordsRefused`) too few or too many."""
    words = words.strip()
    if not SHORTEST_WORDS <= len(words) <= LONGEST_WORDS:
        raise TaxWordsRefused
    return words
