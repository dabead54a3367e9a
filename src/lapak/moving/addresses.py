"""Where goods that moved in are to be found now: the old names beside the new addresses, for links that people have."""

import csv
from collections.abc import Iterator
from typing import IO, NamedTuple

from django.conf import settings

from lapak.goods.catalogue.models import Product
from lapak.moving.formats.registry import FORMATS
from lapak.moving.models import SourceRecord
from lapak.moving.records import PRODUCT, SKU
from lapak.moving.written import harmless
from lapak.people.shops.models import Shop

_AT_ONCE = 1_000
_HANDLES = {"shopify": "/products/{id}"}
"""Platforms whose ids are part of a product's address: the path, as the shop's own host is in no file."""
_LINK = "link"
"""The column of a feed that says it."""


class Address(NamedTuple):
    """One product: as the old platform's file had it, and here. `old` is empty where no file said it."""

    platform: str
    source_id: str
    title: str
    old: str
    new: str

    @property
    def platform_name(self) -> str:
        """As people call it."""
        return next((str(fmt.title) for fmt in FORMATS if fmt.platform == self.platform), self.platform)


COLUMNS = ("platform", "id there", "title there", "address there", "address here")


def addresses_of(shop: Shop) -> Iterator[Address]:
    """Every product that moved into the shop and is still there, platform by platform."""
    links = _links(shop)
    records = SourceRecord.objects.filter(shop=shop, kind=PRODUCT).order_by("platform", "source_id")
    said = list(records.values_list("platform", "source_id", "fields__title", "target_id"))
    for start in range(0, len(said), _AT_ONCE):
        some = said[start : start + _AT_ONCE]
        products = Product.objects.only("id", "slug").in_bulk([target for *_source, target in some])
        for platform, source_id, title, target in some:
            if product := products.get(target):
                old = links.get((platform, source_id)) or _HANDLES.get(platform, "").format(id=source_id)
                yield Address(platform, source_id, title or "", old, f"{settings.BASE_URL}{product.path}")


def write_addresses(shop: Shop, to: IO[str]) -> int:
    """The addresses as CSV with a row of header; answers how many products there are."""
    rows = csv.writer(to, lineterminator="\r\n")
    rows.writerow(COLUMNS)
    found = list(addresses_of(shop))
    rows.writerows(map(harmless, address) for address in found)
    return len(found)


def _links(shop: Shop) -> dict[tuple[str, str], str]:
    """What feeds say, by platform and product: each SKU of a product has its link."""
    records = SourceRecord.objects.filter(shop=shop, kind=SKU, unmapped__has_key=_LINK)
    said = records.values_list("platform", "fields__product_id", f"unmapped__{_LINK}")
    return {(platform, product): link for platform, product, link in said.iterator()}
