"""Which product and which SKU is a row about? By the platform's own ids, or by what else stays the same."""

import hashlib

from lapak.moving.row import Row

_OPTION_FIELDS = ("option_value_1", "option_value_2", "option_value_3")


def by_ids(row: Row) -> tuple[str, str]:
    """Both have an id of their own."""
    return row.id("product_id"), row.id("sku_id")


def by_ids_of_options(row: Row) -> tuple[str, str]:
    """A product without options has one SKU, without an id: it goes by the product's."""
    product_id = row.id("product_id")
    sku_id = row.id("sku_id")
    return product_id, sku_id if sku_id.strip("0") else f"product:{product_id}"


def by_product_and_options(row: Row) -> tuple[str, str]:
    """A SKU goes by its product's id and its options."""
    product_id = row.id("product_id")
    return (product_id, digest(product_id, *options(row))) if product_id else ("", "")


def by_group(row: Row) -> tuple[str, str]:
    """A feed names SKUs, and the group of those that are one product."""
    sku_id = row.id("sku_id")
    return (row.id("product_id") if row.sheet.has("product_id") else "") or sku_id, sku_id


def by_title(row: Row) -> tuple[str, str]:
    """Filled templates carry no ids: a product goes by its title, a SKU by its options."""
    title = row.text("title") or ""
    return (digest(title), digest(title, *options(row))) if title else ("", "")


def by_order(row: Row) -> tuple[str, str]:
    """A row of an order, and the SKU that was bought, where it has an id."""
    return row.id("order_id"), row.id("sku_id")


def by_nothing(row: Row) -> tuple[str, str]:  # noqa: ARG001 - asked alike of every layout
    """Its rows are about no goods."""
    return "", ""


def options(row: Row) -> tuple[str, ...]:
    """The row's option values that stand in columns of their own."""
    names = (*_OPTION_FIELDS, *row.sheet.layout.axes)
    return tuple(value for name in names if (value := row.text(name)))


def digest(*parts: str) -> str:
    """An id for what has none: the same for the same texts, in capitals or not."""
    return "name:" + hashlib.sha256("\x1f".join(part.casefold() for part in parts).encode()).hexdigest()[:40]
