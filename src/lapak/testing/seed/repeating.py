"""Many orders like the patterns: who buys what of whom, when, and by whose link."""

import random
import uuid
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from django.apps import apps
from django.db import connection
from django.db.models import F
from psycopg import sql

from lapak.affiliates.withholding.models import TaxMonth
from lapak.money.ledger.models import Account
from lapak.people.users.models import User
from lapak.testing.seed.goods import Goods, Stocked
from lapak.testing.seed.people import People
from lapak.testing.seed.trace import Parties, Trace, columns_of

Month = tuple[uuid.UUID, date]
"""A creator's."""

AT_ONCE = 2_000
"""Orders written together: some 20 MB of text."""

FIRST_BUYER, FIRST_SHOP, FIRST_CREATOR = 0.05, 0.2, 0.5
"""Of all orders the first buyer's, of those without a link the first shop's, of those with one the first creator's."""


def repeat_orders(
    traces: Sequence[Trace], market: "Market", count: int, *, of_first_creator: float = FIRST_CREATOR
) -> Stocked:
    """So many orders more; answers what they did to the shelves, which is still to be written."""
    weights = [trace.pattern.per_mille for trace in traces]
    stocked, credited = Stocked(), defaultdict[Month, list[int]](lambda: [0, 0])
    chance = market.chance
    for start in range(0, count, AT_ONCE):
        texts: defaultdict[str, list[str]] = defaultdict(list)
        parties_of_all = []
        for trace in chance.choices(traces, weights, k=min(AT_ONCE, count - start)):
            parties = market.parties(of_first_creator, is_linked=trace.pattern.is_linked)
            back = trace.pattern.spread * chance.random()
            parties_of_all.append(parties)
            for table, text in trace.write(parties, back, stocked, chance).items():
                texts[table].append(text)
            for month, gross_idr, tax_idr in trace.credits(back):
                of_month = credited[parties.creator.id, month]
                of_month[:] = of_month[0] + gross_idr, of_month[1] + tax_idr
        _open_accounts(parties_of_all)
        for table, written in texts.items():
            _copy(table, written)
    _add_to_tax_months(credited)
    return stocked


class Market:
    """Draws who buys what by which link."""

    def __init__(self, people: People, goods: Sequence[Sequence[Goods]], chance: random.Random) -> None:
        self._people, self._goods, self.chance = people, goods, chance
        self._goods_of = {each.product_id: each for of_shop in goods for each in of_shop}
        self._place_of = {each.product_id: n for of_shop in goods for n, each in enumerate(of_shop)}
        self._creators = {creator.id: creator for creator in people.creators}
        first = people.creators[0].id
        self._links_of_first = [link for link in people.links if link.creator_id == first]
        self._links_of_others = [link for link in people.links if link.creator_id != first] or self._links_of_first
        self._shops = [shop for shop, of_shop in enumerate(goods) if len(of_shop) > 1]

    def parties(self, of_first_creator: float, *, is_linked: bool) -> Parties:
        """Of one order. The second goods are those that stand beside the first in its shop."""
        links = self._links_of_first if self.chance.random() < of_first_creator else self._links_of_others
        link = self.chance.choice(links)
        goods = self._goods_of[link.product_id] if is_linked and link.product_id else self._any_goods()
        second = self._goods[goods.shop][self._place_of[goods.product_id] - 1]
        return Parties(
            self._people.sellers[goods.shop], self._buyer(), [goods, second], self._creators[link.creator_id], link
        )

    def _any_goods(self) -> Goods:
        shop = 0 if self.chance.random() < FIRST_SHOP else self.chance.choice(self._shops)
        return self.chance.choice(self._goods[shop])

    def _buyer(self) -> User:
        buyers = self._people.buyers
        return buyers[0] if self.chance.random() < FIRST_BUYER else self.chance.choice(buyers)


def _open_accounts(all_parties: Sequence[Parties]) -> None:
    keys = {key for parties in all_parties for key in parties.accounts()}
    Account.objects.bulk_create(
        (Account(id=key.id, kind=key.kind, owner=key.owner) for key in sorted(keys, key=str)), ignore_conflicts=True
    )


def _copy(label: str, texts: Sequence[str]) -> None:
    model = apps.get_model(label)
    table = sql.Identifier(model._meta.db_table)  # noqa: SLF001 - Django documents the name
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(table, columns_of(model))
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write("".join(texts))


def _add_to_tax_months(credited: Mapping[Month, Sequence[int]]) -> None:
    for (creator_id, month), (gross_idr, tax_idr) in credited.items():
        of_month, _ = TaxMonth.objects.get_or_create(creator_id=creator_id, taxed_as="individual", month=month)
        TaxMonth.objects.filter(pk=of_month.pk).update(
            gross_idr=F("gross_idr") + gross_idr, tax_idr=F("tax_idr") + tax_idr, slip_due=True
        )
