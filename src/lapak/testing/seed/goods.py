"""What is for sale in the big market, and what is on the shelves after all that was sold."""

import json
import random
import uuid
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from operator import attrgetter

from django.db import connection

from lapak.goods.catalogue.models import Category, StockChange
from lapak.goods.catalogue.rules import slug_of
from lapak.lib import clock
from lapak.lib.copying import copy_rows
from lapak.lib.ids import new_id
from lapak.testing.seed.people import People, link_goods

WHAT = ("Kemeja", "Sarung", "Tas", "Sepatu", "Kopi", "Teh", "Gelas", "Meja", "Jaket", "Kerudung", "Kaus", "Celana")
HOW = ("Batik", "Tenun", "Kulit", "Katun", "Linen", "Ukir", "Bordir", "Polos", "Garis", "Rajut")
WHENCE = ("Trusmi", "Garut", "Bali", "Jepara", "Lombok", "Toraja", "Gayo", "Solo", "Madura", "Papua")
COLOURS = ("Hitam", "Putih", "Merah")
ON_THE_SHELF = 20


@dataclass(frozen=True, slots=True)
class Goods:
    """A product, as far as an order names it: by its first variant."""

    shop: int
    product_id: uuid.UUID
    variant_id: uuid.UUID
    title: str


@dataclass(slots=True)
class Stocked:
    """What orders did to the shelves: pieces promised by variant, and each change of what lies there."""

    reserved: Counter[uuid.UUID] = field(default_factory=Counter)
    changes: "defaultdict[uuid.UUID, list[Change]]" = field(default_factory=lambda: defaultdict(list))

    def taken(self, variant_id: uuid.UUID) -> int:
        """What left its shelf, less what came back."""
        return -sum(change.pieces for change in self.changes.get(variant_id, ()))

    def __add__(self, other: "Stocked") -> "Stocked":
        for variant_id, changes in other.changes.items():
            self.changes[variant_id] += changes
        return Stocked(self.reserved + other.reserved, self.changes)


@dataclass(frozen=True, slots=True)
class Change:
    """So many pieces more, or below zero fewer, on a shelf."""

    pieces: int
    reason: str
    actor_id: str | None
    reference: str
    happened_at: datetime


def copy_goods(people: People, count: int, chance: random.Random) -> list[list[Goods]]:
    """So many products on sale, by shop, half of them the first one's; and links to them."""
    categories = list(Category.objects.filter(children=None).order_by("id").values_list("id", flat=True))
    shops = len(people.sellers)
    of_shop: list[list[Goods]] = [[] for _ in range(shops)]
    for n in range(count):
        shop = 0 if n % 2 or shops == 1 else 1 + n // 2 % (shops - 1)
        title = f"{chance.choice(WHAT)} {chance.choice(HOW)} {chance.choice(WHENCE)} {n}"
        of_shop[shop].append(Goods(shop, new_id(), new_id(), title))
    everything = [goods for goods_of_one in of_shop for goods in goods_of_one]
    copy_rows("catalogue_product", _PRODUCT, _products(people, everything, categories, chance))
    copy_rows("catalogue_variant", _VARIANT, _variants(everything, chance))
    now = clock.now()
    copy_rows("catalogue_productchange", ("product_id", "changed_at"), ((each.product_id, now) for each in everything))
    link_goods(people, [[goods.product_id for goods in goods_of_one] for goods_of_one in of_shop], chance)
    return of_shop


_PRODUCT = (
    "id", "shop_id", "category_id", "title", "slug", "description", "brand", "status", "option_names", "attributes",
    "weight_g", "created_at", "updated_at",
)  # fmt: skip
_VARIANT = ("id", "product_id", "position", "option_values", "seller_sku", "price_idr", "is_active")


def copy_stock(stocked: Stocked) -> None:
    """Every shelf as its orders left it, with its journal from the first day on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT v.id, p.shop_id FROM catalogue_variant v JOIN catalogue_product p ON p.id = v.product_id "
            "WHERE NOT EXISTS (SELECT FROM catalogue_stock s WHERE s.variant_id = v.id)"
        )
        shop_of = dict(cursor.fetchall())
    on_hand = {v: ON_THE_SHELF + stocked.reserved[v] + stocked.taken(v) for v in shop_of}
    copy_rows(
        "catalogue_stock",
        ("variant_id", "shop_id", "on_hand", "reserved"),
        ((v, shop, on_hand[v] - stocked.taken(v), stocked.reserved[v]) for v, shop in shop_of.items()),
    )
    copy_rows("catalogue_stockchange", _CHANGE, _journal(shop_of, on_hand, stocked))


_CHANGE = (
    "variant_id", "shop_id", "from_on_hand", "to_on_hand", "reason", "actor_id", "reference", "happened_at",
)  # fmt: skip


def _journal(
    shop_of: Mapping[uuid.UUID, uuid.UUID], on_hand: Mapping[uuid.UUID, int], stocked: Stocked
) -> Iterator[tuple[object, ...]]:
    then = clock.now() - timedelta(days=90)
    for variant_id, shop_id in shop_of.items():
        pieces = on_hand[variant_id]
        yield variant_id, shop_id, 0, pieces, StockChange.Reason.LISTED, None, None, then
        for change in sorted(stocked.changes.get(variant_id, ()), key=attrgetter("happened_at")):
            after = pieces + change.pieces
            yield (
                variant_id, shop_id, pieces, after, change.reason, change.actor_id, change.reference,
                change.happened_at,
            )  # fmt: skip
            pieces = after


def _products(
    people: People, everything: list[Goods], categories: list[int], chance: random.Random
) -> Iterator[tuple[object, ...]]:
    now = clock.now()
    for n, goods in enumerate(everything):
        made_at = now - timedelta(days=90, seconds=n % 86_400)
        yield (
            goods.product_id, people.sellers[goods.shop].shop.id, chance.choice(categories), goods.title,
            slug_of(goods.title), f"{goods.title}, dibuat dengan tangan. " * 6, "", "published", '["Warna"]',
            '{"Bahan": "Katun"}', 300, made_at, made_at,
        )  # fmt: skip


def _variants(everything: list[Goods], chance: random.Random) -> Iterator[tuple[object, ...]]:
    for n, goods in enumerate(everything):
        price_idr = chance.randrange(10, 500) * 1_000
        for position, colour in enumerate(COLOURS[: 1 + n % len(COLOURS)]):
            variant_id = new_id() if position else goods.variant_id
            yield (
                variant_id, goods.product_id, position, json.dumps([colour]), f"SKU-{n:06d}-{position}",
                price_idr + 5_000 * position, True,
            )  # fmt: skip
