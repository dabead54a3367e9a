"""Orders and commission by day, creator, link and product, so that no page adds up commission by commission.

The database keeps it (migrations/0002_kept_with_commissions.py), in the transaction that makes or changes a commission: nine
acts do, from the purchase to the review, and none of them can forget it. A change is a row of its own, never an update:
purchases by one creator's links never wait for each other here. Each night the rows of a day become one (`commands.py`).

It names creators, links and products by their ids alone, as clicks do: a purchase looks nothing up for it.
"""

from django.db import models
from django.db.models import Q


class DayResult(models.Model):
    """What the orders of a day of Jakarta brought a creator through a link by a product; or a change of that.

    `orders`: those in which something still earns, each once a creator, with the first of its lines that does.
    `amount_idr`: commission before tax, of all that is not reversed: expected, settled, paid or under review.
    """

    creator_id = models.UUIDField()
    day = models.DateField(help_text="Of the purchase.")
    link_id = models.UUIDField()
    product_id = models.UUIDField(help_text="What was bought, which may be another than what the link leads to.")
    orders = models.IntegerField()
    amount_idr = models.BigIntegerField()
    is_sum = models.BooleanField(help_text="All there was at a night; else a change since, which may be below zero.")

    class Meta:
        indexes = [
            # What a creator's pages show of some days, from the index alone.
            models.Index(
                fields=["creator_id", "day"],
                include=["link_id", "product_id", "orders", "amount_idr"],
                name="result_of_creator",
            ),
            # What the night adds up, and of it what days brought a creator since the last one.
            models.Index(
                fields=["creator_id", "day"],
                include=["orders", "amount_idr"],
                condition=Q(is_sum=False),
                name="result_to_add_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.creator_id} {self.day}: {self.orders}"


class DayTotal(models.Model):
    """What a day brought a creator by all links and products, as far as nights have added it up: one row a day, however many
    links it came by. Together with the changes since it is the view `results_by_day` (migrations/0003_totals.py)."""

    pk = models.CompositePrimaryKey("creator_id", "day")
    creator_id = models.UUIDField()
    day = models.DateField()
    orders = models.IntegerField()
    amount_idr = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.creator_id} {self.day}: {self.orders}"
