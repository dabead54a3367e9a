"""Many links at once: the addresses of goods, pasted, each line answered."""

import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from lapak.affiliates.errors import TooManyLines
from lapak.affiliates.link_rules import MOST_LINES, Outcome, lines_pasted, outcomes, product_in
from lapak.affiliates.links import drawn_code, fitting_label, fitting_utm, promoted_shop_ids, refuse_many_a_day
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.queries import creator_beginning_anew
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.on_sale import on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User


@dataclass(frozen=True, slots=True)
class Answer:
    """A pasted line, what became of it, and the link to its goods where there is one."""

    line: str
    outcome: Outcome
    link: Link | None


@act
def create_links(by: User, addresses: str, *, label: str = "", utm: Mapping[str, str] | None = None) -> list[Answer]:
    """The creator has a link with this label and these UTM values to each product whose address stands in a line; where
    they had it already, that one, so that the same pasted again makes nothing.

    A line that means nothing here, or goods under no programme of theirs, is answered so and keeps nothing else out.
    Refuses who is no creator (`CreatorNotFound`), no line or more than 200 (`TooManyLines`), a label over 30 characters
    (`LabelTooLong`), UTM values over 50 (`UtmTooLong`), and more than 2,000 links a day (`TooManyLinks`).
    """
    creator = Creator.objects.select_for_update(no_key=True).get(
        pk=creator_beginning_anew(by).pk
    )  # two do not make it twice
    lines = lines_pasted(addresses)
    if not 0 < len(lines) <= MOST_LINES:
        raise TooManyLines
    refuse_many_a_day(creator, len(lines))
    meant = Link(creator=creator, label=fitting_label(label), utm=fitting_utm(utm or {}), created_at=clock.now())
    asked = [product_in(line) for line in lines]
    goods = {each.pk: each for each in on_sale().filter(pk__in={each for each in asked if each})}
    shops = promoted_shop_ids(creator, {each.shop_id for each in goods.values()})
    had = _had(meant, goods)
    answers = outcomes(asked, goods, {each.pk for each in goods.values() if each.shop_id in shops}, had)
    made = _insert_all(
        meant, [goods[key] for key, each in zip(asked, answers, strict=True) if key and each == Outcome.MADE]
    )
    links = had | {link.product_id: link for link in made if link.product_id is not None}
    return [
        Answer(line, outcome, links.get(key) if key else None)
        for line, key, outcome in zip(lines, asked, answers, strict=True)
    ]


def _had(meant: Link, product_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Link]:
    """The newest such link to each of the products, if there is one."""
    links = Link.objects.filter(
        creator=meant.creator, product__in=product_ids, label=meant.label, utm=meant.utm, archived_at=None
    )
    return {link.product_id: link for link in links.order_by("created_at", "id") if link.product_id is not None}


def _insert_all(meant: Link, goods: Collection[Product]) -> list[Link]:
    """Store them in one statement; whose code another link has is drawn again."""
    waiting = [
        Link(
            creator=meant.creator,
            product=each,
            shop_id=each.shop_id,
            label=meant.label,
            utm=meant.utm,
            created_at=meant.created_at,
        )
        for each in goods
    ]
    made: list[Link] = []
    while waiting:
        for link in waiting:
            link.code = drawn_code()
        Link.objects.bulk_create(waiting, ignore_conflicts=True)
        stored = set(Link.objects.filter(pk__in=[link.pk for link in waiting]).values_list("pk", flat=True))
        made += [link for link in waiting if link.pk in stored]
        waiting = [link for link in waiting if link.pk not in stored]
    return made
