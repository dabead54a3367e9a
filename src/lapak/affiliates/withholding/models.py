"""What is withheld from creators, month by month, for whom, and the slips that prove it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Creator
from lapak.affiliates.withholding.rules import base_idr
from lapak.lib.ids import new_id, number_of
from lapak.money.taxes.numbers import LONGEST_NAME


class TaxIdentity(models.Model):
    """As whom the tax office knows a creator: a person's NIK is their NPWP, and both have 16 digits (PMK 112/2022)."""

    creator = models.OneToOneField(Creator, models.PROTECT, primary_key=True, related_name="tax_identity")
    name = models.CharField(max_length=LONGEST_NAME)
    number = models.CharField(max_length=16)
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} …{self.tail}"

    @property
    def tail(self) -> str:
        """The last four digits, by which its owner knows it."""
        return self.number[-4:]


class TaxMonth(models.Model):
    """What a creator was credited in a calendar month of Jakarta and still has, before tax, and the tax withheld on it.

    What is taken back leaves the month in which it was credited. PPh 21 is cumulative in the year, so the months of one year
    are held together while any of them changes (`commands.py`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the constraint below begins with it.
    creator = models.ForeignKey(Creator, models.PROTECT, related_name="tax_months", db_index=False)
    taxed_as = models.CharField(max_length=10, choices=Creator.TaxStatus.choices)
    month = models.DateField(help_text="Its first day.")
    gross_idr = models.BigIntegerField(default=0)
    tax_idr = models.BigIntegerField(default=0)
    slip_due = models.BooleanField(default=False, help_text="It has changed since its last slip.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["creator", "taxed_as", "month"], name="tax_month_once"),
            models.CheckConstraint(
                condition=Q(gross_idr__gte=0, tax_idr__gte=0, tax_idr__lte=F("gross_idr")), name="tax_month_sane"
            ),
        ]
        indexes = [
            # Which slips are to be issued, the oldest month first.
            models.Index(fields=["month", "id"], condition=Q(slip_due=True), name="tax_month_slip_due"),
            # The list for the tax office: a month's.
            models.Index(fields=["month", "taxed_as", "id"], name="tax_month_of_month"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.gross_idr}"

    @property
    def number(self) -> str:
        """How its slip is called; the same whenever it is issued anew."""
        return number_of(self.id)

    @property
    def base_idr(self) -> int:
        """What the tax is reckoned on."""
        return base_idr(self.taxed_as, self.gross_idr)


class Slip(models.Model):
    """A withholding slip (*bukti potong*) as it was issued when its month was over; a later one corrects it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: the constraint below begins with it.
    of = models.ForeignKey(TaxMonth, models.PROTECT, related_name="slips", db_index=False)
    revision = models.PositiveSmallIntegerField(
        help_text="Zero is the first; each further one corrects the one before."
    )
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    tax_number = models.CharField(max_length=16, blank=True)
    gross_idr = models.BigIntegerField()
    base_idr = models.BigIntegerField()
    tax_idr = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "revision"], name="slip_once_a_revision")]
        verbose_name = _("withholding slip")
        verbose_name_plural = _("withholding slips")

    def __str__(self) -> str:
        return f"{self.of_id}/{self.revision}"
