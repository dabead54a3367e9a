"""What files tell of a shop's past: its orders and who promoted it, read and compared with what is here, then written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lapak.moving.bundle import SourceSheet
from lapak.moving.layout import Tells
from lapak.moving.past.counting import count_past
from lapak.moving.past.planning import OrdersPlan, plan_orders
from lapak.moving.past.promotions import Promotions, read_promotions, write_promotions
from lapak.moving.past.reading import PastOrders, read_orders
from lapak.moving.past.writing import write_orders
from lapak.moving.plan import Counts
from lapak.moving.problems import Problem
from lapak.moving.progress import Report
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class PastIn:
    """What the lists say, and what is new or different of it."""

    read: PastOrders
    orders: OrdersPlan
    promotions: Promotions

    @property
    def counts(self) -> Counts:
        """What would be written, or was."""
        return self.orders.counts + self.promotions.counts

    @property
    def problems(self) -> list[Problem]:
        """What is not fit, or to be known."""
        return [*self.read.problems, *self.promotions.problems]

    @property
    def rows(self) -> dict[SourceSheet, int]:
        """How many rows each list has."""
        return {**self.read.rows, **self.promotions.rows}


def read_past(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> PastIn:
    """Everything the lists of orders and of promotions say. Refuses (`IdsLost`) one whose ids were rounded."""
    read = read_orders([sheet for sheet in sheets if sheet.layout.tells is Tells.ORDERS], report)
    promotions = read_promotions(shop, [sheet for sheet in sheets if sheet.layout.tells is Tells.PROMOTIONS], report)
    return PastIn(read, plan_orders(shop, read), promotions)


def write_past(shop: Shop, past: PastIn, upload_id: UUID | None, report: Report) -> None:
    """It is here, and counted anew with the goods that are here now."""
    write_orders(shop, past.orders, upload_id, report)
    write_promotions(shop, past.promotions, upload_id)
    count_past(shop)
