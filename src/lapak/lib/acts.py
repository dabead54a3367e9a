"""What makes a command or a flow an act: all of it happens or none, and two that meet do not fail for it.

**Lock order.** Whoever locks more than one kind of row takes them in this order, all rows of a kind at once and sorted as
said, with `FOR NO KEY UPDATE` (`select_for_update(no_key=True)`: the full lock stops every insert that merely names the row):

orders (by id) → returns → reviews → complaints → cases of moderation → samples → fee schedules → consents to them → stock (by
variant id) → payment intents → refunds → commissions → paid posts → offers for them → findings about creators → closings of
their accounts → channels → creators → their profiles → budgets of programmes → payouts → a creator's tax year → ledger accounts
(by id) → users → the stars of a product → those of its shop

Where the order is kept there is no deadlock. Where the database finds one all the same (foreign keys and indexes lock
too), the act is tried once more, and then refused as `Busy`: whoever pressed the button may press it again.
"""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import psycopg
import structlog
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy as _

from lapak.lib.refusal import Refusal

Asked = ParamSpec("Asked")
Done = TypeVar("Done")

COLLISIONS = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
"""Another try may well succeed: the other one is through by then."""

WAITED_TOO_LONG = psycopg.errors.LockNotAvailable
"""`lock_timeout` is over (config/settings.py): another try would only wait as long again."""

log = structlog.get_logger(__name__)


class Busy(Refusal):
    """Others are at the same rows; nothing is wrong with what was asked."""

    code = "busy"
    message = _("Others were at the same thing at this moment. Nothing was changed; please press again.")


def act(function: Callable[Asked, Done]) -> Callable[Asked, Done]:
    """One transaction around the function, within a larger one a savepoint.

    The outermost is tried a second time after a collision: what is passed in must still be there then (no iterator that
    the first try has used up). Refuses `Busy` after the second, and at once when a lock was waited for too long.
    """

    @wraps(function)
    def acted(*args: Asked.args, **kwargs: Asked.kwargs) -> Done:
        is_outermost = not connection.in_atomic_block
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except (DatabaseError, psycopg.Error) as error:
            if not is_outermost or not _is_because_of(error, *COLLISIONS, WAITED_TOO_LONG):
                raise
            log.warning("act_collided", act=function.__qualname__, error=str(error))
            if _is_because_of(error, WAITED_TOO_LONG):
                raise Busy from error
        try:
            with transaction.atomic():
                return function(*args, **kwargs)
        except (DatabaseError, psycopg.Error) as error:
            if _is_because_of(error, *COLLISIONS, WAITED_TOO_LONG):
                raise Busy from error
            raise

    return acted


def lock_named(name: str) -> None:
    """Hold what has no row to be locked by, until the transaction ends: before any row."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _is_because_of(error: BaseException | None, *kinds: type[psycopg.Error]) -> bool:
    """Django wraps the driver's errors; what runs past Django (lib/prepared.py) raises them bare."""
    return isinstance(error, kinds) or (error is not None and isinstance(error.__cause__, kinds))
