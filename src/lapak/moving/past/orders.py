"""Past orders: read, compared with those that are here, and written."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lapak.moving.bundle import SourceSheet
from lapak.moving.past.living import living, passed_over
from lapak.moving.past.planning import OrdersPlan, plan_orders
from lapak.moving.past.reading import PastOrders, read_orders
from lapak.moving.past.writing import write_orders
from lapak.moving.plan import Counts
from lapak.moving.problems import Problem
from lapak.moving.progress import Report
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class OrdersTold:
    """See `past_in.Told`."""

    read: PastOrders
    plan: OrdersPlan

    @property
    def counts(self) -> Counts:
        return self.plan.counts

    @property
    def problems(self) -> Sequence[Problem]:
        return self.read.problems

    @property
    def rows(self) -> dict[SourceSheet, int]:
        return self.read.rows

    def write(self, shop: Shop, upload_id: UUID | None, report: Report) -> None:
        write_orders(shop, self.plan, upload_id, report)


def read_past_orders(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> OrdersTold:
    """Everything the lists say of past orders, and what is new or different of it."""
    read = read_orders(sheets, report)
    here = living(read.orders)
    for key in here:
        read.repeated += read.orders.pop(key).rows
    read.problems += passed_over(sheets, len(here))
    return OrdersTold(read, plan_orders(shop, read))
