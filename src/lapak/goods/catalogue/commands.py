"""Every change of a product, one at a time; many at once are in `bulk`."""

import dataclasses
import uuid
from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue import bulk, numbers, rules, stock
from lapak.goods.catalogue.barcodes import barcode_of
from lapak.goods.catalogue.bulk import Picture
from lapak.goods.catalogue.change_log import log_changes
from lapak.goods.catalogue.errors import (
    GalleryFull,
    ListingRefused,
    NoSuchCategory,
    NotADraft,
    ProductNotFound,
    ProductTakenDown,
)
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import Category, MissingNumber, Product, ProductImage, Stock, StoredImage, Variant
from lapak.goods.catalogue.numbering import look_at_numbers
from lapak.goods.catalogue.price_log import note_new_prices
from lapak.goods.catalogue.rules import MAX_PICTURES, NewProduct, ProductFields
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User


@act
def create_product(by: User, shop: Shop, product: NewProduct) -> Product:
    """The shop has the product with its variants and stock, in the status it names.

    Refuses one who does not work for the shop (`ShopNotFound`), an unknown category (`NoSuchCategory`), what the rules
    refuse (`ListingRefused`) and to put on sale what lacks a number (`NumbersMissing`).
    """
    require_duty(by, shop.id, Duty.GOODS)
    rules.refuse_unfit_product(product)
    numbers.refuse_unfit_numbers(product.attributes)
    category = _known_category(product.category_id)
    if product.status == Product.Status.PUBLISHED:
        numbers.refuse_missing(category, product.attributes, clock.today())
    bulk.create_products(shop, [product], stock.Cause(stock.Reason.LISTED, by.id))
    return Product.objects.get(id=product.id)


@act
def change_product(by: User, product_id: uuid.UUID, fields: ProductFields) -> Product:
    """The product's fields are as given; its address keeps the slug others have linked to.

    Refuses a stranger (`ProductNotFound`), an unknown category, what the rules refuse and, of goods on sale, that they
    lack a number which they did not lack before (`NumbersMissing`).
    """
    product = _locked_product(by, product_id)
    rules.refuse_unfit_fields(fields)
    numbers.refuse_unfit_numbers(fields.attributes)
    _refuse_new_gap(product, _known_category(fields.category_id), fields.attributes)
    for field in dataclasses.fields(fields):
        setattr(product, field.name, getattr(fields, field.name))
    product.save()
    log_changes([product.id])
    look_at_numbers([product.id])
    return product


@act
def name_options(by: User, product_id: uuid.UUID, names: tuple[str, ...]) -> Product:
    """The product's options are called so from now on; their values, and what was ordered, stay as they are.

    Refuses a stranger (`ProductNotFound`), and names that are missing, too long or twice the same (`ListingRefused`).
    """
    product = _locked_product(by, product_id)
    rules.refuse_unfit_option_names(names, tuple(product.option_names))
    product.option_names = list(names)
    product.save(update_fields=["option_names"])
    return product


@act
def publish_product(by: User, product_id: uuid.UUID) -> Product:
    """Buyers see the product and can buy what is in stock.

    Refuses a stranger (`ProductNotFound`), and goods that lack a number of a standard which their category must show
    (`NumbersMissing`), and what Lapak has taken down (`ProductTakenDown`).
    """
    product = _locked_product(by, product_id)
    if product.status != Product.Status.PUBLISHED:
        numbers.refuse_missing(_code_of(product), product.attributes, clock.today())
    return _set_status(product, Product.Status.PUBLISHED)


@act
def archive_product(by: User, product_id: uuid.UUID) -> Product:
    """The product is off sale and out of search; orders keep it. Refuses a stranger
    (`ProductNotFound`), and what Lapak has taken down (`ProductTakenDown`)."""
    return _set_status(_locked_product(by, product_id), Product.Status.ARCHIVED)


