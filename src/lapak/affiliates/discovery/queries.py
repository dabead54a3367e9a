"""Which goods a creator may promote: ids alone, in the order asked for, to be cut into pages by the caller."""

import uuid
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from lapak.affiliates.discovery.models import Promotable
from lapak.goods.search.queries import MAX_PAGE_SIZE, search


class Sort(StrEnum):
    """What stands first."""

    NEW = "new"
    PAID = "paid"
    CONVERTING = "converting"


_ORDERS = {
    Sort.NEW: ("-opened_at", "-commission_idr", "product_id"),
    Sort.PAID: ("-commission_idr", "product_id"),
    Sort.CONVERTING: ("-conversion_bp", "product_id"),
}


@dataclass(frozen=True, slots=True)
class AskedGoods:
    """Words, of which the hundred goods that fit best are looked at; below a highest category; paying so much a piece at least
    (IDR). `CONVERTING` has those alone with enough clicks to tell."""

    sort: Sort = Sort.NEW
    words: str = ""
    root_id: int | None = None
    least_idr: int | None = None


def goods_to_promote(asked: AskedGoods) -> QuerySet[Promotable, uuid.UUID]:
    """The ids of goods that a programme open to all pays for, as of last night."""
    goods = Promotable.objects.all()
    if asked.sort is Sort.CONVERTING:
        goods = goods.filter(conversion_bp__isnull=False)
    if asked.root_id is not None:
        goods = goods.filter(root_id=asked.root_id)
    if asked.least_idr:
        goods = goods.filter(commission_idr__gte=asked.least_idr)
    if asked.words:
        goods = goods.filter(product_id__in=search(asked.words, page_size=MAX_PAGE_SIZE).ids)
    return goods.order_by(*_ORDERS[asked.sort]).values_list("product_id", flat=True)


def conversions(product_ids: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How often a click on a link to each of them became an order, in basis points; of those with enough clicks to tell."""
    known = Promotable.objects.filter(product_id__in=product_ids, conversion_bp__isnull=False)
    return {each.product_id: each.conversion_bp for each in known if each.conversion_bp is not None}
