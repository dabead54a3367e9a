"""The one place where a click is beside who clicked."""

from django.db import models

from lapak.people.users.models import User


class KnownClick(models.Model):
    """A click that a signed-in user followed. At most `MOST_REMEMBERED` (affiliates/token.py) a user, and none older than any
    programme counts; shown to nobody but the user, who has it in their own file."""

    # No index of its own: `known_click_once` begins with it.
    user = models.ForeignKey(User, models.CASCADE, related_name="+", db_index=False)
    link_id = models.UUIDField()
    click_id = models.UUIDField()
    clicked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "click_id"], name="known_click_once")]
        indexes = [
            # What is older than any programme counts, to be dropped.
            models.Index(fields=["clicked_at"], name="known_click_oldest")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.click_id}"
