"""A marketplace in which something of every kind happened, and every text that people typed is one endless word."""

import io
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.utils import timezone
from PIL import Image

from lapak.flows.pay_out import send_due_payouts
from lapak.flows.place_purchase import place_purchase
from lapak.flows.ship_order import confirm_receipt
from lapak.goods.catalogue.images import put_pictures, save_pictures
from lapak.goods.catalogue.models import Product, ProductImage, Stock, Variant
from lapak.lib.owner import as_owner
from lapak.money.ledger.models import Account, AccountKind
from lapak.money.remittances.commands import remit, undo_remittance
from lapak.moving.models import Upload
from lapak.testing.cast import Cast, asked_for, assemble_cast, click_on, link_to, stocked_variant
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.returns.asking import escalate_return
from lapak.trade.returns.deciding import decline_return

LONGEST = 255
"""Letters of a text without a limit; the others have as many as they may."""

# Texts by which programs find things, or that have a form of their own: nobody can make a long word of them.
KEPT = {
    "category", "code", "courier", "event_id", "file_names", "holiday_message", "id", "kind", "language", "method",
    "nib", "number", "outcome", "owner", "password", "pay_url", "phone", "platform", "postal_code", "provider",
    "provider_reference", "province_code", "qris_payload", "service", "sha256", "shipping_service", "slug",
    "source_id", "source_path", "step", "time_zone", "version",
}  # fmt: skip


def market_of_long_words() -> Cast:
    """Goods with pictures, a cart, orders and returns in their states, links, commissions, payouts, a payment of the house
    and an upload, in endless words."""
    cast = assemble_cast()
    variant = _variants_to_choose(cast)
    _show_pictures(variant.product)
    link = link_to(cast, variant.product)
    place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), [])
    paid_order(cast, (variant, 2), click=click_on(link))
    confirm_receipt(cast.buyer, delivered_order(cast, (variant, 1), click=click_on(link)).id)
    delivered_order(cast, (variant, 1))
    asked_return(cast, delivered_order(cast, (variant, 1)))
    disputed = asked_return(cast, delivered_order(cast, (variant, 1)))
    decline_return(cast.seller, disputed.id, "No")
    escalate_return(cast.buyer, disputed.id, "Yes")
    send_due_payouts(cast.operator, "sandbox")
    courier = Account.objects.get(kind=AccountKind.COURIER_PAYABLE)
    slip = remit(cast.operator, courier.id, 1_500, reference="B1", paid_on=timezone.localdate())
    undo_remittance(cast.operator, slip.id, "A zero was missing.")
    add_to_cart(cart_of_user(cast.buyer), variant.id, 1)
    for state in Upload.State:
        _upload(cast, state)
    _lengthen_every_text()
    return cast


def _variants_to_choose(cast: Cast) -> Variant:
    variant = stocked_variant(cast.shop)
    Product.objects.update(option_names=["Warna", "Ukuran"], attributes={"Bahan": "Katun"}, description="Halus")
    Variant.objects.update(option_values=["Merah", "XL"])
    other = Variant.objects.create(
        product=variant.product, price_idr=120_000, option_values=["Sogan", "Jumbo"], position=1
    )
    Stock.objects.create(variant=other, shop_id=cast.shop.id, on_hand=10)
    return variant


def _show_pictures(product: Product) -> None:
    """One as large as phones make them, and a small one that stands upright."""
    for position, size in enumerate([(1600, 1200), (30, 40)]):
        given = io.BytesIO()
        Image.new("RGB", size, "maroon").save(given, "JPEG")
        images = put_pictures([given.getvalue()])
        save_pictures(images)
        ProductImage.objects.create(product=product, image=images[0], position=position)


def _upload(cast: Cast, state: str) -> None:
    Upload.objects.create(
        shop=cast.shop,
        by=cast.seller,
        language="id",
        file_names=[],
        state=state,
        problems=["Template!I6: Harga"],
        problem_count=1,
        given_at=timezone.now(),
        touched_at=timezone.now(),
    )


def _lengthen_every_text() -> None:
    """Straight in the tables, as their owner; what is a record lets it happen while its guards rest."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for model in apps.get_models():
            if model.__module__.startswith("lapak.") and model._meta.managed:  # a test's own table ends with it
                _lengthen_texts_of(model)


def _lengthen_texts_of(model: type[models.Model]) -> None:
    fields = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not (field.choices or field.primary_key or field.name in KEPT)
    ]
    rows = list(model._default_manager.all())
    for number, row in enumerate(rows):
        for field in fields:
            setattr(row, field.name, _lengthened(field, getattr(row, field.name), number))
    if rows and fields:
        model._default_manager.bulk_update(rows, [field.name for field in fields])


def _lengthened(field: "models.Field[Any, Any]", value: Any, number: int) -> Any:
    if isinstance(field, models.JSONField):
        return _long_inside(value)
    if isinstance(field, models.EmailField):
        return f"{'w' * 60}{number}@{'w' * 60}.example"
    ending = str(number)  # many texts must differ
    return "w" * (min(field.max_length or LONGEST, LONGEST) - len(ending)) + ending


def _long_inside(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: inner if key in KEPT else _long_inside(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_long_inside(inner) for inner in value]
    return "w" * LONGEST if isinstance(value, str) else value
