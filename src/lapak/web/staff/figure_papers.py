"""The figures of a quarter as files: for an authority's form, a spreadsheet, a program."""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping

import xlsxwriter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from lapak.compliance.figures import LEAST_PEOPLE, OTHERS, Figures, Group
from lapak.goods.catalogue.models import Product
from lapak.lib.regions import PROVINCES
from lapak.money.payments.methods import methods
from lapak.trade.shipping.rules import courier_title

TOTALS: Mapping[str, "str | Promise"] = {
    "shops": _("Shops at the end"),
    "shops_that_sold": _("Shops that sold"),
    "buyers": _("Buyers"),
    "orders": _("Orders paid"),
    "orders_completed": _("Of these completed"),
    "orders_cancelled": _("Of these cancelled"),
    "goods_idr": _("Value of goods (Rp)"),
    "shipping_idr": _("Shipping (Rp)"),
    "refunded_idr": _("Refunded to buyers (Rp)"),
    "fees_idr": _("Fees of Lapak (Rp)"),
    "fees_given_back_idr": _("Fees given back (Rp)"),
    "vat_on_fees_idr": _("VAT on fees (Rp)"),
    "vat_given_back_idr": _("VAT on fees given back (Rp)"),
}
"""What each sum is called, in the order of every paper."""

TABLES: Mapping[str, "str | Promise"] = {
    "shops_by_province": _("Shops by province"),
    "buyers_by_province": _("Buyers by province of delivery"),
    "payment": _("Way of paying"),
    "courier": _("Courier"),
    "route": _("Way of the parcel"),
    "origin": _("Where goods were made"),
}

_WORDS: Mapping[str, "str | Promise"] = {
    OTHERS: pgettext_lazy("small groups", "Others together"),
    "same_province": _("Within the province of the shop"),
    "other_province": _("To another province"),
    "unsaid": _("Not said"),
    **dict(Product.Origin.choices),
}
COLUMNS = ("section", "name", "people", "orders", "amount_idr")
"""Of the table that files of text and workbooks are."""


def name_of(table: str, group: Group) -> str:
    """What a group is called, in the reader's language."""
    if group.name in _WORDS:
        return str(_WORDS[group.name])
    if table.endswith("_by_province"):
        return PROVINCES[group.name].name if group.name in PROVINCES else group.name
    if table == "payment":
        return str(methods()[group.name].title) if group.name in methods() else group.name
    return courier_title(group.name) if table == "courier" else group.name


def as_json(figures: Figures) -> bytes:
    """Codes as programs know them."""
    return json.dumps(as_data(figures), ensure_ascii=False, indent=1).encode() + b"\n"


def as_data(figures: Figures) -> dict[str, object]:
    """What the file of JSON says."""
    quarter = figures.quarter
    return {
        "period": str(quarter),
        "first_day": quarter.begin.isoformat(),
        "day_after": quarter.end.isoformat(),
        "least_people_in_a_group": LEAST_PEOPLE,
        "totals": dict(figures.totals),
        "tables": {
            name: [
                {"name": group.name, "people": group.people, "orders": group.orders, "amount_idr": group.amount_idr}
                for group in groups
            ]
            for name, groups in figures.tables.items()
        },
    }


def as_csv(figures: Figures) -> bytes:
    """One row a figure, in the reader's words."""
    text = io.StringIO()
    written = csv.writer(text, lineterminator="\n")
    written.writerow(COLUMNS)
    written.writerows(_rows(figures))
    return text.getvalue().encode()


def as_xlsx(figures: Figures) -> bytes:
    """The same as a workbook."""
    data = io.BytesIO()
    with xlsxwriter.Workbook(data, {"strings_to_urls": False, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(str(figures.quarter))
        sheet.write_row(0, 0, COLUMNS)
        for number, row in enumerate(_rows(figures), 1):
            sheet.write_row(number, 0, row)
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 4, 18)
    return data.getvalue()


PAPERS: Mapping[str, tuple[str, Callable[[Figures], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", as_xlsx),
}
"""By the ending of the file: its kind, and how it is written."""


def _rows(figures: Figures) -> Iterator[tuple[str, str, int | str, int | str, int | str]]:
    for name, value in figures.totals.items():
        is_idr = name.endswith("_idr")
        yield str(figures.quarter), str(TOTALS[name]), "" if is_idr else value, "", value if is_idr else ""
    for table, groups in figures.tables.items():
        for group in groups:
            yield str(TABLES[table]), name_of(table, group), group.people, group.orders, group.amount_idr
