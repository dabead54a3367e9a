"""The jobs that look at an upload or move it in, that make a file to take along, and that write feeds; and those that clear
away what is old."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lapak.lib.jobs import FOR_FILES, FOR_PICTURES, PASSES_BY_ITSELF, ToldBy
from lapak.moving import feeds_out, sought, takeouts, uploads
from lapak.moving.errors import MoveInRunning
from lapak.moving.partners.forgetting import forget_partners

# After 30 s, 60 s, 90 s … some two hours in all: longer than a move-in of the largest shop.
UNTIL_THE_OTHER_IS_DONE = RetryStrategy(
    max_attempts=20, linear_wait=30, retry_exceptions=(MoveInRunning, *PASSES_BY_ITSELF)
)


def _tell(upload_id: str) -> None:
    uploads.end_unforeseen(uuid.UUID(upload_id))


@app.task(name=uploads.JOB, retry=UNTIL_THE_OTHER_IS_DONE, task_middleware=[ToldBy(_tell)])
def run_upload(upload_id: str) -> None:
    """The upload is looked at, or moved in."""
    uploads.run_upload(uuid.UUID(upload_id))


@app.periodic(cron="15 18 * * *")
@app.task(name="moving.drop_forgotten_uploads", queueing_lock="moving.drop_forgotten_uploads")
def drop_forgotten_uploads(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:15 WIB."""
    uploads.drop_forgotten_uploads()
    sought.forget_old_pictures()
    forget_partners()


def _tell_of_takeout(takeout_id: str) -> None:
    takeouts.end_unforeseen(uuid.UUID(takeout_id))


@app.task(
    name=takeouts.JOB,
    queue=FOR_FILES,
    retry=RetryStrategy(max_attempts=3, linear_wait=30, retry_exceptions=PASSES_BY_ITSELF),
    task_middleware=[ToldBy(_tell_of_takeout)],
)
def run_takeout(takeout_id: str) -> None:
    """The file is made."""
    takeouts.run_takeout(uuid.UUID(takeout_id))


@app.periodic(cron="25 18 * * *")
@app.task(name="moving.clear_old_takeouts", queueing_lock="moving.clear_old_takeouts")
def clear_old_takeouts(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:25 WIB."""
    takeouts.clear_old_takeouts()


@app.periodic(cron="*/30 * * * *")
@app.task(name="moving.have_due_feeds_written", queueing_lock="moving.have_due_feeds_written")
def have_due_feeds_written(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every half hour; each feed every few hours at most."""
    feeds_out.have_due_feeds_written()


def _tell_of_feed(feed_id: str) -> None:
    feeds_out.end_unforeseen(uuid.UUID(feed_id))


@app.task(
    name=feeds_out.JOB,
    queue=FOR_FILES,
    retry=RetryStrategy(max_attempts=3, linear_wait=30, retry_exceptions=PASSES_BY_ITSELF),
    task_middleware=[ToldBy(_tell_of_feed)],
)
def write_feed(feed_id: str) -> None:
    """A feed's file is written."""
    feeds_out.write_feed(uuid.UUID(feed_id))


def _tell_of_pictures(shop_id: str) -> None:
    sought.end_unforeseen(uuid.UUID(shop_id))


@app.task(
    name=sought.JOB, queue=FOR_PICTURES, retry=UNTIL_THE_OTHER_IS_DONE, task_middleware=[ToldBy(_tell_of_pictures)]
)
def fetch_pictures(shop_id: str) -> None:
    """Pictures of a shop's goods are fetched, for one turn."""
    sought.fetch_pictures(uuid.UUID(shop_id))
