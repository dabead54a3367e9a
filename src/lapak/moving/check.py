"""Are the values fit to sell? Errors by row and column in plain words; what is fit goes on without what is not."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.goods.catalogue import rules
from lapak.goods.catalogue.barcodes import barcode_of
from lapak.lib.money import MAX_IDR, format_idr
from lapak.lib.numbers import filled
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, Bundle, SourceProduct, SourceVariant
from lapak.moving.doubts import doubts
from lapak.moving.formats.registry import lists_with
from lapak.moving.problems import Problem, Weight
from lapak.moving.sale_prices import SALE, WAS
from lapak.moving.values import Number, Unreadable

MAX_PICTURE_KEY_LENGTH = 300
"""As long as `ProductImage.source_path`."""

_SIDES = ("length_cm", "width_cm", "height_cm")


class Listing(Struct, eq=False, gc=False):
    """A product fit to be sold, with those of its SKUs that are."""

    source: SourceProduct
    variants: list[SourceVariant]


class Checked(Struct):
    """What is fit, what is not and why, and how much was left out."""

    listings: list[Listing]
    problems: list[Problem]
    left_out_products: int
    left_out_variants: list[SourceVariant]
    nameless_rows: int


def check(bundle: Bundle) -> Checked:
    """Every product and SKU is judged once; a SKU row that is not fit is left out, its product goes on without it."""
    checked = Checked([], [], 0, [], len(bundle.nameless_rows))
    for sheet, row in bundle.nameless_rows:
        name = "product_id" if sheet.has("product_id") else "title"
        message = _("The row does not say which product it belongs to.")
        checked.problems.append(Problem(Weight.ERROR, sheet, row, name, message))
    for disagreement in bundle.disagreements:
        first = bundle.products[disagreement.product_id]
        message = _("Differs from row %(row)d of the same product, which was taken.") % {"row": first.row}
        note = Problem(Weight.NOTE, disagreement.sheet, disagreement.row, disagreement.field, message)
        checked.problems.append(note)
    checked.problems += _prices_of_before(bundle)
    taken: dict[str, SourceVariant] = {}
    for product in bundle.products.values():
        _check_product(product, taken, checked)
    fit = checked.listings
    checked.problems += doubts(
        [listing.source for listing in fit], [variant for listing in fit for variant in listing.variants]
    )
    for listing in fit:
        _drop_unfit_barcodes(listing.variants)
    return checked


def _prices_of_before(bundle: Bundle) -> Iterator[Problem]:
    for sheet, count in bundle.lowered.items():
        message = _(
            "{count} goods have a regular price and a lower one. They come in at what they cost now; a price of before is not "
            "shown here."
        )
        name = SALE if sheet.has(SALE) else WAS
        yield Problem(Weight.NOTE, sheet, sheet.header_row, name, str(filled(message, count=count)))


def _drop_unfit_barcodes(variants: list[SourceVariant]) -> None:
    """What was noted among the doubts and is no reason to leave a SKU out; a good one is kept as numbers are."""
    for variant in variants:
        if variant.barcode is not None:
            variant.barcode = barcode_of(variant.barcode)


def _check_product(product: SourceProduct, taken: dict[str, SourceVariant], checked: Checked) -> None:
    """`taken` holds the SKUs found fit so far, by their id."""
    problems = list(_problems_of_product(product))
    checked.problems += problems
    if any(problem.weight is Weight.ERROR for problem in problems):
        checked.left_out_products += 1
        checked.left_out_variants += product.variants
        return
    _drop_unfit_extras(product)
    fit: dict[str, SourceVariant] = {}
    for variant in product.variants:
        errors = [*_problems_of_sku_id(variant, taken), *_problems_of_offer(variant)]
        errors = errors or list(_problems_of_variation(product, variant, fit))
        if errors:
            checked.problems += errors
            checked.left_out_variants.append(variant)
        else:
            taken[variant.sku_id] = variant
            fit[variant.sku_id if variant.variation is None else variant.variation] = variant
    if fit:
        checked.listings.append(Listing(product, list(fit.values())))
    else:
        checked.left_out_products += 1


def _problems_of_product(product: SourceProduct) -> Iterator[Problem]:
    def problem(name: str, message: str) -> Problem:
        return Problem(Weight.ERROR, *product.place(name), name, message)

    if len(product.product_id) > MAX_SOURCE_ID_LENGTH:
        yield problem("product_id", _too_long(MAX_SOURCE_ID_LENGTH))
    if product.title == "":
        yield problem("title", _("The product has no title."))
    if not product.variants:
        lists = ", ".join(f"“{called}”" for called in lists_with(product.sheet, "price_idr", "sku_id"))
        yield problem("", _("None of the files says its price and stock. Give %(lists)s too.") % {"lists": lists})
    for name, limit in (
        ("title", rules.MAX_TITLE_LENGTH),
        ("brand", rules.MAX_BRAND_LENGTH),
        ("description", rules.MAX_DESCRIPTION_LENGTH),
    ):
        if len(getattr(product, name) or "") > limit:
            yield problem(name, _too_long(limit))
    if product.has("weight_g") and not _lacks_weight(product) and (message := _unfit_weight(product.weight_g)):
        yield problem("weight_g", message)
    yield from _doubts_about_extras(product)


def _doubts_about_extras(product: SourceProduct) -> Iterator[Problem]:
    def note(name: str, message: str) -> Problem:
        return Problem(Weight.NOTE, *product.place(name), name, message)

    for name in _SIDES:
        if not _is_fit_side(getattr(product, name)):
            message = _("Not a whole number of centimetres up to {most}; it was left empty.")
            yield note(name, str(filled(message, most=rules.MAX_SIDE_CM)))
    if any(len(key) > MAX_PICTURE_KEY_LENGTH for key in product.images or ()):
        yield note("images", _("The address of a picture is too long; the picture was left out."))


def _drop_unfit_extras(product: SourceProduct) -> None:
    """What was noted above and is no reason to leave a product out: unfit sides and picture addresses, a weight of nought."""
    if _lacks_weight(product):
        product.weight_g = None
    for name in _SIDES:
        if not _is_fit_side(side := getattr(product, name)) or side == 0:
            setattr(product, name, None)
    if product.images:
        product.images = tuple(key for key in product.images if len(key) <= MAX_PICTURE_KEY_LENGTH)


def _lacks_weight(product: SourceProduct) -> bool:
    """Shop systems write nought for a weight that nobody gave, and sell without."""
    return not product.weight_g and "weight_g" in product.sheet.layout.assumes


def _problems_of_sku_id(variant: SourceVariant, taken: dict[str, SourceVariant]) -> Iterator[Problem]:
    if not variant.sku_id:
        yield _error(variant, "sku_id", _("The row has no SKU id."))
    elif len(variant.sku_id) > MAX_SOURCE_ID_LENGTH:
        yield _error(variant, "sku_id", _too_long(MAX_SOURCE_ID_LENGTH))
    elif first := taken.get(variant.sku_id):
        if first.sheet is variant.sheet:
            message = _("The same SKU stands in row %(row)d already, which was taken.")
        else:
            message = _("The same SKU stands in row %(row)d of “%(file)s” already, which was taken.")
        yield _error(variant, "sku_id", message % {"row": first.row, "file": _list_of(first, variant)})


def _list_of(first: SourceVariant, other: SourceVariant) -> str:
    """What tells the first one's list from the other's: its file, or its sheet where the file is the same."""
    return first.sheet.file if first.sheet.file != other.sheet.file else first.sheet.table.name


def _problems_of_offer(variant: SourceVariant) -> Iterator[Problem]:
    if variant.sheet.has("price_idr") and (message := _unfit_price(variant.price_idr)):
        yield _error(variant, "price_idr", message)
    if message := _unfit_stock(variant.stock):
        yield _error(variant, "stock", message)
    if len(variant.seller_sku or "") > rules.MAX_SELLER_SKU_LENGTH:
        yield _error(variant, "seller_sku", _too_long(rules.MAX_SELLER_SKU_LENGTH))


def _problems_of_variation(
    product: SourceProduct, variant: SourceVariant, fit: dict[str, SourceVariant]
) -> Iterator[Problem]:
    """`fit` holds the product's SKUs found fit so far, by their variation."""
    name = "variation"
    text = variant.variation
    if text is None:
        return  # the file has no column for it, and changes nothing about it
    if len(product.variants) > 1 and not text:
        yield _error(variant, name, _("The product has several SKUs, but this row does not say which one it is."))
    elif first := fit.get(text):
        message = _("The same variation stands in row %(row)d already, which was taken.") % {"row": first.row}
        yield _error(variant, name, message)
    elif len(text) > rules.MAX_OPTION_LENGTH:
        yield _error(variant, name, _too_long(rules.MAX_OPTION_LENGTH))
    elif len(fit) >= rules.MAX_VARIANTS:
        message = _("A product has up to {most} variants; the further ones are left out.")
        yield _error(variant, name, str(filled(message, most=rules.MAX_VARIANTS)))


