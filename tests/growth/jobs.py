"""Everything that the clock does, each with the same few things due, whatever else the market holds."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from inspect import iscoroutinefunction

import pytest
from procrastinate.contrib.django import app

from lapak.flows.pay_out import next_payout_run, send_due_payouts
from lapak.flows.tests.every_state import ORDER_IN, RETURN_IN
from lapak.flows.tests.partner import stand_in
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.market import with_another_buyer
from lapak.testing.rows_read import rows_touched
from tests.growth.vacuumed import vacuum

WHEN_ALL_IS_OVER = timedelta(days=60)
"""Nothing of the market's own comes due after that: what is under way has ended, or waits for a person."""

LONG_AGO = timedelta(days=40)
"""Whatever waits has waited too long by now."""


def jobs_done(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Each job of the clock, and the rows it went through by table."""
    with clock.stopped_at(clock.now() + WHEN_ALL_IS_OVER):
        moment = next_payout_run()
    with pytest.MonkeyPatch.context() as patch:
        stand_in(patch)
        with clock.stopped_at(moment - timedelta(hours=1)):
            _catch_up()
        newcomer = with_another_buyer(cast)  # nobody who has cancelled too often to buy
        with clock.stopped_at(moment - LONG_AGO):
            for make in (*ORDER_IN.values(), *RETURN_IN.values()):
                make(newcomer)
        vacuum()
        for name, job in _jobs().items():
            with clock.stopped_at(moment), rows_touched() as touched:
                job()
            yield name, touched


def _catch_up() -> None:
    """What is due of the market itself is done, twice: some of it makes more due. The day's run of payouts is still to come."""
    jobs = _jobs() | {"flows.pay_out": partial(send_due_payouts, None, "sandbox")}
    for job in [*jobs.values()] * 2:
        job()


def _jobs() -> dict[str, Callable[[], object]]:
    """Of every job that runs by the clock; but for the one that is a matter of the jobs' own library."""
    return {
        each.task.name: partial(each.task.func, timestamp=0)
        for each in app.periodic_registry.periodic_tasks.values()
        if not iscoroutinefunction(each.task.func)
    }
