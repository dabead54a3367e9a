"""What is told of goods without the number of a standard: that they are, that their time comes to an end, and that it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count

from lapak.flows.tell_people.readers import readers_of, when
from lapak.goods.catalogue.models import MissingNumber
from lapak.goods.catalogue.numbers import TERM
from lapak.goods.catalogue.on_sale import is_on_sale
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling

AT_FIRST = TERM.on(date(2026, 11, 28)) - timedelta(days=1)
"""At the first midnight: all that were seen in a day are told of at once."""


@dataclass(frozen=True, slots=True)
class NearNumbers:
    """The owners of shops with goods whose time is over so soon are told as `fact`, once for all that end together."""

    fact: str
    before: timedelta

    def tellings(self, since: datetime, until: datetime) -> Iterator[Telling]:
        near = MissingNumber.objects.filter(due_at__gt=since, due_at__lte=until)
        on_sale = near.filter(is_on_sale("product__"), taken_off_at=None)
        told = (on_sale if self.before else near).order_by("due_at", "shop_id").values_list("due_at", "shop_id")
        counted = list(told.annotate(count=Count("*")))
        readers = readers_of({shop_id for _due, shop_id, _count in counted})
        for due_at, shop_id, count in counted:
            moment = when(derived_id(shop_id, self.fact, due_at), until - self.before, due_at)
            yield from readers.tell_owners(shop_id, self.fact, {"count": count}, **moment)


NEAR_NUMBERS = (
    NearNumbers("numbers_missing", AT_FIRST),
    NearNumbers("numbers_soon", timedelta(days=7)),
    NearNumbers("numbers_over", timedelta()),
)
