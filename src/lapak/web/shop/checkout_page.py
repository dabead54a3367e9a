"""What the checkout page shows: the draft of a purchase with today's prices, the ways to send it, and what it comes to."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from lapak.money.payments.methods import methods
from lapak.people.users.models import Address, User
from lapak.people.users.queries import addresses_of_user
from lapak.trade.orders.carts import CartGroup, groups_of_wishes
from lapak.trade.shipping.queries import Quote, quotes_of_parcels
from lapak.web.shop.checkout_form import Draft


@dataclass(frozen=True, slots=True)
class ShopPart:
    """One shop's goods, the services that carry them to the address, and the one chosen: the cheapest until the buyer says."""

    group: CartGroup
    quotes: list[Quote]
    quote: Quote | None

    @property
    def total_idr(self) -> int:
        return self.group.goods_idr + (self.quote.price_idr if self.quote else 0)


@dataclass(frozen=True, slots=True)
class CheckoutPage:
    """Everything on the page. `key` goes into the form: the same page sent twice is the same purchase."""

    key: uuid.UUID
    parts: list[ShopPart]
    addresses: list[Address]
    address: Address | None

    @property
    def goods_idr(self) -> int:
        return sum(part.group.goods_idr for part in self.parts)

    @property
    def shipping_idr(self) -> int:
        return sum(part.quote.price_idr for part in self.parts if part.quote)

    @property
    def total_idr(self) -> int:
        return self.goods_idr + self.shipping_idr

    @property
    def has_short_lines(self) -> bool:
        return any(line.is_short for part in self.parts for line in part.group.lines)

    @property
    def is_too_large(self) -> bool:
        """Whether it is more than one payment may be."""
        return self.total_idr > most_at_once_idr()

    @property
    def can_be_ordered(self) -> bool:
        """Whether the purchase, sent as it stands, would be accepted now."""
        return (
            self.address is not None
            and all(part.quote for part in self.parts)
            and not self.has_short_lines
            and not self.is_too_large
        )


def most_at_once_idr() -> int:
    """The largest purchase that can be paid."""
    return max(method.most_idr for method in methods().values())


def checkout_page(buyer: User, draft: Draft) -> CheckoutPage:
    """The draft as it stands today; goods that are off sale, and addresses and services that are not there, fall out."""
    addresses = list(addresses_of_user(buyer))
    chosen = [address for address in addresses if address.id == draft.address_id]
    address = next(iter(chosen or addresses), None)
    groups = groups_of_wishes(draft.wishes)
    parcels = [(group.shop.province_code, group.weight_g) for group in groups]
    quotes = quotes_of_parcels(parcels, address.province_code) if address else [[] for _ in groups]
    parts = [
        ShopPart(group, offered, _chosen(offered, draft.service_codes.get(group.shop.id)))
        for group, offered in zip(groups, map(cheapest_first, quotes), strict=True)
    ]
    return CheckoutPage(draft.key, parts, addresses, address)


def cheapest_first(quotes: Iterable[Quote]) -> list[Quote]:
    """As buyers compare couriers; of one price, in the operator's order."""
    return sorted(quotes, key=lambda quote: quote.price_idr)


def _chosen(quotes: list[Quote], code: str | None) -> Quote | None:
    return next((quote for quote in quotes if quote.service_code == code), next(iter(quotes), None))
