"""Who sells: nobody who runs the marketplace, nobody without a legal standing for longer than the law lets them."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db.models import F

from lapak.compliance.proofs.asked import ask
from lapak.compliance.proofs.days import end_of
from lapak.compliance.rules import Found
from lapak.lib import clock
from lapak.lib.regions import PROVINCES
from lapak.people.shops.closings import is_resting
from lapak.people.shops.errors import OperatorSellsNothing
from lapak.people.shops.legality_rules import IN_PROCESS
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import refuse_operator
from lapak.people.users.models import User
from lapak.trade.orders.models import Order
from lapak.trade.shipping.models import ZONES, Rate

SHOWN = 5
"""Examples that a proof names."""
NO_PROVINCE = "00"
"""A code that no province has, as if the shop were abroad."""


def operator_works_for_no_shop(_on: date) -> Found:
    """Shops for which somebody works who runs the marketplace."""
    theirs = (
        Shop.objects.filter(members__user__is_staff=True).distinct().order_by("slug").values_list("slug", flat=True)
    )
    return Found(
        not theirs, {"shops": Shop.objects.count(), "of_the_operator": len(theirs), "such_as": list(theirs[:SHOWN])}
    )


def operator_is_refused(_on: date) -> Found:
    """Whether somebody of the operator would be refused now: the gate itself is tried, nothing is written."""
    try:
        refuse_operator(User(is_staff=True))
    except OperatorSellsNothing as refusal:
        return Found(True, {"refused_with": refusal.code})
    return Found(False, {"refused_with": None})


def label_is_shown(_on: date) -> Found:
    """What the public pages of the newest shops without NIB say."""
    shops = Shop.objects.filter(is_open=True, nib="").order_by("-id").values_list("slug", flat=True)[:SHOWN]
    without = [slug for slug in shops if IN_PROCESS not in ask(f"/s/{slug}").text]
    return Found(not without, {"looked_at": list(shops), "label": IN_PROCESS, "pages_without": without})


def nobody_sold_past_their_time(on: date) -> Found:
    """Of shops that have no NIB now, the orders that were placed when their time was over; and how many it ends for by that
    day."""
    without = Shop.objects.filter(nib="")
    over = without.filter(legalise_by__lt=end_of(on)).order_by("legalise_by").values_list("slug", flat=True)
    orders = Order.objects.filter(shop__nib="", placed_at__gte=F("shop__legalise_by"), placed_at__lt=end_of(on)).count()
    return Found(
        orders == 0,
        {"shops_without_nib": without.count(), "past_their_time": len(over), "such_as": list(over[:SHOWN]),
         "orders_all_the_same": orders},
    )  # fmt: skip


def sales_stop(_on: date) -> Found:
    """Whether a shop without NIB sells a moment after its time, and with one: both are tried, nothing is written."""
    moment_ago = clock.now() - timedelta(seconds=1)
    sells = {
        words: not is_resting(Shop(province_code="31", nib=nib, legalise_by=moment_ago))
        for words, nib in (("without_nib", ""), ("with_nib", "1234567890123"))
    }
    return Found(sells == {"without_nib": False, "with_nib": True}, {"sells": sells})


def shops_are_here(_on: date) -> Found:
    """Where shops are."""
    abroad = Shop.objects.exclude(province_code__in=PROVINCES).order_by("slug").values_list("slug", flat=True)
    return Found(not abroad, {"shops": Shop.objects.count(), "abroad": len(abroad), "such_as": list(abroad[:SHOWN])})


def abroad_is_refused(_on: date) -> Found:
    """Whether a shop abroad would be refused now: its fields are looked at as when one is opened, nothing is written."""
    try:
        Shop(slug="abroad", name="Abroad", city="Abroad", province_code=NO_PROVINCE).clean_fields()
    except ValidationError as refused:
        return Found("province_code" in refused.message_dict, {"refused_fields": sorted(refused.message_dict)})
    return Found(False, {"refused_fields": []})


def parcels_begin_here(_on: date) -> Found:
    """From where couriers are paid to carry."""
    zones = {zone for zone, _ in ZONES}
    origins = set(Rate.objects.values_list("origin_zone", flat=True).distinct())
    return Found(origins <= zones, {"origins": sorted(origins), "abroad": sorted(origins - zones)})
