"""What a shop sees of where an order goes: all of it as long as it may have to send or answer something, then roughly.

Whatever shows an address to a shop takes it from here; the buyer and the operator read `Order.address`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from lapak.lib import clock
from lapak.lib.regions import PROVINCES
from lapak.trade.orders.models import Order
from lapak.trade.orders.rules import SHOP_SEES_ADDRESS_DAYS, State

KNOWS_ADDRESS = {State.TO_PACK, State.PACKED, State.SHIPPED, State.DELIVERED, State.COMPLETED}
"""A shop learns where its buyer lives when it has to send something there, and not before."""


@dataclass(frozen=True, slots=True)
class SeenAddress:
    """An address as a shop sees it; masked it has initials for a name, a city, a province, and nothing else."""

    recipient: str
    city: str
    province: str
    phone: str = ""
    street: str = ""
    district: str = ""
    postal_code: str = ""

    @property
    def is_masked(self) -> bool:
        return not self.street


def address_for_shop(order: Order) -> SeenAddress | None:
    """Where the order goes, as far as its shop sees it now; None as long as it does not know it, or no longer sends anything."""
    if order.state not in KNOWS_ADDRESS:
        return None
    address = dict(order.address)
    city, province = address["city"], PROVINCES[address.pop("province_code")].name
    if is_out_of_sight(order):
        return SeenAddress(initials(address["recipient"]), city, province)
    return SeenAddress(**address, province=province)


def is_out_of_sight(order: Order) -> bool:
    """Whether all is over and its days have passed: settled, and neither a return nor a dispute goes on."""
    if order.settled_at is None or order.open_return_id or order.disputed_at:
        return False
    return order.settled_at < _sight_ends()


def in_sight() -> Q:
    """The same, of many: orders whose address their shop may still search by."""
    goes_on = Q(open_return_id__isnull=False) | Q(disputed_at__isnull=False)
    return Q(state__in=KNOWS_ADDRESS) & (Q(settled_at=None) | Q(settled_at__gte=_sight_ends()) | goes_on)


def initials(name: str) -> str:
    """`Dewi Sartika`: `D. S.`"""
    return " ".join(f"{word[0].upper()}." for word in name.split())


def _sight_ends() -> datetime:
    """Orders that settled before this moment are out of sight."""
    return clock.now() - timedelta(days=SHOP_SEES_ADDRESS_DAYS.on(clock.today()))
