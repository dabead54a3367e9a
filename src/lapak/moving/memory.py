"""What is remembered of some goods, and what their products have here by now."""

from collections.abc import Sequence
from uuid import UUID

from lapak.goods.catalogue.models import Product, Variant
from lapak.moving.check import Listing
from lapak.moving.records import PRODUCT, SKU, Remembered, remembered, remembered_of
from lapak.people.shops.models import Shop

Values = tuple[str, ...]


class Memory:
    """Read once for many listings."""

    def __init__(self, shop: Shop, platform: str, listings: Sequence[Listing]) -> None:
        self.products = remembered(shop, platform, PRODUCT, [listing.source.product_id for listing in listings])
        named = [variant.sku_id for listing in listings for variant in listing.source.variants]
        self.skus = remembered(shop, platform, SKU, named)
        targets = [known.target_id for known in self.products.values()]
        names = Product.objects.filter(id__in=targets).values_list("id", "option_names") if targets else ()
        self.option_names: dict[UUID, Values] = {product_id: tuple(axes) for product_id, axes in names}
        self._living = _living(targets)
        fit = {variant.sku_id for listing in listings for variant in listing.variants}
        self._told_anew = {known.target_id for sku_id, known in self.skus.items() if sku_id in fit}
        self._records = self._unnamed_records(shop, platform, named)

    def staying(self, product_id: UUID) -> dict[Values, UUID]:
        """The product's variants here that keep their options, as no row tells of them anew."""
        living = self._living.get(product_id, {})
        return {values: variant_id for variant_id, values in living.items() if variant_id not in self._told_anew}

    def stays(self, known: Remembered) -> None:
        """The row that tells of the SKU is left out."""
        self._told_anew.discard(known.target_id)

    def known_again(self, product_id: UUID, values: Values) -> Remembered | None:
        """The SKU of these options that the files know by another id now."""
        variant_id = self.staying(product_id).get(values)
        known = self._records.get(variant_id) if variant_id else None
        if known is not None:
            self._told_anew.add(known.target_id)
        return known

    def _unnamed_records(self, shop: Shop, platform: str, named: list[str]) -> dict[UUID, Remembered]:
        """Of variants that no row names, by variant; asked for only where a SKU is new to the shop."""
        known = {sku.target_id for sku in self.skus.values()}
        unnamed = [id_ for variants in self._living.values() for id_ in variants if id_ not in known]
        if not unnamed or all(sku_id in self.skus for sku_id in named):
            return {}
        return remembered_of(shop, platform, SKU, unnamed)


def _living(products: list[UUID]) -> dict[UUID, dict[UUID, Values]]:
    """The options of each variant that the products have here."""
    found: dict[UUID, dict[UUID, Values]] = {}
    rows = Variant.objects.filter(product_id__in=products) if products else Variant.objects.none()
    for product_id, variant_id, values in rows.values_list("product_id", "id", "option_values"):
        found.setdefault(product_id, {})[variant_id] = tuple(values)
    return found
