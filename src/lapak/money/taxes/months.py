"""What was withheld from shops in each calendar month of Jakarta: for the tax office, and for their slips."""

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Sum
from django.db.models.functions import TruncMonth

from lapak.lib.clock import WIB
from lapak.lib.ids import derived_id, number_of
from lapak.lib.months import MONTHS_OF_A_YEAR, bounds_of, this_month
from lapak.money.taxes.models import Taxpayer, Withholding
from lapak.money.taxes.pph22_rules import PPH22_BP
from lapak.people.shops.models import Shop

SUMS = {"base": Sum("base_idr"), "tax": Sum("tax_idr"), "names": ArrayAgg("tax_name", order_by="-withheld_at")}

MONTHS_SHOWN = 24
"""Two years: what a yearly return and the one before it ask for."""


@dataclass(frozen=True, slots=True)
class ShopMonth:
    """PPh 22 of a shop in a month, IDR: what was withheld, less what was given back in it. Below zero where more went back.

    As whom the shop was taxed stands with what was withheld; where it had said nothing, as whom it is taxed today. Who changes in
    a month has two of them.
    """

    shop_id: uuid.UUID
    month: date
    kept_number: str
    tax_name: str
    tax_number: str
    base_idr: int
    tax_idr: int

    @property
    def number(self) -> str:
        """How its slip is called: always the same."""
        return number_of(derived_id(self.shop_id, f"{self.month.isoformat()} {self.kept_number}"))

    @property
    def is_over(self) -> bool:
        """Whether nothing is added to it any more."""
        return self.month < this_month()


def month_named(year: int, month: int) -> date | None:
    """The month of an address, if there was PPh 22 in its year and it has begun."""
    if not (1 <= month <= MONTHS_OF_A_YEAR and PPH22_BP.steps[0][0].year <= year <= this_month().year):
        return None
    named = date(year, month, 1)
    return named if named <= this_month() else None


def months_of_shop(shop: Shop) -> list[ShopMonth]:
    """The last ones in which anything was withheld or given back, the newest first."""
    by_month = Withholding.objects.filter(shop=shop).annotate(month=TruncMonth("withheld_at", tzinfo=WIB))
    rows = by_month.values("month", "tax_number").annotate(**SUMS).order_by("-month", "tax_number")[:MONTHS_SHOWN]
    known = Taxpayer.objects.filter(shop=shop).first()
    return [_as_month(row, shop.id, row["month"].date(), known) for row in rows]


def month_of_shop(shop: Shop, month: date) -> list[ShopMonth]:
    """The month of the shop: empty if nothing was withheld in it."""
    return [each for each, _ in shops_of_month(month, shop_id=shop.id)]


def shops_of_month(month: date, **only: uuid.UUID) -> Iterator[tuple[ShopMonth, Shop]]:
    """Every shop from which anything was withheld in the month, or to which it was given back."""
    begin, end = bounds_of(month)
    in_month = Withholding.objects.filter(withheld_at__gte=begin, withheld_at__lt=end, **only)
    rows = list(in_month.values("shop_id", "tax_number").annotate(**SUMS).order_by("shop_id", "tax_number"))
    shops = Shop.objects.select_related("taxpayer").in_bulk({row["shop_id"] for row in rows})
    for row in rows:
        shop = shops[row["shop_id"]]
        yield _as_month(row, shop.id, month, getattr(shop, "taxpayer", None)), shop


def _as_month(row: Mapping[str, Any], shop_id: uuid.UUID, month: date, known: Taxpayer | None) -> ShopMonth:
    name, number = row["names"][0], row["tax_number"]
    if not number and known:
        name, number = known.name, known.number
    return ShopMonth(shop_id, month, row["tax_number"], name, number, row["base"], row["tax"])
