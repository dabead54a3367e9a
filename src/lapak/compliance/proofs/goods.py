"""How goods are shown: in which order, and those of Indonesia on a shelf of their own."""

from dataclasses import fields
from datetime import date
from http import HTTPStatus

from django.db.models import Q

from lapak.compliance.proofs.asked import ask
from lapak.compliance.rules import Found
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.search.listings import Listing
from lapak.goods.search.queries import search

LOOKED_THROUGH = 100
AI_LABELS = {"has_ai_pictures": "Gambar dibuat dengan AI", "has_ai_words": "Deskripsi dibuat dengan AI"}
"""The labels as pages bear them, in Indonesian."""


def ranking_is_explained(_on: date) -> Found:
    """The public page about it, and all that it says the search knows."""
    page = ask("/ranking")
    named = page.text.count("<li>") if page.status_code == HTTPStatus.OK else 0
    known = len(fields(Listing))
    return Found(named >= known, {"page": page.status_code, "known_of_goods": known, "points_named": named})


def domestic_goods_have_a_shelf(_on: date) -> Found:
    """The shelf as everybody finds it, how many goods are on it, and what does not belong there."""
    page = ask("/domestic")
    shown = search("", is_domestic=True, page_size=LOOKED_THROUGH)
    strangers = Product.objects.filter(id__in=shown.ids).exclude(origin=Product.Origin.DOMESTIC).count()
    return Found(
        page.status_code == HTTPStatus.OK and not strangers,
        {
            "page": page.status_code,
            "domestic_on_sale": on_sale().filter(origin=Product.Origin.DOMESTIC).count(),
            "on_the_shelf": shown.total,
            "not_domestic": strangers,
        },
    )


def ai_content_bears_a_label(_on: date) -> Found:
    """How many goods on sale say so, and the newest of each kind without the label on its page."""
    said = on_sale().filter(Q(has_ai_pictures=True) | Q(has_ai_words=True))
    newest = [said.filter(**{field: True}).order_by("-id").first() for field in AI_LABELS]
    missing = [
        product.path
        for product, label in zip(newest, AI_LABELS.values(), strict=True)
        if product and label not in ask(product.path, language="id").text
    ]
    return Found(not missing, {"say_so": said.count(), "without_label": missing})
