"""What the shop's old platforms paid and took, month by month, beside what Lapak takes of the same goods."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from lapak.lib.numbers import format_rate, format_whole
from lapak.moving.past.compared import Here, Incomes, Paid, RatesOfToday, incomes_of_shop, rates_of_today, unpaid_orders
from lapak.moving.past.fees import fee_in_words, is_commission, is_tax
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.shell.acts import page_of
from lapak.web.shell.csv_file import csv_file

ORDERS_ON_A_PAGE = 25
MONTHS_SHOWN = 36
"""Three years, as of the sales before; the file has all."""
_FIRST_COLUMNS = ("month", "orders", "revenue_idr")
_LAST_COLUMNS = (
    "adjustment_idr", "paid_idr", "here_fee_idr", "here_vat_idr", "here_tax_idr", "here_commission_idr", "here_kept_idr",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount above the tables."""

    label: str
    amount_idr: int
    note: str
    icon: str


@dataclass(frozen=True, slots=True)
class Compared:
    """Something that is taken, there and here; None where one of them does not know it."""

    words: str
    there_idr: int | None
    here_idr: int | None
    of_revenue_bp: int | None


@require_safe
@for_sellers(Duty.MONEY)
def income_before(request: HttpRequest, shop: Shop) -> HttpResponse:
    """One platform at a time, the one with most orders first."""
    incomes = incomes_of_shop(shop)
    if not incomes:
        return show(request, shop, "income_before.html", {"incomes": incomes})
    chosen, rates = _chosen(request, incomes), rates_of_today(shop)
    whole = chosen.whole
    here = whole.here(rates)
    context = {
        "incomes": incomes,
        "income": chosen,
        "figures": list(_figures(whole, here)),
        "whole": whole,
        "here": here,
        "rates": rates,
        "compared": list(_compared(whole, here)),
        "months": [(paid.months[0].month, paid, paid.here(rates)) for paid in chosen.months[: -MONTHS_SHOWN - 1 : -1]],
        "page": page_of(request, unpaid_orders(shop, chosen.platform), ORDERS_ON_A_PAGE),
    }
    return show(request, shop, "income_before.html", context)


@require_safe
@for_sellers(Duty.MONEY)
def income_before_file(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """All months of a platform, each fee in a column of its own."""
    incomes = incomes_of_shop(shop)
    if not incomes:
        raise Http404
    chosen = _chosen(request, incomes)
    fees = list(chosen.whole.taken_idr)
    head = (*_FIRST_COLUMNS, *map(fee_in_words, fees), *_LAST_COLUMNS)
    name = f"lapak-{shop.slug}-income-{chosen.platform}.csv"
    return csv_file(name, head, _rows(chosen, fees, rates_of_today(shop)))


def _chosen(request: HttpRequest, incomes: list[Incomes]) -> Incomes:
    asked = request.GET.get("from")
    return next((each for each in incomes if each.platform == asked), incomes[0])


def _figures(paid: Paid, here: Here) -> Iterator[Figure]:
    orders = ngettext("%(count)s order", "%(count)s orders", paid.orders) % {"count": format_whole(paid.orders)}
    yield Figure(_("Revenue"), paid.revenue_idr, orders, "tag")
    yield Figure(_("Taken there"), paid.all_taken_idr, _share(paid, paid.all_taken_idr), "cash")
    yield Figure(_("Paid out there"), paid.paid_idr, _share(paid, paid.paid_idr), "wallet")
    yield Figure(_("Left for you at Lapak"), here.kept_idr, _share(paid, here.kept_idr), "stall")


def _share(paid: Paid, idr: int) -> str:
    share_bp = paid.of_revenue_bp(idr)
    return "" if share_bp is None else _("%(percent)s%% of the revenue") % {"percent": format_rate(share_bp)}


def _compared(paid: Paid, here: Here) -> Iterator[Compared]:
    """What stays with the platform, then what creators and the state get, then what no rule tells."""
    fees = paid.taken_idr
    yield Compared(_("Lapak's fee"), None, here.fee_idr, None)
    if here.vat_idr:
        yield Compared(_("VAT on Lapak's fee"), None, here.vat_idr, None)
    for name, idr in fees.items():
        if not is_commission(name) and not is_tax(name):
            yield Compared(fee_in_words(name), idr, None, paid.of_revenue_bp(idr))
    if paid.commission_idr or here.commission_idr:
        there_idr = paid.commission_idr
        yield Compared(_("Commission of creators"), there_idr, here.commission_idr, paid.of_revenue_bp(there_idr))
    if paid.tax_idr or here.tax_idr:
        yield Compared(_("Taxes withheld"), paid.tax_idr, here.tax_idr, paid.of_revenue_bp(paid.tax_idr))
    if paid.adjustment_idr:
        yield Compared(_("Adjustments"), -paid.adjustment_idr, None, None)
    if paid.unexplained_idr:
        yield Compared(_("Not explained by the reports"), -paid.unexplained_idr, None, None)


def _rows(income: Incomes, fees: Sequence[str], rates: RatesOfToday) -> Iterator[tuple[object, ...]]:
    for paid in income.months:
        here, taken_idr = paid.here(rates), paid.taken_idr
        yield (
            f"{paid.months[0].month:%Y-%m}", paid.orders, paid.revenue_idr, *(taken_idr.get(name, 0) for name in fees),
            paid.adjustment_idr, paid.paid_idr, here.fee_idr, here.vat_idr, here.tax_idr, here.commission_idr, here.kept_idr,
        )  # fmt: skip
