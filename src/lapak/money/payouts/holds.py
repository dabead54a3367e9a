"""A bank account that replaced another is not paid into at once: whoever was robbed of a password reads of it first."""

from datetime import datetime, timedelta

from django.conf import settings

from lapak.lib import clock


def held_until(changed_at: datetime | None) -> datetime | None:
    """Until when nothing is sent to an account that replaced another then; None when nothing holds it (any more).

    So long is a setting (`LAPAK_CHANGED_ACCOUNT_HELD_HOURS`, 24), as it was on the day of the change.
    """
    if changed_at is None:
        return None
    until = changed_at + timedelta(
        hours=settings.CHANGED_ACCOUNT_HELD_HOURS.on(changed_at.astimezone(clock.WIB).date())
    )
    return until if clock.now() < until else None
