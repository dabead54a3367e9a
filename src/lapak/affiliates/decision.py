"""Which of a creator's offers pays for a line, and why so much: one pure decision that explains itself."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lapak.affiliates.rates import CUT_REACHES_AFTER, Kind, Offer, RateTerm, Sale, applicable_term
from lapak.affiliates.terms.rules import WIB
from lapak.lib.money import format_idr
from lapak.lib.numbers import format_rate


class Outcome(StrEnum):
    """What became of an offer."""

    PAYS = "pays"
    LESS = "less"
    """Another pays more: only one does."""
    OTHER_SHOP = "other_shop"
    EXPIRED = "expired"
    """The click is older than the programme counts."""
    ENDED = "ended"
    """The end of its rate, agreed from the beginning, is past."""
    NOTHING = "nothing"
    """It pays nothing for these goods."""
    BUDGET = "budget"
    """Its budget has less left than the line would earn."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer, what it would pay for the line by which term, and what became of it. `rate_bp` is of the line's own kind."""

    offer: Offer
    term: RateTerm | None
    rate_bp: int
    amount_idr: int
    outcome: Outcome

    @property
    def cap_idr(self) -> int | None:
        """The most that the line may earn by it, if it is bounded."""
        return self.term.cap_idr if self.term else None

    @property
    def is_platforms(self) -> bool:
        """Whether Lapak pays, and not the shop."""
        return self.offer.shop_id is None


@dataclass(frozen=True, slots=True)
class RateDecision:
    """What is paid for a line, and by which offer: `candidates` are all that were looked at, the best first."""

    sale: Sale
    candidates: tuple[Candidate, ...]

    @property
    def paying(self) -> Candidate | None:
        """The one that pays; none, when nobody does."""
        first = next(iter(self.candidates), None)
        return first if first and first.outcome is Outcome.PAYS else None

    @property
    def why(self) -> str:
        """One sentence or two for creator and shop, in the reader's language."""
        if paying := self.paying:
            return " ".join([why_it_pays(paying, self.sale.kind), *self._ended])
        return _("Nothing: no programme that the creator is in pays for these goods.")

    @property
    def _ended(self) -> list[str]:
        """Of rates whose agreed end is past: why the one that pays is another."""
        ended = [each for each in self.candidates if each.outcome is Outcome.ENDED and each.offer.is_own]
        days = [max(term.ends_at for term in each.offer.terms if term.ends_at) for each in ended]
        return [
            _("The rate agreed with this creator alone ended on %(day)s.") % {"day": _last_day(day)} for day in days
        ]


def decide_rate(
    offers: Iterable[Offer],
    sale: Sale,
    at: datetime,
    *,
    clicked_at: datetime | None = None,
    left_idr: Mapping[uuid.UUID, int] | None = None,
) -> RateDecision:
    """The offer that pays most for the line at this moment; of equals the higher rate, then the programme's id decides, so that
    the answer never depends on the order of reading.

    `clicked_at`: when the click was made (none: a click of this moment is meant); `left_idr`: what is left of the programmes'
    budgets, by id (not there: no budget). A line is paid whole or not at all: a budget that has less left pays nothing.
    """
    looked_at = [_look_at(offer, sale, at, clicked_at or at, left_idr or {}) for offer in offers]
    ranked = sorted(looked_at, key=_rank, reverse=True)
    return RateDecision(
        sale,
        tuple(
            candidate
            if candidate.outcome is not Outcome.PAYS or number == 0
            else Candidate(candidate.offer, candidate.term, candidate.rate_bp, candidate.amount_idr, Outcome.LESS)
            for number, candidate in enumerate(ranked)
        ),
    )


def why_it_pays(candidate: Candidate, kind: Kind) -> str:
    """Why so much: of which programme, for which goods, and what holds it up or down."""
    rate = _("%(rate)s%%: %(programme)s, %(goods)s.") % {
        "rate": format_rate(candidate.rate_bp),
        "programme": _programme(candidate.offer),
        "goods": _goods(candidate.term, kind),
    }
    term = candidate.term
    sentences = [rate]
    if term and term.superseded_at:
        ends = {"days": CUT_REACHES_AFTER.days}
        sentences.append(_("It is announced to change, and a cut waits %(days)s days for who promotes already.") % ends)
    if term and term.ends_at is not None:
        sentences.append(_("It was agreed until %(day)s.") % {"day": _last_day(term.ends_at)})
    if term and term.cap_idr is not None:
        sentences.append(_("At most %(cap)s for a line.") % {"cap": format_idr(term.cap_idr)})
    return " ".join(sentences)


def _look_at(
    offer: Offer, sale: Sale, at: datetime, clicked_at: datetime, left_idr: Mapping[uuid.UUID, int]
) -> Candidate:
    if offer.shop_id not in (None, sale.shop_id):
        return Candidate(offer, None, 0, 0, Outcome.OTHER_SHOP)
    if at - clicked_at >= offer.window:
        return Candidate(offer, None, 0, 0, Outcome.EXPIRED)
    term = applicable_term(offer.terms, sale, offer.joined_at, at)
    rate_bp = term.rate_for(sale.kind) if term else 0
    if term is None or not rate_bp:
        has_ended = term is None and any(each.has_ended(at) for each in offer.terms)
        return Candidate(offer, term, 0, 0, Outcome.ENDED if has_ended else Outcome.NOTHING)
    amount_idr = term.pays_idr(sale)
    needed_idr = term.sets_aside_idr(sale)
    is_short = needed_idr > left_idr.get(offer.programme_id, needed_idr)
    return Candidate(offer, term, rate_bp, amount_idr, Outcome.BUDGET if is_short else Outcome.PAYS)


def _rank(candidate: Candidate) -> tuple[bool, int, int, uuid.UUID]:
    does_pay = candidate.outcome is Outcome.PAYS
    return does_pay, candidate.amount_idr, candidate.rate_bp, candidate.offer.programme_id


def _programme(offer: Offer) -> str:
    if offer.shop_id is None:
        return _("Lapak's own programme")
    return _("a rate agreed with this creator alone") if offer.is_own else _("the shop's programme for everyone")


def _last_day(ends_at: datetime) -> str:
    return date_format((ends_at - timedelta(days=1)).astimezone(WIB), "j F Y")


def _goods(term: RateTerm | None, kind: Kind) -> str:
    if kind is Kind.INDIRECT and term and term.indirect_bp is not None:
        return _("for other goods than the linked ones")
    if term and term.product_id is not None:
        return _("for this very product")
    if term and term.category_id is not None:
        return _("for goods of this category")
    return _("for all goods")
