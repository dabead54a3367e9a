"""The demo's goods: the example files of six platforms moved in, each shop's as its seller would."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from lapak.goods.catalogue.bulk import change_products
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbering import ids_without_number
from lapak.goods.catalogue.numbers import missing_in, with_numbers
from lapak.lib.clock import today
from lapak.moving.move_in import move_in
from lapak.people.shops.models import Member, Shop

EXAMPLES = settings.ROOT / "examples"


NUMBERS = {
    "BPOM": "TR 000000000",
    "P-IRT": "0000000000000-00",
    "Halal": "ID00000000000000000",
    "SNI": "SNI ISO 8124-1:2010",
}
"""Of the right shape, and nobody's."""

AT_A_TIME = 2
"""Most of the work is painting pictures anew, which leaves Python's lock alone."""


def move_examples_in(shops: Mapping[str, Shop]) -> None:
    """Each shop has the goods and the past orders that it had on its platform; nothing new where it has goods already."""
    with ThreadPoolExecutor(AT_A_TIME) as threads:
        list(threads.map(_move_in, shops, shops.values()))


def _move_in(platform: str, shop: Shop) -> None:
    try:
        if not Product.objects.filter(shop=shop).exists():
            owner = Member.objects.select_related("user").get(shop=shop, role=Member.Role.OWNER).user
            move_in(owner, files_of(platform), shop)
            change_products(_with_numbers(shop))
    finally:
        connection.close()


def _with_numbers(shop: Shop) -> dict[UUID, dict[str, Any]]:
    """What no file says and the law asks for: else these goods would go off sale, as they came in four weeks ago."""
    goods = Product.objects.filter(id__in=ids_without_number(shop)).select_related("category")
    changes = {}
    for each in goods:
        demands = missing_in(each.category.code if each.category else "", each.attributes, today())
        numbers = {demand.kinds[-1]: NUMBERS[demand.kinds[-1]] for demand in demands}
        changes[each.id] = {"attributes": with_numbers(each.attributes, numbers)}
    return changes


def files_of(platform: str) -> list[Path]:
    """All that a seller of the platform downloaded: lists of goods and orders, and pictures."""
    return sorted(file for file in (EXAMPLES / platform).iterdir() if file.name != "EXPECTED.json")
