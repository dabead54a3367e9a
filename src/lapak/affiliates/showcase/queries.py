"""What stands on a creator's page."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.queries import findings_of_creator
from lapak.affiliates.integrity.rules import FindingState
from lapak.affiliates.integrity.signs import OF_SHOWCASES, RuleName
from lapak.affiliates.models import Creator, Link
from lapak.affiliates.queries import showcase_links
from lapak.affiliates.showcase.models import Section, Showcase
from lapak.affiliates.showcase.rules import Arranged

_HIDING = (FindingState.UPHELD, FindingState.APPEALED, FindingState.FINAL)


@dataclass(frozen=True, slots=True)
class ShownSection:
    """A section with the links to its goods that can be shown, in their order. No title: the pinned."""

    title: str
    links: tuple[Link, ...]


def showcase_of(creator: Creator) -> Showcase:
    """How the creator's page looks; as every page does at first, if they chose nothing."""
    found = Showcase.objects.filter(creator=creator).select_related("cover").first()
    if found is None:
        return Showcase(creator=creator)
    found.creator = creator  # which is known
    return found


@dataclass(frozen=True, slots=True)
class Hiding:
    """What of a creator's page an operator hides: the findings by which, the newest; none, where it is shown."""

    page: Finding | None
    cover: Finding | None


def hiding_of(showcase: Showcase) -> Hiding:
    """One statement, whatever there is."""
    page = cover = None
    for finding in _hides(showcase.creator, *OF_SHOWCASES):
        if finding.rule == RuleName.SHOWCASE_PAGE:
            page = finding
        elif finding.ids["cover"] == showcase.cover_id:
            cover = finding
    return Hiding(page, cover)


def hidden_parts() -> QuerySet[Finding]:
    """What of all pages is hidden, newest first."""
    hidden = Finding.objects.filter(rule__in=OF_SHOWCASES, state__in=_HIDING).select_related("creator")
    return hidden.order_by("-found_at", "-id")


def is_hidden(creator: Creator, rule: RuleName) -> bool:
    """Whether a finding hides it."""
    return _hides(creator, rule).exists()


def _hides(creator: Creator, *rules: RuleName) -> QuerySet[Finding]:
    return findings_of_creator(creator).filter(rule__in=rules, state__in=_HIDING).order_by("found_at")


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
