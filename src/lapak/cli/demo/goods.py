"""The demo's goods: the example files of six platforms moved in, each shop's as its seller would."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.conf import settings
from django.db import connection

from lapak.goods.catalogue.models import Product
from lapak.moving.move_in import move_in
from lapak.people.shops.models import Member, Shop

EXAMPLES = settings.ROOT / "examples"


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
    finally:
        connection.close()


def files_of(platform: str) -> list[Path]:
    """All that a seller of the platform downloaded: lists of goods and orders, and pictures."""
    return sorted(file for file in (EXAMPLES / platform).iterdir() if file.name != "EXPECTED.json")
