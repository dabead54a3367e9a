"""The ways a buyer's words can be read, from the strictest to the loosest; the first that finds anything is taken.

1. As typed: every word, in any inflection or as its synonym.
2. The last word as unfinished: `kemeja bat`.
3. Words that hardly anybody uses as mistyped: `kemja batk`.
4. Most of the words instead of all.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from lapak.goods.search.analysis import root, roots, telling_words, typos_forgiven
from lapak.goods.search.index import POSITION, SCHEMA
from lapak.goods.search.reader import Snapshot

COMPLETIONS = 20
"""An unfinished word stands for so many of the most frequent words that begin like it."""

RARE = 5
"""A word of fewer listings may be a slip of the seller's own keyboard, one that a buyer now repeats."""

MORE_LIKELY = 10
"""A rare word is thought mistyped when a similar one is in so many times as many listings."""

_CANDIDATES = 50

_EVERY_LISTING = Query.boolean_query(
    [(Occur.Must, Query.all_query()), (Occur.MustNot, Query.term_query(SCHEMA, "id", POSITION))]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked for: `matching` decides what is found, `exact_words` come first when a title has them so."""

    matching: Query
    exact_words: tuple[str, ...]
    corrected_text: str = ""
    matches_every_word: bool = True


def readings(snapshot: Snapshot, typed: Sequence[str]) -> Iterator[Reading]:
    """The ways to read these words, each worked out only when the ones before it found nothing; at least one."""
    meant = telling_words(typed)
    if not meant:
        yield Reading(_EVERY_LISTING, ())
        return
    *finished, last = meant
    yield _every_word(meant)
    if longer := completions(snapshot, last, COMPLETIONS):
        yield Reading(all_of([*map(_root_query, finished), _one_of(longer)]), tuple(finished))
    correction = corrected(snapshot, typed)
    if correction:
        yield correction
    else:
        yield Reading(_with_similar_words(snapshot, meant), ())  # perhaps a first letter is wrong
    yield _most_words(snapshot, correction, meant)


def reading_of(snapshot: Snapshot, typed: Sequence[str]) -> Reading:
    """The first reading that finds anything; else the last."""
    return snapshot.remembered(("reading", tuple(typed)), lambda: _first_that_finds(snapshot, typed))


def corrected(snapshot: Snapshot, typed: Sequence[str]) -> Reading | None:
    """The reading with rare words replaced by likelier ones; None when there are no such words."""
    meant = telling_words(typed)
    likelier = _likelier_words(snapshot, meant)
    if not likelier:
        return None
    text = " ".join(likelier.get(word, word) for word in typed)
    return _every_word([likelier.get(word, word) for word in meant], corrected_text=text)


def completions(snapshot: Snapshot, beginning: str, limit: int, among: Query | None = None) -> list[str]:
    """The most frequent words that begin so, from two letters on; `among` counts only the listings it matches."""
    if len(beginning) < 2:
        return []
    found = snapshot.searcher.terms_with_prefix("words", beginning, among, limit)
    return [word for word, _ in found]


def all_of(queries: Sequence[Query]) -> Query:
    """Every one must match."""
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def finds(snapshot: Snapshot, reading: Reading) -> bool:
    """Whether any listing matches."""
    return bool(snapshot.searcher.search(reading.matching, limit=1, count=False).hits)


def _first_that_finds(snapshot: Snapshot, typed: Sequence[str]) -> Reading:
    for reading in readings(snapshot, typed):
        if finds(snapshot, reading):
            break
    return reading


def _every_word(meant: Sequence[str], corrected_text: str = "") -> Reading:
    return Reading(all_of([_root_query(word) for word in meant]), tuple(meant), corrected_text)


def _most_words(snapshot: Snapshot, correction: Reading | None, meant: Sequence[str]) -> Reading:
    """At least half of the words that any listing has."""
    used = [word for word in (correction.exact_words if correction else meant) if _is_used(snapshot, word)]
    return Reading(
        Query.boolean_query(
            [(Occur.Should, _root_query(word)) for word in used],
            minimum_number_should_match=(len(used) + 1) // 2,
        ),
        (),
        corrected_text=correction.corrected_text if correction else "",
        matches_every_word=False,
    )


def _likelier_words(snapshot: Snapshot, meant: Sequence[str]) -> dict[str, str]:
    """For each rare word that has one: the likelier word, best one that goes with the other words."""
    together = _with_similar_words(snapshot, meant)
    found = {
        word: _likelier(snapshot, word, together) or _likelier(snapshot, word, _similar(word))
        for word in meant
        if _is_suspect(snapshot, word)
    }
    return {word: likelier for word, likelier in found.items() if likelier}


def _with_similar_words(snapshot: Snapshot, meant: Sequence[str]) -> Query:
    return all_of([_similar(word) if _is_suspect(snapshot, word) else _root_query(word) for word in meant])


def _root_query(word: str) -> Query:
    return Query.term_query(SCHEMA, "roots", root(word))


def _one_of(words: Sequence[str]) -> Query:
    return Query.term_set_query(SCHEMA, "roots", roots(words))


def _similar(word: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, "words", word, distance=typos_forgiven(word))


def _is_used(snapshot: Snapshot, word: str) -> bool:
    return snapshot.searcher.doc_freq("roots", root(word)) > 0


def _is_suspect(snapshot: Snapshot, word: str) -> bool:
    return typos_forgiven(word) > 0 and snapshot.searcher.doc_freq("roots", root(word)) < RARE


def _likelier(snapshot: Snapshot, word: str, together: Query) -> str | None:
    """The nearest, then most frequent, word with the same first letter in the listings that match `together`."""
    found = snapshot.searcher.terms_with_prefix("words", word[0], together, _CANDIDATES)
    enough = MORE_LIKELY * snapshot.searcher.doc_freq("words", word)
    near = [
        (distance, -count, other)
        for other, count in found
        if other != word and count >= enough and (distance := OSA.distance(word, other)) <= typos_forgiven(word)
    ]
    return min(near)[2] if near else None
