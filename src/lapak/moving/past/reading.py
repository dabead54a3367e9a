"""Reads lists of orders. Money that a list repeats on each row of an order is the order's, and is taken once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from msgspec import structs

from lapak.lib.money import MAX_IDR, format_idr
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, SourceSheet
from lapak.moving.formats.registry import is_known
from lapak.moving.past.buyers import Pseudonyms
from lapak.moving.past.models import MAX_TITLE_LENGTH, MAX_VARIATION_LENGTH, PastOrder
from lapak.moving.past.rows import PastRows, is_amount, number_in
from lapak.moving.past.states import state_of
from lapak.moving.past.values import SourceLine, SourceOrder
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.moving.values import Unreadable

NO_AMOUNT = gettext_lazy("What it cost is no amount in whole rupiah up to %(most)s.")
_MOST_PIECES = 1_000_000
_MONEY = ("line_idr", "unit_idr", "total_idr")
_FIRST_COUNTS = (
    PastOrder.State.COMPLETED, PastOrder.State.OPEN, PastOrder.State.RETURNED, PastOrder.State.CANCELLED,
    PastOrder.State.UNKNOWN,
)  # fmt: skip
"""Where the rows of an order say different things, it is as its best piece is."""
_NOT_KEPT = {PastOrder.State.CANCELLED, PastOrder.State.RETURNED}
_BUYER = ("buyer", "buyer_phone")
"""Looked at to tell buyers apart, and never kept."""


@dataclass(slots=True)
class PastOrders:
    """What the lists of orders say, by platform and order."""

    orders: dict[tuple[str, str], SourceOrder] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: int = 0
    """Rows."""
    repeated: int = 0
    """Rows that say once more what another row, or another list, said."""
    rows: dict[SourceSheet, int] = field(default_factory=dict)


def read_orders(sheets: Sequence[SourceSheet], report: Report) -> PastOrders:
    """Everything the sheets say of past orders, an order that stands in several of them once: as the first that knows its
    end has it. Refuses (`IdsLost`) a sheet whose ids were rounded."""
    found = PastOrders()
    pseudonyms = Pseudonyms()
    for sheet in sheets:
        own = _SheetReader(sheet, found, pseudonyms).read(report)
        for key, order in own.items():
            known = found.orders.get(key)
            if known is None:
                found.orders[key] = order
                continue
            is_later = order.is_over and not known.is_over
            found.repeated += known.rows if is_later else order.rows
            if is_later:
                found.orders[key] = order
    return found


class _SheetReader:
    def __init__(self, sheet: SourceSheet, found: PastOrders, pseudonyms: Pseudonyms) -> None:
        self._sheet, self._found, self._pseudonyms = sheet, found, pseudonyms
        self._orders: dict[tuple[str, str], SourceOrder] = {}
        self._unknown_states: set[str] = set()
        self._said: set[tuple[str, str, SourceLine]] = set()

    def read(self, report: Report) -> dict[tuple[str, str], SourceOrder]:
        """The sheet's orders."""
        rows = PastRows(self._sheet, _MONEY, sum(self._found.rows.values()), report)
        for row in rows:
            self._take(row, rows)
        self._found.problems += rows.notes()
        self._found.rows[self._sheet] = rows.count
        return self._orders

    def _take(self, row: Row, rows: PastRows) -> None:
        order_id, sku_id = self._sheet.layout.identify(row)
        platform = platform_of(row)
        placed_at = rows.placed_at(row)
        total_idr = number_in(row, "total_idr")
        line = _line(row, sku_id)
        errors = [*problems_of_order(row, rows, order_id, placed_at), *_problems_of_line(row, line)]
        if total_idr is not None and not is_amount(total_idr):
            errors.append(error(row, "total_idr", NO_AMOUNT % {"most": format_idr(MAX_IDR)}))
        if errors or not isinstance(placed_at, datetime) or not isinstance(line, SourceLine):
            self._found.problems += errors
            self._found.left_out += 1
            return
        state = self._state(row)
        if state in _NOT_KEPT:  # a piece of an order whose others may have been
            line = structs.replace(line, returned=line.quantity)
        order = SourceOrder(
            platform, order_id, state, placed_at,
            total_idr if isinstance(total_idr, int) else None, self._buyer(row, platform), {}, self._sheet, 0,
        )  # fmt: skip
        self._add(order, line, row)

    def _add(self, read: SourceOrder, line: SourceLine, row: Row) -> None:
        order = self._orders.setdefault((read.platform, read.order_id), read)
        order.state = min(order.state, read.state, key=_FIRST_COUNTS.index)
        key = line.sku_id or f"{line.seller_sku}\x1f{line.title}\x1f{line.variation}"
        known = order.lines.get(key)
        if known and (order.order_id, key, line) in self._said and not self._sheet.layout.is_row_a_piece:
            message = _("The same as a row before: it was taken once.")
            self._found.problems.append(Problem(Weight.NOTE, self._sheet, row.number, "order_id", message))
            self._found.repeated += 1
            return
        self._said.add((order.order_id, key, line))
        order.lines[key] = known + line if known else line
        order.rows += 1

    def _buyer(self, row: Row, platform: str) -> str:
        said = [text for name in _BUYER if self._sheet.has(name) and (text := (row.text(name) or ""))]
        return self._pseudonyms.of(platform, *said)

    def _state(self, row: Row) -> PastOrder.State:
        words = row.text("state") or ""
        is_completed = words.casefold() in self._sheet.layout.completed_too
        state = PastOrder.State.COMPLETED if is_completed else state_of(words)
        if state is PastOrder.State.UNKNOWN and words not in {*self._unknown_states, state.value}:
            self._unknown_states.add(words)
            message = _("“%(state)s” is no state Lapak knows. Such orders are kept, and not counted as sold.")
            text = message % {"state": words[:40]}
            self._found.problems.append(Problem(Weight.NOTE, self._sheet, row.number, "state", text))
        return state


