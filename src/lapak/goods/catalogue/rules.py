"""What a listing must be before it is written: pure, so that forms, moving in and commands judge alike."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.barcodes import barcode_of
from lapak.goods.catalogue.errors import ListingRefused
from lapak.lib.ids import new_id
from lapak.lib.money import MAX_IDR, format_idr
from lapak.lib.numbers import filled

MAX_TITLE_LENGTH = 255
MAX_BRAND_LENGTH = 120
MAX_SELLER_SKU_LENGTH = 100
MAX_SLUG_LENGTH = 80
MAX_DESCRIPTION_LENGTH = 20_000
"""Twice what TikTok Shop takes, five times what Shopee does: only a mistake is longer."""
MAX_OPTIONS = 3
MAX_OPTION_LENGTH = 100
MAX_VARIANTS = 1_000
"""More than any platform we know lets a product have, and a page can still show them."""
MAX_PICTURES = 9
"""As many as TikTok Shop and Shopee show; `GalleryFull` says it in words."""
MAX_WEIGHT_G = 1_000_000
MAX_SIDE_CM = 2_000
"""A tonne, twenty metres: no courier takes more, so it is a slip of the keyboard."""
CM3_PER_G = 6
"""Length × width × height / 6,000 in kilograms: how JNE, J&T and SiCepat reckon a large light parcel; they charge it or the
weight, whichever is more (docs/concepts/law-and-practice.md "Custom")."""
STARS = (1, 2, 3, 4, 5)
"""What a review may give, as everywhere."""
MAX_ON_HAND = 10_000_000
"""Ten times what TikTok Shop takes (999,999); above it is a slip of the keyboard."""
STEEP_FALL = 5
"""A price below a fifth of today's is asked about: no honest sale goes so far, and three zeros forgotten go further."""
LOW_PRICE_IDR = 500
"""Whoever goes below it is asked: hardly anything is sold so cheaply, and `150.000` without its zeros is."""


class Origin(StrEnum):
    """Where goods were made, as far as the shop says it. The same values as `Product.Origin`."""

    UNSAID = ""
    DOMESTIC = "domestic"
    IMPORTED = "imported"


