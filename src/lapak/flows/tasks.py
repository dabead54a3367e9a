"""Flows that run by the clock. The worker finds them here.

`queueing_lock`: no second one waits; `lock`: no second one runs beside the first.
"""

from django.conf import settings
from procrastinate import JobContext
from procrastinate.contrib.django import app

from lapak.flows.clocks import credit_due_creators, run_due_clocks
from lapak.flows.pay_out import PAYOUT_HOUR_WIB, send_due_payouts
from lapak.flows.settle_order import CREDIT_JOB
from lapak.lib import clock, jobs
from lapak.lib.calendar import is_working_day
from lapak.money.ledger.commands import take_snapshots


@app.periodic(cron="* * * * *")
@app.task(name="flows.run_clocks", lock="flows.run_clocks", queueing_lock="flows.run_clocks")
def run_clocks(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present one
    """Every minute: what is due by time alone."""
    run_due_clocks()


@app.task(name=CREDIT_JOB, lock=CREDIT_JOB)
def credit_creators() -> None:
    """Soon after orders settled: what creators earned is in their balances."""
    credit_due_creators()


@app.periodic(cron=f"0 {PAYOUT_HOUR_WIB - 7} * * *")  # cron counts in UTC, seven hours behind Jakarta
@app.task(name="flows.pay_out", lock="flows.pay_out", queueing_lock="flows.pay_out")
def pay_out(timestamp: int) -> None:  # noqa: ARG001
    """On working days at 08:00 WIB: everything owed is sent, in time for the banks' day."""
    if is_working_day(clock.now().astimezone(clock.WIB).date()):
        send_due_payouts(settings.PAYOUT_PROVIDER, None)


@app.periodic(cron="7 * * * *")
@app.task(name="flows.snapshot_balances", lock="flows.snapshot_balances", queueing_lock="flows.snapshot_balances")
def snapshot_balances(timestamp: int) -> None:  # noqa: ARG001
    """Every hour: the totals of each account that moved since the last."""
    take_snapshots()


@app.periodic(cron="* * * * *")
@app.task(name="flows.begin_stalled_jobs_again", queueing_lock="flows.begin_stalled_jobs_again", pass_context=True)
async def begin_stalled_jobs_again(context: JobContext, timestamp: int) -> None:  # noqa: ARG001
    """Every minute: what a worker was doing when it died."""
    await jobs.begin_stalled_jobs_again(context.app)
