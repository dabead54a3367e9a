"""The figures that the government asks for, of a closed quarter: Permendag 19/2026 Art. 21 and 53 to 55, BPS 4/2023.

A sale counts in the quarter in which it was paid, also one that was refunded later. What went back and what Lapak earned is read
from the ledger, in the quarter in which it was posted. A group with fewer than `LEAST_PEOPLE` people is never shown alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform

from lapak.compliance.errors import NoSuchPeriod
from lapak.lib.clock import WIB
from lapak.lib.days import begin_of
from lapak.lib.ids import first_id_at
from lapak.money.ledger.models import Transfer
from lapak.money.ledger.transfers import TransferCode
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.models import Shop
from lapak.trade.orders.models import Order, OrderLine, PaymentAllocation

LEAST_PEOPLE = 5
"""Ours: fewer could be known by their figures."""
PAID_WITHIN = timedelta(days=31)
"""From an order to its payment, at most, however late a partner tells of it: orders are found by the moment they were made."""
_PERIOD = re.compile(r"(\d{4})-Q([1-4])")


@dataclass(frozen=True, slots=True)
class Quarter:
    """Three months of a year; `begin` is its first day, `end` the first one after its last, in Jakarta."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def begin(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def end(self) -> date:
        return self.next.begin

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter(self.year - (self.number == 1), (self.number - 2) % 4 + 1)


@dataclass(frozen=True, slots=True)
class Group:
    """What one kind of a table comes to. `people` are shops or buyers, whichever the table is about."""

    name: str
    people: int
    orders: int
    amount_idr: int


OTHERS = "others"
"""Groups that are too small to be shown alone."""


@dataclass(frozen=True, slots=True)
class Figures:
    """All that is told of a quarter: sums by name, and tables by name."""

    quarter: Quarter
    totals: Mapping[str, int]
    tables: Mapping[str, Sequence[Group]]


