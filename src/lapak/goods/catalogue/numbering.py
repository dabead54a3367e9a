"""Which goods on sale lack a number of a standard, kept as they change; pages and clocks read it without looking at goods."""

import uuid
from collections.abc import Collection, Iterator
from datetime import datetime, time

from django.db.models import QuerySet

from lapak.goods.catalogue.models import Category, MissingNumber, Product
from lapak.goods.catalogue.numbers import TERM, demands_of, missing_in
from lapak.goods.catalogue.on_sale import is_on_sale
from lapak.lib import clock
from lapak.lib.clock import WIB
from lapak.people.shops.models import Shop

_LOOKED_AT_ONCE = 1_000


def look_at_numbers(product_ids: Collection[uuid.UUID]) -> None:
    """Of these products, what lacks a number today is known, and what lacks none is so no longer.

    Who is on sale without one has the term from today on, once: who is off sale and back has no other.
    """
    lacking, whole = {}, []
    columns = ("id", "shop_id", "status", "category__code", "attributes", "missing_number__due_at")
    for id_, shop_id, status, category, attributes, known in Product.objects.filter(id__in=product_ids).values_list(
        *columns
    ):
        if missing_in(category or "", attributes, clock.today()):
            if status == Product.Status.PUBLISHED:
                lacking[id_] = shop_id
        elif known:
            whole.append(id_)
    if whole:
        MissingNumber.objects.filter(product__in=whole).delete()
    if lacking:
        _keep(lacking)


def look_at_all_numbers() -> int:
    """The same of everything on sale: a demand may begin today. Answers at how many products was looked."""
    looked = 0
    for ids in _demanded_on_sale():
        look_at_numbers(ids)
        looked += len(ids)
    return looked


def products_past_term() -> QuerySet[MissingNumber]:
    """What is on sale without its number though its time is over, the longest first."""
    due = MissingNumber.objects.filter(taken_off_at=None, due_at__lte=clock.now())
    return due.filter(is_on_sale("product__")).order_by("due_at", "product_id")


def ids_without_number(shop: Shop) -> QuerySet[MissingNumber, uuid.UUID]:
    """Which products of a shop lack a number, the most urgent first."""
    missing = MissingNumber.objects.filter(shop=shop).order_by("due_at", "product_id")
    return missing.values_list("product_id", flat=True)


def _keep(lacking: dict[uuid.UUID, uuid.UUID]) -> None:
    today = clock.today()
    due_at = datetime.combine(today + TERM.on(today), time.min, WIB)
    rows = [MissingNumber(product_id=id_, shop_id=shop_id, due_at=due_at) for id_, shop_id in lacking.items()]
    MissingNumber.objects.bulk_create(rows, ignore_conflicts=True, batch_size=_LOOKED_AT_ONCE)
    MissingNumber.objects.filter(product__in=lacking).exclude(taken_off_at=None).update(taken_off_at=None)


def _demanded_on_sale() -> Iterator[list[uuid.UUID]]:
    today = clock.today()
    categories = [id_ for id_, code in Category.objects.values_list("id", "code") if demands_of(code, today)]
    goods = Product.objects.filter(status=Product.Status.PUBLISHED, category__in=categories).order_by("id")
    ids = list(goods.values_list("id", flat=True)[:_LOOKED_AT_ONCE])
    while ids:
        yield ids
        ids = list(goods.filter(id__gt=ids[-1]).values_list("id", flat=True)[:_LOOKED_AT_ONCE])
