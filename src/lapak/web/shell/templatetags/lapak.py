"""How Lapak writes amounts, moments, states and icons in templates: `{% load lapak %}`."""

import re
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from html import escape

from django import template
from django.conf import settings
from django.db.models import Model
from django.http import HttpRequest
from django.template.context import Context
from django.templatetags.static import static
from django.utils import formats
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbers import KINDS, Kind, numbers_in
from lapak.goods.catalogue.renditions import Renditions
from lapak.lib.clock import WIB, now, say
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_count, format_rate, format_whole, localised
from lapak.money.gateways.errors import UnknownGateway
from lapak.money.gateways.registry import gateway_named
from lapak.money.ledger.models import Account
from lapak.people.notices.queries import MOST_COUNTED, unread_count
from lapak.people.shops import closings
from lapak.people.shops.closing_rules import Closing
from lapak.people.shops.models import Shop
from lapak.people.users.models import Look, User
from lapak.trade.shipping.rules import courier_title
from lapak.web.shell import books
from lapak.web.shell.once import always_the_same
from lapak.web.shell.states import Reader, shown

register = template.Library()

FIRST_SEEN = 4
"""Goods of a list that stand in a phone's first screen; a wide screen shows its other pictures soon enough."""

CARD_WIDTHS = "(max-width: 30rem) 46vw, 15rem"
"""How wide a card's picture is drawn (`goods.css`): two beside each other on a phone, from 12.5rem on elsewhere."""


@register.filter
def idr(amount_idr: int) -> str:
    """`Rp115.000`."""
    return format_idr(int(amount_idr))


@register.filter
def whole(number: int) -> str:
    """`1.000`: a number without its unit, as it stands in a field."""
    return format_whole(number)


@register.filter
def numbers_whole(text: str) -> SafeString:
    """The text with its numbers of orders and payouts (`6184-1577-4603`) as ones that no line breaks off at a hyphen."""
    return SafeString(re.sub(r"\d{4}(?:-\d{4})+", r'<span class="nowrap">\g<0></span>', conditional_escape(text)))


@register.filter
def percent(rate_bp: int) -> str:
    """A rate in basis points as people write it: 250 → `2,5%` in Indonesian, `2.5%` in English."""
    return f"{format_rate(int(rate_bp))}%"


@register.filter
def standard_numbers(product: Product) -> list[tuple[Kind, str]]:
    """The numbers of standards that a product shows, each with its kind."""
    return [(KINDS[code], number) for code, number in numbers_in(product.attributes).items()]


@register.filter
def other_attributes(product: Product) -> list[tuple[str, str]]:
    """What else is said of a product."""
    shown = numbers_in(product.attributes)
    return [(name, value) for name, value in product.attributes.items() if name not in shown]


@register.filter
def weight(weight_g: int) -> str:
    """`850 g`, `1,2 kg`."""
    if weight_g < 1000:
        return f"{weight_g} g"
    return localised(f"{weight_g / 1000:.1f}".removesuffix(".0")) + " kg"


register.filter(courier_title)


@register.filter
def wib(moment: datetime | None) -> str:
    """`5 November 2026, 14.30 WIB` (lib/clock.py). A line breaks at its commas alone."""
    return "" if moment is None else say(moment).replace(" ", "\xa0").replace(",\xa0", ", ")


@register.filter
def wib_day(moment: datetime | None) -> str:
    """`5 Nov 2026`: the day of a moment in Jakarta. No line breaks within it."""
    return "" if moment is None else short_day(moment.astimezone(WIB))


@register.filter
def short_day(day: date) -> str:
    """`5 Nov 2026`, of a day. No line breaks within it."""
    return formats.date_format(day, "j\xa0M\xa0Y")


@register.filter
def fact_words(code: str) -> str:
    """What a transfer of the books records, in words."""
    return books.fact_words(code)


@register.filter
def account_words(account: Account) -> str:
    """What an account of the books holds, in words."""
    return capfirst(books.account_name(account))


@register.filter
def remaining(moment: datetime) -> str:
    """How long until then, in its two largest units: `1 day 4 hours`; empty once it is past."""
    minutes = int((moment - now()).total_seconds()) // 60
    if minutes < 0:
        return ""
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = [
        ngettext("%(count)d day", "%(count)d days", days) % {"count": days} if days else "",
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} if hours else "",
        ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes} if minutes else "",
    ]
    return " ".join([part for part in parts if part][:2]) or _("less than a minute")


