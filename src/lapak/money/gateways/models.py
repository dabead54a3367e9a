"""The one inbox of what partners tell us, and where their statements differ from the books."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.money.gateways.rules import REFUSED
from lapak.people.users.models import User


class GatewayMessage(models.Model):
    """A webhook whose signature held, recorded once per event however often it was delivered."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=20)
    event_id = models.CharField(max_length=80)
    kind = models.CharField(max_length=40)
    body = models.JSONField()
    received_at = models.DateTimeField()
    times_received = models.PositiveIntegerField(default=1)
    last_received_at = models.DateTimeField()
    processed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=40, blank=True, help_text="What processing it came to: 'paid', 'ignored: …'.")
    resolved_at = models.DateTimeField(null=True, help_text="When a person had looked at one that was refused.")
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolution = models.CharField(max_length=200, blank=True, help_text="What they found.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="message_once_per_event")]
        indexes = [
            # The sweep of what was not processed yet, oldest first.
            models.Index(fields=["received_at"], condition=models.Q(processed_at=None), name="message_unprocessed"),
            # The operator's list of what was refused and nobody has looked at.
            models.Index(
                fields=["received_at"],
                condition=models.Q(outcome__startswith=REFUSED, resolved_at=None),
                name="message_refused",
            ),
        ]
        verbose_name = _("provider notification")
        verbose_name_plural = _("provider notifications")

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.event_id}"


class StatementDifference(models.Model):
    """A movement that a partner's statement has and the books have not, or the other way round. Gone when they agree;
    where they never will, a person notes what they found."""

    provider = models.CharField(max_length=20)
    kind = models.CharField(max_length=24)
    reference = models.CharField(max_length=64, help_text="Ours: the attempt, refund or payout.")
    theirs_idr = models.BigIntegerField()
    ours_idr = models.BigIntegerField()
    found_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True, help_text="When it last moved there; empty when it never did.")
    resolved_at = models.DateTimeField(null=True, help_text="When a person had looked at these very figures.")
    resolved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    resolution = models.CharField(max_length=200, blank=True, help_text="What they found.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "kind", "reference"], name="difference_once"),
        ]
        verbose_name = _("difference to a statement")
        verbose_name_plural = _("differences to statements")

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.reference}: {self.theirs_idr} / {self.ours_idr}"
