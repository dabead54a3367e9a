"""Listings are looked through for words of goods that may not be sold: each opens a case, once for a word of a product."""

import uuid
from collections.abc import Collection
from contextlib import suppress

from lapak.goods.catalogue.change_log import CHANGES
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.goods.catalogue.prohibited import prohibited_words_in
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.follow import BATCH, Row, begin, take_next
from lapak.moderation.errors import CaseMoved
from lapak.moderation.models import CaseReport, LookedUpTo, Reason
from lapak.moderation.pages import page_of_product
from lapak.moderation.reporting import open_case


def look_at_listings() -> None:
    """What sellers changed since the last time is looked through; the first time nothing is, as all of it was there before."""
    begin(LookedUpTo, CHANGES)
    while take_next(LookedUpTo, CHANGES, _look) == BATCH:
        pass


def _look(rows: list[Row]) -> None:
    look_at({row[0] for row in rows})


def look_at(product_ids: Collection[uuid.UUID]) -> None:
    """A case waits of each of the products that is on sale with such a word that nobody has decided about yet."""
    for product in on_sale().filter(id__in=product_ids).select_related("shop").order_by("id"):
        found = {match.word for match in prohibited_words_in(product.title, product.description)}
        if found and (new := found - _looked_at(product)):
            with suppress(CaseMoved):  # a person decides about it at this moment
                _open(product, new)


def _looked_at(product: Product) -> set[str]:
    return set(CaseReport.objects.filter(case__product=product).values_list("found_word", flat=True))


@act
def _open(product: Product, words: Collection[str]) -> None:
    case, now = open_case(None, page_of_product(product)), clock.now()
    CaseReport.objects.bulk_create(
        CaseReport(case=case, found_word=word, reason=Reason.PROHIBITED, reported_at=now) for word in sorted(words)
    )
