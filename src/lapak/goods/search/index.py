"""The index's files: what a listing becomes in it, where it lies, and how one index takes another's place.

    SEARCH_INDEX/schema-N/current      a link to the folder in use
    SEARCH_INDEX/schema-N/index-…      that folder; while one is being built, two of them
    SEARCH_INDEX/schema-N/*.lock       who follows, who builds

A new index is built beside the old one and takes its place in one step, so that readers never see half an index. The
old one's files are removed at once: a reader that still uses them has them open.
"""

import fcntl
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy
from django.conf import settings
from tantivy import Document, Query

from lapak.goods.search.analysis import kinds, other_spellings, pairs, roots, words
from lapak.goods.search.listings import Listing, branch
from lapak.goods.search.ranking import merit
from lapak.lib.follow import Position

SCHEMA_VERSION = 7
"""Raise it with every change to the fields below or to `analysis`: every host then builds its index anew."""

POSITION = "position"
"""The id of the one document that is no listing: how far the index has followed the catalogue."""

TITLE_WEIGHT = 3
"""A word of the title counts as if it stood there so often: titles are chosen, details are filled in."""

FOLLOWING = "following.lock"
BUILDING = "building.lock"

_ID_BITS = 64
_WRITER_BYTES = 64_000_000


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", tokenizer_name="raw", index_option="basic")
    # Analysed by `analysis`, here only split at the spaces. Roots decide what is found and, by their frequency, how well
    # it fits; the title's words and pairs of neighbours reward the exact word and the order (a phrase query would cost
    # several times as much); `words` is the vocabulary for completing and correcting.
    builder.add_text_field("roots", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("title", tokenizer_name="whitespace", index_option="freq")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    # Filters and facets: a category is filtered with all above it, but counted once and added up afterwards.
    builder.add_text_field("branch", tokenizer_name="raw", index_option="basic")
    builder.add_text_field("category", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_text_field("shop", tokenizer_name="raw", index_option="basic")
    builder.add_boolean_field("in_stock", indexed=True)
    builder.add_boolean_field("is_domestic", indexed=True)
    builder.add_unsigned_field("price_idr", fast=True)
    # Orders; the lower bits come from the id, so that equals have one order on every host.
    builder.add_unsigned_field("by_age", fast=True)
    builder.add_unsigned_field("by_price", fast=True)
    builder.add_float_field("merit", fast=True)
    # A hit's id, read from columns: many times faster than opening stored documents.
    builder.add_unsigned_field("id_high", fast=True)
    builder.add_unsigned_field("id_low", fast=True)
    # The position's own fields, the only ones stored.
    builder.add_text_field("database", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("snapshot", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("oldest_id", stored=True)
    return builder.build()


SCHEMA = _schema()


def index_home() -> Path:
    """The folder of this schema's indexes on this host."""
    return Path(settings.SEARCH_INDEX) / f"schema-{SCHEMA_VERSION}"


def current_folder() -> Path | None:
    """The folder of the index in use; None when there is none."""
    folder = (index_home() / "current").resolve()
    return folder if folder.is_dir() else None


def open_index(folder: Path) -> tantivy.Index:
    """The index in a folder. Raises tantivy's errors (`ValueError`, `OSError`) when its files are not sound."""
    index = tantivy.Index.open(str(folder))
    index.config_reader("manual")  # ours to reload: no thread that watches files in every process
    return index


def open_writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """The one writer an index may have; one thread, because Python, not Tantivy, is what takes the time."""
    return index.writer(_WRITER_BYTES, 1)


def build_index(
    batches: Iterable[list[Listing]], position: Position, on_progress: Callable[[int], None] = lambda _: None
) -> int:
    """Build an index of these listings beside the one in use and put it in its place; answers how many they are.

    Should anything be raised, also by `on_progress`, the index in use stays as it is.
    """
    with exclusive(BUILDING, wait=True):
        _remove_unused()  # what an interrupted build left
        folder = Path(tempfile.mkdtemp(prefix="index-", dir=index_home()))
        writer = open_writer(tantivy.Index(SCHEMA, str(folder)))
        count = 0
        for batch in batches:
            for listing in batch:
                writer.add_document(document(listing))
            count += len(batch)
            on_progress(count)
        write_position(writer, position)
        writer.commit()
        writer.wait_merging_threads()
        _make_current(folder)
        _remove_unused()
        return count


def document(listing: Listing) -> Document:
    """The listing as Tantivy stores it."""
    title, details = words(listing.title), words(listing.details)
    title_roots = roots(title)
    implied = [*kinds(title), *kinds(details), *other_spellings(title), *other_spellings(details)]
    detail_roots = dict.fromkeys([*roots(details), *implied])
    newest_ms = int(listing.created_at.timestamp() * 1000)
    fields = {
        "id": listing.id.hex,
        "roots": " ".join([*title_roots * TITLE_WEIGHT, *detail_roots]),
        "title": " ".join([*title, *pairs(title)]),
        "words": " ".join(dict.fromkeys([*title, *details])),
        "branch": branch(listing.category_code),
        "category": listing.category_code,
        "shop": listing.shop_id.hex,
        "in_stock": listing.in_stock,
        "is_domestic": listing.is_domestic,
        "price_idr": listing.price_idr,
        "by_age": _ordered(newest_ms, listing.id, bits=22),
        "by_price": _ordered(listing.price_idr, listing.id, bits=24),
        "merit": merit(listing) + 0.01 * _low_bits(listing.id, 24) / 2**24,
        "id_high": listing.id.int >> _ID_BITS,
        "id_low": _low_bits(listing.id, _ID_BITS),
    }
    return Document.from_dict(fields, SCHEMA)


def write_position(writer: tantivy.IndexWriter, position: Position) -> None:
    """Put the position among the writer's pending changes: it is committed with them or not at all.

    A position to which everything was read: the index never stops halfway.
    """
    stored = {"database": position.database, "snapshot": position.snapshot, "oldest_id": position.oldest_id}
    writer.delete_documents_by_term("id", POSITION)
    writer.add_document(Document.from_dict({"id": POSITION, **stored}, SCHEMA))


def stored_position(searcher: tantivy.Searcher) -> Position | None:
    """How far the index had followed at its last commit."""
    hits = searcher.search(Query.term_query(SCHEMA, "id", POSITION), 1).hits
    if not hits:
        return None
    stored = searcher.doc(hits[0][1]).to_dict()
    return Position(stored["database"][0], stored["snapshot"][0], stored["oldest_id"][0])


def ids_of_hits(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[uuid.UUID]:
    """The product ids at these addresses, in their order."""
    high = searcher.fast_field_values("id_high", addresses)
    low = searcher.fast_field_values("id_low", addresses)
    return [uuid.UUID(int=int(h or 0) << _ID_BITS | int(w or 0)) for h, w in zip(high, low, strict=True)]


@contextmanager
def exclusive(lock: str, *, wait: bool) -> Iterator[None]:
    """Only one process of this host at a time. `BlockingIOError` when another is inside and we will not wait.

    The system lets go of the lock when its holder dies, however it dies.
    """
    index_home().mkdir(parents=True, exist_ok=True)
    with (index_home() / lock).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _ordered(value: int, product_id: uuid.UUID, *, bits: int) -> int:
    return value << bits | _low_bits(product_id, bits)


def _low_bits(product_id: uuid.UUID, bits: int) -> int:
    """The end of an id: the random part of a UUIDv7."""
    return product_id.int & (1 << bits) - 1


def _make_current(folder: Path) -> None:
    link = index_home() / "current.new"
    link.unlink(missing_ok=True)
    link.symlink_to(folder.name)
    link.replace(index_home() / "current")


def _remove_unused() -> None:
    """Remove every index but the one in use, and those of older schemas once there is one of ours."""
    home, used = index_home(), current_folder()
    for folder in home.glob("index-*"):
        if folder != used:
            shutil.rmtree(folder, ignore_errors=True)
    if used:
        for version in range(SCHEMA_VERSION):
            shutil.rmtree(home.with_name(f"schema-{version}"), ignore_errors=True)
