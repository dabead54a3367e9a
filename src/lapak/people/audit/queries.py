"""Reading what was changed."""

import uuid

from django.db.models import QuerySet

from lapak.people.audit.models import Change


def changes_of_shop(shop_id: uuid.UUID) -> QuerySet[Change]:
    """What was changed of a shop, its members and its goods, newest first."""
    return Change.objects.filter(shop_id=shop_id).order_by("-happened_at", "-id")


def all_changes() -> QuerySet[Change]:
    """What was changed of anything, newest first."""
    return Change.objects.order_by("-happened_at", "-id")
