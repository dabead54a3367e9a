"""Who may review what, for how long, and what is shown of whoever did: pure rules; docs/concepts/reviews.md."""

from datetime import datetime, timedelta

from lapak.lib.dated import always
from lapak.trade.orders.rules import State

LONGEST_REVIEW = 2_000
"""Characters, of the review as of the shop's answer: twice what happened with goods may take (lib/written.py)."""

MOST_PICTURES = 5
"""As many as a side of a return shows."""

CHANGED_WITHIN_DAYS = always(30)
"""From writing. Ours: long enough for what shows only in use, and short enough that readers and the shop's answer can rely
on what stands there."""

REPORTS_A_DAY = always(20)
"""Of one person, in 24 hours. Ours: more than a reader meets in a day, and too few to bury what others report."""

HIDDEN_LETTERS = "***"
"""As many for every name: how long it is says something, too."""


def may_be_reviewed(order_state: str, remaining_quantity: int) -> bool:
    """Whether goods were received, and some of them kept: not what was cancelled, lost, or all of it refunded."""
    return order_state in {State.DELIVERED, State.COMPLETED} and remaining_quantity > 0


def changed_until(written_at: datetime) -> datetime:
    """The last moment at which its author may change a review; `written_at` as in Jakarta, where its day counts."""
    return written_at + timedelta(days=CHANGED_WITHIN_DAYS.on(written_at.date()))


def masked(name: str) -> str:
    """Of a name what others are shown: its first letter and its last (`B***i`), the first alone of two or fewer; empty of
    none. What is masked already stays so."""
    letters = [letter for letter in name if letter.isalnum()]
    if not letters:
        return ""
    shows_last = len(letters) > (1 if HIDDEN_LETTERS in name else 2)
    return f"{letters[0]}{HIDDEN_LETTERS}{letters[-1] if shows_last else ''}"
