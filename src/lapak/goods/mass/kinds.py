"""The acts that many goods can be told to do, each by the command that does it to one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from lapak.goods.catalogue import commands
from lapak.goods.catalogue.errors import NotADraft
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.numbers import refuse_missing
from lapak.goods.mass.errors import ChangedSince, NotWhole
from lapak.goods.mass.models import MassChange
from lapak.goods.mass.rules import Good, missing_to_be_whole, price_after
from lapak.lib import clock
from lapak.people.users.models import User

Value = Mapping[str, Any]
Was = dict[str, Any]
Act, Status = MassChange.Act, Product.Status


@dataclass(frozen=True, slots=True)
class Kind:
    """`changes` says whether the act would change the good, or raises the refusal; `do` does it and answers what was before,
    as `restore` reads it."""

    changes: Callable[[Good, Value], bool]
    do: Callable[[User, Good, Value], Was]
    is_undoable: bool = True


def _would_publish(good: Good, value: Value) -> bool:
    if good.status == Status.PUBLISHED:
        return False
    if value["only_whole"] and (missing := missing_to_be_whole(good)):
        raise NotWhole(missing)
    refuse_missing(good.category, good.attributes, clock.today())
    return True


def _publish(by: User, good: Good, _value: Value) -> Was:
    commands.publish_product(by, good.id)
    return {"status": [good.status, Status.PUBLISHED]}


def _archive(by: User, good: Good, _value: Value) -> Was:
    commands.archive_product(by, good.id)
    return {"status": [good.status, Status.ARCHIVED]}


def _would_delete(good: Good, _value: Value) -> bool:
    if good.status != Status.DRAFT:
        raise NotADraft
    return True


def _delete(by: User, good: Good, _value: Value) -> Was:
    commands.delete_draft(by, good.id)
    return {}


def _set_stock(by: User, good: Good, value: Value) -> Was:
    typed = value["on_hand"]
    changed = [choice for choice in good.offered if choice.on_hand != typed]
    for choice in changed:
        commands.correct_stock(by, choice.id, shown=choice.on_hand, typed=typed)
    return {"stock": {str(choice.id): [choice.on_hand, typed] for choice in changed}}


def _prices_after(good: Good, value: Value) -> dict[UUID, tuple[int, int]]:
    """Each choice's price (IDR) today and then, where they differ."""
    both = {choice.id: (choice.price_idr, price_after(choice.price_idr, value["by_bp"])) for choice in good.choices}
    return {id_: (now, then) for id_, (now, then) in both.items() if now != then}


def _set_prices(by: User, good: Good, value: Value) -> Was:
    prices = _prices_after(good, value)
    for id_, (_now, then) in prices.items():
        commands.set_variant_price(by, id_, then)
    return {"prices": {str(id_): [now, then] for id_, (now, then) in prices.items()}}


def _set_category(by: User, good: Good, value: Value) -> Was:
    commands.file_product(by, good.id, value["category_id"])
    return {"category": [good.category_id, value["category_id"]]}


_TO_STATUS = {
    Status.DRAFT: commands.return_to_draft,
    Status.PUBLISHED: commands.publish_product,
    Status.ARCHIVED: commands.archive_product,
}


def _restore(by: User, good: Good, was: Value) -> Was:
    """What a change made of the good is as it was before, unless it was changed again since (`ChangedSince`). Stock goes up
    or down by as much as it did: what was sold in between stays sold."""
    before, made = was.get("status", (good.status, good.status))
    _refuse_changed(good.status, made)
    if before != made:
        _TO_STATUS[Status(before)](by, good.id)
    before, made = was.get("category", (good.category_id, good.category_id))
    _refuse_changed(good.category_id, made)
    if before != made:
        commands.file_product(by, good.id, before)
    for choice in good.choices:
        before, made = was.get("prices", {}).get(str(choice.id), (choice.price_idr, choice.price_idr))
        _refuse_changed(choice.price_idr, made)
        if before != made:
            commands.set_variant_price(by, choice.id, before)
        before, made = was.get("stock", {}).get(str(choice.id), (0, 0))
        if before != made:
            commands.correct_stock(by, choice.id, shown=made, typed=before)
    return {}


def _refuse_changed(now: object, made: object) -> None:
    if now != made:
        raise ChangedSince


KINDS: Mapping[str, Kind] = {
    Act.PUBLISH: Kind(_would_publish, _publish),
    Act.ARCHIVE: Kind(lambda good, _value: good.status == Status.PUBLISHED, _archive),
    Act.STOCK: Kind(lambda good, value: any(each.on_hand != value["on_hand"] for each in good.offered), _set_stock),
    Act.PRICE: Kind(lambda good, value: bool(_prices_after(good, value)), _set_prices),
    Act.CATEGORY: Kind(lambda good, value: good.category_id != value["category_id"], _set_category),
    Act.DELETE: Kind(_would_delete, _delete, is_undoable=False),
    Act.RESTORE: Kind(lambda _good, _was: True, _restore, is_undoable=False),
}
