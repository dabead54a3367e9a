"""The table of what the house has paid to couriers and the state, and taken out for itself."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lapak.lib.ids import new_id
from lapak.lib.money import format_idr
from lapak.money.ledger.models import Account
from lapak.people.users.models import User


class Remittance(models.Model):
    """Money that left a gateway for a courier, the tax office or the house itself, as an operator noted it. Undone when
    it was a slip, or came back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="remittances")
    amount_idr = models.BigIntegerField()
    paid_from = models.CharField(max_length=20, help_text="The gateway whose cash it took.")
    reference = models.CharField(_("reference"), max_length=64, help_text="As the gateway's statement names it.")
    ntpn = models.CharField("NTPN", max_length=16, blank=True, help_text="The state's receipt, of a tax.")
    paid_on = models.DateField(_("paid on"), help_text="In Jakarta.")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    undone_because = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr__gt=0), name="remittance_amount_positive"),
            models.CheckConstraint(
                condition=Q(undone_at=None, undone_by=None, undone_because="")
                | (Q(undone_at__isnull=False, undone_by__isnull=False) & ~Q(undone_because="")),
                name="remittance_undone_with_reason",
            ),
            # Noted twice, the same money would leave the books twice.
            models.UniqueConstraint(
                fields=["reference"], condition=Q(undone_at=None), name="remittance_once_per_reference"
            ),
            models.UniqueConstraint(
                fields=["ntpn"], condition=Q(undone_at=None) & ~Q(ntpn=""), name="remittance_once_per_ntpn"
            ),
        ]
        # The operator's list, newest first.
        indexes = [models.Index(fields=["-noted_at"], name="remittance_newest")]
        verbose_name = _("payment of the house")
        verbose_name_plural = _("payments of the house")

    def __str__(self) -> str:
        return f"{format_idr(self.amount_idr)} · {self.reference}"
