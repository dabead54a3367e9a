"""A bank account that replaced another is not paid into at once: whoever was robbed of a password reads of it first."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from lapak.lib import clock
from lapak.lib.among import among
from lapak.money.ledger.transfers import AccountKey
from lapak.money.payouts.models import HoldRelease
from lapak.people.settings.queries import number_on


def held_until(changed_at: datetime | None) -> datetime | None:
    """Until when nothing is sent to an account that replaced another then; None when nothing holds it (any more).

    So long is a setting, as it was on the day of the change.
    """
    if changed_at is None:
        return None
    hours = number_on("changed_account_held_hours", changed_at.astimezone(clock.WIB).date())
    until = changed_at + timedelta(hours=hours)
    return until if clock.now() < until else None


def hold_of(account: AccountKey, changed_at: datetime | None) -> datetime | None:
    """As `held_until`, of the bank account of this balance; None as well once two operators have let it go."""
    until = held_until(changed_at)
    return None if changed_at and until and released({account: changed_at}) else until


def released(changed_at: Mapping[AccountKey, datetime]) -> set[AccountKey]:
    """Whose bank account is paid into before its time, of these that were changed then."""
    agreed = HoldRelease.objects.filter(among("account_id", [each.id for each in changed_at]), agreed_at__isnull=False)
    let_go = set(agreed.values_list("account_id", "changed_at"))
    return {account for account, moment in changed_at.items() if (account.id, moment) in let_go}
