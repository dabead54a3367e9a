"""What is told of a review's events: to the side that did not act, of the operator's decisions to both, of what was reported to
the operator, and what came of it to those who did."""

import uuid
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any

from lapak.flows.tell_people.readers import Readers, readers_of, when
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line
from lapak.trade.reviews.models import ReviewEvent

Kind = ReviewEvent.Kind


@dataclass(frozen=True, slots=True)
class Happened:
    """An event of a review, and those who may be told."""

    event: ReviewEvent
    readers: Readers

    @property
    def said(self) -> dict[str, Any]:
        return {
            "line_id": str(self.event.line_id),
            "goods": name_in_a_line(self.event.line.title),
            "shop": self.readers.name_of(self.event.shop_id),
            "stars": self.event.to_stars,
        }

    @property
    def when(self) -> dict[str, Any]:
        return when(self.event.id, self.event.happened_at)

    def tell_author(self, fact: str) -> Iterator[Telling]:
        yield Telling(fact=fact, reader_id=self.event.line.order.buyer_id, said=self.said, **self.when)

    def tell_reporters(self, fact: str, *, but_the_shop: bool = False) -> Iterator[Telling]:
        """Those whose reports this decided; without those who are told of it at the shop."""
        told = self.readers.sellers.get(self.event.shop_id, []) if but_the_shop else []
        product = self.event.line.variant.product
        said = {"goods": name_in_a_line(self.event.line.title), "slug": product.slug, "code": product.id.hex}
        for report in self.event.reports.all():
            if report.reporter_id not in told:
                yield Telling(fact=fact, reader_id=report.reporter_id, said=said, **self.when)

    def tell_operators(self, fact: str) -> Iterator[Telling]:
        """As long as its author has not deleted it."""
        review = getattr(self.event.line, "review", None)
        if review is None:
            return iter(())
        return self.readers.tell_operators(fact, {**self.said, "review_id": str(review.id)}, **self.when)

    def tell_shop(self, fact: str) -> Iterator[Telling]:
        return self.readers.tell_sellers(self.event.shop_id, fact, self.said, **self.when)


Tells = Callable[[Happened], Iterator[Telling]]


def _nobody(_happened: Happened) -> Iterator[Telling]:
    """Whoever looks at the review finds it as it is now."""
    return iter(())


def _written(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("review_written")


def _changed(happened: Happened) -> Iterator[Telling]:
    """Its answer may not fit any more."""
    yield from happened.tell_shop("review_changed")


def _answered(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_author("review_answered")


def _hidden(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_author("review_hidden")
    yield from happened.tell_shop("shop_review_hidden")
    yield from happened.tell_reporters("report_heeded", but_the_shop=True)


def _shown(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_author("review_shown")
    yield from happened.tell_shop("shop_review_shown")


def _answer_hidden(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("shop_answer_hidden")
    yield from happened.tell_reporters("report_heeded", but_the_shop=True)


def _answer_shown(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_shop("shop_answer_shown")


def _reported(happened: Happened) -> Iterator[Telling]:
    """Once a case: who reports it as well adds to what the operator finds there."""
    yield from happened.tell_operators("case_review")


def _dismissed(happened: Happened) -> Iterator[Telling]:
    yield from happened.tell_reporters("report_dismissed")


TOLD_OF_REVIEWS: dict[Kind, Tells] = {
    Kind.WRITTEN: _written,
    Kind.CHANGED: _changed,
    Kind.DELETED: _nobody,
    Kind.ANSWERED: _answered,
    Kind.HIDDEN: _hidden,
    Kind.SHOWN: _shown,
    Kind.ANSWER_HIDDEN: _answer_hidden,
    Kind.ANSWER_SHOWN: _answer_shown,
    Kind.REPORTED: _reported,
    Kind.DISMISSED: _dismissed,
}
"""By what was done."""


def of_reviews(event_ids: Collection[uuid.UUID]) -> Iterator[Telling]:
    """Who is to be told what of each event."""
    of_these = ReviewEvent.objects.filter(id__in=event_ids)
    whole = of_these.select_related("line__order", "line__review", "line__variant__product").prefetch_related("reports")
    events = list(whole.order_by("happened_at", "id"))
    readers = readers_of({event.shop_id for event in events})
    for event in events:
        yield from TOLD_OF_REVIEWS[Kind(event.kind)](Happened(event, readers))
