"""The table of changes."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.follow import Bookmark, transaction_number
from lapak.lib.ids import new_id
from lapak.people.audit.rules import FIELDS, Kind


class Change(models.Model):
    """One field of one thing has another value: who, when, old and new. Append-only; the database sees to it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    subject_id = models.CharField(max_length=40)
    name = models.CharField(max_length=300, help_text="What people called the thing then.")
    shop_id = models.UUIDField(null=True, help_text="Of what is a shop's: which.")
    field = models.CharField(max_length=20, choices=list(FIELDS.items()))
    old = models.TextField(blank=True)
    new = models.TextField(blank=True)
    by_id = models.UUIDField(null=True, help_text="Which user; empty when nobody did.")
    happened_at = models.DateTimeField()
    transaction_id = transaction_number()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(old=F("new")), name="change_changes")]
        indexes = [
            # The owner's list, newest first.
            models.Index(fields=["shop_id", "-happened_at"], condition=Q(shop_id__isnull=False), name="change_of_shop"),
            # The operator's: of one thing, by one person, of everything.
            models.Index(fields=["subject_id", "-happened_at"], name="change_of_subject"),
            models.Index(fields=["by_id", "-happened_at"], name="change_by_person"),
            models.Index(fields=["-happened_at"], name="change_newest"),
            # Followers read on from where they are (lib/follow.py).
            BrinIndex(fields=["transaction_id"], name="change_since"),
        ]
        verbose_name = _("change")
        verbose_name_plural = _("changes")

    def __str__(self) -> str:
        return f"{self.name}: {self.get_field_display()}"


class ChainLink(models.Model):
    """A change's place in the chain (chain.py). Append-only, as the changes are."""

    number = models.BigIntegerField(primary_key=True)
    change_id = models.UUIDField(
        unique=True, help_text="No foreign key: a change that somebody removed is to be missed."
    )
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.number}: {self.digest}"


class ChainedUpTo(Bookmark):
    """How far the record of changes has its links."""
