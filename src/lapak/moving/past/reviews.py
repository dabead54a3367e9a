"""Reviews of an old platform: brought by the shop and not checked by anyone here, so they stand apart, with their origin, and
in no average. Of who wrote them the first and the last letter of the name are kept (`trade/reviews/rules.py`), nothing else."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from msgspec import Struct

from lapak.goods.catalogue.rules import MAX_SELLER_SKU_LENGTH, STARS
from lapak.moving.bundle import MAX_SOURCE_ID_LENGTH, SourceSheet
from lapak.moving.formats.registry import is_known
from lapak.moving.identify import digest
from lapak.moving.past.models import MAX_TITLE_LENGTH, PastReview
from lapak.moving.past.reading import error, platform_of
from lapak.moving.past.rows import PastRows, number_in
from lapak.moving.past.told import AT_ONCE, ToldRows, news
from lapak.moving.plain_text import plain_text
from lapak.moving.plan import Action
from lapak.moving.problems import Problem, Weight
from lapak.moving.progress import Report
from lapak.moving.row import Row
from lapak.people.shops.models import Shop
from lapak.trade.reviews.models import Review
from lapak.trade.reviews.rules import LONGEST_REVIEW, masked

_OF_GOODS = {"product_key", "seller_sku", "title"}
"""Once its goods are known, a review stays theirs, whatever a later list calls them."""
_NOT_SHOWN = {
    "hidden", "unpublished", "rejected", "spam", "trash", "pending", "0", "disembunyikan", "not-yet", "hold", "unapproved",
    "draft", "archived", "deleted", "post-trashed",
}  # fmt: skip
"""What the old platform did not show either."""
_YES = {"true", "yes", "ya", "1"}


class Said(Struct, frozen=True):
    """A row: what somebody said of a product."""

    platform: str
    source_id: str
    product_key: str
    seller_sku: str
    title: str
    stars: int
    words: str
    author: str
    written_at: datetime

    @property
    def key(self) -> tuple[str, str]:
        """By which it is known."""
        return self.platform, self.source_id


class Reviews(ToldRows[PastReview, Said]):
    """What the lists say, what is not fit, and what would be new or different."""


def read_past_reviews(shop: Shop, sheets: Sequence[SourceSheet], report: Report) -> Reviews:
    """Everything the lists say, compared with what is here; of two that say different things of one review the later is right.
    Refuses (`IdsLost`) a list whose ids were rounded."""
    found = Reviews(PastReview)
    for sheet in sheets:
        rows = PastRows(sheet, (), sum(found.rows.values()), report)
        for row in rows:
            _take(row, rows, found)
        found.problems += rows.notes()
        found.rows[sheet] = rows.count
    _plan(shop, found)
    return found


def _take(row: Row, rows: PastRows, found: Reviews) -> None:
    if hidden_by := _hidden_by(row):
        message = _("It was not shown there, and is not brought here.")
        found.problems.append(Problem(Weight.NOTE, row.sheet, row.number, hidden_by, message))
        found.counts.past_reviews.left_out += 1
        return
    told, unfit = _said(row, rows)
    if told is None:
        found.problems += unfit
        found.counts.past_reviews.left_out += 1
        return
    if told.key in found.by_key:
        found.counts.past_reviews.unchanged += 1
    found.by_key[told.key] = told


def _hidden_by(row: Row) -> str:
    """The field that says that it was not shown, if any."""
    if (row.text("state") or "").casefold() in _NOT_SHOWN:
        return "state"
    return "is_hidden" if (row.text("is_hidden") or "").casefold() in _YES else ""


def _said(row: Row, rows: PastRows) -> tuple[Said | None, list[Problem]]:
    """What the row says; else None, and what is not fit."""
    product_key, written_at, stars = row.id("product_id"), rows.placed_at(row), number_in(row, "stars")
    seller_sku = (row.code("seller_sku") or "")[:MAX_SELLER_SKU_LENGTH]
    title = (row.text("title") or "")[:MAX_TITLE_LENGTH]
    of = product_key or seller_sku or title
    unfit = list(_problems(row, rows, of, stars, written_at))
    if unfit or not isinstance(stars, int) or not isinstance(written_at, datetime):
        return None, unfit
    words, author = _words(row), masked(row.text("author") or "")
    return Said(
        platform=platform_of(row),
        source_id=row.id("review_id") or digest(of, author, written_at.isoformat(), words),
        product_key=product_key,
        seller_sku=seller_sku,
        title=title,
        stars=stars,
        words=words,
        author=author,
        written_at=written_at,
    ), []


def _problems(row: Row, rows: PastRows, of: str, stars: object, written_at: object) -> Iterator[Problem]:
    if not is_known(platform_of(row)):
        yield error(row, "platform", _("Lapak knows no platform of this name."))
    if not of:
        yield error(row, "product_id", _("The row does not say what was reviewed."))
    if max(len(of), len(row.id("review_id"))) > MAX_SOURCE_ID_LENGTH:
        yield error(row, "product_id", _("Longer than %(limit)d characters.") % {"limit": MAX_SOURCE_ID_LENGTH})
    if stars not in STARS:
        yield error(row, "stars", _("A review gives one to five stars, whole ones."))
    if not isinstance(written_at, datetime):
        yield error(row, rows.place_of_date(), _("When it was written cannot be told from this."))


def _words(row: Row) -> str:
    """Its heading, where it has one, and what follows, as plain text."""
    said = (plain_text(row.text(name) or "") for name in ("heading", "words"))
    return "\n".join(filter(None, said))[:LONGEST_REVIEW]


def _plan(shop: Shop, found: Reviews) -> None:
    """What was written in this very marketplace stands here already, as it was: a shop that loads its own file brings none."""
    told = list(found.by_key.values())
    for begin in range(0, len(told), AT_ONCE):
        some = told[begin : begin + AT_ONCE]
        known = PastReview.objects.filter(shop=shop, source_id__in=[each.source_id for each in some])
        here = {(each.platform, each.source_id): each for each in known}
        own = _written_here(some)
        for each in some:
            action = Action.LEAVE if each.source_id in own else _action(here.get(each.key), each, found)
            found.counts.past_reviews.count(action)


def _written_here(some: Sequence[Said]) -> set[str]:
    ids = [each.source_id for each in some if each.platform == "lapak" and _is_uuid(each.source_id)]
    return {str(review_id) for review_id in Review.objects.filter(id__in=ids).values_list("id", flat=True)}


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def _action(here: PastReview | None, told: Said, found: Reviews) -> Action:
    """Which goods it is about stays as it is, once it is known."""
    if here is not None and here.product_id and not news(here, told) - _OF_GOODS:
        return Action.LEAVE
    return found.compare(here, told)
