"""Feeds that Google and Meta fetch by themselves: open one, copy its address, see what is in it and what is not."""

import uuid
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.moving.feed_files import FEEDS
from lapak.moving.feeds_out import EVERY, address_of, change_feed_address, close_feed, open_feed
from lapak.moving.models import Feed
from lapak.moving.outgoing import Outgoing
from lapak.moving.queries import feed_for_owner, feeds_of_shop
from lapak.people.shops.models import Shop
from lapak.people.shops.rules import Duty
from lapak.web.sell import questions
from lapak.web.sell.access import for_sellers, own_of_shop, show
from lapak.web.shell.acts import carried_out, signed_in
from lapak.web.shell.posted import posted_from


@dataclass(frozen=True, slots=True)
class Row:
    """A format, and the shop's feed in it if one is open."""

    out: Outgoing
    feed: Feed | None

    @property
    def address(self) -> str:
        return address_of(self.feed) if self.feed else ""


@require_safe
@for_sellers(Duty.OWNERSHIP)
def feeds(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Each format, open or not."""
    opened = {feed.platform: feed for feed in feeds_of_shop(shop)}
    rows = [Row(out, opened.get(platform)) for platform, out in FEEDS.items()]
    is_waiting = any(feed.as_of is None and feed.failed_at is None for feed in opened.values())
    context = {"rows": rows, "is_waiting": is_waiting, "hours": EVERY.seconds // 3600}
    return show(request, shop, "feeds.html", context)


@posted_from("sell_feeds", "slug")
@for_sellers(Duty.OWNERSHIP)
def open_one(request: HttpRequest, shop: Shop) -> HttpResponse:
    """A feed in the format that was chosen."""
    by, platform = signed_in(request), request.POST.get("format", "")
    done = _("The feed is open. Copy its address as soon as it is written.")
    carried_out(request, lambda: open_feed(by, shop, platform, get_language() or "id"), done)
    return redirect("sell_feeds", shop.slug)


@posted_from("sell_feeds", "slug")
@for_sellers(Duty.OWNERSHIP)
@questions.asked_first(questions.about_feed_address)
def change_address(request: HttpRequest, shop: Shop, feed_id: uuid.UUID) -> HttpResponse:
    """Another address; the old one ends."""
    feed = own_of_shop(request, shop, feed_for_owner, feed_id)
    carried_out(request, lambda: change_feed_address(signed_in(request), feed.id), _("The feed has a new address."))
    return redirect("sell_feeds", shop.slug)


@posted_from("sell_feeds", "slug")
@for_sellers(Duty.OWNERSHIP)
@questions.asked_first(questions.about_closing_feed)
def close(request: HttpRequest, shop: Shop, feed_id: uuid.UUID) -> HttpResponse:
    """No feed any more."""
    feed = own_of_shop(request, shop, feed_for_owner, feed_id)
    carried_out(request, lambda: close_feed(signed_in(request), feed.id), _("The feed is closed."))
    return redirect("sell_feeds", shop.slug)