@act
def return_to_draft(by: User, product_id: uuid.UUID) -> Product:
    """The product is the draft again that it was before it went on sale. Refuses as `archive_product`."""
    return _set_status(_locked_product(by, product_id), Product.Status.DRAFT)


@act
def end_term_of_number(product_id: uuid.UUID) -> None:
    """A product that still lacks its number when its term is over is off sale (archived): it can be put on sale again with the
    number. One that does not lack it any more stays."""
    product = Product.objects.select_for_update(of=("self",), no_key=True).get(id=product_id)
    look_at_numbers([product.id])
    due = MissingNumber.objects.filter(product=product, due_at__lte=clock.now())
    if product.status == Product.Status.PUBLISHED and due.update(taken_off_at=clock.now()):
        _set_status(product, Product.Status.ARCHIVED)


@act
def file_product(by: User, product_id: uuid.UUID, category_id: int | None) -> Product:
    """The product is in this category, or in none; all else stays.

    Refuses a stranger (`ProductNotFound`), an unknown category (`NoSuchCategory`) and, of goods on sale, one that asks for
    a number which they lack (`NumbersMissing`).
    """
    product = _locked_product(by, product_id)
    _refuse_new_gap(product, _known_category(category_id), product.attributes)
    product.category_id = category_id
    product.save(update_fields=["category_id", "updated_at"])
    log_changes([product.id])
    look_at_numbers([product.id])
    return product


@act
def delete_draft(by: User, product_id: uuid.UUID) -> None:
    """The draft is gone as if it had never been, with its variants, stock and place in carts.

    Refuses a stranger (`ProductNotFound`), what is or was on sale (`NotADraft`), and what was ordered all the same or a
    creator's link leads to (`GoodsInUse`).
    """
    product = _locked_product(by, product_id)
    if product.status != Product.Status.DRAFT:
        raise NotADraft
    bulk.take_off([product.id], [], stock.Cause(stock.Reason.TYPED, by.id))


@act
def set_variant_price(by: User, variant_id: uuid.UUID, price_idr: int) -> Variant:
    """The variant costs this much from now on; a buyer who was shown another price is told before paying.

    Refuses a stranger (`ProductNotFound`) and a price out of bounds (`ListingRefused`).
    """
    variant = _variant_of(by, variant_id)
    rules.refuse_unfit_price(price_idr)
    note_new_prices(by.id, {variant.id: price_idr})
    variant.price_idr = price_idr
    variant.save(update_fields=["price_idr"])
    log_changes([variant.product_id])
    return variant


@act
def set_seller_sku(by: User, variant_id: uuid.UUID, seller_sku: str) -> Variant:
    """The seller knows the variant by this number of their own; empty for none.

    Refuses a stranger (`ProductNotFound`) and a number over 100 characters (`ListingRefused`).
    """
    variant = _variant_of(by, variant_id)
    rules.refuse_unfit_seller_sku(seller_sku)
    variant.seller_sku = seller_sku
    variant.save(update_fields=["seller_sku"])
    return variant


@act
def set_barcode(by: User, variant_id: uuid.UUID, barcode: str) -> Variant:
    """The variant's maker knows it by this number (GTIN); empty for none. Blanks and hyphens in it are passed over.

    Refuses a stranger (`ProductNotFound`) and what is no barcode (`ListingRefused`).
    """
    variant = _variant_of(by, variant_id)
    number = barcode_of(barcode)
    rules.refuse_unfit_barcode(barcode if number is None else number)
    variant.barcode = number or ""
    variant.save(update_fields=["barcode"])
    log_changes([variant.product_id])
    return variant


@act
def offer_variant(by: User, variant_id: uuid.UUID, *, is_offered: bool) -> Variant:
    """Buyers may choose the variant, or no longer. What was ordered of it stays ordered, and its stock on the shelf.

    Refuses a stranger (`ProductNotFound`), and to take away the last choice of a product (`ListingRefused`): the product
    itself goes off sale then.
    """
    variant = _variant_of(by, variant_id)
    product = _locked_product(by, variant.product_id)
    if not is_offered and not product.variants.filter(is_active=True).exclude(id=variant.id).exists():
        raise ListingRefused("is_offered", _("It is the last one that is offered. Take the product off sale instead."))
    variant.is_active = is_offered
    variant.save(update_fields=["is_active"])
    log_changes([product.id])
    return variant


