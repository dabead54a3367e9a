"""The job that changes many goods, and the one that forgets old changes."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lapak.goods.mass import commands
from lapak.lib.jobs import FOR_FILES, PASSES_BY_ITSELF, ToldBy


def _tell(change_id: str) -> None:
    commands.end_unforeseen(uuid.UUID(change_id))


@app.task(
    name=commands.JOB,
    queue=FOR_FILES,
    retry=RetryStrategy(max_attempts=3, linear_wait=30, retry_exceptions=PASSES_BY_ITSELF),
    task_middleware=[ToldBy(_tell)],
)
def run_mass_change(change_id: str) -> None:
    """The goods are changed, one after another."""
    commands.run_mass_change(uuid.UUID(change_id))


@app.periodic(cron="35 18 * * *")
@app.task(name="mass.clear_old_changes", queueing_lock="mass.clear_old_changes")
def clear_old_changes(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:35 WIB."""
    commands.clear_old_changes()
