"""How many reviews gave how many stars: what a product's count and its shop's have in common."""

from decimal import Decimal

from django.db import models
from django.db.models import F

from lapak.goods.catalogue.rules import STARS, average_stars


def _given(stars: int) -> "models.PositiveIntegerField[int, int]":
    return models.PositiveIntegerField(
        default=0, db_default=0, help_text=f"How many reviews that are shown gave {stars}."
    )


class Stars(models.Model):
    """How many reviews gave one to five stars. The reviews' own acts keep it (`ratings.py`), so that no page counts them."""

    stars_1 = _given(1)
    stars_2 = _given(2)
    stars_3 = _given(3)
    stars_4 = _given(4)
    stars_5 = _given(5)
    review_count = models.GeneratedField(
        expression=F("stars_1") + F("stars_2") + F("stars_3") + F("stars_4") + F("stars_5"),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    star_count = models.GeneratedField(
        expression=F("stars_1") + F("stars_2") * 2 + F("stars_3") * 3 + F("stars_4") * 4 + F("stars_5") * 5,
        output_field=models.IntegerField(),
        db_persist=True,
        help_text="All stars of all reviews.",
    )

    class Meta:
        abstract = True

    @property
    def average(self) -> Decimal | None:
        """Of all that were given, to one decimal; None where there are none."""
        return average_stars(self.star_count, self.review_count)

    @property
    def shares(self) -> list[tuple[int, int, int]]:
        """Five stars first: how many stars, how many reviews gave them, and what share of all that is, in percent."""
        counts = [(stars, int(getattr(self, f"stars_{stars}"))) for stars in STARS[::-1]]
        return [(stars, count, round(100 * count / self.review_count) if count else 0) for stars, count in counts]
