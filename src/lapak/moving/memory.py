"""What is remembered of some goods, and what their products have here by now."""

from collections.abc import Iterable, Sequence
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
        self._records = self._unnamed_records(shop, platform, named)

    def staying(self, product: Remembered, told: Iterable[Remembered]) -> dict[Values, UUID]:
        """The product's variants here that keep their options, as none of these SKUs is told anew."""
        anew = {known.target_id for known in told}
        living = self._living.get(product.target_id, {})
        return {values: variant_id for variant_id, values in living.items() if variant_id not in anew}

    def unnamed(self, product: Remembered, told: Iterable[Remembered]) -> dict[Values | None, Remembered]:
        """By their options, those that files brought and no row names, which may know them by another id now."""
        staying = self.staying(product, told).items()
        return {values: known for values, variant_id in staying if (known := self._records.get(variant_id))}

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