@register.simple_tag
def market_closing() -> Closing | None:
    """When the marketplace closes, if that is announced."""
    return closings.closing_of(None)


@register.simple_tag
def closing_of(shop: Shop) -> Closing | None:
    """When the shop closes, be it alone or with the marketplace."""
    return closings.closing_of(shop.id)


@register.filter
def rests(shop: Shop) -> bool:
    """Whether its goods are shown and not sold at this moment."""
    return closings.is_resting(shop)


@register.simple_tag
def state(thing: Model, reader: str) -> SafeString:
    """The badge of a thing's state, as a `buyer`, `seller`, `creator` or `operator` reads it (shell/states.py)."""
    look = shown(thing, Reader(reader))
    return format_html('<span class="badge tone-{}">{}</span>', look.tone.value, capfirst(str(look.words)))


@register.filter
def state_words(thing: Model, reader: str) -> str:
    """The same in words alone."""
    return str(shown(thing, Reader(reader)).words)


@register.simple_tag
@always_the_same
@cache
def icon(name: str, classes: str = "") -> SafeString:
    """One of the pictograms in `static/shell/icons.svg`; decoration only, so words always stand beside it."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        classes,
        static("shell/icons.svg"),
        name,
    )


@register.simple_tag
@always_the_same
@cache
def picture(name: str) -> SafeString:
    """One of the drawings in `static/shell/pictures.svg`: stall, basket, parcel, search, links, ledger, closed."""
    return format_html(
        '<svg class="picture" viewBox="0 0 200 140" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("shell/pictures.svg"),
        name,
    )


@register.simple_tag
def thumb(shown: Renditions | None, classes: str = "", alt: str = "") -> SafeString:
    """A picture beside a line of words, small; an icon where there is none."""
    if not shown:
        return format_html('<span class="thumb {}">{}</span>', classes, icon("image", "icon-l"))
    return format_html(
        '<img class="thumb {}" src="{}" alt="{}" width="88" height="88" loading="lazy" decoding="async">',
        classes,
        shown.small,
        alt,
    )


@register.simple_tag
def stars(given: int) -> SafeString:
    """So many of five stars, as a reader of one review sees them: told by their shape, not by their colour alone."""
    said = _("%(stars)s of 5 stars") % {"stars": given}
    return SafeString(
        f'<span class="stars" role="img" aria-label="{escape(said)}">{"★" * given}{"☆" * (5 - given)}</span>'
    )


@register.simple_tag
def rating(average: Decimal, review_count: int) -> SafeString:
    """The average of so many reviews: `★ 4,8 (12)`."""
    return SafeString(
        f'<span class="stars" aria-hidden="true">★</span> <span class="strong">{formats.number_format(average, 1)}</span> '
        f'<span class="soft">({format_count(review_count)})</span>'
    )


@register.simple_tag
def product_card(
    href: str,
    title: str,
    amount_idr: int,
    image: str = "",
    srcset: str = "",
    *,
    was_idr: int | None = None,
    is_from: bool = False,
    shop: str = "",
    place: str = "",
    sold: int = 0,
    average: Decimal | None = None,
    review_count: int = 0,
    badge: str = "",
    badge_tone: str = "warn",
    place_in_list: int = FIRST_SEEN,
) -> SafeString:
    """Goods in a grid or on a shelf, with a picture at `image` that may come in several sizes (`srcset`). The first of a
    list are in sight at once: their pictures are fetched without delay.

    Put together here and not by a template: a page has forty of them, and a template takes ten times as long.
    """
    is_first = place_in_list < FIRST_SEEN
    priority = ' fetchpriority="high"' if place_in_list == 0 else ""
    loading = f'loading="eager"{priority}' if is_first else 'loading="lazy"'
    sizes = f' srcset="{escape(srcset)}" sizes="{CARD_WIDTHS}"' if srcset else ""
    shown = (
        f'<img src="{escape(image)}"{sizes} alt="" width="480" height="480" {loading} decoding="async">'
        if image
        else icon("image")
    )
    label = f'<span class="badge tone-{escape(badge_tone)}">{escape(badge)}</span>' if badge else ""
    before = f'<span class="price-from">{escape(_("from"))}</span>' if is_from else ""
    price = (
        f'<span class="price-cut">{format_idr(amount_idr)}</span>'
        if was_idr
        else f"<span>{format_idr(amount_idr)}</span>"
    )
    was = f' <s class="price-was">{format_idr(was_idr)}</s>' if was_idr else ""
    count = (
        f'<span class="product-card-sold">{escape(_("%(count)s sold") % {"count": format_count(sold)})}</span>'
        if sold
        else ""
    )
    seller = f'<span class="product-card-shop">{escape(shop)}</span>' if shop else ""
    given = f'<span class="rating">{rating(average, review_count)}</span>' if average else ""
    town = f'<span class="product-card-place">{icon("place")}<span>{escape(place)}</span></span>' if place else ""
    return SafeString(
        f'<a class="product-card" href="{escape(href)}"><div class="product-card-picture">{shown}{label}</div>'
        f'<div class="product-card-body"><h3 class="product-card-title">{escape(title)}</h3>'
        f'<span class="price">{before}{price}{was}</span>{given}{count}{seller}{town}</div></a>'
    )


@register.simple_tag(takes_context=True)
def nav_item(context: Context, href: str, icon_name: str, label: str, count: int = 0, *, also: str = "") -> SafeString:
    """A link of a navigation bar, marked current on its own page, on the pages below it, and on those beside it whose last
    parts are in `also`, which are reached from it."""
    pages = [href, *(f"{href.rpartition('/')[0]}/{name}" for name in also.split())]
    mark = next((f" {mark}" for page in pages if (mark := current(context, page))), "")
    counted = f' <span class="count">{format_count(count)}</span>' if count else ""
    return SafeString(
        f'<a href="{escape(href)}"{mark}>{icon(icon_name, "icon-l")}<span>{escape(str(label))}</span>{counted}</a>'
    )


@register.simple_tag(takes_context=True)
def cart_count(context: Context) -> int:
    """How many pieces lie in the reader's cart, as their session has it."""
    session = getattr(context.get("request"), "session", {})
    return int(session.get("cart_count", 0))


