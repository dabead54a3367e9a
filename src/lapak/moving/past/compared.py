"""What a shop's old platforms paid it and took of it, and what Lapak takes of the same goods by its rules of today."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet

from lapak.lib import clock
from lapak.lib.money import divide_half_up
from lapak.money.fees.queries import schedule_of
from lapak.money.taxes.queries import pph22_bp
from lapak.money.taxes.rules import owes_vat
from lapak.moving.formats.registry import title_of
from lapak.moving.past.fees import is_commission, is_tax
from lapak.moving.past.models import PastIncomeMonth, PastOrder
from lapak.people.shops.models import Shop
from lapak.trade.orders.settlement import Rates, split_of_order

_WHOLE_BP = 10_000


@dataclass(frozen=True, slots=True)
class RatesOfToday:
    """What is taken from goods, in basis points, and whether VAT is due on the fee."""

    fee_bp: int
    pph22_bp: int
    has_vat: bool


@dataclass(frozen=True, slots=True)
class Here:
    """What would become of the revenue at Lapak, in rupiah: the parts and what is left come to `sold_idr`."""

    sold_idr: int
    fee_idr: int
    vat_idr: int
    tax_idr: int
    commission_idr: int
    kept_idr: int


@dataclass(frozen=True, slots=True)
class Paid:
    """Some months, or one, at an old platform."""

    months: Sequence[PastIncomeMonth]

    @property
    def orders(self) -> int:
        return sum(month.orders for month in self.months)

    @property
    def revenue_idr(self) -> int:
        return sum(month.revenue_idr for month in self.months)

    @property
    def adjustment_idr(self) -> int:
        return sum(month.adjustment_idr for month in self.months)

    @property
    def paid_idr(self) -> int:
        return sum(month.paid_idr for month in self.months)

    @property
    def taken_idr(self) -> dict[str, int]:
        """What was taken, by name, the most first; what was given is below nought."""
        fees: dict[str, int] = {}
        for month in self.months:
            for name, idr in month.fees.items():
                fees[name] = fees.get(name, 0) - idr
        return dict(sorted(fees.items(), key=lambda fee: (-fee[1], fee[0])))

    @property
    def all_taken_idr(self) -> int:
        return sum(self.taken_idr.values())

    @property
    def commission_idr(self) -> int:
        """What creators and their partners got."""
        return sum(idr for name, idr in self.taken_idr.items() if is_commission(name))

    @property
    def tax_idr(self) -> int:
        return sum(idr for name, idr in self.taken_idr.items() if is_tax(name))

    @property
    def unexplained_idr(self) -> int:
        """What was paid beyond what the reports' own rows come to; below nought: what is missing."""
        return self.paid_idr - (self.revenue_idr - self.all_taken_idr + self.adjustment_idr)

    def of_revenue_bp(self, idr: int) -> int | None:
        """The amount as a share of the revenue; None where there is none, or nothing to be said of it."""
        return divide_half_up(idr * _WHOLE_BP, self.revenue_idr) if self.revenue_idr > 0 and idr >= 0 else None

    def here(self, today: RatesOfToday) -> Here:
        """The same goods at Lapak, as one sale, with the commission that was paid there: the rate is the shop's to set."""
        sold_idr = max(0, self.revenue_idr)
        room_idr = sold_idr * (_WHOLE_BP - today.fee_bp - today.pph22_bp) // _WHOLE_BP
        commission_idr = min(max(0, self.commission_idr), room_idr)
        rates = Rates(sold_idr * today.fee_bp, today.pph22_bp, today.has_vat)
        split = split_of_order(sold_idr, sold_idr, 0, rates, [commission_idr * _WHOLE_BP])
        taken_idr = split.fee_idr + split.vat_idr + split.pph22_idr + sum(split.commissions_idr)
        return Here(
            sold_idr, split.fee_idr, split.vat_idr, split.pph22_idr, sum(split.commissions_idr), sold_idr - taken_idr
        )


@dataclass(frozen=True, slots=True)
class Incomes:
    """A shop at one platform: all months of which its reports tell, the oldest first."""

    platform: str
    title: str
    months: list[Paid]

    @property
    def whole(self) -> Paid:
        """All of them."""
        return Paid([month for paid in self.months for month in paid.months])


def rates_of_today(shop: Shop) -> RatesOfToday:
    """By which an order of the shop's that was placed and paid today would be settled, but for the rates of single categories
    and of small sellers."""
    today = clock.today()
    return RatesOfToday(schedule_of(shop).usual.rate_bp, pph22_bp(today), owes_vat(today, settings.TAXABLE_SINCE))


def has_incomes(shop: Shop) -> bool:
    """Whether any report of income was loaded."""
    return PastIncomeMonth.objects.filter(shop=shop).exists()


def incomes_of_shop(shop: Shop) -> list[Incomes]:
    """The platforms whose reports of income the shop has loaded, the one with most orders first."""
    by_platform: dict[str, list[Paid]] = {}
    for month in PastIncomeMonth.objects.filter(shop=shop).order_by("month"):
        by_platform.setdefault(month.platform, []).append(Paid([month]))
    incomes = [Incomes(platform, title_of(platform), months) for platform, months in by_platform.items()]
    return sorted(incomes, key=lambda each: each.whole.orders, reverse=True)


def unpaid_orders(shop: Shop, platform: str) -> QuerySet[PastOrder]:
    """Completed orders of the time of which the reports tell that stand in none of them, the oldest first."""
    return PastOrder.objects.filter(shop=shop, platform=platform, is_unpaid=True).order_by("placed_at", "id")
