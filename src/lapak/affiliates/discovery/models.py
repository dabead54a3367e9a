"""By what goods to promote are found: put together each night, as their commission and conversion are reckoned of all of them."""

from django.db import models
from django.db.models import F, Q


class Promotable(models.Model):
    """Goods on sale that some programme open to all pays for, as they were last night.

    It only finds and orders: what is shown of goods is read of the goods, and what they pay is decided when it is shown. Goods
    are named by their ids alone, so that nobody who changes goods waits for the night's work.
    """

    product_id = models.UUIDField(primary_key=True)
    root_id = models.IntegerField(null=True, help_text="The highest category above the product's.")
    opened_at = models.DateTimeField(help_text="Since when there is the programme that pays most.")
    commission_idr = models.BigIntegerField(help_text="What a piece at the lowest price brings, before tax.")
    clicks = models.PositiveBigIntegerField(help_text="On all links to it, ever.")
    orders = models.PositiveBigIntegerField(help_text="Of it, through those links.")
    conversion_bp = models.PositiveBigIntegerField(
        null=True, help_text="Orders of clicks; empty: too few clicks to tell."
    )

    class Meta:
        indexes = [
            models.Index(F("opened_at").desc(), F("commission_idr").desc(), "product_id", name="promotable_newest"),
            models.Index(F("commission_idr").desc(), "product_id", name="promotable_best_paid"),
            models.Index(
                F("conversion_bp").desc(), "product_id", condition=Q(conversion_bp__isnull=False),
                name="promotable_converting",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.product_id)
