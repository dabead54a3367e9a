"""What is told of shops without a business number (NIB): that their time comes to an end, and that it has."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from lapak.flows.tell_people.readers import readers_of, when
from lapak.lib.ids import derived_id
from lapak.people.notices.commands import Telling
from lapak.people.shops.models import Shop


@dataclass(frozen=True, slots=True)
class NearLegality:
    """The owners of shops whose time is over so soon are told as `fact`."""

    fact: str
    before: timedelta

    def tellings(self, since: datetime, until: datetime) -> Iterator[Telling]:
        near = Shop.objects.filter(nib="", is_open=True, legalise_by__gt=since, legalise_by__lte=until)
        shops = list(near.order_by("legalise_by", "id"))
        readers = readers_of({shop.id for shop in shops})
        for shop in shops:
            told = when(derived_id(shop.id, self.fact, shop.legalise_by), until - self.before, shop.legalise_by)
            yield from readers.tell_owners(shop.id, self.fact, {}, **told)


NEAR_LEGALITY = (
    NearLegality("nib_in_a_month", timedelta(days=30)),
    NearLegality("nib_in_a_week", timedelta(days=7)),
    NearLegality("nib_missing", timedelta()),
)
