"""The job behind an inbound webhook."""

import uuid

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lapak.flows.process_message import process_message
from lapak.lib.jobs import PASSES_BY_ITSELF

# 3 s, 9 s, 27 s … some 24 hours in all: a database that is being restarted or moved loses no payment. A fault of
# ours is not retried: the job stays failed, where the operator sees it.
UNTIL_THE_DATABASE_IS_BACK = RetryStrategy(max_attempts=10, exponential_wait=3, retry_exceptions=PASSES_BY_ITSELF)


@app.task(name="hooks.process_gateway_message", retry=UNTIL_THE_DATABASE_IS_BACK)
def process_gateway_message(message_id: str) -> None:
    """Act on a recorded message, once. The sweep in flows/tasks.py takes what no job has."""
    process_message(uuid.UUID(message_id))
