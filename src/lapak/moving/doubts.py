"""What can be sold as it stands in the file, but is most likely a slip: noted with its cell before anything moves."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from statistics import median

from django.utils.translation import gettext as _

from lapak.goods.catalogue.barcodes import barcode_of
from lapak.lib.money import format_idr
from lapak.lib.numbers import filled
from lapak.moving.bundle import SourceProduct, SourceVariant
from lapak.moving.ids import SHORTENED
from lapak.moving.problems import Problem, Weight

MIN_PRICES = 5
"""From fewer nobody can tell what is usual."""
TOO_CHEAP_BY = 100
"""`125.000` that a spreadsheet read as a decimal number is 125: a thousandth. Few shops sell for a hundredth of their usual."""
FEW_IDR = 1_000
"""Where most goods cost less, the whole column lost its thousands: shipping alone costs ten times as much."""
VERY_LIGHT_G = 10
"""An envelope alone weighs as much: below it somebody wrote kilograms."""
VERY_HEAVY_G = 100_000
"""More than parcel couriers carry: grams in a column of kilograms come to hundreds of thousands."""
_SHOWN = 40
"""Characters of a cell that are said again."""
MAX_OF_A_COLUMN = 20
"""Where more are alike, the column is meant and not its cells."""

_DATE = re.compile(r"\d{4}-(\d{2})-(\d{2})(?:T[\d:.]+)?")
_ROUNDED = re.compile(rf"[1-9]\d{{14}}0+|{SHORTENED.pattern}", re.IGNORECASE)
"""A spreadsheet keeps 15 digits of a number; the rest of a barcode becomes zeros, or all of it 8.99E+18."""


def doubts(products: Sequence[SourceProduct], variants: Sequence[SourceVariant]) -> list[Problem]:
    """Notes about what was found fit; of each column of a sheet so many, and then how many more there are."""
    return [
        *_in_short(_of_prices(variants)),
        *_in_short(_of_weights(products)),
        *_in_short(_of_variations(variants)),
        *_in_short(_of_numbers(variants)),
        *_in_short(_of_barcodes(variants)),
    ]


def _of_prices(variants: Sequence[SourceVariant]) -> Iterator[Problem]:
    prices = [variant.price_idr for variant in variants if isinstance(variant.price_idr, int)]
    usual = int(median(prices)) if prices else 0
    for variant in variants:
        price = variant.price_idr
        if not isinstance(price, int):
            continue
        if len(prices) >= MIN_PRICES and price * TOO_CHEAP_BY < usual:
            message = _("%(price)s is very little: these goods usually cost %(usual)s. Is it %(perhaps)s?")
        elif usual < FEW_IDR and price < FEW_IDR:
            message = _("%(price)s is very little. Did a spreadsheet take the dot in %(perhaps)s for a decimal point?")
        else:
            continue
        said = {"price": format_idr(price), "usual": format_idr(usual), "perhaps": format_idr(price * 1_000)}
        yield Problem(Weight.NOTE, variant.sheet, variant.row, "price_idr", message % said)


def _of_weights(products: Sequence[SourceProduct]) -> Iterator[Problem]:
    for product in products:
        weight = product.weight_g
        if isinstance(weight, int) and 0 < weight < VERY_LIGHT_G:
            message = _("{weight} g is very little with packaging. Is it kilograms? Then write {grams}.")
            text = str(filled(message, weight=weight, grams=weight * 1_000))
            yield Problem(Weight.NOTE, *product.place("weight_g"), "weight_g", text)
        elif isinstance(weight, int) and weight >= VERY_HEAVY_G:
            message = _("{weight} g is more than a parcel weighs. Are these grams in a column of kilograms?")
            yield Problem(Weight.NOTE, *product.place("weight_g"), "weight_g", str(filled(message, weight=weight)))


def _of_variations(variants: Iterable[SourceVariant]) -> Iterator[Problem]:
    for variant in variants:
        if found := _DATE.search(variant.variation or ""):
            message = _("“%(date)s” is a date that a spreadsheet made of something else. Is it “%(perhaps)s”?")
            said = {"date": found[0], "perhaps": f"{int(found[2])}-{int(found[1])}"}
            yield Problem(Weight.NOTE, variant.sheet, variant.row, "variation", message % said)


def _of_numbers(variants: Iterable[SourceVariant]) -> Iterator[Problem]:
    for variant in variants:
        if _is_rounded(variant.seller_sku or ""):
            message = _(
                "“%(text)s” is a number that a spreadsheet rounded. Write it anew, with the cell formatted as text."
            )
            text = message % {"text": variant.seller_sku}
            yield Problem(Weight.NOTE, variant.sheet, variant.row, "seller_sku", text)


def _of_barcodes(variants: Iterable[SourceVariant]) -> Iterator[Problem]:
    """They are left out; the goods come in."""
    for variant in variants:
        said = variant.barcode or ""
        if barcode_of(said) is not None:
            continue
        if _ROUNDED.fullmatch(said):
            message = _(
                "“%(text)s” is a barcode that a spreadsheet lost. Write it anew, with the cell formatted as text."
            )
        else:
            message = _("“%(text)s” is no barcode: it has 8, 12, 13 or 14 digits, and the last one checks the others.")
        yield Problem(Weight.NOTE, variant.sheet, variant.row, "barcode", message % {"text": said[:_SHOWN]})


def _is_rounded(text: str) -> bool:
    """Of numbers of 19 digits and more one in a thousand is by chance one that a program's floating point can hold."""
    if _ROUNDED.fullmatch(text):
        return True
    return len(text) >= 19 and text.isdecimal() and int(float(text)) == int(text)


def _in_short(of_a_column: Iterable[Problem]) -> Iterator[Problem]:
    for _sheet, group in groupby(of_a_column, key=lambda problem: id(problem.sheet)):
        alike = list(group)
        yield from alike[:MAX_OF_A_COLUMN]
        if more := alike[MAX_OF_A_COLUMN:]:
            text = str(filled(_("From here on {more} cells of the column look like those above."), more=len(more)))
            yield Problem(Weight.NOTE, more[0].sheet, more[0].row, more[0].field, text)
