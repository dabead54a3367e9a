"""Every step of a return: locked with its order, moved, recorded. The changes themselves are in asking, sending, deciding."""

import uuid
from collections.abc import Collection
from datetime import datetime, timedelta

from lapak.lib import clock
from lapak.lib.written import LONGEST_STORY
from lapak.people.users.models import User
from lapak.trade.orders.commands import let_go_of_return
from lapak.trade.orders.errors import OrderNotFound
from lapak.trade.orders.rules import is_over
from lapak.trade.orders.steps import Gate, lock_order
from lapak.trade.returns.errors import ReturnLate, ReturnMoved, WordsRefused
from lapak.trade.returns.models import Return, ReturnEvent
from lapak.trade.returns.rules import OPEN, ReturnState, act_by, may_move


def lock_return(return_id: uuid.UUID, *gates: Gate) -> Return:
    """The return with its order, which lets through as `lock_order` says. The order is held until the transaction ends, and
    nobody changes a return without."""
    order_id = Return.objects.filter(id=return_id).values_list("order_id", flat=True).first()
    if order_id is None:
        raise OrderNotFound
    order = lock_order(order_id, *gates)
    return_ = Return.objects.get(id=return_id)
    return_.order = order
    return return_


def lock_overdue_return(return_id: uuid.UUID, *states: ReturnState) -> Return:
    """As `lock_return`, for the clock; `ReturnMoved` unless it has stood in one of the states for too long."""
    return_ = lock_return(return_id)
    if return_.state not in states or not is_over(return_.act_by, clock.now()) or return_.order.disputed_at:
        raise ReturnMoved
    return return_


def refuse_late(return_: Return) -> None:
    """Whoever's turn it is acts in time; the operator's five working days end nothing, and in a dispute time stands still."""
    is_timed = return_.state != ReturnState.ESCALATED and not return_.order.disputed_at
    if is_timed and is_over(return_.act_by, clock.now()):
        raise ReturnLate


def fit_words(words: str) -> str:
    """Without the space around them; refuses none, and more than `LONGEST_STORY` (`WordsRefused`)."""
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise WordsRefused
    return words


def move(
    by: User | None,
    return_: Return,
    to_state: ReturnState,
    words: str = "",
    also_changed: Collection[str] = (),
) -> Return:
    """The (locked) return stands elsewhere; over, its order goes on. Refuses what rules.py does not allow (`ReturnMoved`)."""
    if not may_move(return_.state, to_state):
        raise ReturnMoved
    from_state, now = return_.state, clock.now()
    enter(return_, to_state, now)
    return_.save(update_fields=["state", "act_by", "ended_at", *also_changed])
    if to_state not in OPEN:
        # Only for what was refunded: whoever asks and withdraws again and again would keep the shop from its money.
        is_back = to_state == ReturnState.REFUNDED
        stood_still = now - return_.asked_at - return_.disputed_for if is_back else timedelta()
        let_go_of_return(return_.order, stood_still)
    record(by, return_, from_state, now, words)
    return return_


def enter(return_: Return, state: ReturnState, now: datetime) -> None:
    """It stands there from now on, and until when, though not yet in the database."""
    return_.state = state
    return_.act_by = act_by(state, now, return_.order.shop.time_zone)
    return_.ended_at = None if state in OPEN else now


def record(by: User | None, return_: Return, from_state: str, now: datetime, words: str = "") -> None:
    """The step it has taken stays on record."""
    ReturnEvent.objects.create(
        of_return=return_,
        shop_id=return_.shop_id,
        from_state=from_state,
        to_state=return_.state,
        actor=by,
        words=words,
        deadline=return_.act_by,
        happened_at=now,
    )
