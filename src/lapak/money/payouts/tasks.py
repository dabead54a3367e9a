"""The job that hands a batch of payouts over."""

import uuid

from django.db import InterfaceError, OperationalError
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from lapak.money.gateways.errors import GatewayUnavailable
from lapak.money.payouts.commands import DISPATCH_JOB
from lapak.money.payouts.commands import dispatch_batch as dispatch

# 3 s, 9 s, 27 s … some 24 hours in all. A provider that is away longer than that is for the operator to look at.
UNTIL_IT_ANSWERS = RetryStrategy(
    max_attempts=10, exponential_wait=3, retry_exceptions=(GatewayUnavailable, OperationalError, InterfaceError)
)


@app.task(name=DISPATCH_JOB, retry=UNTIL_IT_ANSWERS)
def dispatch_batch(batch_id: str) -> None:
    """The batch is with its provider."""
    dispatch(uuid.UUID(batch_id))
