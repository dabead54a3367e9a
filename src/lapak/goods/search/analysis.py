"""From text to the words and roots that are searched: the same for a listing and for what a buyer types. Pure.

A *word* is what was written, made plain: `Kémeja-nya` gives `kemeja` and `nya`. A *root* is what words with one meaning
share: `kemejanya` and `kemejaku` have the root `kemeja`, `hp` and `ponsel` have the root `handphone`. Roots decide what
is found, words decide what comes first: so the exact word beats the inflected one, and that beats the synonym.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from threading import Lock

import snowballstemmer

MAX_WORD_LENGTH = 40
"""The rest of a longer word is dropped: no Indonesian word and no model number is longer, but pasted junk is."""

_WORD = re.compile(r"[^\W_]+")

# Words that stand in nearly every sentence and say nothing about goods.
_STOP_WORDS = """
    ada adalah agar akan and atau bagi bisa buat dan dari dengan dgn di for ini itu jika juga kami karena ke kita lebih nya
    oleh pada para saat saja sangat sebagai secara seperti serta sudah tanpa telah the tersedia tidak untuk utk with yang yg
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# One line a meaning: the marketplace's everyday synonyms, spellings and abbreviations. The first is the common root.
# Only words that mean the same on every listing belong here; a change needs a new `index.SCHEMA_VERSION`.
_SYNONYMS = """
    pakaian baju busana
    handphone hp hape ponsel smartphone
    laptop notebook
    televisi tv
    kaos kaus
    hijab jilbab kerudung
    sandal sendal
    tas bag
    sarung sarong
    seprai sprei seprei
    wanita perempuan cewek
    pria cowok
    cokelat coklat
    aksesori aksesoris
    kado hadiah
    2xl xxl
    3xl xxxl
"""

# The stemmer sees a prefix in these, and what is left would be another product: jewel and eye, shrimp paste and
# mother's milk, swimming float and the province.
_WITHOUT_PREFIX = frozenset({"permata", "terasi", "pelampung"})

# `ke-` is a prefix only together with `-an` (`kesehatan`). Alone it belongs to the word: a `kemeja` (shirt) is no
# `meja` (table), a `kepala` (head) no `pala` (nutmeg).
_KE_WORD = re.compile(r"(ke\w+?)(?:nya|ku|mu)?")

_stemmer = snowballstemmer.stemmer("indonesian")
_stemmer_lock = Lock()  # the stemmer keeps the word it works on in itself


def words(text: str) -> list[str]:
    """The words of a text in order: compatibility forms unified, lower case, no diacritics, no punctuation."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    if not decomposed.isascii():
        decomposed = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [word[:MAX_WORD_LENGTH] for word in _WORD.findall(decomposed)]


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """What a word shares with its inflections and synonyms."""
    stem = _stem(word)
    return _ROOT_OF_STEM.get(stem, stem)


def roots(of_words: Iterable[str]) -> list[str]:
    """The root of each word."""
    return [root(word) for word in of_words]


def pairs(of_words: Iterable[str]) -> list[str]:
    """Each word with its neighbour, as one: `kemeja_batik`."""
    return [f"{first}_{second}" for first, second in pairwise(of_words)]


def telling_words(of_words: Iterable[str]) -> list[str]:
    """Each word once, without stop words; a text of stop words alone keeps them, for they are all that was said."""
    once = list(dict.fromkeys(of_words))
    return [word for word in once if word not in STOP_WORDS] or once


def typos_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, extra or swapped: 1 from four letters, 2 from eight.

    None in a word with a digit: `38` is not a mistyped `39`.
    """
    if any(char.isdigit() for char in word) or len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def _stem(word: str) -> str:
    ke_word = _KE_WORD.fullmatch(word)
    if ke_word and not ke_word[1].endswith("an"):
        return ke_word[1]
    if word in _WITHOUT_PREFIX:
        return word
    with _stemmer_lock:
        return str(_stemmer.stemWord(word))


_ROOT_OF_STEM = {_stem(word): line.split()[0] for line in _SYNONYMS.strip().splitlines() for word in line.split()}
