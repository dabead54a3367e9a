"""Why a row that is fit by itself cannot come in beside what is here."""

from collections.abc import Collection, Iterator

from django.utils.translation import gettext as _

from lapak.moving.bundle import SourceProduct, SourceVariant
from lapak.moving.check import Listing
from lapak.moving.formats.registry import lists_with
from lapak.moving.problems import Problem, Weight


def clashes(values: tuple[str, ...], staying: Collection[tuple[str, ...]]) -> bool:
    """What a seller may not do by hand, no file may: two variants with the same options, or with more of them than others."""
    return values in staying or any(len(other) != len(values) for other in staying)


def clash(variant: SourceVariant, values: tuple[str, ...]) -> Problem:
    """In words, at its options."""
    message = _(
        "The product has another variant here that stays as it is, and does not go with these options (%(options)s). "
        "Give both in one file, each with options of its own."
    )
    text = message % {"options": ", ".join(values) or "–"}
    return Problem(Weight.ERROR, variant.sheet, variant.row, "variation", text)


def missing_for_a_new_product(listing: Listing) -> Iterator[Problem]:
    """A file may leave out columns of goods that are here already, but not of new ones."""
    product = listing.source
    for name, value, what in (
        ("title", product.title, _("the title")),
        ("weight_g", product.weight_g, _("the weight")),
    ):
        if value is None and name not in product.sheet.layout.assumes:
            yield no_column(product, name, what)


def no_column(row: SourceProduct | SourceVariant, name: str, what: str) -> Problem:
    """`what` in words of the list that lacks it, and which other one would have it."""
    lists = ", ".join(f"“{called}”" for called in lists_with(row.sheet, name))
    message = _("It is new here, and the files do not say %(what)s. Give %(lists)s too.")
    return Problem(Weight.ERROR, row.sheet, row.row, name, message % {"what": what, "lists": lists})
