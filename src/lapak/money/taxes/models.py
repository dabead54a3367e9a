"""Tables of the taxes on what shops sell."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.money.taxes.pph22_rules import LONGEST_WORDS
from lapak.people.users.models import User


class Pph22Step(models.Model):
    """From a day on PPh 22 is withheld, or is not any more, and on what that rests. Append-only: another step takes the place of
    one for the same day; the database refuses update and delete."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begins_on = models.DateField(help_text="In Jakarta.")
    is_on = models.BooleanField()
    words = models.TextField(max_length=LONGEST_WORDS, help_text="The decree or announcement on which it rests.")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("step of PPh 22")
        verbose_name_plural = _("steps of PPh 22")

    def __str__(self) -> str:
        return f"{self.begins_on} {self.is_on}"
