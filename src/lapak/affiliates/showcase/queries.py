"""What stands on a creator's page."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from lapak.affiliates.models import Creator, Link
from lapak.affiliates.queries import showcase_links
from lapak.affiliates.showcase.models import Section, Showcase
from lapak.affiliates.showcase.rules import Arranged


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the links to its goods that can be shown, in their order. No title: the pinned."""

    title: str
    links: tuple[Link, ...]


def showcase_of(creator: Creator) -> Showcase:
    """How the creator's page looks; as every page does at first, if they chose nothing."""
    found = Showcase.objects.filter(creator=creator).select_related("cover").first()
    return found or Showcase(creator=creator)


def sections_of(creator: Creator) -> list[ShownSection]:
    """The arranged part of the page, from the top; three statements, bounded by what a page holds."""
    wanted = arrangement_of(creator)
    placed = {product_id for section in wanted for product_id in section.product_ids}
    links = {link.product_id: link for link in showcase_links(creator).filter(product__in=placed)} if placed else {}
    return [
        ShownSection(section.title, tuple(links[each] for each in section.product_ids if each in links))
        for section in wanted
    ]


def loose_links(creator: Creator, shown: Collection[uuid.UUID | None], words: str = "") -> QuerySet[Link]:
    """Everything else on the page, the newest first: links to goods that are not `shown` above; of those whose titles have
    the words."""
    links = showcase_links(creator)
    for word in words.split()[:5]:
        links = links.filter(product__title__icontains=word)
    return links.exclude(product__in=list(shown)) if shown else links


def arrangement_of(creator: Creator) -> list[Arranged]:
    """What has a place on the page, shown at the moment or not."""
    sections = Section.objects.filter(creator=creator).order_by("position").prefetch_related("placed")
    return [
        Arranged(
            section.title,
            tuple(each.product_id for each in sorted(section.placed.all(), key=lambda each: each.position)),
        )
        for section in sections
    ]
