"""Tables of the taxes on what shops sell."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.lib.ciphers import paper_storage
from lapak.lib.ids import new_id
from lapak.money.taxes.errors import LONGEST_WORDS
from lapak.money.taxes.numbers import LONGEST_NAME
from lapak.people.shops.models import Shop
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


class Taxpayer(models.Model):
    """As whom the tax office knows a shop: its owner, or its company."""

    class Kind(models.TextChoices):
        INDIVIDUAL = "individual", _("a person")
        COMPANY = "company", _("a company")

    shop = models.OneToOneField(Shop, models.PROTECT, primary_key=True, related_name="taxpayer")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=LONGEST_NAME)
    number = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    class Meta:
        # All shops of one person: their turnover is one.
        indexes = [models.Index(fields=["number"], name="taxpayer_by_number")]

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"

    @property
    def tail(self) -> str:
        """The last four digits, by which its owner knows it."""
        return self.number[-4:]


class Letter(models.Model):
    """A letter by which nothing is withheld from a shop on its days: a person's statement that they sell little in a year, or an
    exemption (SKB) of the tax office. It holds from the moment a person of ours has accepted it, for as long as the shop is taxed
    as whom it names."""

    class Kind(models.TextChoices):
        STATEMENT = "statement", _("statement of small turnover")
        SKB = "skb", _("exemption letter (SKB)")

    class State(models.TextChoices):
        ASKED = "asked", pgettext_lazy("letter", "to be looked at")
        ACCEPTED = "accepted", pgettext_lazy("letter", "accepted")
        DECLINED = "declined", pgettext_lazy("letter", "not accepted")
        WITHDRAWN = "withdrawn", pgettext_lazy("letter", "withdrawn")
        ENDED = "ended", pgettext_lazy("letter", "ended")

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="tax_letters", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    number = models.CharField(max_length=16, help_text="NIK or NPWP of whom it names: as whom the shop was taxed then.")
    first_day = models.DateField()
    last_day = models.DateField()
    file = models.FileField(upload_to="letters", storage=paper_storage, max_length=150)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    handed_in_at = models.DateTimeField()
    handed_in_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True, help_text="From when on it holds no more, whatever its days.")
    crossed_in = models.DateField(
        null=True,
        help_text="First day of the month in which the turnover was crossed; it holds until that month's end.",
    )
    crossed_from = models.DateTimeField(
        null=True, help_text="What was paid before the crossing was known stays as it was: the payment that counted it."
    )
    counted_until = models.DateField(
        null=True, help_text="First day of the month before which the year's turnover here was counted."
    )
    reason = models.TextField(max_length=LONGEST_WORDS, blank=True, help_text="Why it is not accepted, or ended.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="tax_letter_days_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["accepted", "ended"], accepted_at__isnull=False)
                | (~Q(state__in=["accepted", "ended"]) & Q(accepted_at=None)),
                name="tax_letter_accepted_since",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False) | (~Q(state="ended") & Q(ended_at=None)),
                name="tax_letter_ended_since",
            ),
            models.CheckConstraint(
                condition=Q(crossed_in=None, crossed_from=None)
                | Q(crossed_in__isnull=False, crossed_from__isnull=False),
                name="tax_letter_crossed_whole",
            ),
            # Another of its kind for the same days waits for nobody while one is looked at or holds.
            models.UniqueConstraint(
                fields=["shop", "kind", "first_day"],
                condition=Q(state__in=["asked", "accepted"]),
                name="tax_letter_once",
            ),
        ]
        indexes = [
            # A shop's, the newest first; what holds on a day.
            models.Index(fields=["shop", "-handed_in_at", "-id"], name="tax_letter_of_shop"),
            # All shops for which a letter of the same person was accepted: their turnover is one.
            models.Index(fields=["number"], condition=Q(accepted_at__isnull=False), name="tax_letter_by_number"),
            # The operator's queue, the oldest first.
            models.Index(fields=["handed_in_at", "id"], condition=Q(state="asked"), name="tax_letter_to_look_at"),
        ]
        verbose_name = _("tax letter")
        verbose_name_plural = _("tax letters")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.first_day} – {self.last_day}"


class Pph22Refund(models.Model):
    """What was withheld from orders that were paid on these days is given back to their shops: it was not in force after all."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    first_day = models.DateField(help_text="In Jakarta.")
    last_day = models.DateField()
    words = models.TextField(max_length=LONGEST_WORDS, help_text="The decree or announcement on which it rests.")
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+", db_index=False)
    told_up_to = models.UUIDField(null=True, help_text="The last shop whose owners have been told.")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first_day__lte=F("last_day")), name="pph22_refund_days_in_order")
        ]
        verbose_name = _("refund of PPh 22")
        verbose_name_plural = _("refunds of PPh 22")

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"


class Withholding(models.Model):
    """So much PPh 22 was withheld from an order, or given back to its shop (below zero), on what it was reckoned, and as whom the
    shop was taxed then (empty where it had not said). Written with the transfers; append-only: a month that is over stays as it
    was, and what changes later stands in the month of the change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order_id = models.UUIDField(help_text="The reference of its transfers.")
    # No index of its own: the one below begins with it.
    shop = models.ForeignKey(Shop, models.PROTECT, related_name="withholdings", db_index=False)
    base_idr = models.BigIntegerField()
    tax_idr = models.BigIntegerField()
    tax_name = models.CharField(max_length=LONGEST_NAME, blank=True)
    tax_number = models.CharField(max_length=16, blank=True)
    withheld_at = models.DateTimeField(help_text="As its transfers were posted.")

    class Meta:
        indexes = [
            # What stands of an order.
            models.Index(fields=["order_id"], name="withholding_of_order"),
            # A shop's months, and its slips.
            models.Index(fields=["shop", "withheld_at"], name="withholding_of_shop"),
            # The month's file.
            models.Index(fields=["withheld_at"], name="withholding_of_month"),
        ]
        verbose_name = _("PPh 22 withheld")
        verbose_name_plural = _("PPh 22 withheld")

    def __str__(self) -> str:
        return f"{self.order_id} {self.tax_idr}"
