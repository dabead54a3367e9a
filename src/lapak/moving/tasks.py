"""The job that looks at an upload or moves it in, and the one that clears what was forgotten."""

import uuid

from procrastinate.contrib.django import app

from lapak.moving import uploads


@app.task(name=uploads.JOB)
def run_upload(upload_id: str) -> None:
    """The upload is looked at, or moved in."""
    uploads.run_upload(uuid.UUID(upload_id))


@app.periodic(cron="15 18 * * *")
@app.task(name="moving.drop_forgotten_uploads", queueing_lock="moving.drop_forgotten_uploads")
def drop_forgotten_uploads(timestamp: int) -> None:  # noqa: ARG001 - the scheduler's moment; the work asks for the present
    """Every night at 01:15 WIB."""
    uploads.drop_forgotten_uploads()
