"""What files tell of a shop's past, kind by kind: read and compared with what is here, then written and counted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol
from uuid import UUID

from lapak.moving.bundle import SourceSheet
from lapak.moving.layout import Tells
from lapak.moving.partners.partners_in import read_partners
from lapak.moving.past.counting import count_past
from lapak.moving.past.incomes import read_incomes
from lapak.moving.past.orders import read_past_orders
from lapak.moving.past.promotions import read_promotions
from lapak.moving.past.reviews import read_past_reviews
from lapak.moving.past.terms import read_terms
from lapak.moving.plan import Counts
from lapak.moving.problems import Problem
from lapak.moving.progress import Report
from lapak.people.shops.models import Shop


class Told(Protocol):
    """What the lists of one kind say, and what is new or different of it."""

    @property
    def counts(self) -> Counts:
        """What would be written, or was."""

    @property
    def problems(self) -> Sequence[Problem]:
        """What is not fit, or to be known."""

    @property
    def rows(self) -> Mapping[SourceSheet, int]:
        """How many rows each list has."""

    def write(self, shop: Shop, upload_id: UUID | None, report: Report) -> None:
        """It is here, in transactions of its own: a run that was killed is continued by running again."""


class Reads(Protocol):
    """Reads all lists of one kind, in any number."""

    def __call__(self, shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> Told:
        """Refuses (`IdsLost`) one whose ids were rounded; writes nothing."""


READERS: Mapping[tuple[Tells, ...], Reads] = {
    (Tells.ORDERS,): read_past_orders,
    (Tells.PROMOTIONS,): read_promotions,
    (Tells.INCOMES,): read_incomes,
    (Tells.TERMS,): read_terms,
    (Tells.REVIEWS,): read_past_reviews,
    (Tells.PARTNERS, Tells.PARTNER_LINKS, Tells.COMMISSIONS, Tells.PAYOUTS): read_partners,
}
"""By what a layout tells; lists that name the same people are read together.

To add a kind, name its reader here, its table in `models.BROUGHT`, and its counts in `plan.Counts`."""


@dataclass(frozen=True, slots=True)
class PastIn:
    """What the lists say, kind by kind."""

    told: list[Told]

    @property
    def counts(self) -> Counts:
        """What would be written, or was."""
        return sum((each.counts for each in self.told), Counts())

    @property
    def problems(self) -> list[Problem]:
        """What is not fit, or to be known."""
        return list(chain.from_iterable(each.problems for each in self.told))

    @property
    def rows(self) -> dict[SourceSheet, int]:
        """How many rows each list has."""
        return dict(chain.from_iterable(each.rows.items() for each in self.told))


def read_past(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> PastIn:
    """Everything the lists say of what was before. Refuses (`IdsLost`) one whose ids were rounded."""
    return PastIn(
        [read(shop, [s for s in sheets if s.layout.tells in tells], report) for tells, read in READERS.items()]
    )


def write_past(shop: Shop, past: PastIn, upload_id: UUID | None, report: Report) -> None:
    """It is here, and counted with the goods that are here now."""
    for told in past.told:
        told.write(shop, upload_id, report)
    count_past(shop, anew=bool(past.rows))
