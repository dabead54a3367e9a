"""Tables of what people decide about their own data."""

from django.db import models

from lapak.lib.ids import new_id
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import User


class ConsentEvent(models.Model):
    """Somebody said yes, or no more. The newest of a purpose counts; none: they were never asked, or never answered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: `consent_newest` begins with it.
    user = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    version = models.PositiveSmallIntegerField(help_text="Of the words that were read.")
    is_given = models.BooleanField()
    happened_at = models.DateTimeField()

    class Meta:
        # What counts now, and the user's own list.
        indexes = [models.Index(fields=["user", "purpose", "-happened_at", "-id"], name="consent_newest")]

    def __str__(self) -> str:
        return f"{self.purpose} {self.version}: {self.is_given}"
