"""Which of their links a creator looks at."""

from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Q, QuerySet

from lapak.affiliates.models import Link
from lapak.affiliates.rules import words_sought

Links = TypeVar("Links", bound="QuerySet[Link]")


@dataclass(frozen=True, slots=True)
class AskedLinks:
    """`words` that code, label, goods or shop have; one `label`; those in the archive instead of the others; the oldest first
    instead of the newest."""

    words: str = ""
    label: str = ""
    is_archive: bool = False
    oldest_first: bool = False


def narrowed(links: Links, asked: AskedLinks) -> Links:
    """Of a creator's links those that were asked for."""
    links = links.filter(archived_at__isnull=not asked.is_archive)
    if asked.label:
        links = links.filter(label=asked.label)
    for word in words_sought(asked.words):
        links = links.filter(
            Q(code__contains=word.lower())
            | Q(label__icontains=word)
            | Q(product__title__icontains=word)
            | Q(shop__name__icontains=word)
        )
    return links.order_by("created_at", "id") if asked.oldest_first else links.order_by("-created_at", "-id")
