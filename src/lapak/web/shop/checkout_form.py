"""What a browser sends to `/checkout`, read by hand: on the hottest path a Django form would cost more than the purchase.

`key` the idempotency key · `address` an address's id · `line`, one per kind of goods:
`<variant>:<quantity>:<unit price shown>:<shop>` · `service.<shop>`: `<code>:<price shown>` · `total`, as shown ·
`quantity.<variant>`, when the page lets the buyer change it, outweighs the line's; zero leaves the line out · `method` how it
is paid, QRIS unless said · `code` of a creator, if any · `once`, until the page has said
that these very goods are ordered already.
"""

import re
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lapak.lib.numbers import NumberRefused, read_count
from lapak.trade.orders.asked import MAX_QUANTITY, AskedLine, AskedOrder, AskedPurchase
from lapak.trade.orders.carts import Wish
from lapak.trade.orders.errors import AddressMissing, CartLineRefused, PurchaseMalformed, TotalChanged

ONCE = "once"

CODE = "code"
"""The field of a creator's code: rare enough to be left to the page (`quick_checkout`)."""

Fields = Mapping[str, Sequence[str]]
"""A form as it came: every name with its values, in order."""

_WHOLE = re.compile(r"[0-9]{1,13}", re.ASCII)
"""Enough digits for `MAX_IDR`, too few to keep a processor busy."""

_SERVICE = re.compile(r"([-a-z0-9_]{1,30}):([0-9]{1,13})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the buyer has chosen so far, before any of it is known to be possible."""

    key: uuid.UUID
    wishes: dict[uuid.UUID, Wish]
    address_id: uuid.UUID | None = None
    service_codes: Mapping[uuid.UUID, str] = field(default_factory=dict)
    """Per shop."""


def read_purchase(fields: Fields) -> AskedPurchase:
    """The purchase the buyer asks for. Refuses what no honest page sends (`PurchaseMalformed`), one without an address
    (`AddressMissing`), and one that comes to more or less than was shown (`TotalChanged`)."""
    lines_of_shop = _lines_of_shop(fields)
    address = _only(fields, "address")
    if not address:
        raise AddressMissing
    services = {shop_id: _service(fields, shop_id) for shop_id in lines_of_shop}
    asked = AskedPurchase(
        idempotency_key=_uuid(_only(fields, "key")),
        address_id=_uuid(address),
        orders=tuple(
            AskedOrder(shop_id, services[shop_id][0], services[shop_id][1], tuple(lines))
            for shop_id, lines in lines_of_shop.items()
        ),
        method=_only(fields, "method") or "qris",
        once=bool(_only(fields, ONCE)),
    )
    shown_total = _only(fields, "total")
    if asked.orders and shown_total and _whole(shown_total) != asked.shown_total_idr:
        raise TotalChanged
    return asked


def read_draft(fields: Fields) -> Draft:
    """The same form while it need not be complete: to draw the page again with all the buyer had chosen.

    Refuses lines that no honest page sends (`PurchaseMalformed`); whatever else is unfit is left out.
    """
    lines_of_shop = _lines_of_shop(fields)
    address = _only(fields, "address")
    found = {shop_id: _SERVICE.fullmatch(_only(fields, f"service.{shop_id}")) for shop_id in lines_of_shop}
    return Draft(
        key=_uuid(_only(fields, "key")),
        wishes={
            line.variant_id: Wish(line.quantity, line.shown_price_idr)
            for lines in lines_of_shop.values()
            for line in lines
        },
        address_id=_uuid(address) if address else None,
        service_codes={shop_id: service[1] for shop_id, service in found.items() if service},
    )


def as_shown(fields: Fields) -> Fields:
    """The same form without the quantities that the buyer typed."""
    return {name: values for name, values in fields.items() if not name.startswith("quantity.")}


def _lines_of_shop(fields: Fields) -> dict[uuid.UUID, list[AskedLine]]:
    lines_of_shop: dict[uuid.UUID, list[AskedLine]] = defaultdict(list)
    for text in fields.get("line", ()):
        parts = text.split(":")
        if len(parts) != 4:
            raise PurchaseMalformed
        variant, quantity, shown_price, shop = parts
        changed = fields.get(f"quantity.{variant}")
        wanted = _typed(changed[-1]) if changed else _whole(quantity)
        if not wanted and not changed:
            raise PurchaseMalformed  # leaving a line out is a buyer's choice, never a page's
        if wanted:
            lines_of_shop[_uuid(shop)].append(AskedLine(_uuid(variant), wanted, _whole(shown_price)))
    return lines_of_shop


def _typed(quantity: str) -> int:
    """A quantity as the buyer typed it; what cannot be read is said in its own words."""
    try:
        wanted = read_count(quantity)
    except NumberRefused as refusal:
        raise PurchaseMalformed(refusal.message) from refusal
    if not 0 <= wanted <= MAX_QUANTITY:
        raise PurchaseMalformed(CartLineRefused.message)
    return wanted


def _service(fields: Fields, shop_id: uuid.UUID) -> tuple[str, int]:
    chosen = _SERVICE.fullmatch(_only(fields, f"service.{shop_id}"))
    if chosen is None:
        raise PurchaseMalformed
    return chosen[1], int(chosen[2])


def _only(fields: Fields, name: str) -> str:
    values = fields.get(name)
    return values[-1] if values else ""


def _uuid(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise PurchaseMalformed from None


def _whole(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise PurchaseMalformed
    return int(text)
