"""A shop's goods leave: a zip with the table that another platform takes in, the pictures, and what the table cannot hold."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO, Any

from django.core.files.storage import default_storage

from lapak.moving.errors import FormatUnknown
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.leaving import LeavingPicture, LeavingProduct, attribute_names, leaving_goods
from lapak.moving.outgoing import Loss, Outgoing
from lapak.moving.seal import Seal
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

_LOST = "lost.txt"


@dataclass(slots=True)
class MovedOut:
    """What is in the file, and what is not."""

    products: int = 0
    variants: int = 0
    pictures: dict[str, LeavingPicture] = field(default_factory=dict)
    """Each once, by its name."""
    losses: list[Loss] = field(default_factory=list)
    beside: dict[str, int] = field(default_factory=dict)
    """Lists that lie beside the goods, by their file, and how many rows each has."""

    @property
    def lost_of_how_many(self) -> list[tuple[str, int]]:
        """What is lost, and of how many products, the most first."""
        return Counter(loss.what for loss in self.losses).most_common()

    def as_dict(self) -> dict[str, Any]:
        """Counts, as the command line prints them."""
        return {
            "products": self.products,
            "variants": self.variants,
            "pictures": len(self.pictures),
            "losses": len(self.losses),
            **{file.rpartition(".")[0]: rows for file, rows in self.beside.items()},
        }


def look_ahead(by: User, shop: Shop, platform: str, most_products: int | None = None) -> MovedOut:
    """What `move_out` would write, and what would be lost (of the oldest `most_products`, if it need not be of all);
    nothing is written. Refuses as `move_out`."""
    require_duty(by, shop.id, Duty.OWNERSHIP)
    moved = MovedOut()
    for _product in _leaving(islice(leaving_goods(shop), most_products), format_named(platform), moved):
        pass
    return moved


def move_out(by: User, shop: Shop, platform: str, to: IO[bytes]) -> MovedOut:
    """The zip holds all goods of the shop that are offered, as this platform takes them in, every picture once, and (`lost.txt`)
    what the platform's table has no place for; Lapak's own also orders, creators and books, and it is sealed (seal.py). Changes
    nothing here.

    Refuses a stranger (`ShopNotFound`), one who is no owner of the shop (`NotYourDuty`: who leaves must not take it along) and
    a format that nobody knows (`FormatUnknown`).
    """
    require_duty(by, shop.id, Duty.OWNERSHIP)
    out, moved = format_named(platform), MovedOut()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        seal = Seal(archive)
        out.write(_leaving(leaving_goods(shop), out, moved), attribute_names(shop), seal.open)
        for picture in moved.pictures.values():
            _add(picture, seal)
        if moved.losses:
            with seal.open(_LOST) as lost:
                lost.write("".join(f"{loss.product}: {loss.what}\n" for loss in moved.losses).encode())
        moved.beside = {list_.file: list_.write(shop, seal.open) for list_ in out.beside}
        if out.beside:
            seal.close({"slug": shop.slug, "name": shop.name, "description": shop.description, "city": shop.city})
    return moved


def format_named(platform: str) -> Outgoing:
    """The format of this name; `FormatUnknown` where nothing is written in it."""
    if platform not in OUTGOING:
        raise FormatUnknown(platform, OUTGOING)
    return OUTGOING[platform]


def _leaving(goods: Iterable[LeavingProduct], out: Outgoing, moved: MovedOut) -> Iterator[LeavingProduct]:
    """What the format takes of these goods, counted as it passes; what is lost of them, and of those it does not take."""
    for product in goods:
        moved.losses += out.losses(product)
        if out.takes(product):
            moved.products += 1
            moved.variants += len(product.variants)
            moved.pictures |= {picture.name: picture for picture in product.pictures}
            yield product


def _add(picture: LeavingPicture, seal: Seal) -> None:
    """As it lies here: pictures hardly shrink."""
    with default_storage.open(picture.stored) as stored, seal.open(zipfile.ZipInfo(picture.name)) as member:
        while piece := stored.read(1 << 20):
            member.write(piece)
