"""What the shop sold at its old platforms before it came: by month, what sold best, and all of it as a file."""

from itertools import pairwise

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.lib.money import format_idr
from lapak.lib.months import months_after
from lapak.moving.past.compared import has_incomes
from lapak.moving.past.leaving import ORDER_COLUMNS, lines_of_orders
from lapak.moving.past.models import PastMonth
from lapak.moving.past.queries import Past, best_sellers, pasts_of_shop
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.shell.acts import page_of
from lapak.web.shell.chart import Days, bar_chart, over_days
from lapak.web.shell.csv_file import csv_file

BEST_SELLERS_ON_A_PAGE = 25
MONTHS_SHOWN = 36
"""Three years: more bars than that are too thin on a phone."""


@require_safe
@for_sellers(Duty.GOODS)
def past(request: HttpRequest, shop: Shop) -> HttpResponse:
    """One platform at a time, the one with most orders first."""
    pasts = pasts_of_shop(shop)
    if not pasts:
        return show(request, shop, "past.html", {"pasts": pasts, "has_incomes": has_incomes(shop)})
    chosen = _chosen(request, pasts)
    months = _without_gaps(chosen.months)[-MONTHS_SHOWN:]
    context = {
        "pasts": pasts,
        "has_incomes": has_incomes(shop),
        "past": chosen,
        "chart": _chart(months),
        "months": months[::-1],
        "page": page_of(request, best_sellers(shop, chosen.platform), BEST_SELLERS_ON_A_PAGE),
    }
    return show(request, shop, "past.html", context)


@require_safe
@for_sellers(Duty.GOODS)
def past_file(request: HttpRequest, shop: Shop) -> HttpResponseBase:
    """All past orders of a platform, a row a line."""
    pasts = pasts_of_shop(shop)
    if not pasts:
        raise Http404
    platform = _chosen(request, pasts).platform
    rows = ([line[column] for column in ORDER_COLUMNS] for line in lines_of_orders(shop, platform))
    return csv_file(f"lapak-{shop.slug}-{platform}.csv", ORDER_COLUMNS, rows)


def _chosen(request: HttpRequest, pasts: list[Past]) -> Past:
    asked = request.GET.get("from")
    return next((each for each in pasts if each.platform == asked), pasts[0])


def _without_gaps(months: list[PastMonth]) -> list[PastMonth]:
    """With the months between, in which nothing was sold."""
    whole = months[:1]
    for before, month in pairwise(months):
        day = months_after(before.month, 1)
        while day < month.month:
            whole.append(PastMonth(month=day, orders=0, completed=0, buyers=0, goods_idr=0))
            day = months_after(day, 1)
        whole.append(month)
    return whole


def _chart(months: list[PastMonth]) -> Days:
    return over_days(
        bar_chart(_("Completed orders"), [(month.month, month.completed) for month in months]),
        bar_chart(_("Goods sold"), [(month.month, month.goods_idr) for month in months], format_idr),
    )
