"""What each column of an own list means: as the seller says it, on the page or on the command line."""

import csv
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.lib.numbers import filled
from lapak.moving.errors import ColumnsUnfit
from lapak.moving.layout import spelling
from lapak.moving.own_lists.found import OwnList

MAX_OPTIONS = 3
"""As many as the catalogue takes."""
_GROUP = "group"
_BY_NUMBER = "#"


class Role(TextChoices):
    """What a column can say. A weight has its unit with it."""

    TITLE = "title", gettext_lazy("Title")
    PRICE = "price", gettext_lazy("Price")
    STOCK = "stock", gettext_lazy("Pieces in stock")
    WEIGHT_G = "weight_g", gettext_lazy("Weight in grams")
    WEIGHT_KG = "weight_kg", gettext_lazy("Weight in kilograms")
    OPTION = "option", gettext_lazy("What variants differ in: colour, size …")
    SKU = "sku", gettext_lazy("SKU")
    BARCODE = "barcode", gettext_lazy("Barcode")
    IMAGE = "image", gettext_lazy("Picture")
    DESCRIPTION = "description", gettext_lazy("Description")
    CATEGORY = "category", gettext_lazy("Category")
    BRAND = "brand", gettext_lazy("Brand")
    STATUS = "status", gettext_lazy("Whether it is on sale")
    LENGTH = "length", gettext_lazy("Length of the parcel in cm")
    WIDTH = "width", gettext_lazy("Width of the parcel in cm")
    HEIGHT = "height", gettext_lazy("Height of the parcel in cm")
    ID = "id", gettext_lazy("A number that never changes")
    ATTRIBUTE = "attribute", gettext_lazy("A property to show, such as material")


SEVERAL = frozenset({Role.STOCK, Role.OPTION, Role.IMAGE, Role.ATTRIBUTE})
"""May be said of several columns: stock is added up, pictures follow one another."""
NEEDED = (Role.TITLE, Role.PRICE)
"""Without them goods cannot be sold."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The role of each column, None for those that are kept and not used; and the one whose cells are the same for all rows of
    one product, None where each row is a product of its own."""

    roles: tuple[Role | None, ...] = ()
    group: int | None = None

    @property
    def leave_out(self) -> bool:
        """The list holds no goods, as its seller says."""
        return not any(self.roles)

    def of(self, role: Role) -> tuple[int, ...]:
        """The columns of the role."""
        return tuple(column for column, each in enumerate(self.roles) if each is role)

    def as_dict(self) -> dict[str, Any]:
        """What is remembered of it."""
        return {"roles": [role.value if role else "" for role in self.roles], _GROUP: self.group}

    @classmethod
    def of_dict(cls, said: dict[str, Any]) -> Self:
        """As `as_dict` wrote it."""
        return cls(tuple(Role(role) if role else None for role in said["roles"]), said[_GROUP])


LEFT_OUT = Columns()


def refuse_unfit_columns(columns: Columns, *, are_goods: bool = False) -> None:
    """Refuses (`ColumnsUnfit`) goods without title or price, two columns for what can have one, more options than variants
    can have, and a weight said twice. A list that is left out is fit, unless it is known that these `are_goods`."""
    if columns.leave_out and not are_goods:
        return
    counts = Counter(filter(None, columns.roles))
    for role in NEEDED:
        if not counts[role]:
            raise ColumnsUnfit(_("No column is the “%(what)s”. Without it nothing can be sold.") % {"what": role.label})
    for role, count in counts.items():
        if count > 1 and role not in SEVERAL:
            raise ColumnsUnfit(_("Two columns cannot both be the “%(what)s”. Choose one.") % {"what": role.label})
    if counts[Role.OPTION] > MAX_OPTIONS:
        message = _("Variants differ in at most {most} columns.")
        raise ColumnsUnfit(str(filled(message, most=MAX_OPTIONS)))
    if counts[Role.WEIGHT_G] and counts[Role.WEIGHT_KG]:
        raise ColumnsUnfit(_("The weight stands in one column: choose which."))


def in_words(found: OwnList, columns: Columns) -> str:
    """`title=Nama,price=Harga,group=Nama`: as `columns_of` reads it. A name that stands twice goes by its number: `#3`."""
    said = [f"{role.value}={_called(found, n)}" for n, role in enumerate(columns.roles) if role]
    if columns.group is not None:
        said.append(f"{_GROUP}={_called(found, columns.group)}")
    return ",".join(f'"{each}"' if "," in each else each for each in said)


def columns_of(found: OwnList, typed: str) -> Columns:
    """What was typed of the list's columns. Refuses (`ColumnsUnfit`) roles and columns that there are not, naming those
    there are, and what `refuse_unfit_columns` does."""
    roles: list[Role | None] = [None] * len(found.names)
    group = None
    for part in next(csv.reader([" ".join(typed.split())]), []):
        name, _equals, column = (text.strip() for text in part.partition("="))
        place = _place(found, column)
        if name == _GROUP:
            group = place
        elif name in Role.values:
            roles[place] = Role(name)
        else:
            known = ", ".join([*Role.values, _GROUP])
            raise ColumnsUnfit(
                _("“%(name)s” is nothing that a column can be; it can be: %(known)s.") % {"name": name, "known": known}
            )
    columns = Columns(tuple(roles), group)
    refuse_unfit_columns(columns)
    if columns.leave_out:
        raise ColumnsUnfit(
            _("No column is the “%(what)s”. Without it nothing can be sold.") % {"what": Role.TITLE.label}
        )
    return columns


def _called(found: OwnList, column: int) -> str:
    name = found.names[column]
    is_plain = name.isprintable() and '"' not in name and not name.startswith(_BY_NUMBER)
    is_one = sum(spelling(other) == spelling(name) for other in found.names) == 1
    return name if is_plain and is_one and spelling(name) else f"{_BY_NUMBER}{column + 1}"


def _place(found: OwnList, said: str) -> int:
    number = said.removeprefix(_BY_NUMBER)
    if said.startswith(_BY_NUMBER) and number.isdecimal() and 0 < int(number) <= len(found.names):
        return int(number) - 1
    wanted: Sequence[int] = [n for n, name in enumerate(found.names) if name and spelling(name) == spelling(said)]
    if not wanted:
        names = ", ".join(filter(None, found.names))
        raise ColumnsUnfit(_("There is no column “%(name)s”. There are: %(names)s.") % {"name": said, "names": names})
    return wanted[0]
