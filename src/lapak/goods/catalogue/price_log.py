"""Whoever changes a price by hand, or by moving goods in, is on record with the old one and the new one."""

from collections.abc import Mapping
from uuid import UUID

from lapak.goods.catalogue.models import Variant
from lapak.people.audit.commands import note_all
from lapak.people.audit.rules import Kind, Subject


def note_new_prices(by_id: UUID | None, prices_idr: Mapping[UUID, int]) -> None:
    """The variants are about to cost this much (IDR): call it before they do, in the same transaction, until whose end nobody
    else changes them: what is kept as the old price is the one that was replaced."""
    held = Variant.objects.select_for_update(of=("self",), no_key=True).order_by("id")
    variants = held.filter(id__in=prices_idr).select_related("product")
    note_all(
        by_id,
        [
            (subject_of(variant), {"price_idr": variant.price_idr}, {"price_idr": prices_idr[variant.id]})
            for variant in variants
        ],
    )


def subject_of(variant: Variant) -> Subject:
    """The variant, as its changes are kept."""
    name = " · ".join(part for part in (variant.product.title, *variant.option_values) if part)
    return Subject(Kind.VARIANT, variant.id, name, variant.product.shop_id)
