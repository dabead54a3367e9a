"""The aisles of the market on the home page: categories with goods on their shelves, each under a picture from there. Pure."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from lapak.goods.catalogue.models import Category
from lapak.goods.catalogue.queries import CategoryNode, GoodsCard

AISLES_FROM = 4
"""A market with fewer top categories than fill a phone's row shows what is below them."""

REST = "lainnya"
"""Whatever has no better place: always the last aisle."""


@dataclass(frozen=True, slots=True)
class Aisle:
    """A category to walk into. `sign` names the drawing that stands for it where no goods lend their picture."""

    category: Category
    sign: str
    image: str


def aisles_of(tree: list[CategoryNode], with_goods: Collection[str], goods: Iterable[GoodsCard]) -> list[Aisle]:
    """The aisles that lead somewhere; `with_goods` are the codes of the categories that hold any."""
    nodes = _stocked(tree, with_goods)
    if len(nodes) < AISLES_FROM:
        nodes = [below for node in nodes for below in _stocked(node.children, with_goods) or [node]]
    pictures = _pictures(tree, goods)
    aisles = [
        Aisle(node.category, node.category.code.split(".")[0], pictures.get(node.category.code, "")) for node in nodes
    ]
    return sorted(aisles, key=lambda aisle: aisle.sign == REST)


def _stocked(nodes: list[CategoryNode], with_goods: Collection[str]) -> list[CategoryNode]:
    return [node for node in nodes if node.category.code in with_goods]


def _pictures(tree: list[CategoryNode], goods: Iterable[GoodsCard]) -> Mapping[str, str]:
    """By category code: the first picture among these goods that lie in it, or anywhere below it."""
    codes = {node.category.id: node.category.code for node in _all(tree)}
    pictures: dict[str, str] = {}
    for product in goods:
        steps = codes.get(product.category_id or 0, "").split(".")
        if picture := product.picture:
            for depth in range(1, len(steps) + 1):
                pictures.setdefault(".".join(steps[:depth]), picture.small)
    return pictures


def _all(nodes: list[CategoryNode]) -> Iterable[CategoryNode]:
    for node in nodes:
        yield node
        yield from _all(node.children)
