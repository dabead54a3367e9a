"""What the gateway does by itself: expire charges, finish transfers and refunds, end disputes, tell the merchant."""

import logging
import sqlite3
import threading
from datetime import UTC, datetime

import httpx
from standardwebhooks import Webhook

from sandbox_gateway import outbox, store
from sandbox_gateway.charges import expire_overdue_charges
from sandbox_gateway.config import Config
from sandbox_gateway.disbursements import finish_disbursements
from sandbox_gateway.disputes import lose_unanswered_disputes
from sandbox_gateway.outbox import Event
from sandbox_gateway.refunds import finish_refunds

log = logging.getLogger(__name__)

TICK = 0.1
"""Seconds between looks at the file. Looking, instead of being told, needs no signal that a restart could lose."""

MERCHANT_ANSWERS_WITHIN = 10.0


class Worker(threading.Thread):
    """Works until stopped."""

    def __init__(self, config: Config) -> None:
        super().__init__(name="gateway-worker", daemon=True)
        self._config = config
        self._stopped = threading.Event()

    def run(self) -> None:
        with merchant_client() as client:
            while not self._stopped.wait(TICK):
                try:
                    work_once(self._config, client)
                except sqlite3.Error:
                    log.exception("the state file could not be used; trying again")

    def stop(self) -> None:
        """Finish the round under way, then end."""
        self._stopped.set()
        self.join()


def merchant_client() -> httpx.Client:
    """How the merchant is called: directly, without a proxy, and not for ever."""
    return httpx.Client(timeout=MERCHANT_ANSWERS_WITHIN, trust_env=False)


def work_once(config: Config, client: httpx.Client) -> None:
    """One round: whatever is due now is done."""
    do_what_is_due(config)
    with store.transaction(config.state) as db:
        events = outbox.due_events(db, config.clock())
    for event in events:
        taken = _send(config, client, event)
        with store.transaction(config.state) as db:
            if taken:
                outbox.note_delivered(
                    db, config.clock(), event, duplicates=config.duplicates, pause=config.duplicate_pause
                )
            else:
                outbox.note_failed(db, config.clock(), event, pause=config.retry_pause)


def do_what_is_due(config: Config) -> None:
    """Charges expire, transfers and refunds arrive, disputes that nobody answered are lost."""
    now = config.clock()
    with store.transaction(config.state) as db:
        expire_overdue_charges(db, now)
        finish_disbursements(db, now)
        finish_refunds(db, now)
        lose_unanswered_disputes(db, now)


def _send(config: Config, client: httpx.Client, event: Event) -> bool:
    """Whether the merchant answered 2xx. Signed by Standard Webhooks: id, moment of sending, and body."""
    sent_at = datetime.fromtimestamp(config.clock(), UTC)
    headers = {
        "content-type": "application/json",
        "webhook-id": event.id,
        "webhook-timestamp": str(int(sent_at.timestamp())),
        "webhook-signature": Webhook(config.webhook_secret).sign(event.id, sent_at, event.body),
    }
    try:
        answer = client.post(config.merchant_webhook, content=event.body.encode(), headers=headers)
    except httpx.HTTPError as error:
        log.warning("%s was not delivered: %r", event.id, error)
        return False
    if not answer.is_success:
        log.warning("%s was not taken: the merchant answered %s", event.id, answer.status_code)
    return answer.is_success
