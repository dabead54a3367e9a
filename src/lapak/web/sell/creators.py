"""The shop's desk of creators: find them, choose whom to invite, and see what each brings for what they cost."""

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.brought import PERIODS_DAYS, brought_to
from lapak.affiliates.explained import why_promoters
from lapak.affiliates.models import Creator, Programme
from lapak.affiliates.offers import promoters_of_shop
from lapak.affiliates.profiles.models import Profile
from lapak.affiliates.profiles.queries import ids_of_found, profile_found, profiles_shown, wide_categories
from lapak.affiliates.profiles.rules import ChannelState, conversion_bp
from lapak.affiliates.programmes import announce_rate
from lapak.affiliates.queries import programme_for_seller
from lapak.affiliates.rates import CUT_REACHES_AFTER
from lapak.goods.catalogue.models import Category
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell.access import for_sellers, show
from lapak.web.sell.questions import asked_first
from lapak.web.shell.acts import carried_out, page_of, signed_in
from lapak.web.shell.posted import posted_from
from lapak.web.shell.question import Question

CREATORS_ON_A_PAGE = 25


@require_safe
@for_sellers(Duty.PROMOTION)
def find(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Creators with a confirmed channel who want to be found, of a category (`?category=`), the most orders first."""
    categories = list(wide_categories())
    category = next((each for each in categories if each.code == request.GET.get("category")), None)
    page = page_of(request, ids_of_found(category), CREATORS_ON_A_PAGE)
    promoting = set(promoters_of_shop(shop).filter(creator__in=list(page)).values_list("creator_id", flat=True))
    context: dict[str, Any] = {
        "categories": categories,
        "category": category,
        "page": page,
        "rows": [{**_row(each), "promotes": each.creator_id in promoting} for each in profiles_shown(list(page))],
    }
    return show(request, shop, "creators_find.html", context)


@require_safe
@for_sellers(Duty.PROMOTION)
def creator(request: HttpRequest, shop: Shop, handle: str) -> HttpResponse:
    """One of them: what they say, their channels, what they brought, here and elsewhere."""
    profile = profile_found(handle)
    brought = brought_to(shop, [profile.creator_id], PERIODS_DAYS[-1])[profile.creator_id]
    return show(request, shop, "creator.html", {**_row(profile), "brought": brought, "days": PERIODS_DAYS[-1]})


@require_safe
@for_sellers(Duty.PROMOTION)
def returns(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Who promotes the shop, and of each what was sold for what it cost, in the last `?days=`."""
    asked = request.GET.get("days", "")
    days = int(asked) if asked in map(str, PERIODS_DAYS) else PERIODS_DAYS[0]
    promoters = promoters_of_shop(shop)
    page = page_of(request, promoters, CREATORS_ON_A_PAGE, total=promoters.count())
    brought, decisions = brought_to(shop, {each.creator_id for each in page}, days), why_promoters(list(page))
    context: dict[str, Any] = {
        "page": page,
        "rows": [(each, brought[each.creator_id], decisions[each.pk]) for each in page],
        "days": days,
        "periods": PERIODS_DAYS,
    }
    return show(request, shop, "creators_returns.html", context)


def _about_ending(request: HttpRequest, shop: Shop, programme_id: uuid.UUID) -> Question | None:
    found = _invited(request, shop, programme_id)
    asks = _("End the collaboration with %(creator)s?") % {"creator": _creator_of(found)}
    line = _("What is bought in the next %(days)s days still earns as agreed: nobody loses a video that is out.")
    return Question(asks, reverse("sell_creators_returns", args=[shop.slug]), [line % {"days": CUT_REACHES_AFTER.days}])


@posted_from("sell_creators_returns", "slug")
@for_sellers(Duty.PROMOTION)
@asked_first(_about_ending)
def end(request: HttpRequest, shop: Shop, programme_id: uuid.UUID) -> HttpResponse:
    """A rate of a creator's own ends, with the time of every cut."""
    by, found = signed_in(request), _invited(request, shop, programme_id)
    carried_out(request, lambda: announce_rate(by, found, 0), _("It ends. The creator is told from when on."))
    return redirect("sell_creators_returns", shop.slug)


def _invited(request: HttpRequest, shop: Shop, programme_id: uuid.UUID) -> Programme:
    found = programme_for_seller(signed_in(request), programme_id)
    if found.shop != shop or found.kind != Programme.Kind.INVITED:
        raise Http404
    return found


def _creator_of(programme: Programme) -> Creator:
    return programme.memberships.select_related("creator").earliest("joined_at").creator


def _row(profile: Profile) -> dict[str, Any]:
    channels = [each for each in profile.creator.channels.all() if each.state == ChannelState.CONFIRMED]
    filed: list[Category] = [each.category for each in profile.categories.all()]
    return {
        "profile": profile,
        "channels": channels,
        "filed": filed,
        "conversion_bp": conversion_bp(profile.orders, profile.clicks),
    }