def _line(row: Row, sku_id: str) -> SourceLine | tuple[str, str]:
    """What the row says was bought; else the field that is not fit, and why."""
    quantity = 1 if row.sheet.layout.is_row_a_piece else number_in(row, "quantity")
    returned, line_idr, unit_idr = (number_in(row, name) for name in ("returned", "line_idr", "unit_idr"))
    title = (row.text("title") or "")[:MAX_TITLE_LENGTH]
    seller_sku = (row.code("seller_sku") or "")[:100]
    if not isinstance(quantity, int) or not 1 <= quantity <= _MOST_PIECES:
        return "quantity", _("How many were bought is not said in whole pieces.")
    if returned is not None and (not isinstance(returned, int) or returned < 0):
        return "returned", _("How many were sent back is not said in whole pieces.")
    name, idr = ("line_idr", line_idr) if line_idr is not None else ("unit_idr", unit_idr)
    if not isinstance(idr, int) or not is_amount(idr):
        return name, NO_AMOUNT % {"most": format_idr(MAX_IDR)}
    if not (title or sku_id or seller_sku):
        return "title", _("The row does not say what was bought.")
    return SourceLine(
        sku_id=sku_id,
        seller_sku=seller_sku,
        title=title,
        variation=(row.text("variation") or "")[:MAX_VARIATION_LENGTH],
        quantity=quantity,
        returned=min(returned or 0, quantity),
        goods_idr=idr if name == "line_idr" else idr * quantity,
    )


def platform_of(row: Row) -> str:
    """Where the row's order was placed: at the list's platform, unless the list tells of several and says of each."""
    said = row.text("platform")
    return row.sheet.platform if said is None else said


def problems_of_order(
    row: Row, rows: PastRows, order_id: str, placed_at: datetime | Unreadable | None
) -> Iterator[Problem]:
    """What is wrong with how the row names its order, where, and when that was placed."""
    if not is_known(platform_of(row)):
        yield error(row, "platform", _("Lapak knows no platform of this name."))
    if not order_id:
        yield error(row, "order_id", _("The row does not say which order it belongs to."))
    elif len(order_id) > MAX_SOURCE_ID_LENGTH:
        yield error(row, "order_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})
    if not isinstance(placed_at, datetime):
        said = f"“{placed_at.text[:40]}”: " if placed_at else ""
        yield error(row, rows.place_of_date(), said + _("When it was ordered cannot be told from this."))


def _problems_of_line(row: Row, line: SourceLine | tuple[str, str]) -> Iterator[Problem]:
    if isinstance(line, tuple):
        yield error(row, *line)
    elif len(line.sku_id) > MAX_SOURCE_ID_LENGTH:
        yield error(row, "sku_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})


def error(row: Row, name: str, message: str) -> Problem:
    """The row is left out."""
    return Problem(Weight.ERROR, row.sheet, row.number, name, message)