@act
def correct_stock(by: User, variant_id: uuid.UUID, *, shown: int, typed: int) -> Stock:
    """The shelf has so many pieces more or fewer than before as were typed above or below what was shown.

    Refuses a stranger (`ProductNotFound`), a number out of bounds (`ListingRefused`) and a result below what buyers were
    promised (`StockBelowReserved`, `StockMeanwhile`).
    """
    variant = _variant_of(by, variant_id)
    return stock.correct(variant.id, shown=shown, typed=typed, cause=stock.Cause(stock.Reason.TYPED, by.id))


def add_picture(by: User, product_id: uuid.UUID, data: bytes) -> ProductImage:
    """The picture is the last in the product's gallery.

    Refuses a stranger (`ProductNotFound`), a tenth picture (`GalleryFull`) and what is no fit picture (`ImageRefused`).
    """
    shop_id = Product.objects.filter(id=product_id).values_list("shop_id", flat=True).first()
    if shop_id is None or not works_for(by, shop_id, Duty.GOODS):
        raise ProductNotFound
    (image,) = put_pictures([data])  # outside the act: no lock waits for the disk
    return _hang_up(by, product_id, image)


@act
def _hang_up(by: User, product_id: uuid.UUID, image: StoredImage) -> ProductImage:
    product = _locked_product(by, product_id)
    position = product.images.count()
    if position >= rules.MAX_PICTURES:
        raise GalleryFull(MAX_PICTURES)
    save_pictures([image])
    log_changes([product.id])
    return ProductImage.objects.create(product=product, image=image, position=position)


@act
def remove_picture(by: User, product_id: uuid.UUID, sha256: str) -> None:
    """The product no longer shows the picture; the others move up. Refuses a stranger (`ProductNotFound`)."""
    product = _locked_product(by, product_id)
    kept = [
        Picture(image.image_id, image.source_path)
        for image in product.images.order_by("position")
        if image.image_id != sha256
    ]
    bulk.replace_galleries({product.id: kept})


def _locked_product(by: User, product_id: uuid.UUID) -> Product:
    product = Product.objects.select_for_update(of=("self",), no_key=True).filter(id=product_id).first()
    if product is None or not works_for(by, product.shop_id, Duty.GOODS):
        raise ProductNotFound
    return product


def _variant_of(by: User, variant_id: uuid.UUID) -> Variant:
    variant = Variant.objects.select_related("product").filter(id=variant_id).first()
    if variant is None or not works_for(by, variant.product.shop_id, Duty.GOODS):
        raise ProductNotFound
    return variant


def _set_status(product: Product, status: Product.Status) -> Product:
    if product.taken_down_at:
        raise ProductTakenDown
    product.status = status
    product.save(update_fields=["status", "updated_at"])
    log_changes([product.id])
    return product


def _known_category(category_id: int | None) -> str:
    """Its code; empty for none."""
    if category_id is None:
        return ""
    code = Category.objects.filter(id=category_id).values_list("code", flat=True).first()
    if code is None:
        raise NoSuchCategory
    return code


def _code_of(product: Product) -> str:
    return product.category.code if product.category else ""


def _refuse_new_gap(product: Product, category: str, attributes: Mapping[str, str]) -> None:
    """What was on sale without a number before it was asked for has its term, and may be changed meanwhile."""
    today = clock.today()
    before = numbers.missing_in(_code_of(product), product.attributes, today)
    after = numbers.missing_in(category, attributes, today)
    if product.status == Product.Status.PUBLISHED and any(demand not in before for demand in after):
        numbers.refuse_missing(category, attributes, today)
