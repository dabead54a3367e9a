"""The ways a buyer's words can be read, from the strictest to the loosest; the first that finds anything is taken.

1. As typed: every word, in any inflection or as its synonym; without the stop and filler words.
2. The last word as unfinished: `kemeja bat`.
3. Unknown words as mistyped: `kemja batk`.
4. Without the words that no goods have, and it is said which these are.
5. Most of the words instead of all.

A word that any goods have is never replaced. Nor is one that the marketplace knows (`known`), and it is not completed either:
it is what its buyer means, sold here or not.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA
from tantivy import Occur, Query

from lapak.goods.search.analysis import is_measure, root, roots, telling_words, typos_forgiven
from lapak.goods.search.index import POSITION, SCHEMA
from lapak.goods.search.known import is_known, nearest_known, spelled_out
from lapak.goods.search.reader import Snapshot

COMPLETIONS = 20
"""An unfinished word stands for so many of the most frequent words that begin like it."""

RARE = 5
"""A word of fewer listings may be a slip of the seller's own keyboard, one that a buyer now repeats."""

MORE_LIKELY = 10
"""A rare word is thought mistyped when a similar one is in so many times as many listings."""

_CANDIDATES = 50

_LETTERS = "abcdefghijklmnopqrstuvwxyz"

_EVERY_LISTING = Query.boolean_query(
    [(Occur.Must, Query.all_query()), (Occur.MustNot, Query.term_query(SCHEMA, "id", POSITION))]
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What is looked for: `matching` decides what is found, `exact_words` come first when a title has them so.

    `missing_words` are those it leaves out because no listing has them.
    """

    matching: Query
    exact_words: tuple[str, ...]
    corrected_text: str = ""
    matches_every_word: bool = True
    missing_words: tuple[str, ...] = ()


def readings(snapshot: Snapshot, typed: Sequence[str], *, exact: bool = False) -> Iterator[Reading]:
    """The ways to read these words, each worked out only when the ones before it found nothing; at least one.

    `exact` takes every word as it was typed.
    """
    meant = telling_words(typed)
    if not meant:
        yield Reading(_EVERY_LISTING, ())
        return
    yield _every_word(meant)
    correction = None
    if not exact:
        *finished, last = meant
        if not is_known(last) and (longer := completions(snapshot, last, COMPLETIONS)):
            yield Reading(all_of([*map(_root_query, finished), _one_of(longer)]), tuple(finished))
        if correction := corrected(snapshot, typed):
            yield correction
        if correction and _rests_on_guesses(snapshot, correction, meant):
            correction = None
    yield from _fewer_words(snapshot, correction or _every_word(meant))


def reading_of(snapshot: Snapshot, typed: Sequence[str]) -> Reading:
    """The first reading that finds anything; else the last."""
    return snapshot.remembered(("reading", tuple(typed)), lambda: _first_that_finds(snapshot, typed))


def corrected(snapshot: Snapshot, typed: Sequence[str], *, rarer_than: int = 1) -> Reading | None:
    """The reading with likelier words instead of those that nobody knows and so few listings have; None without such."""
    likelier = _likelier_words(snapshot, telling_words(typed), rarer_than)
    if not likelier:
        return None
    corrected_words = [likelier.get(word, word) for word in typed]
    return _every_word(telling_words(corrected_words), corrected_text=" ".join(corrected_words))


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


def _fewer_words(snapshot: Snapshot, whole: Reading) -> Iterator[Reading]:
    """Without the words that no listing has; then with at least half of the others. A measure is left out as a whole, and
    alone it is too few."""
    unused = [word for word in whole.exact_words if not _is_used(snapshot, word)]
    misses_measure = any(map(is_measure, unused))
    missing = tuple(word for word in whole.exact_words if word in unused or (misses_measure and is_measure(word)))
    rest = tuple(word for word in whole.exact_words if word not in missing)
    naming = [word for word in rest if not is_measure(word)]
    fewer = replace(whole, matches_every_word=False, missing_words=missing)
    if naming and missing:
        yield replace(fewer, matching=all_of([_root_query(word) for word in rest]), exact_words=rest)
    some = Query.boolean_query(
        [(Occur.Should, _root_query(word)) for word in naming], minimum_number_should_match=(len(naming) + 1) // 2
    )
    yield replace(fewer, matching=some, exact_words=())


def _rests_on_guesses(snapshot: Snapshot, correction: Reading, meant: Sequence[str]) -> bool:
    """Whether a word that is known but sold by nobody is among them, and only corrected words are left to find anything:
    who wants a `laptop gaming` does not want a `gasing`."""
    kept = [word for word in correction.exact_words if word in meant]
    return any(is_known(word) and not _is_used(snapshot, word) for word in kept) and not any(
        _is_used(snapshot, word) and not is_measure(word) for word in kept
    )


def _likelier_words(snapshot: Snapshot, meant: Sequence[str], rarer_than: int) -> dict[str, str]:
    """For each suspect that has one: the likelier word, best one that goes with the other words."""
    suspects = {word for word in meant if _is_suspect(snapshot, word, rarer_than)}
    together = all_of([_similar(word) if word in suspects else _root_query(word) for word in meant])
    found = {word: _likelier(snapshot, word, together) for word in meant if word in suspects}
    return {word: likelier for word, likelier in found.items() if likelier}


def _root_query(word: str) -> Query:
    return Query.term_query(SCHEMA, "roots", root(word))


def _one_of(words: Sequence[str]) -> Query:
    return Query.term_set_query(SCHEMA, "roots", roots(words))


def _similar(word: str) -> Query:
    return Query.fuzzy_term_query(SCHEMA, "words", word, distance=typos_forgiven(word))


def _is_used(snapshot: Snapshot, word: str) -> bool:
    return snapshot.searcher.doc_freq("roots", root(word)) > 0


def _is_suspect(snapshot: Snapshot, word: str, rarer_than: int) -> bool:
    if is_known(word) or not (typos_forgiven(word) or spelled_out(word)):
        return False
    return bool(snapshot.searcher.doc_freq("roots", root(word)) < rarer_than)


def _likelier(snapshot: Snapshot, word: str, together: Query) -> str | None:
    """The nearest, then most frequent, word of the listings; none if a word that nobody sells is nearer still; without one,
    what the word abbreviates."""
    near = (
        _nearest(snapshot, word, [word[0]], among=together)
        or _nearest(snapshot, word, [word[0]], among=_similar(word))
        or _nearest(snapshot, word, _other_beginnings(word))
    )
    known = nearest_known(word)
    if known and (near is None or known[0] < near[0]):
        is_of_use = _is_used(snapshot, known[1]) or telling_words([word, known[1]]) == [word]
        return known[1] if is_of_use else None
    return near[1] if near else _spelled_out(snapshot, word)


def _spelled_out(snapshot: Snapshot, word: str) -> str | None:
    """Of the words that it may abbreviate, the one most goods have."""
    used = [(snapshot.searcher.doc_freq("roots", root(known)), known) for known in spelled_out(word)]
    count, likeliest = max(used, default=(0, ""))
    return likeliest if count else None


def _nearest(
    snapshot: Snapshot, word: str, beginnings: Iterable[str], among: Query | None = None
) -> tuple[int, str] | None:
    """With how many letters it takes to get there."""
    found = (
        each
        for beginning in beginnings
        for each in snapshot.searcher.terms_with_prefix("words", beginning, among, _CANDIDATES)
    )
    enough = MORE_LIKELY * snapshot.searcher.doc_freq("words", word)
    near = [
        (distance, -count, other)
        for other, count in found
        if other != word and count >= enough and (distance := OSA.distance(word, other)) <= typos_forgiven(word)
    ]
    return (min(near)[0], min(near)[2]) if near else None


def _other_beginnings(word: str) -> list[str]:
    """How the word may begin if its first letter is wrong, missing, one too many, or swapped with the second."""
    wrong_or_missing = [letter + rest for letter in _LETTERS for rest in (word[1:3], word[:2])]
    return [*wrong_or_missing, word[1:3], word[1] + word[0]]