def quarter_of(day: date) -> Quarter:
    """The quarter that the day is in."""
    return Quarter(day.year, (day.month + 2) // 3)


def last_closed(today: date) -> Quarter:
    """The newest quarter that is over."""
    return quarter_of(today).before


def closed_quarter(text: str, today: date) -> Quarter:
    """As `2026-Q3` names it. Raises `NoSuchPeriod` for what is none, and one that is not over."""
    named = _PERIOD.fullmatch(text)
    quarter = Quarter(int(named[1]), int(named[2])) if named and "2000" <= named[1] < "9999" else None
    if quarter is None or quarter.end > today:
        raise NoSuchPeriod(str(last_closed(today)))
    return quarter


def closed_quarters(today: date, first: date) -> list[Quarter]:
    """Those that are over, the newest first, from the one that `first` is in on."""
    found, quarter = [], last_closed(today)
    while quarter.end > first:
        found.append(quarter)
        quarter = quarter.before
    return found


def figures_of(quarter: Quarter) -> Figures:
    """The whole market's. Reads the orders and transfers of these months, and nothing of before or after."""
    paid = paid_in(quarter)
    return Figures(quarter, {**_people(paid, quarter), **_sales(paid), **_posted(quarter)}, _tables(paid))


def paid_in(quarter: Quarter) -> QuerySet[Order]:
    """The orders that were paid in these months, found by when they were made."""
    begin, end = begin_of(quarter.begin, WIB), begin_of(quarter.end, WIB)
    made = Order.objects.filter(id__gte=first_id_at(begin - PAID_WITHIN), id__lt=first_id_at(end))
    return made.filter(paid_at__gte=begin, paid_at__lt=end).order_by()


def gathered(groups: Sequence[Group]) -> list[Group]:
    """The largest first; the small ones as one, with another that has `LEAST_PEOPLE`, as the same people may be in several. None
    at all where none has as many."""
    rows = sorted(groups, key=lambda group: (-group.people, group.name))
    shown = [row for row in rows if row.people >= LEAST_PEOPLE]
    small = rows[len(shown) :]
    if small:
        if not shown:
            return []
        small.append(shown.pop())
    return [*shown, _together(small)] if small else shown


def _together(small: Sequence[Group]) -> Group:
    return Group(
        OTHERS,
        max(row.people for row in small),
        sum(row.orders for row in small),
        sum(row.amount_idr for row in small),
    )


def _people(paid: QuerySet[Order], quarter: Quarter) -> dict[str, int]:
    opened = Shop.objects.filter(created_at__lt=begin_of(quarter.end, WIB)).count()
    return {
        "shops": opened,
        **paid.aggregate(shops_that_sold=Count("shop", distinct=True), buyers=Count("buyer", distinct=True)),
    }


def _sales(paid: QuerySet[Order]) -> dict[str, int]:
    return paid.aggregate(
        orders=Count("id"),
        orders_completed=Count("id", filter=Q(completed_at__isnull=False)),
        orders_cancelled=Count("id", filter=Q(cancelled_at__isnull=False)),
        goods_idr=Sum("goods_idr", default=0),
        shipping_idr=Sum("shipping_idr", default=0),
    )


POSTED: Mapping[str, tuple[TransferCode, ...]] = {
    "refunded_idr": (
        TransferCode.ORDER_REFUNDED,
        TransferCode.GOODS_REFUNDED,
        TransferCode.SHIPPING_REFUNDED,
        TransferCode.WAY_BACK_REFUNDED,
    ),
    "fees_idr": (TransferCode.FEE,),
    "fees_given_back_idr": (TransferCode.FEE_GIVEN_BACK,),
    "vat_on_fees_idr": (TransferCode.FEE_VAT,),
    "vat_given_back_idr": (TransferCode.FEE_VAT_GIVEN_BACK,),
}
"""What the ledger says of the quarter, by the moment it was posted: what went back to buyers, and Lapak's own revenue; but for
what a correction has undone since."""


def _posted(quarter: Quarter) -> dict[str, int]:
    codes = [code for codes in POSTED.values() for code in codes]
    posted = Transfer.objects.filter(
        posted_at__gte=begin_of(quarter.begin, WIB),
        posted_at__lt=begin_of(quarter.end, WIB),
        code__in=codes,
        reversal=None,
    )
    by_code = dict(posted.order_by().values_list("code").annotate(idr=Sum("amount_idr")))
    return {name: sum(int(by_code.get(code, 0)) for code in codes) for name, codes in POSTED.items()}


def _tables(paid: QuerySet[Order]) -> dict[str, list[Group]]:
    province = KeyTextTransform("province_code", "purchase__address")
    route = Case(When(there=F("shop__province_code"), then=Value("same_province")), default=Value("other_province"))
    return {
        "shops_by_province": _groups(paid, F("shop__province_code"), "shop"),
        "buyers_by_province": _groups(paid, province, "buyer"),
        "payment": _payments(paid),
        "courier": _groups(paid, F("courier"), "buyer"),
        "route": _groups(paid.annotate(there=province), route, "buyer"),
        "origin": _origins(paid),
    }


def _groups(paid: QuerySet[Order], kind: Combinable, people: str) -> list[Group]:
    counted = (
        paid.annotate(by=kind).values_list("by").annotate(Count(people, distinct=True), Count("id"), Sum("goods_idr"))
    )
    return gathered([Group(str(name), *map(int, told)) for name, *told in counted])


def _payments(paid: QuerySet[Order]) -> list[Group]:
    """By how it was paid; the amount is all that came in, with shipping."""
    method = Subquery(PaymentIntent.objects.filter(id=OuterRef("intent_id")).values("method"))
    parts = PaymentAllocation.objects.filter(order__in=paid.values("id")).annotate(by=method).order_by()
    counted = parts.values_list("by").annotate(
        Count("order__buyer", distinct=True), Count("order", distinct=True), Sum("amount_idr")
    )
    return gathered([Group(str(name), *map(int, told)) for name, *told in counted])


def _origins(paid: QuerySet[Order]) -> list[Group]:
    """By where goods were made, as their shops say it today."""
    lines = OrderLine.objects.filter(order__in=paid.values("id")).order_by()
    counted = lines.annotate(by=F("variant__product__origin")).values_list("by").annotate(
        Count("order__buyer", distinct=True),
        Count("order", distinct=True),
        Sum("paid_idr"),
    )  # fmt: skip
    return gathered([Group(str(name) or "unsaid", *map(int, told)) for name, *told in counted])
