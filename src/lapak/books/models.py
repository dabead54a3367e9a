"""What was found when the books were looked through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.people.users.models import User


class BooksCheck(models.Model):
    """One look through the books. `found` holds the first differences of each check, as `lapak check-books --json` has them."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", help_text="Empty when the clock did it."
    )
    checked = models.BigIntegerField(help_text="Rows gone through.")
    differences = models.PositiveIntegerField()
    found = models.JSONField()

    class Meta:
        # The last ones, newest first.
        indexes = [models.Index(fields=["-started_at"], name="books_check_newest")]
        verbose_name = _("check of the books")
        verbose_name_plural = _("checks of the books")

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}: {self.differences}"
