"""Tables of a programme's terms beside its rate for all goods: special rates, and its budget with what is used of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from lapak.affiliates.models import Programme
from lapak.goods.catalogue.models import Category, Product
from lapak.lib.ids import new_id
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate

_IS_OF_ONE = Q(category=None, product__isnull=False) | Q(category__isnull=False, product=None)


class SpecialRate(models.Model):
    """A rate as announced for a category with all below it, or for a product. Superseded without another it was withdrawn."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    # No index of its own: those below begin with it.
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="special_rates", db_index=False)
    category = models.ForeignKey(Category, models.PROTECT, null=True, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    rate_bp = models.PositiveIntegerField(_("rate"))
    cap_idr = models.BigIntegerField(null=True, help_text="The most for a line; empty: no such bound.")
    announced_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=_IS_OF_ONE, name="special_rate_of_one"),
            models.CheckConstraint(
                condition=Q(rate_bp__lte=8000) & (Q(cap_idr=None) | Q(cap_idr__gt=0)), name="special_rate_in_bounds"
            ),
            models.UniqueConstraint(
                fields=["programme", "category"], condition=Q(superseded_at=None), name="special_rate_of_category"
            ),
            models.UniqueConstraint(
                fields=["programme", "product"], condition=Q(superseded_at=None), name="special_rate_of_product"
            ),
        ]
        indexes = [
            # A purchase: what is, or was of late, promised for these goods.
            models.Index(fields=["programme", "category"], name="special_of_category"),
            models.Index(fields=["programme", "product"], name="special_of_product"),
            # What was announced or withdrawn in some minutes, to be told.
            models.Index(fields=["announced_at"], name="special_announced"),
            models.Index(fields=["superseded_at"], condition=Q(superseded_at__isnull=False), name="special_superseded"),
        ]

    def __str__(self) -> str:
        return f"{format_rate(self.rate_bp)}%: {self.product or self.category}"


class BudgetTerm(models.Model):
    """A budget as announced: the most that a programme's commissions come to, in a month of Jakarta or in all. No amount: no
    longer any."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="budgets", db_index=False)
    amount_idr = models.BigIntegerField(null=True)
    is_monthly = models.BooleanField(default=False)
    counts_from = models.DateTimeField(help_text="Commissions since then count, of a budget in all.")
    announced_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_idr=None) | Q(amount_idr__gt=0), name="budget_above_zero"),
            models.UniqueConstraint(fields=["programme"], condition=Q(superseded_at=None), name="budget_one_current"),
        ]
        indexes = [
            # What held of late, for a purchase.
            models.Index(fields=["programme", "announced_at"], name="budget_of_programme"),
            # What was announced in some minutes, to be told.
            models.Index(fields=["announced_at"], name="budget_announced"),
        ]

    def __str__(self) -> str:
        return format_idr(self.amount_idr) if self.amount_idr else "–"


class BudgetUse(models.Model):
    """What commissions take of a programme's budget: reserved when they are bought, given back when they are not earned. The
    database refuses more than there is, however many buy at once."""

    programme = models.OneToOneField(Programme, models.PROTECT, primary_key=True, related_name="budget_use")
    used_idr = models.BigIntegerField(default=0)
    most_idr = models.BigIntegerField(help_text="The budget that held when last something was taken.")
    counted_since = models.DateTimeField(help_text="Of commissions since then: in all, or of the month.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used_idr__gte=0, used_idr__lte=F("most_idr")), name="budget_never_exceeded"
            ),
        ]

    def __str__(self) -> str:
        return f"{format_idr(self.used_idr)} / {format_idr(self.most_idr)}"
