"""What buyers' pages have many of: `{% load shop %}`. Put together in Python, as a template takes ten times as long."""

from collections.abc import Sequence
from functools import cache
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lapak.lib.regions import PROVINCES
from lapak.web.shell.templatetags.lapak import product_card
from lapak.web.shop.cards import Card

register = template.Library()


@register.simple_tag
def product_cards(cards: Sequence[Card]) -> SafeString:
    """The goods of a list or a shelf, in their order."""
    sold_out = _("Sold out")
    return SafeString(
        "".join(
            product_card(
                card.href,
                card.title,
                card.price_idr,
                card.image,
                card.srcset,
                is_from=card.is_from,
                shop=card.shop,
                place=card.place,
                sold=card.sold,
                average=card.average,
                review_count=card.review_count,
                badge=sold_out if card.is_sold_out else "",
                badge_tone="quiet",
                place_in_list=place,
            )
            for place, card in enumerate(cards)
        )
    )


@register.simple_tag
@cache
def province_options(chosen: str) -> SafeString:
    """Every province as an option of a select, the one with the code `chosen` selected."""
    return SafeString(
        "".join(
            f'<option value="{code}"{" selected" if code == chosen else ""}>{escape(province.name)}</option>'
            for code, province in PROVINCES.items()
        )
    )
