"""The words that the marketplace knows, whether or not any goods have them: never mistyped, so never replaced.

Who types `hijab` where nobody sells one is told so, and not shown what is green (`hijau`).
"""

from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

from lapak.goods.catalogue.categories import CATEGORIES
from lapak.goods.search.analysis import EXPLAINED_WORDS, FILLER_WORDS, STOP_WORDS, root, typos_forgiven, words


@lru_cache(maxsize=1)
def known_words() -> tuple[str, ...]:
    """Those of the list beside this module, of the category names, and of the analysis; sorted."""
    lines = (Path(__file__).parent / "known_words.txt").read_text("utf-8").splitlines()
    listed = [line for line in lines if not line.startswith("#")]
    names = [name for _, name_id, name_en in CATEGORIES for name in (name_id, name_en)]
    return tuple(sorted({*words(" ".join(listed + names)), *EXPLAINED_WORDS, *FILLER_WORDS, *STOP_WORDS}))


def is_known(word: str) -> bool:
    """Whether it is such a word or an inflection of one."""
    return root(word) in _known_roots()


def nearest_known(word: str) -> tuple[int, str] | None:
    """The known word that this one was perhaps meant to be, with how many letters are wrong."""
    near = extract(word, known_words(), scorer=OSA.distance, score_cutoff=typos_forgiven(word), limit=1)
    return (int(near[0][1]), near[0][0]) if near else None


def spelled_out(word: str) -> tuple[str, ...]:
    """The known words that this one abbreviates as people do on a phone, by leaving out vowels: `kmja` is a `kemeja`."""
    if len(word) < 3 or is_known(word):
        return ()
    alike = _by_consonants().get(_consonants(word), ())
    return tuple(known for known in alike if known[0] == word[0] and _is_within(word, known))


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in "aeiou")


def _is_within(short: str, long: str) -> bool:
    """Whether the letters of the one stand in the other, in their order."""
    letters = iter(long)
    return len(short) < len(long) and all(letter in letters for letter in short)


@lru_cache(maxsize=1)
def _by_consonants() -> dict[str, list[str]]:
    alike: dict[str, list[str]] = {}
    for word in known_words():
        alike.setdefault(_consonants(word), []).append(word)
    return alike


@lru_cache(maxsize=1)
def _known_roots() -> frozenset[str]:
    return frozenset(root(word) for word in known_words())
