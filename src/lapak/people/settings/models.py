"""The table of settings."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.people.settings.errors import LONGEST_WORDS
from lapak.people.users.models import User


class Step(models.Model):
    """From a day on a setting has another value. Append-only; one that has not begun can be taken back, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=40, help_text="As rules.py declares it.")
    value = models.TextField(max_length=LONGEST_WORDS, blank=True)
    begins_on = models.DateField(help_text="In Jakarta.")
    reason = models.TextField(max_length=LONGEST_WORDS)
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(taken_back_at=None, taken_back_by=None)
                | models.Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="setting_taken_back_by_somebody",
            )
        ]
        # What was chosen of one setting, the newest first.
        indexes = [models.Index(fields=["name", "-set_at"], name="setting_step_of_setting")]
        verbose_name = _("value of a setting")
        verbose_name_plural = _("values of settings")

    def __str__(self) -> str:
        return f"{self.name} {self.begins_on}"
