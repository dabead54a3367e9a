"""Any list of goods, as its seller says what its columns mean (`own_lists`). No file is claimed by it unasked."""

import re
from dataclasses import replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lapak.moving.bundle import SourceSheet
from lapak.moving.cells import shelf, weight_with_unit
from lapak.moving.identify import digest, options
from lapak.moving.layout import PROBLEM, About, Format, Layout, is_problem
from lapak.moving.own_lists.columns import Columns, Role
from lapak.moving.own_lists.found import OwnList
from lapak.moving.row import Row

PLATFORM = "generic"

_FIELDS = {
    Role.TITLE: "title",
    Role.PRICE: "price_idr",
    Role.STOCK: "stock",
    Role.WEIGHT_G: "weight_g",
    Role.WEIGHT_KG: "weight_g",
    Role.SKU: "seller_sku",
    Role.BARCODE: "barcode",
    Role.IMAGE: "images",
    Role.DESCRIPTION: "description",
    Role.CATEGORY: "category",
    Role.BRAND: "brand",
    Role.STATUS: "status",
    Role.LENGTH: "length_cm",
    Role.WIDTH: "width_cm",
    Role.HEIGHT: "height_cm",
    Role.ID: "sku_id",
}
_SAY_NOTHING = frozenset(
    {"varian", "variasi", "variant", "variation", "variants", "variations", "opsi", "option", "options"}
)
"""Names of a column of options that are no name of one: `Hitam, XL` below them is two."""


def _identify(row: Row) -> tuple[str, str]:
    """A row goes by its own number, else by its SKU, else by its title; rows of one product by what they share. There a SKU
    may be the product's: options go before it."""
    title, sku, own = row.text("title") or "", row.text("seller_sku") or "", row.id("sku_id")
    parted = options(row) or tuple(filter(None, (row.text("variation"),)))
    if group := row.text("product_id") or (title if row.sheet.has("product_id") else ""):
        product = digest("group", group)
        return product, own or (digest(group, *parted) if parted else digest("sku", group, sku))
    if own or sku:
        return own or digest("sku", sku), own or digest("sku", sku)
    return (digest(title), digest(title, *parted)) if title else ("", "")


def _about(row: Row) -> About:
    """Among rows of one product one may say what they share alone."""
    sells = any(map(row.text, ("price_idr", "stock", "variation", *row.sheet.layout.axes)))
    return About.BOTH if sells or not row.sheet.has("product_id") else About.PRODUCT


_GOODS = Layout(
    platform=PLATFORM,
    called=gettext_lazy("any list of goods, its columns named by you"),
    spellings=dict.fromkeys((*_FIELDS.values(), "product_id", "variation", "attribute"), ()),
    needs={"title", "price_idr"},
    first_row=2,
    identify=_identify,
    about=_about,
    readers={"stock": shelf, "weight_g": weight_with_unit},
    pictures_parted_by=re.compile(r"[\n;|]\s*|(?:,|(?<!\s)\s)\s*+(?=https?://)"),
    assumes={"weight_g"},
)

FORMAT = Format(
    platform=PLATFORM,
    title=gettext_lazy("Own list"),
    expected="",
    how=gettext_lazy("your own list or a supplier’s, as .xlsx or .csv: you say once what its columns mean"),
    layouts=(_GOODS,),
)


def sheet_of(found: OwnList, columns: Columns) -> SourceSheet:
    """The list as it is read when its columns mean this."""
    fields = {_FIELDS[role]: columns.of(role) for role in _FIELDS if columns.of(role)}
    if len(columns.of(Role.STOCK)) > 1:
        fields["stock_at"] = fields.pop("stock")
    if columns.group is not None:
        fields["product_id"] = (columns.group,)
    axes = {}
    for n, column in enumerate(parting := columns.of(Role.OPTION), 1):
        if len(parting) == 1 and found.label(column).casefold() in _SAY_NOTHING:
            fields["variation"] = parting
        else:
            fields[f"option_{n}"] = (column,)
            axes[f"option_{n}"] = found.label(column)
    if problems := tuple(n for n, name in enumerate(found.names) if is_problem(name)):
        fields[PROBLEM] = problems
    used = {column for places in fields.values() for column in places} | set(columns.of(Role.ATTRIBUTE))
    return SourceSheet(
        layout=replace(_GOODS, axes=axes),
        table=found.table,
        header_row=found.header_row,
        first_data_row=found.header_row + 1,
        columns=fields,
        attributes={column: found.label(column) for column in columns.of(Role.ATTRIBUTE)},
        unmapped={n: found.label(n) for n in range(len(found.names)) if n not in used},
        labels={n: found.label(n) for n in range(len(found.names))},
        units={"weight_g": Role.WEIGHT_KG.value} if columns.of(Role.WEIGHT_KG) else {},
        has_keys=False,
    )


def told_apart(sheet: SourceSheet) -> str:
    """By what the goods of the list are known again, for the seller."""
    own = next((sheet.label(name) for name in ("sku_id", "seller_sku") if sheet.has(name)), "")
    if sheet.has("product_id"):
        message = _("Rows with the same “%(group)s” are one product.")
        return message % {"group": sheet.label("product_id")}
    if own:
        message = _("Each row is a product, known again by “%(own)s”, or by its title where that is empty.")
        return message % {"own": own}
    return _(
        "Goods have no number here: they are known again by their titles. Do not rename one from one file to the next."
    )
