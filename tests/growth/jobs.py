"""Everything that the clock does, each with the same few things due, whatever else the market holds."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from inspect import iscoroutinefunction

import pytest
from procrastinate.contrib.django import app

from lapak.flows.pay_out import next_payout_run, send_due_payouts
from lapak.flows.tests.every_state import ORDER_IN, RETURN_IN
from lapak.flows.tests.partner import Partner, stand_in
from lapak.lib import clock
from lapak.money.gateways.contract import DisbursementStatus, RefundStatus
from lapak.testing.cast import Cast
from lapak.testing.market import with_another_buyer
from lapak.testing.rows_read import rows_touched
from tests.growth.vacuumed import vacuum

WHEN_ALL_IS_OVER = timedelta(days=60)
"""Nothing of the market's own comes due after that: what is under way has ended, or waits for a person."""

LONG_AGO = timedelta(days=40)
"""Whatever waits has waited too long by now."""


_AFTER_THE_OTHERS = {"flows.speak_to_partners": (0, 2)}
"""What hands over and asks about what the others leave: so many hours after them."""


def jobs_done(cast: Cast) -> Iterator[tuple[str, Counter[str]]]:
    """Each job of the clock, and the rows it went through by table."""
    with clock.stopped_at(clock.now() + WHEN_ALL_IS_OVER):
        moment = next_payout_run()
    with pytest.MonkeyPatch.context() as patch:
        _catch_up(moment, stand_in(patch))
        newcomer = with_another_buyer(cast)  # nobody who has cancelled too often to buy
        with clock.stopped_at(moment - LONG_AGO):
            for make in (*ORDER_IN.values(), *RETURN_IN.values()):
                make(newcomer)
        vacuum()
        for name, job in _jobs().items():
            with clock.stopped_at(moment), rows_touched() as touched:
                job()
            if name not in _AFTER_THE_OTHERS:
                yield name, touched
        for name, later in _AFTER_THE_OTHERS.items():
            with rows_touched() as touched:
                for hours in later:
                    with clock.stopped_at(moment + timedelta(hours=hours)):
                        _jobs()[name]()
            yield name, touched


def _catch_up(moment: datetime, partner: Partner) -> None:
    """What is due of the market itself is done before this moment, and its partner has done its part: nothing is under way.

    Each time twice: some of it makes more due. Hours lie between what settles, what is paid out and what arrives, as they do
    where a market runs every day; the day's run of payouts is still to come.
    """
    partner.payout, partner.refund = DisbursementStatus.ARRIVED, RefundStatus.ARRIVED
    for hours_before, pay_out in ((5, False), (4, True), (2, False)):
        with clock.stopped_at(moment - timedelta(hours=hours_before)):
            if pay_out:
                send_due_payouts(None, "sandbox")
            for job in [*_jobs().values()] * 2:
                job()
    partner.payout, partner.refund = DisbursementStatus.PENDING, RefundStatus.PENDING


def _jobs() -> dict[str, Callable[[], object]]:
    """Of every job that runs by the clock; but for the one that is a matter of the jobs' own library."""
    return {
        each.task.name: partial(each.task.func, timestamp=0)
        for each in app.periodic_registry.periodic_tasks.values()
        if not iscoroutinefunction(each.task.func)
    }
