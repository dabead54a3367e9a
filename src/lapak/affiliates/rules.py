"""Who promotes, and where a commission stands: pure rules; docs/concepts/links-and-commission.md."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from lapak.affiliates.terms.rules import WIB
from lapak.lib.dated import Dated
from lapak.lib.days import begin_of

SHORTEST_HANDLE, LONGEST_HANDLE = 3, 30
LONGEST_LABEL = 30

MOST_WORDS = 5
"""Words of a search that count."""

LONGEST_MESSAGE = 500
"""What a shop writes to whom it invites: some five lines of a phone."""

LONGEST_POST_ADDRESS = 500
"""Of a post, of a sample or a paid one: apps put long words into theirs."""

INVITATION_DAYS = 90
"""How long an invitation waits for someone who may not be here yet, and the longest that any does: a season, in which a creator
plans what to show."""

ANSWER_DAYS = 14
"""How long one waits for a creator who is here, unless the shop says otherwise. Ours."""

ASKED_AGAIN_AFTER = timedelta(days=30)
"""Who declined a shop is not asked again by it before. Ours: nobody is begged."""

INVITED_AGAIN_AFTER = timedelta(days=1)
"""A creator who was told of a shop's invitation is not invited by it again before, whatever it withdraws and makes anew. Ours:
what was typed wrongly is mended at once, and nobody's list is filled."""

MOST_INVITED = 100
"""Lines that are asked at once: each may be a person who is told."""

MOST_INVITED_A_DAY = 1_000
"""By one shop: more than there are creators for its goods. Whoever asks more is a program, and each that it asks is told."""

LONGEST_RATE_DAYS = 730
"""The furthest end of a rate that is agreed from the beginning: a year that somebody plans, and the one after."""


def moment_after(last_day: date) -> datetime:
    """When a day of Jakarta is over, which is the last of something."""
    return begin_of(last_day + timedelta(days=1), WIB)


def mask_of(email: str) -> str:
    """What stays of an e-mail address when it is forgotten: enough for the shop to know which it was."""
    name, _, house = email.partition("@")
    return f"{name[:2]}…@{house}"


class State(StrEnum):
    """Where a commission stands. The same values as `Commission.State`."""

    PENDING = "pending"
    PAYABLE = "payable"
    PAID = "paid"
    REVERSED = "reversed"
    FROZEN = "frozen"


TRANSITIONS: dict[State, frozenset[State]] = {
    State.PENDING: frozenset({State.PAYABLE, State.REVERSED, State.FROZEN}),
    State.PAYABLE: frozenset({State.PAID, State.REVERSED, State.FROZEN}),
    State.FROZEN: frozenset({State.PENDING, State.REVERSED}),
    State.PAID: frozenset({State.FROZEN, State.PAYABLE}),
    State.REVERSED: frozenset(),
}
"""Every allowed step; what is not here is refused."""


REVIEW_WITHIN_DAYS = Dated((date(2023, 10, 4), 14))
"""How long a commission may be under review that is frozen on a day. Ours: no law names one, and no money waits for ever."""


def reviewed_by(frozen_at: datetime) -> datetime:
    """Until when a commission is under review that is frozen at a moment of Jakarta's clock."""
    return frozen_at + timedelta(days=REVIEW_WITHIN_DAYS.on(frozen_at.date()))


def reviewed_since(at: datetime) -> datetime:
    """What was frozen before this moment of Jakarta's clock was to be decided by now."""
    return at - timedelta(days=REVIEW_WITHIN_DAYS.on(at.date()))


class LockedCommission(NamedTuple):
    """What settling and crediting read of a commission, a plain value: thousands at once."""

    id: uuid.UUID
    order_id: uuid.UUID
    shop_id: uuid.UUID
    creator_id: uuid.UUID
    rate_bp: int
    base_idr: int
    amount_idr: int
    credits: int
    taxed_as: str
    cap_idr: int | None
    paid_by_platform: bool


@dataclass(frozen=True, slots=True)
class Person:
    """A user, and the bank accounts (bank code, number) that are theirs."""

    user_id: uuid.UUID
    bank_accounts: frozenset[tuple[str, str]]


def words_sought(typed: str) -> list[str]:
    """What a search in a list of programmes, goods or links looks for: each word, the first `MOST_WORDS` of them."""
    return typed.split()[:MOST_WORDS]


def may_move(from_state: str, to_state: str) -> bool:
    """Whether a commission may go from one state to another in one step."""
    return State(to_state) in TRANSITIONS[State(from_state)]


def is_self_purchase(creator: Person, buyer: Person) -> bool:
    """Nobody earns on their own purchase: same user, or paid into the same bank account."""
    return creator.user_id == buyer.user_id or not creator.bank_accounts.isdisjoint(buyer.bank_accounts)
