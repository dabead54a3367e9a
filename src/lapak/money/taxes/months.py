"""What was withheld from shops in each calendar month of Jakarta: for the tax office, and for their slips."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from lapak.lib.clock import WIB
from lapak.lib.ids import derived_id, number_of
from lapak.lib.months import MONTHS_OF_A_YEAR, bounds_of, this_month
from lapak.money.taxes.models import Taxpayer, Withholding
from lapak.money.taxes.pph22_rules import PPH22_BP
from lapak.people.shops.models import Shop

MONTHS_SHOWN = 24
"""Two years: what a yearly return and the one before it ask for."""


@dataclass(frozen=True, slots=True)
class ShopMonth:
    """PPh 22 of a shop in a month, IDR: what was withheld, less what was given back in it. Below zero where more went back."""

    shop_id: uuid.UUID
    month: date
    base_idr: int
    tax_idr: int

    @property
    def number(self) -> str:
        """How its slip is called: always the same."""
        return number_of(derived_id(self.shop_id, self.month.isoformat()))

    @property
    def is_over(self) -> bool:
        """Whether nothing is added to it any more."""
        return self.month < this_month()


def month_named(year: int, month: int) -> date | None:
    """The month of an address, if there was PPh 22 in its year and it has begun."""
    if not (1 <= month <= MONTHS_OF_A_YEAR and PPH22_BP.steps[0][0].year <= year <= this_month().year):
        return None
    return date(year, month, 1)


def months_of_shop(shop: Shop) -> list[ShopMonth]:
    """The last ones in which anything was withheld or given back, the newest first."""
    by_month = Withholding.objects.filter(shop=shop).annotate(month=TruncMonth("withheld_at", tzinfo=WIB))
    rows = by_month.values("month").annotate(base_idr=Sum("base_idr"), tax_idr=Sum("tax_idr")).order_by("-month")
    return [ShopMonth(shop.id, row["month"].date(), row["base_idr"], row["tax_idr"]) for row in rows[:MONTHS_SHOWN]]


def month_of_shop(shop: Shop, month: date) -> ShopMonth | None:
    """The month of the shop; None if nothing was withheld in it."""
    return next((each for each in _of_month(month, shop_id=shop.id)), None)


def shops_of_month(month: date) -> Iterator[tuple[ShopMonth, Shop, Taxpayer | None]]:
    """Every shop from which anything was withheld in the month, or to which it was given back, with as whom it is taxed."""
    found = _of_month(month)
    shops = Shop.objects.select_related("taxpayer").in_bulk([each.shop_id for each in found])
    for each in found:
        shop = shops[each.shop_id]
        yield each, shop, getattr(shop, "taxpayer", None)


def _of_month(month: date, **only: uuid.UUID) -> list[ShopMonth]:
    begin, end = bounds_of(month)
    in_month = Withholding.objects.filter(withheld_at__gte=begin, withheld_at__lt=end, **only)
    rows = in_month.values("shop_id").annotate(base_idr=Sum("base_idr"), tax_idr=Sum("tax_idr")).order_by("shop_id")
    return [ShopMonth(row["shop_id"], month, row["base_idr"], row["tax_idr"]) for row in rows]
