"""Every change of the inbox."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import connection

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.gateways.models import GatewayMessage, StatementDifference
from lapak.people.users.errors import NotTheOperator
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk


def record_message(provider: str, event_id: str, kind: str, body: Mapping[str, Any]) -> tuple[GatewayMessage, bool]:
    """A verified message of a partner is kept once, and counted however often it comes; True when it is new."""
    now = clock.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO gateways_gatewaymessage AS known (
                id, provider, event_id, kind, body, received_at, times_received, last_received_at, outcome, resolution
            )
            VALUES (%s, %s, %s, %s, %s, %s, 1, %s, '', '')
            ON CONFLICT (provider, event_id) DO UPDATE
            SET times_received = known.times_received + 1, last_received_at = excluded.last_received_at
            RETURNING id
            """,
            [new_id(), provider, event_id, kind, connection.ops.adapt_json_value(body, None), now, now],
        )
        (message_id,) = cursor.fetchone()
    message = GatewayMessage.objects.get(id=message_id)
    return message, message.times_received == 1


def claim_message(message_id: uuid.UUID) -> GatewayMessage | None:
    """The message, held until the transaction ends by the one who processes it; None when that was done before."""
    message = GatewayMessage.objects.select_for_update(no_key=True).get(id=message_id)
    return None if message.processed_at else message


def close_message(message: GatewayMessage, outcome: str) -> GatewayMessage:
    """The (claimed) message is processed, with this outcome."""
    message.processed_at = clock.now()
    message.outcome = outcome
    message.save(update_fields=["processed_at", "outcome"])
    return message


def resolve_message(by: User, message_id: uuid.UUID, words: str) -> None:
    """The operator has looked at a message that was refused, and says what they found. Refuses others (`NotTheOperator`)."""
    require_desk(by, Desk.MONEY, NotTheOperator)
    GatewayMessage.objects.filter(id=message_id, resolved_at=None).update(
        resolved_at=clock.now(), resolved_by=by, resolution=words[:200]
    )


def reopen_message(by: User, message_id: uuid.UUID) -> None:
    """The message is processed anew by the next sweep. Refuses others than the operator (`NotTheOperator`)."""
    require_desk(by, Desk.MONEY, NotTheOperator)
    GatewayMessage.objects.filter(id=message_id).update(processed_at=None, outcome="", resolved_at=None)


def resolve_difference(by: User, difference_id: int, words: str) -> None:
    """The operator knows why a statement and the books differ, and says it: no longer listed, unless the figures change.
    Refuses others (`NotTheOperator`)."""
    require_desk(by, Desk.MONEY, NotTheOperator)
    StatementDifference.objects.filter(id=difference_id, resolved_at=None).update(
        resolved_at=clock.now(), resolved_by=by, resolution=words[:200]
    )
