"""Lists of affiliate orders: which creators sold what for the shop, at which rate. Creators are known by the name under
which they promote; nobody is told anything, and nothing is agreed with anyone."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.lib.money import MAX_IDR, format_idr
from lapak.lib.numbers import NumberRefused, read_rate_bp
from lapak.moving.bundle import SourceSheet
from lapak.moving.past.living import living, passed_over
from lapak.moving.past.models import MAX_HANDLE_LENGTH, MAX_TITLE_LENGTH, PastOrder, PastPromotion
from lapak.moving.past.reading import NO_AMOUNT, error, platform_of, problems_of_order
from lapak.moving.past.rows import PastRows, is_amount, number_in
from lapak.moving.past.states import state_of
from lapak.moving.past.told import AT_ONCE, ToldRows
from lapak.moving.plan import Action
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop

_MONEY = ("goods_idr", "expected_idr", "paid_idr")
_WHOLE_BP = 10_000
_YES = {"yes", "ya", "y", "true", "1"}
_LOST_WORDS = ("ineligible", "tidak memenuhi", "invalid", "tidak valid")


class Promotion(Struct, frozen=True):
    """A row: what a creator brought about."""

    platform: str
    source_id: str
    sku: str
    handle: str
    rate_bp: int
    goods_idr: int
    commission_idr: int
    is_over: bool
    is_kept: bool
    placed_at: datetime

    @property
    def key(self) -> tuple[str, str, str]:
        """By which it is known."""
        return self.platform, self.source_id, self.sku


class Promotions(ToldRows[PastPromotion, Promotion]):
    """What the lists say, what is not fit, and what would be new or different."""


def read_promotions(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> Promotions:
    """Everything the sheets say, compared with what is here. Refuses (`IdsLost`) a sheet whose ids were rounded."""
    found = Promotions(PastPromotion)
    for sheet in sheets:
        rows = PastRows(sheet, _MONEY, sum(found.rows.values()), report)
        for row in rows:
            _take(row, rows, found)
        found.problems += rows.notes()
        found.rows[sheet] = rows.count
    here = living(key[:2] for key in found.by_key)
    theirs = [key for key in found.by_key if key[:2] in here]
    for key in theirs:
        del found.by_key[key]
    found.counts.past_promotions.count(Action.LEAVE, len(theirs))
    found.problems += passed_over(sheets, len(here))
    _plan(shop, found)
    return found


def _take(row: Row, rows: PastRows, found: Promotions) -> None:
    order_id, sku_id = row.sheet.layout.identify(row)
    placed_at = rows.placed_at(row)
    goods_idr, rate_bp = number_in(row, "goods_idr"), rate_in(row)
    handle = (row.text("creator") or "").removeprefix("@")
    errors = list(problems_of_order(row, rows, order_id, placed_at))
    if not handle or len(handle) > MAX_HANDLE_LENGTH:
        errors.append(error(row, "creator", _("The row does not say which creator it is about.")))
    if rate_bp is None:
        errors.append(error(row, "rate", _("The rate is no percentage.")))
    if not is_amount(goods_idr):
        errors.append(error(row, "goods_idr", NO_AMOUNT % {"most": format_idr(MAX_IDR)}))
    if errors or rate_bp is None or not isinstance(goods_idr, int) or not isinstance(placed_at, datetime):
        found.problems += errors
        found.counts.past_promotions.left_out += 1
        return
    commission_idr = next(
        (idr for name in ("paid_idr", "expected_idr") if isinstance(idr := number_in(row, name), int)), 0
    )
    state = state_of(row.text("state") or "")
    told = Promotion(
        platform=platform_of(row),
        source_id=order_id,
        sku=(sku_id or row.id("product_id") or row.text("title") or "")[:MAX_TITLE_LENGTH],
        handle=handle,
        rate_bp=rate_bp,
        goods_idr=goods_idr,
        commission_idr=max(0, commission_idr),
        is_over=state not in {PastOrder.State.OPEN, PastOrder.State.UNKNOWN},
        is_kept=_is_kept(row, state),
        placed_at=placed_at,
    )
    known = found.by_key.get(told.key)
    if known:
        found.counts.past_promotions.unchanged += 1
    if known is None or (told.is_over and not known.is_over):
        found.by_key[told.key] = told


def rate_in(row: Row) -> int | None:
    """`10%`, `10`, `0,1` of a cell that a spreadsheet shows as 10%; else in basis points."""
    if row.sheet.has("rate_bp"):
        rate_bp = number_in(row, "rate_bp")
        return rate_bp if isinstance(rate_bp, int) and 0 <= rate_bp <= _WHOLE_BP else None
    cell = row.cell("rate")
    if isinstance(cell, float) and 0 < cell < 1:
        return round(cell * _WHOLE_BP)
    try:
        rate_bp = read_rate_bp(row.text("rate") or "")
    except NumberRefused:
        return None
    return rate_bp if 0 <= rate_bp <= _WHOLE_BP else None


def _is_kept(row: Row, state: PastOrder.State) -> bool:
    words = (row.text("state") or "").casefold()
    is_lost = state in {PastOrder.State.CANCELLED, PastOrder.State.RETURNED} or any(
        map(words.__contains__, _LOST_WORDS)
    )
    return not is_lost and (row.text("is_returned") or "").casefold() not in _YES


def _plan(shop: Shop, found: Promotions) -> None:
    told = list(found.by_key.values())
    for begin in range(0, len(told), AT_ONCE):
        some = told[begin : begin + AT_ONCE]
        ids = {each.source_id for each in some}
        here = {(p.platform, p.source_id, p.sku): p for p in PastPromotion.objects.filter(shop=shop, source_id__in=ids)}
        for each in some:
            found.counts.past_promotions.count(_action(here.get(each.key), each, found))


def _action(here: PastPromotion | None, told: Promotion, found: Promotions) -> Action:
    """What is over stays as it is, whatever an older list says."""
    if here is not None and here.is_over and not told.is_over:
        return Action.LEAVE
    return found.compare(here, told)
