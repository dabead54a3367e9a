"""How long a partner's name and e-mail are kept. Pure."""

from datetime import datetime, timedelta

from lapak.affiliates.rules import INVITATION_DAYS


def forgotten_at(since: datetime) -> datetime:
    """When name and e-mail of someone whom nobody has invited go: an invitation would have waited as long."""
    return since + timedelta(days=INVITATION_DAYS)
