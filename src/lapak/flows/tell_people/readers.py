"""Who is told: those who look after a shop's orders, its owners, the operators."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from lapak.flows.tell_people.desks import DESK_OF_FACT
from lapak.people.notices.commands import Telling
from lapak.people.notices.words import name_in_a_line
from lapak.people.shops.models import Member, Shop
from lapak.people.shops.rules import Duty, has_duty
from lapak.people.users.models import User
from lapak.people.users.operators import works_at

UserIds = list[uuid.UUID]


@dataclass(frozen=True, slots=True)
class Readers:
    """Read once for many events: the shops they are about, who works there, and the operators."""

    shops: Mapping[uuid.UUID, Shop] = field(default_factory=dict)
    sellers: Mapping[uuid.UUID, UserIds] = field(default_factory=dict)
    owners: Mapping[uuid.UUID, UserIds] = field(default_factory=dict)
    promoting: Mapping[uuid.UUID, UserIds] = field(default_factory=dict)
    operators: Sequence[User] = ()

    def tell_sellers(self, shop_id: uuid.UUID, fact: str, said: Mapping[str, Any], **told: Any) -> Iterator[Telling]:
        """All whose duty the shop's orders are; its pages are found by `slug`."""
        return self._tell(self.sellers, shop_id, fact, said, told)

    def tell_owners(self, shop_id: uuid.UUID, fact: str, said: Mapping[str, Any], **told: Any) -> Iterator[Telling]:
        """Those alone who say where its money goes."""
        return self._tell(self.owners, shop_id, fact, said, told)

    def tell_promoting(self, shop_id: uuid.UUID, fact: str, said: Mapping[str, Any], **told: Any) -> Iterator[Telling]:
        """All whose duty its creators are."""
        return self._tell(self.promoting, shop_id, fact, said, told)

    def tell_operators(self, fact: str, said: dict[str, Any], **told: Any) -> Iterator[Telling]:
        """Those whose work it is."""
        for operator in self.operators:
            if works_at(operator, DESK_OF_FACT[fact]):
                yield Telling(fact=fact, reader_id=operator.id, said=said, **told)

    def name_of(self, shop_id: uuid.UUID) -> str:
        """Fit for a line."""
        return name_in_a_line(self.shops[shop_id].name)

    def _tell(
        self,
        readers: Mapping[uuid.UUID, UserIds],
        shop_id: uuid.UUID,
        fact: str,
        said: Mapping[str, Any],
        told: Mapping[str, Any],
    ) -> Iterator[Telling]:
        of_shop = {"slug": self.shops[shop_id].slug, "shop": self.name_of(shop_id)}
        for reader_id in readers.get(shop_id, []):
            yield Telling(fact=fact, reader_id=reader_id, shop_id=shop_id, said={**said, **of_shop}, **told)


def readers_of(shop_ids: Collection[uuid.UUID]) -> Readers:
    """Of these shops; people whose account is closed are told nothing. Three queries."""
    sellers: defaultdict[uuid.UUID, UserIds] = defaultdict(list)
    owners: defaultdict[uuid.UUID, UserIds] = defaultdict(list)
    promoting: defaultdict[uuid.UUID, UserIds] = defaultdict(list)
    members = Member.objects.filter(shop_id__in=shop_ids, user__is_active=True).order_by("id")
    for shop_id, user_id, role in members.values_list("shop_id", "user_id", "role"):
        if has_duty(role, Duty.ORDERS):
            sellers[shop_id].append(user_id)
        if has_duty(role, Duty.OWNERSHIP):
            owners[shop_id].append(user_id)
        if has_duty(role, Duty.PROMOTION):
            promoting[shop_id].append(user_id)
    operators = User.objects.filter(is_staff=True, is_active=True).order_by("id")
    return Readers(Shop.objects.in_bulk(set(shop_ids)), sellers, owners, promoting, list(operators))


def when(about_id: uuid.UUID, happened_at: datetime, deadline: datetime | None = None) -> dict[str, Any]:
    """Of a telling: what makes it once, when it was, and by when someone acts."""
    return {"about_id": about_id, "happened_at": happened_at, "deadline": deadline}
