"""What a shop agreed on with creators at another Lapak. It binds nobody here: it is what the shop may offer them anew."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.affiliates.models import Membership, Programme
from lapak.lib.numbers import format_rate
from lapak.moving.bundle import SourceSheet
from lapak.moving.past.dates import DateStyle, moment
from lapak.moving.past.models import MAX_HANDLE_LENGTH, PastTerms
from lapak.moving.past.reading import error
from lapak.moving.past.rows import PastRows, number_in
from lapak.moving.past.told import ToldRows
from lapak.moving.plan import Action
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop

_WHOLE_BP = 10_000


class Terms(Struct, frozen=True):
    """A row that names a creator."""

    platform: str
    handle: str
    programme: str
    rate_bp: int
    joined_at: datetime


class TermsTold(ToldRows[PastTerms, Terms]):
    """What the lists say, by platform and creator; of several programmes the best rate counts, as it does at purchase."""


def read_terms(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> TermsTold:
    """Everything the lists say, compared with what is here. Who promotes the shop here already is passed over."""
    told = TermsTold(PastTerms)
    for sheet in sheets:
        rows = PastRows(sheet, ("rate_bp", "window_days"), sum(told.rows.values()), report)
        for row in rows:
            _take(shop, row, told)
        told.rows[sheet] = rows.count
    _plan(shop, told)
    return told


def _take(shop: Shop, row: Row, told: TermsTold) -> None:
    handle, programme = row.text("creator") or "", row.text("programme") or ""
    rate_bp, joined_at = number_in(row, "rate_bp"), moment(row.cell("joined_at"), DateStyle.DAY_FIRST)
    errors = []
    if not isinstance(rate_bp, int) or not 0 <= rate_bp <= _WHOLE_BP:
        errors.append(error(row, "rate_bp", _("The rate is no percentage.")))
    if programme not in Programme.Kind.values:
        errors.append(error(row, "programme", _("The row does not say which kind of programme it is about.")))
    if handle and (len(handle) > MAX_HANDLE_LENGTH or not isinstance(joined_at, datetime)):
        errors.append(error(row, "joined_at", _("The row does not say since when which creator promotes the shop.")))
    if errors or not isinstance(rate_bp, int):
        told.problems += errors
        told.counts.past_terms.left_out += 1
    elif not isinstance(joined_at, datetime):
        _tell_of_programme(shop, row, rate_bp, told)
    else:
        terms = Terms(row.sheet.platform, handle, programme, rate_bp, joined_at)
        known = told.by_key.get((terms.platform, handle))
        if known:
            told.counts.past_terms.count(Action.LEAVE)
        if known is None or known.rate_bp < rate_bp:
            told.by_key[terms.platform, handle] = terms


def _tell_of_programme(shop: Shop, row: Row, rate_bp: int, told: TermsTold) -> None:
    """What was offered to everyone is an offer that the shop makes anew, or does not."""
    told.counts.past_terms.count(Action.LEAVE)
    is_open = row.text("programme") == Programme.Kind.OPEN and row.text("is_active") == "yes"
    if is_open and not Programme.objects.filter(shop=shop, kind=Programme.Kind.OPEN).exists():
        message = _(
            "Your programme for all creators was at %(rate)s there. To have one here, open it under “Creators”."
        )
        text = message % {"rate": f"{format_rate(rate_bp)}%"}
        told.problems.append(Problem(Weight.NOTE, row.sheet, row.number, "rate_bp", text))


def _plan(shop: Shop, told: TermsTold) -> None:
    handles = [terms.handle for terms in told.by_key.values()]
    promote = Membership.objects.filter(programme__shop=shop, creator__handle__in=handles)
    here = {*promote.values_list("creator__handle", flat=True)}
    known = {(p.platform, p.handle): p for p in PastTerms.objects.filter(shop=shop, handle__in=handles)}
    for key, terms in told.by_key.items():
        is_here = terms.handle in here
        told.counts.past_terms.count(Action.LEAVE if is_here else told.compare(known.get(key), terms))
