"""What old platforms paid the shop before, as their reports told it: it comes in again as it was."""

from collections.abc import Iterator

import msgspec

from lapak.moving.formats.lapak.part import PLATFORM, Part
from lapak.moving.identify import by_order
from lapak.moving.layout import Layout, Tells
from lapak.moving.outgoing import Beside
from lapak.moving.past.models import PastIncome
from lapak.moving.written import Line
from lapak.people.shops.models import Shop

_AT_ONCE = 2_000
_FILE = "incomes.csv"
_COLUMNS = (
    "platform", "income_id", "kind", "settled_on", "of_order", "payment_id", "revenue_idr", "fees", "adjustment_idr", "paid_idr",
)  # fmt: skip


def _lines(shop: Shop) -> Iterator[Line]:
    """A row for each row of a report, the oldest first; its fees by name in one cell, as JSON."""
    incomes = PastIncome.objects.filter(shop=shop).order_by("settled_on", "id")
    for income in incomes.iterator(_AT_ONCE):
        yield {
            "platform": income.platform,
            "income_id": income.source_id,
            "kind": income.kind,
            "settled_on": income.settled_on.isoformat(),
            "of_order": income.order_id,
            "payment_id": income.payment_id,
            "revenue_idr": income.revenue_idr,
            "fees": msgspec.json.encode(income.fees).decode(),
            "adjustment_idr": income.adjustment_idr,
            "paid_idr": income.paid_idr,
        }


PART = Part(
    Beside(_FILE, _COLUMNS, _lines),
    Layout(
        platform=PLATFORM,
        called=_FILE,
        tells=Tells.INCOMES,
        spellings={
            "platform": ("platform",),
            "order_id": ("income_id",),
            "kind": ("kind",),
            "settled_at": ("settled_on",),
            "related_id": ("of_order",),
            "payment_id": ("payment_id",),
            "revenue_idr": ("revenue_idr",),
            "fees": ("fees",),
            "adjustment:amount": ("adjustment_idr",),
            "paid_idr": ("paid_idr",),
        },
        needs={"platform", "order_id", "settled_at", "revenue_idr", "fees", "paid_idr"},
        first_row=2,
        telling=("paid_idr", "revenue_idr"),
        identify=by_order,
    ),
)
