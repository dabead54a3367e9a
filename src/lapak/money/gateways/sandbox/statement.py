"""Its statement of our money."""

from datetime import datetime

import msgspec

from lapak.money.gateways.contract import StatementOfDays
from lapak.money.gateways.sandbox import remote


class SandboxStatement:
    """See `contract.Statement`."""

    def between(self, since: datetime, until: datetime) -> StatementOfDays:
        query = {"since": since.isoformat(), "until": until.isoformat()}
        return remote.file("/v1/statement", msgspec.json.Decoder(StatementOfDays).decode, **query)
