"""Is this a Seller Center file, and of which kind? Answered by what stands in its first rows, never by its name."""

import re

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceSheet
from lapak.moving.documents import Document, TextTable
from lapak.moving.errors import FileNotProducts, FileUnknown
from lapak.moving.formats.tiktok_shop.columns import Columns, columns_of, is_known_label
from lapak.moving.workbook import Workbook, cell_text

PLATFORM = "tiktok_shop"

EXPECTED = "product_id, product_name, sku_id, price, quantity, parcel_weight …"

CATEGORY_SHEET = "Category"
"""Lists the full path of every category by its id."""

_KEYED_DATA_ROW = 6
"""Keys, version, labels, mandatory or not, explanation; then the goods."""
_LABELLED_DATA_ROW = 4
"""The layout of 2022/23: labels in cells merged over three rows."""
_VERSION = re.compile(r"V\d")

# A file with these keys in row 1 lists products: an export, or a filled upload template.
_PRODUCT_KEYS = (frozenset({"product_id", "sku_id", "product_name"}), frozenset({"category", "product_name", "price"}))
_PRODUCT_FIELDS = frozenset({"title", "price_idr", "weight_g"})
_MIN_KNOWN_LABELS = 6


def recognise(document: Document) -> list[SourceSheet]:
    """The document's sheets of products; none when it is no Seller Center file.

    Refuses one that is, but lists something else (`FileNotProducts`) or had its header changed (`FileUnknown`).
    """
    if isinstance(document, TextTable):
        _refuse_other_lists(document.name, document.header)
        if _PRODUCT_KEYS[0] <= set(document.header):
            reason = _("This product list was saved as text. Give the Excel file itself, as it was downloaded.")
            raise FileNotProducts(document.name, reason)
        return []
    sheets = []
    for name, rows in document.heads(_KEYED_DATA_ROW - 1).items():
        head = [[cell_text(cell).strip() for cell in row] for row in rows]
        _refuse_other_lists(document.name, head[0])
        sheet = _keyed(document, name, head) or _labelled(document, name, head)
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def _keyed(workbook: Workbook, name: str, head: list[list[str]]) -> SourceSheet | None:
    keys, version, labels = head[0], head[1], head[2]
    if not any(anchors <= set(keys) for anchors in _PRODUCT_KEYS):
        return None
    if not (version and _VERSION.match(version[0])):
        reason = _(
            "Rows 1 to 5 of the sheet “%(sheet)s” were changed. Export the file again and leave them as they are."
        )
        raise FileUnknown(workbook.name, reason % {"sheet": name})
    labels = labels + [""] * (len(keys) - len(labels))
    columns = columns_of(keys, labels[: len(keys)])
    titles = {index: label or key for index, (key, label) in enumerate(zip(keys, labels, strict=False))}
    return _sheet(workbook, name, _KEYED_DATA_ROW, columns, titles)


def _labelled(workbook: Workbook, name: str, head: list[list[str]]) -> SourceSheet | None:
    """A merged cell's text stands in its first row; groups such as “Gambar Produk” may stand above the labels."""
    rows = head[: _LABELLED_DATA_ROW - 1]
    width = max(len(row) for row in rows)
    stacks = [[row[index] for row in rows if index < len(row) and row[index]] for index in range(width)]
    labels = [next(filter(is_known_label, stack), stack[0] if stack else "") for stack in stacks]
    columns = columns_of([""] * width, labels)
    if not columns.fields.keys() >= _PRODUCT_FIELDS or sum(map(is_known_label, labels)) < _MIN_KNOWN_LABELS:
        return None
    return _sheet(workbook, name, _LABELLED_DATA_ROW, columns, dict(enumerate(labels)))


def _sheet(workbook: Workbook, name: str, first_data_row: int, columns: Columns, labels: dict[int, str]) -> SourceSheet:
    weight = columns.fields.get("weight_g")
    if weight and "(lb)" in labels[weight[0]].lower():
        raise FileNotProducts(workbook.name, _("It weighs in pounds: this is not an export of an Indonesian shop."))
    return SourceSheet(
        platform=PLATFORM,
        workbook=workbook,
        sheet=name,
        first_data_row=first_data_row,
        columns=columns.fields,
        attributes=columns.attributes,
        unmapped=columns.unmapped,
        labels=labels,
        has_keys=first_data_row == _KEYED_DATA_ROW,
        companions=tuple(CATEGORY_SHEET for other in workbook.sheet_names if other == CATEGORY_SHEET),
    )


def _refuse_other_lists(file: str, header: list[str]) -> None:
    found = {cell.casefold() for cell in header}
    for anchors, reason in _other_lists():
        if anchors <= found:
            how = _("Moving in takes the product export: Seller Center → Products → Batch edit → All information.")
            raise FileNotProducts(file, f"{reason} {how}")


def _other_lists() -> list[tuple[set[str], str]]:
    orders, income = _("This is a list of orders, not of products."), _("This is an income report, not a product list.")
    affiliates = _("This is a list of affiliate orders, not of products.")
    return [
        ({"order id", "creator username"}, affiliates),
        ({"id pesanan", "nama pengguna kreator"}, affiliates),
        ({"order id", "order status"}, orders),
        ({"order/adjustment id"}, income),
        ({"id pesanan/penyesuaian"}, income),
    ]
