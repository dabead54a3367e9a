"""Tables of what people decide about their own data."""

from django.db import models

from lapak.lib.ids import new_id
from lapak.people.privacy.rules import Hindrance, Purpose
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


class Erasure(models.Model):
    """A user asks that what Lapak keeps of them is gone; it goes on by itself, and says what it waits for."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer_by = models.DateTimeField(help_text="By then they are told that it is done, or what it waits for.")
    look_at = models.DateTimeField(help_text="When the clock looks at it next; at first the end of the time to think.")
    answered_at = models.DateTimeField(null=True)
    waits_for = models.JSONField(default=list, help_text="Codes of `Hindrance`.")
    called_off_at = models.DateTimeField(null=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(called_off_at=None, erased_at=None), name="erasure_one_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(called_off_at=None) | models.Q(erased_at=None), name="erasure_ends_once"
            ),
        ]
        indexes = [
            # The clock's.
            models.Index(
                fields=["look_at"], condition=models.Q(called_off_at=None, erased_at=None), name="erasure_to_look_at"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.asked_at:%Y-%m-%d}"

    @property
    def waits_in_words(self) -> list[str]:
        """What it waits for, in the reader's language."""
        return [str(Hindrance(code).label) for code in self.waits_for]