NO_BARCODE = _("No barcode: it has 8, 12, 13 or 14 digits, and the last one checks the others. Look at it again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductFields:
    """What a seller says about a product, apart from its variants. `description` is plain text."""

    title: str
    weight_g: int
    description: str = ""
    brand: str = ""
    category_id: int | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)
    length_cm: int | None = None
    width_cm: int | None = None
    height_cm: int | None = None
    origin: str = Origin.UNSAID
    has_ai_pictures: bool = False
    has_ai_words: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewVariant:
    """A variant to be made; its id is the caller's, who may have to remember it before it is written."""

    price_idr: int
    on_hand: int
    option_values: tuple[str, ...] = ()
    seller_sku: str = ""
    barcode: str = ""
    id: UUID = field(default_factory=new_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewProduct(ProductFields):
    """A product to be made with its variants; without options it has exactly one, with no option values."""

    variants: tuple[NewVariant, ...]
    option_names: tuple[str, ...] = ()
    status: str = "draft"
    source_category: str = ""
    id: UUID = field(default_factory=new_id)


def is_on_sale(*, is_active: bool, status: str, shop_is_open: bool) -> bool:
    """Whether a variant is on sale (catalogue/on_sale.py): active, of a published product, in an open shop."""
    return is_active and status == "published" and shop_is_open


def refuse_unfit_product(product: NewProduct) -> None:
    """Raise `ListingRefused` when the product, its options or any variant is not fit to be written."""
    refuse_unfit_fields(product)
    refuse_unfit_options(product.option_names, [variant.option_values for variant in product.variants])
    for variant in product.variants:
        refuse_unfit_variant(variant)


def refuse_unfit_fields(fields: ProductFields) -> None:
    """Raise `ListingRefused` for a missing or overlong text, a weight or a size out of bounds."""
    if not fields.title.strip():
        raise ListingRefused("title", _("Give the product a title."))
    _refuse_overlong("title", fields.title, MAX_TITLE_LENGTH)
    _refuse_overlong("brand", fields.brand, MAX_BRAND_LENGTH)
    _refuse_overlong("description", fields.description, MAX_DESCRIPTION_LENGTH)
    if not 0 < fields.weight_g <= MAX_WEIGHT_G:
        message = _("The weight with packaging must be between 1 g and {most} kg.")
        raise ListingRefused("weight_g", filled(message, most=MAX_WEIGHT_G // 1_000))
    if fields.origin not in set(Origin):
        raise ListingRefused("origin", _("Say where it was made by one of the choices."))
    for name in ("length_cm", "width_cm", "height_cm"):
        side = getattr(fields, name)
        if side is not None and not 0 < side <= MAX_SIDE_CM:
            message = _("The sides of the parcel must be between 1 and {most} cm.")
            raise ListingRefused(name, filled(message, most=MAX_SIDE_CM))


def refuse_unfit_options(names: tuple[str, ...], values: list[tuple[str, ...]]) -> None:
    """Raise `ListingRefused` unless every variant has one value per axis and no two variants have the same."""
    if not 0 < len(values) <= MAX_VARIANTS:
        raise ListingRefused("variants", filled(_("A product has between 1 and {most} variants."), most=MAX_VARIANTS))
    if len(names) > MAX_OPTIONS:
        message = _("A product has up to {most} options, such as colour and size.")
        raise ListingRefused("option_names", filled(message, most=MAX_OPTIONS))
    if any(len(chosen) != len(names) or not all(chosen) for chosen in values):
        raise ListingRefused("option_values", _("Every variant needs one value for each option."))
    if any(len(text) > MAX_OPTION_LENGTH for text in (*names, *(value for chosen in values for value in chosen))):
        message = _("The name of an option or value has up to {most} characters.")
        raise ListingRefused("option_values", filled(message, most=MAX_OPTION_LENGTH))
    if max(Counter(values).values()) > 1:
        raise ListingRefused("option_values", _("Two variants have the same options. Make them differ."))


def refuse_unfit_option_names(names: tuple[str, ...], now: tuple[str, ...]) -> None:
    """Raise `ListingRefused` unless these can be what a product's options, called so `now`, are called."""
    if len(names) != len(now):
        raise ListingRefused("option_names", _("The product has other options by now. Look at it again."))
    if not all(names):
        raise ListingRefused("option_names", _("Every option needs a name, such as colour or size."))
    if any(len(name) > MAX_OPTION_LENGTH for name in names):
        message = _("The name of an option or value has up to {most} characters.")
        raise ListingRefused("option_names", filled(message, most=MAX_OPTION_LENGTH))
    if len({name.casefold() for name in names}) < len(names):
        raise ListingRefused("option_names", _("Options need names that differ."))


def refuse_unfit_variant(variant: NewVariant) -> None:
    """Raise `ListingRefused` for a price, stock or seller SKU out of bounds, and what is no barcode."""
    refuse_unfit_price(variant.price_idr)
    refuse_unfit_stock(variant.on_hand)
    refuse_unfit_seller_sku(variant.seller_sku)
    refuse_unfit_barcode(variant.barcode)


def refuse_unfit_price(price_idr: int) -> None:
    """Raise `ListingRefused` unless the price is above zero and at most `MAX_IDR`."""
    if not 0 < price_idr <= MAX_IDR:
        message = _("The price must be above zero, and at most Rp{most}.")
        raise ListingRefused("price_idr", filled(message, most=MAX_IDR))


def question_about_price(price_idr: int, now_idr: int | None = None) -> "str | Promise | None":
    """What to ask the seller before the price is taken, if anything: whether it may fall so steeply or be so low.

    `now_idr` is what the variant costs today; none when it is new.
    """
    if now_idr is not None and price_idr * STEEP_FALL < now_idr:
        return _("%(price)s? It is %(now)s now.") % {"price": format_idr(price_idr), "now": format_idr(now_idr)}
    if price_idr < LOW_PRICE_IDR and (now_idr is None or now_idr >= LOW_PRICE_IDR):
        return _("%(price)s? That is very little.") % {"price": format_idr(price_idr)}
    return None


def refuse_unfit_stock(on_hand: int) -> None:
    """Raise `ListingRefused` unless the stock is between zero and `MAX_ON_HAND`."""
    if not 0 <= on_hand <= MAX_ON_HAND:
        raise ListingRefused("on_hand", filled(_("The stock must be between 0 and {most} pieces."), most=MAX_ON_HAND))


def refuse_unfit_seller_sku(seller_sku: str) -> None:
    """Raise `ListingRefused` for a seller SKU over `MAX_SELLER_SKU_LENGTH` characters."""
    _refuse_overlong("seller_sku", seller_sku, MAX_SELLER_SKU_LENGTH)


def refuse_unfit_barcode(barcode: str) -> None:
    """Raise `ListingRefused` for what is no barcode (barcodes.py) as it is kept; empty is none."""
    if barcode_of(barcode) != barcode:
        raise ListingRefused("barcode", NO_BARCODE)


def slug_of(title: str) -> str:
    """The readable part of a product's address; a title of other scripts alone gives `produk`."""
    return slugify(title)[:MAX_SLUG_LENGTH].strip("-") or "produk"


def _refuse_overlong(name: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise ListingRefused(name, _("This text is longer than %(limit)d characters.") % {"limit": limit})


def average_stars(star_count: int, review_count: int) -> Decimal | None:
    """Of so many stars in so many reviews, to one decimal, a half rounded up; None of none."""
    if not review_count:
        return None
    return (Decimal(star_count) / review_count).quantize(Decimal("0.1"), ROUND_HALF_UP)
