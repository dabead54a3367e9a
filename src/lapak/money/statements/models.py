"""What accounts held when a month ended."""

from django.db import models

from lapak.money.ledger.models import Account


class MonthEnd(models.Model):
    """The balance of an account at the end of a calendar month of Jakarta in which something moved, on its normal side.

    So a statement costs with its own month and not with the account's life: it begins with the newest end before it.
    """

    # No index of its own: the constraint below begins with it.
    account = models.ForeignKey(Account, models.PROTECT, related_name="month_ends", db_index=False)
    month = models.DateField(help_text="Its first day.")
    balance_idr = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "month"], name="month_end_once")]
        # Which month was closed last.
        indexes = [models.Index(fields=["month"], name="month_end_newest")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.month:%Y-%m}: {self.balance_idr}"