@register.simple_tag
def unread(user: User) -> str:
    """How many notices the signed-in user has not seen, as the bell says it: empty, `7`, `99+`. One statement."""
    count = unread_count(user.id)
    return f"{MOST_COUNTED - 1}+" if count == MOST_COUNTED else str(count or "")


@register.simple_tag(takes_context=True)
def current(context: Context, href: str) -> SafeString:
    """`aria-current="page"` inside a link to the page being shown, or to one above it."""
    return SafeString('aria-current="page"') if _is_at(context, href) else SafeString("")


@register.simple_tag
def site_address(path: str = "") -> str:
    """The absolute address of a path, as other sites need it (Open Graph, e-mail)."""
    return f"{settings.BASE_URL}{path}"


def _is_at(context: Context, href: str) -> bool:
    request: HttpRequest | None = context.get("request")
    if request is None:
        return False
    target = href.partition("?")[0]
    if target == "/":
        # The home page answers the search too: it is its own page only without a question.
        return request.path == "/" and ("q" in request.GET) == ("?" in href)
    return request.path == target or request.path.startswith(target.rstrip("/") + "/")


@register.simple_tag(takes_context=True)
def looking(context: Context) -> Look | None:
    """As whom an operator looks at this page, if one does (looking.py)."""
    found: Look | None = getattr(context.get("request"), "look", None)
    return found


@register.simple_tag
def play_money() -> bool:
    """Whether the gateway that asks buyers for money is a sandbox."""
    return gateway_named(settings.PAYMENT_PROVIDER).is_play


@register.filter
def is_past(moment: datetime | None) -> bool:
    """Whether it lies behind us."""
    return moment is not None and moment < now()


@register.filter
def partner(name: str) -> str:
    """What people call a partner of payments or payouts."""
    try:
        return gateway_named(name).title
    except UnknownGateway:
        return name


@register.filter
def translated(text: str) -> str:
    """A sentence that was kept in English, marked for translation where it was written, in the reader's language."""
    return _(text) if text else ""
