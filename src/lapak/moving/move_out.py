"""A shop's goods leave: a zip with the table that another platform takes in, the pictures, and what the table cannot hold."""

import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from lapak.moving.errors import FormatUnknown
from lapak.moving.formats.outgoing_registry import OUTGOING
from lapak.moving.formats.registry import FORMATS
from lapak.moving.leaving import LeavingPicture, LeavingProduct, attribute_names, leaving_goods
from lapak.moving.outgoing import Loss, Outgoing
from lapak.moving.profile import profile_of
from lapak.moving.renewed import RenewedList, renewing
from lapak.moving.seal import Seal
from lapak.moving.template import FilledTemplate
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


def look_ahead(
    by: User, shop: Shop, platform: str, template: Path | None = None, most_products: int | None = None
) -> MovedOut:
    """What `move_out` would write, and what would be lost (of the oldest `most_products`, if it need not be of all);
    nothing is written. Refuses as `move_out`, but for a template that is not there yet."""
    require_duty(by, shop.id, Duty.OWNERSHIP)
    out = format_named(platform, template)
    moved = MovedOut(losses=_lacking(out, template))
    for _product in counted(islice(leaving_goods(shop, platform), most_products), out, moved):
        pass
    return moved


def move_out(by: User, shop: Shop, platform: str, to: IO[bytes], template: Path | None = None) -> MovedOut:
    """The zip holds all goods of the shop that are offered, as this platform takes them in, every picture once, and (`lost.txt`)
    what the platform's table has no place for; Lapak's own also orders, creators and books, and it is sealed (seal.py). With the
    platform's own `template`, it is that one, filled in. Changes nothing here.

    Refuses a stranger (`ShopNotFound`), one who is no owner of the shop (`NotYourDuty`: who leaves must not take it along),
    a format that nobody knows (`FormatUnknown`), no template where the platform takes nothing else (`TemplateNeeded`), and one
    that is not the platform's, or not empty (`TemplateUnfit`, `FileUnreadable`).
    """
    require_duty(by, shop.id, Duty.OWNERSHIP)
    out = format_named(platform, template)
    moved = MovedOut(losses=_lacking(out, template))
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        seal = Seal(archive)
        out.write(counted(leaving_goods(shop, platform), out, moved), attribute_names(shop), seal.open)
        for picture in moved.pictures.values():
            _add(picture, seal)
        if moved.losses:
            with seal.open(_LOST) as lost:
                lost.write("".join(f"{loss.product}: {loss.what}\n" for loss in moved.losses).encode())
        moved.beside = {list_.file: list_.write(shop, seal.open) for list_ in out.beside}
        if out.beside:
            seal.close(profile_of(shop))
    return moved


def format_named(platform: str, template: Path | None = None) -> Outgoing:
    """The format of this name, as it fills in the template if there is one; `FormatUnknown` where nothing is written in it.

    Refuses a template that is not the platform's, or not empty (`TemplateUnfit`, `FileUnreadable`).
    """
    if platform not in OUTGOING:
        raise FormatUnknown(platform, OUTGOING)
    out = OUTGOING[platform]
    if template is None:
        return out
    layouts = [layout for fmt in FORMATS if fmt.platform == platform for layout in fmt.layouts]
    if out.only_from_there:
        return renewing(out, template, layouts)
    return replace(out, form=FilledTemplate(out.form.file.format(n=1), template, layouts))


def _lacking(out: Outgoing, template: Path | None) -> list[Loss]:
    """Columns that this very template does not have."""
    if template is None or not isinstance(out.form, FilledTemplate | RenewedList):
        return []
    words = _("it has no column “%(label)s”")
    return [Loss(template.name, words % {"label": label}) for label in out.form.lacks(out.columns(()))]


def counted(goods: Iterable[LeavingProduct], out: Outgoing, moved: MovedOut) -> Iterator[LeavingProduct]:
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
