"""Tables of those who promoted a shop under a programme elsewhere: whom it may invite, under which codes, and what they got.

Of a person only the name and the e-mail are kept, and only for as long as they are needed to invite them (`rules.py`). What
they got refers to them by the programme's own id; nothing of buyers is read at all.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.link_rules import LONGEST_UTM_QUERY
from lapak.affiliates.models import Link
from lapak.affiliates.rules import LONGEST_LABEL
from lapak.goods.catalogue.models import Product
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH
from lapak.people.shops.models import Shop

MAX_NAME_LENGTH = 100
MAX_CODE_LENGTH = 100
CURRENCY_LENGTH = 3


class Partner(models.Model):
    """Someone who promoted the shop under a programme elsewhere. `handle` is what they go by here: their code there, else their
    id; it stays, whatever later lists say, for an invitation is known by it."""

    # No index of its own: the constraints below begin with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The programme's, or one of our own.")
    handle = models.CharField(max_length=MAX_CODE_LENGTH)
    name = models.CharField(max_length=MAX_NAME_LENGTH, blank=True, help_text="Until they are forgotten.")
    email = models.EmailField(blank=True, help_text="In small letters, until they are forgotten.")
    rate_bp = models.PositiveIntegerField(null=True, help_text="As the list says it; empty: unsaid.")
    joined_at = models.DateTimeField(null=True)
    forget_at = models.DateTimeField(help_text="When name and e-mail go, unless the invitation is accepted before.")
    is_forgotten = models.BooleanField(default=False)
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "platform", "source_id"], name="partner_once"),
            models.UniqueConstraint(fields=["shop", "platform", "handle"], name="partner_handle_once"),
            models.CheckConstraint(condition=Q(is_forgotten=False) | Q(name="", email=""), name="partner_forgotten"),
        ]
        indexes = [
            # By whom they are found whose list says only an e-mail.
            models.Index(fields=["shop", "platform", "email"], condition=~Q(email=""), name="partner_by_email"),
            # Whose name and e-mail are to go.
            models.Index(fields=["forget_at"], condition=Q(is_forgotten=False), name="partner_to_forget"),
        ]

    def __str__(self) -> str:
        return f"{self.platform} {self.handle}"


class PartnerLink(models.Model):
    """A link of a partner: its code, and where it leads. `link` is what became of it here."""

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    code = models.CharField(max_length=MAX_CODE_LENGTH)
    partner = models.CharField(
        max_length=MAX_SOURCE_ID_LENGTH, blank=True, help_text="Whose it is, by the programme's id; empty: unsaid."
    )
    label = models.CharField(max_length=LONGEST_LABEL, blank=True)
    utm = models.CharField(max_length=LONGEST_UTM_QUERY, blank=True)
    product = models.ForeignKey(Product, models.SET_NULL, null=True, related_name="+", help_text="Empty: the shop.")
    link = models.ForeignKey(Link, models.SET_NULL, null=True, related_name="+")
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["shop", "platform", "code"], name="partner_link_once")]
        # A partner's, by which they come to them.
        indexes = [models.Index(fields=["shop", "platform", "partner", "id"], name="partner_link_of_partner")]

    def __str__(self) -> str:
        return f"{self.platform} {self.code}"


class PartnerPay(models.Model):
    """A commission of a partner, or what they were paid: read-only, in the currency it was in."""

    class Kind(models.TextChoices):
        COMMISSION = "commission", _("commission")
        PAYOUT = "payout", _("payout")

    class State(models.TextChoices):
        PENDING = "pending", _("pending then")
        PAID = "paid", _("paid")
        VOID = "void", _("void")

    # No index of its own: the constraint below begins with it.
    shop = models.ForeignKey(Shop, models.CASCADE, related_name="+", db_index=False)
    platform = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    source_id = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The programme's, or made of what it says.")
    partner = models.CharField(max_length=MAX_SOURCE_ID_LENGTH, help_text="The programme's id, else a pseudonym.")
    currency = models.CharField(max_length=CURRENCY_LENGTH, blank=True, help_text="Empty: unsaid.")
    sale = models.DecimalField(max_digits=18, decimal_places=2, null=True, help_text="What it was reckoned of.")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    upload_id = models.UUIDField(null=True, help_text="Which brought it here first; none from the command line.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop", "platform", "kind", "source_id"], name="partner_pay_once")
        ]
        # The file of all of a shop's, the oldest first.
        indexes = [models.Index(fields=["shop", "at", "id"], name="partner_pay_of_shop")]

    def __str__(self) -> str:
        return f"{self.platform} {self.source_id}: {self.currency} {self.amount}"


BROUGHT = (Partner.objects, PartnerLink.objects, PartnerPay.objects)
"""What lists bring, each row with the upload that brought it first."""
