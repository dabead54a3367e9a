"""The one inbox of what partners tell us."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id


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

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="message_once_per_event")]
        indexes = [
            # The sweep of what was not processed yet, oldest first.
            models.Index(fields=["received_at"], condition=models.Q(processed_at=None), name="message_unprocessed"),
        ]
        verbose_name = _("provider notification")
        verbose_name_plural = _("provider notifications")

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.event_id}"
