"""That Lapak lets a shop sell nothing for a time: in the transaction of whoever decides it (moderation/). What was ordered goes
on, and what was earned is paid."""

import uuid
from datetime import datetime

from lapak.people.audit.commands import note_changes
from lapak.people.shops.commands import subject_of
from lapak.people.shops.models import Shop


def suspend_until(by_id: uuid.UUID | None, shop_id: uuid.UUID, until: datetime | None) -> None:
    """Nothing is ordered from the shop before then; None: it sells again. It stays on record."""
    shop = Shop.objects.select_for_update(no_key=True).get(id=shop_id)
    old, new = {"suspended_until": shop.suspended_until}, {"suspended_until": until}
    note_changes(by_id, subject_of(shop), old, new)
    shop.suspended_until = until
    shop.save(update_fields=["suspended_until"])
