"""Reading changes of many goods, and the goods they are about."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from lapak.goods.catalogue.models import Product, ProductImage, Variant
from lapak.goods.mass.errors import MassChangeNotFound
from lapak.goods.mass.models import MassChange, MassChangeRow
from lapak.goods.mass.rules import Choice, Good
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

Outcome = MassChangeRow.Outcome


def change_for_seller(user: User, change_id: uuid.UUID) -> MassChange:
    """The change, for one who works in its shop; `MassChangeNotFound` for everyone else."""
    change = MassChange.objects.select_related("shop", "takes_back").filter(id=change_id).first()
    if change is None or not works_for(user, change.shop_id, Duty.GOODS):
        raise MassChangeNotFound
    return change


def newest_change(shop: Shop) -> MassChange | None:
    """The last change of many goods that the shop began."""
    begun = MassChange.objects.filter(shop=shop).exclude(state__in=[MassChange.State.CHOSEN, MassChange.State.PLANNED])
    return begun.order_by("-made_at").first()


def goods_of(shop_id: uuid.UUID, product_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Good]:
    """The named products that are the shop's and still there, as acts on many look at them; two queries."""
    ids = list(product_ids)
    choices: dict[uuid.UUID, list[Choice]] = {}
    variants = Variant.objects.filter(product_id__in=ids, product__shop_id=shop_id).order_by("id")
    of_choice = ("product_id", "id", "price_idr", "stock__on_hand", "stock__reserved", "is_active")
    for product_id, variant_id, price_idr, on_hand, reserved, is_offered in variants.values_list(*of_choice):
        choices.setdefault(product_id, []).append(Choice(variant_id, price_idr, on_hand, reserved, is_offered))
    products = Product.objects.filter(shop_id=shop_id, id__in=ids).annotate(
        has_picture=Exists(ProductImage.objects.filter(product=OuterRef("id")))
    )
    columns = ("id", "status", "category_id", "has_picture", "category__code", "attributes")
    return {
        id_: Good(id_, status, category_id, has_picture, tuple(choices.get(id_, ())), category or "", attributes)
        for id_, status, category_id, has_picture, category, attributes in products.values_list(*columns)
    }


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Why goods were left out: how many for this reason, and the first of them."""

    why: str
    count: int
    first: list[MassChangeRow]


def counts_of(change: MassChange) -> dict[str, int]:
    """How many of its goods came to what."""
    counts = change.rows.order_by().values_list("outcome").annotate(count=Count("*"))
    return dict.fromkeys(Outcome.values, 0) | dict(counts)


def left_out_of(change: MassChange, shown: int, reasons: int = 20) -> list[LeftOut]:
    """What was left out, by reason, the commonest first, with the first `shown` goods of each."""
    refused = change.rows.filter(outcome=Outcome.REFUSED)
    by_reason = refused.order_by().values_list("why").annotate(count=Count("*")).order_by("-count", "why")[:reasons]
    return [LeftOut(why, count, list(refused.filter(why=why)[:shown])) for why, count in by_reason]


def first_waiting(change: MassChange, shown: int) -> list[tuple[MassChangeRow, Good]]:
    """The first goods that would be changed, as they are now."""
    rows = list(change.rows.filter(outcome=Outcome.WAITING)[:shown])
    goods = goods_of(change.shop_id, [row.product_id for row in rows])
    return [(row, goods[row.product_id]) for row in rows if row.product_id in goods]
