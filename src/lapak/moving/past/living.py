"""Orders of this very marketplace that a file brings back: they stand here with their buyers and their money, and are no past."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.utils.translation import ngettext

from lapak.moving.bundle import SourceSheet
from lapak.moving.formats.lapak.part import PLATFORM
from lapak.moving.problems import Problem, Weight
from lapak.trade.orders.models import Order

_AT_ONCE = 2_000


def living(orders: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those of these orders, by platform and id, that were placed here."""
    ids = [id_ for platform, said in orders if platform == PLATFORM and (id_ := _uuid(said))]
    here: set[tuple[str, str]] = set()
    for begin in range(0, len(ids), _AT_ONCE):
        found = Order.objects.filter(id__in=ids[begin : begin + _AT_ONCE]).values_list("id", flat=True)
        here |= {(PLATFORM, str(id_)) for id_ in found}
    return here


def passed_over(sheets: Sequence[SourceSheet], count: int) -> Iterator[Problem]:
    """What their seller is told of them; nothing where there are none."""
    if count:
        sheet = next(sheet for sheet in sheets if sheet.platform == PLATFORM)
        message = ngettext(
            "%(count)d order was placed at this marketplace and stands here already: it is passed over.",
            "%(count)d orders were placed at this marketplace and stand here already: they are passed over.",
            count,
        )
        yield Problem(Weight.NOTE, sheet, sheet.header_row, "order_id", message % {"count": count})


def _uuid(said: str) -> UUID | None:
    """Only as we write it: another spelling is another platform's id."""
    try:
        found = UUID(said)
    except ValueError:
        return None
    return found if str(found) == said else None