def _unfit_price(price_idr: Number) -> str:
    if price_idr is None:
        return _("The price is missing.")
    if isinstance(price_idr, Unreadable):
        return _not_a_number(price_idr)
    if price_idr <= 0:
        return _("The price must be above zero.")
    if price_idr > MAX_IDR:
        return _("The price is above %(limit)s: surely a slip.") % {"limit": format_idr(MAX_IDR)}
    return ""


def _unfit_stock(stock: Number) -> str:
    if isinstance(stock, Unreadable):
        return _not_a_number(stock)
    if stock is not None and not 0 <= stock <= rules.MAX_ON_HAND:
        return str(filled(_("The stock must be between 0 and {most} pieces."), most=rules.MAX_ON_HAND))
    return ""


def _unfit_weight(weight_g: Number) -> str:
    if weight_g is None:
        return _("The weight is missing; shipping cannot be priced without it.")
    if isinstance(weight_g, Unreadable):
        return _not_a_number(weight_g)
    if not 0 < weight_g <= rules.MAX_WEIGHT_G:
        return str(filled(_("The weight must be between 1 and {most} grams."), most=rules.MAX_WEIGHT_G))
    return ""


def _is_fit_side(side: Number) -> bool:
    return side is None or (isinstance(side, int) and 0 <= side <= rules.MAX_SIDE_CM)


def _not_a_number(found: Unreadable) -> str:
    return _("“%(text)s” is not a whole number, as this file writes them.") % {"text": found.text[:40]}


def _too_long(limit: int) -> str:
    return _("Longer than %(limit)d characters.") % {"limit": limit}


def _error(variant: SourceVariant, name: str, message: str) -> Problem:
    return Problem(Weight.ERROR, variant.sheet, variant.row, name, message)
