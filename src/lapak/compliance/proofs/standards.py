"""Numbers of standards on listings: which are demanded, whether goods go on sale without, and who has their term."""

from datetime import date

from lapak.compliance.rules import Found
from lapak.goods.catalogue.errors import NumbersMissing
from lapak.goods.catalogue.models import Category, MissingNumber
from lapak.goods.catalogue.numbering import products_past_term
from lapak.goods.catalogue.numbers import KINDS, demands_of, refuse_missing

SHOWN = 5
"""Examples that a proof names."""


def numbers_are_demanded(on: date) -> Found:
    """How many categories ask for which number that day, whether goods without are refused in each (the rule is tried, nothing
    is written), and how many on sale have their term or are past it."""
    codes = Category.objects.order_by("code").values_list("code", flat=True)
    demanded = {code: demands_of(code, on) for code in codes}
    asking = {
        kind: sum(any(kind in demand.kinds for demand in demands) for demands in demanded.values()) for kind in KINDS
    }
    not_refused = [code for code, demands in demanded.items() if demands and not _is_refused(code, on)]
    late = products_past_term().count()
    return Found(
        any(asking.values()) and not not_refused and not late,
        {"categories_asking": asking, "such_as": not_refused[:SHOWN], "on_sale_in_term": MissingNumber.objects.count() - late,
         "on_sale_past_term": late},
    )  # fmt: skip


def _is_refused(category: str, on: date) -> bool:
    try:
        refuse_missing(category, {}, on)
    except NumbersMissing:
        return True
    return False
