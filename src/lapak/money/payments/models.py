"""Tables of money in."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id


class PaymentIntent(models.Model):
    """One amount asked of one buyer, once. What it pays for is known above (a purchase names its intent)."""

    class Method(models.TextChoices):
        QRIS = "qris", "QRIS"

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for payment")
        PAID = "paid", _("paid")
        EXPIRED = "expired", _("expired")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.CharField(max_length=20)
    method = models.CharField(max_length=12, choices=Method.choices)
    amount_idr = models.BigIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PENDING)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    paid_at = models.DateTimeField(null=True)
    provider_reference = models.CharField(max_length=64, blank=True, help_text="The provider's own id, once asked.")
    qris_payload = models.CharField(max_length=512, blank=True, help_text="The EMVCo string the provider issued.")
    pay_url = models.URLField(max_length=300, blank=True, help_text="The provider's pay page.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="intent_amount_positive"),
            models.CheckConstraint(condition=Q(paid_at__isnull=False) | ~Q(status="paid"), name="intent_paid_has_time"),
        ]
        verbose_name = _("payment")
        verbose_name_plural = _("payments")

    def __str__(self) -> str:
        return f"{self.method} {self.amount_idr} {self.status}"


class ProviderNotification(models.Model):
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
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="notification_once_per_event")]
        verbose_name = _("provider notification")
        verbose_name_plural = _("provider notifications")

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.event_id}"
