"""From text to the words and roots that are searched: the same for a listing and for what a buyer types. Pure.

A *word* is what was written, made plain: `Kémeja-nya` gives `kemeja` and `nya`. A *root* is what words with one meaning
share: `kemejanya` and `kemejaku` have the root `kemeja`, `hp` and `ponsel` have the root `handphone`. Roots decide what
is found, words decide what comes first: so the exact word beats the inflected one, and that beats the synonym. A *kind* is
the root of a wider word: a `kemeja` is also a `baju`, though not every `baju` is a `kemeja`.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise, takewhile
from threading import Lock

import snowballstemmer

MAX_WORD_LENGTH = 40
"""The rest of a longer word is dropped: no Indonesian word and no model number is longer, but pasted junk is."""

_WORD = re.compile(r"[^\W_]+")

# Words that stand in nearly every sentence, or are said to whoever sells, and say nothing about goods.
_STOP_WORDS = """
    ada adalah agar aja akan and atau bagi bisa buat butuh dan dari deh dengan dgn di dong donk dr enggak for ga gak gan ini
    itu jg jika juga kak kami karena ke kita kok lebih mau min minta nggak nya pada para pengen saat saja sangat sebagai
    secara seperti serta sih sis sudah tanpa tdk telah the tersedia tidak tolong untuk utk with ya yang yg
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

# Words that praise, ask for terms or announce what follows, and that sellers leave out or put on everything: an affordable
# batik is a batik, and who wants the size jumbo finds it where no title says "size".
_FILLER_WORDS = """
    asli authentic bagus baru beli berkualitas best cari cepat cod dijual diskon distributor eceran garansi gratis
    grosir grosiran harga hemat hot import impor jenis jual kekinian kualitas langsung laris lengkap lokal merek meriah
    merk model murah murahan new no nomor obral ongkir ongkos ori original orisinil pabrik produsen promo ready recommended
    reseller resmi sale seller size stok stock supplier termurah terbaik terbaru tercepat terkini terlaris terlengkap
    termasuk terpercaya toko top trendy trending tren ukuran umur usia viral warna
"""
FILLER_WORDS = frozenset(_FILLER_WORDS.split())

# One line a meaning: the marketplace's everyday synonyms, spellings and abbreviations. The first is the common root.
# Only words that mean the same on every listing belong here; a change needs a new `index.SCHEMA_VERSION`.
_SYNONYMS = """
    pakaian baju busana
    kemeja hem
    kaos kaus
    blus blouse
    dress gaun
    kardigan cardigan
    jeans jins
    hijab jilbab kerudung
    sepatu shoes shoe
    sneakers sneaker
    loafer loafers
    sandal sendal
    ransel backpack
    dompet wallet
    sarung sarong
    seprai sprei seprei
    handphone hp hape ponsel smartphone
    laptop notebook
    televisi tv
    casing case kesing
    charger cas casan
    kopi coffee
    teh tea
    mi mie
    camilan cemilan snack
    cabai cabe
    kunyit kunir
    serai sereh
    rosela rosella
    sampo shampoo shampo
    lipstik lipstick
    losion lotion
    wanita perempuan cewek cewe
    pria cowok cowo laki
    bayi baby
    popok pampers pempers diapers
    sunscreen sunblock
    magicom ricecooker magicjar
    kulkas refrigerator
    setrika strika gosokan
    cokelat coklat
    toska tosca
    marun maroon
    hijau ijo green
    dongker navy
    aksesori aksesoris
    kado hadiah gift
    souvenir suvenir
    2xl xxl
    3xl xxxl
"""

# The same for measures: `500gr` is `500 gram`. Not among them is what is also a size (L, M).
_MEASURES = """
    gram gr g grm
    kilogram kg kilo
    mililiter ml mili
    liter ltr
    sentimeter cm senti
    meter mtr
    pcs pc
    inci inch
    tahun thn th
    bulan bln
    lembar lbr
    pasang psg
    lusin lsn
"""

# The first is a kind of the others: whoever looks for it finds them as well, but not the other way round.
_KINDS = """
    pakaian kemeja kaos blus atasan tunik daster gamis koko kebaya dress jaket sweater hoodie kardigan rompi jas outer
    pakaian kimono kaftan abaya jubah piyama setelan seragam
    atasan kemeja kaos blus tunik
    sepatu sneakers pantofel loafer boots heels brogue derby kets wedges
    tas ransel tote totebag sling slingbag clutch
    casing softcase hardcase
    perhiasan kalung gelang cincin anting bros
    camilan keripik kerupuk kue biskuit
    mainan boneka puzzle gasing congklak
"""

# Written as one word or as two. Buyers and sellers do either.
_TWO_OR_ONE = """
    air fryer | anti gores | anti lengket | anti slip | baby doll | bed cover | body lotion | body wash | cross body | ear phone
    face wash | flash disk | goodie bag | hand bag | hand body | hard case | hard disk | head set | kaos kaki | make up
    play mat | power bank | rice cooker | ring light | skin care | sling bag | smart phone | smart watch | soft case | sun screen
    t shirt | tote bag | waist bag
"""

# What follows in a title is what the goods are for, not what they are: cloth for a shirt is no shirt.
_FOR = frozenset({"bahan", "untuk", "buat", "for"})

# The stemmer sees a prefix in these, and what is left would be another product: jewel and eye, shrimp paste and
# mother's milk, swimming float and the province.
_WITHOUT_PREFIX = frozenset({"permata", "terasi", "pelampung"})

# `ke-` is a prefix only together with `-an` (`kesehatan`). Alone it belongs to the word: a `kemeja` (shirt) is no
# `meja` (table), a `kepala` (head) no `pala` (nutmeg).
_KE_WORD = re.compile(r"(ke\w+?)(?:nya|ku|mu)?")

_stemmer = snowballstemmer.stemmer("indonesian")
_stemmer_lock = Lock()  # the stemmer keeps the word it works on in itself


# A number and the word it is written together with are two words (`500gr`, `iphone13`), however a buyer or a seller puts
# them; but a size (`2xl`) and a short name with a number (`a52`, `v60`, `mp3`) are one.
_WHOLE = re.compile(r"\d{1,2}xl|[^\W\d_]{1,2}\d\w*")
_PART = re.compile(r"\d+|\D+")


def words(text: str) -> list[str]:
    """The words of a text in order: compatibility forms unified, lower case, no diacritics, no punctuation, numbers apart."""
    decomposed = unicodedata.normalize("NFKD", text).lower()
    if not decomposed.isascii():
        decomposed = "".join(char for char in decomposed if not unicodedata.combining(char))
    return [part for word in _WORD.findall(decomposed) for part in _parts(word[:MAX_WORD_LENGTH])]


@lru_cache(maxsize=100_000)
def root(word: str) -> str:
    """What a word shares with its inflections and synonyms."""
    stem = _stem(word)
    return _ROOT_OF_STEM.get(stem, stem)


def roots(of_words: Iterable[str]) -> list[str]:
    """The root of each word."""
    return [root(word) for word in of_words]


def kinds(of_title: Sequence[str]) -> list[str]:
    """The roots of the wider words for what a title names, up to where it tells what that is for."""
    named = takewhile(lambda word: word not in _FOR, of_title)
    return list(dict.fromkeys(kind for word in named for kind in _KINDS_OF_ROOT.get(root(word), ())))


def other_spellings(of_words: Sequence[str]) -> list[str]:
    """The roots of what is written as one word here and as two elsewhere, or the other way round."""
    joined = [first + second for first, second in pairwise(of_words) if first + second in _PARTS]
    return roots([*joined, *(part for word in of_words for part in _PARTS.get(word, ()))])


def pairs(of_words: Iterable[str]) -> list[str]:
    """Each word with its neighbour, as one: `kemeja_batik`."""
    return [f"{first}_{second}" for first, second in pairwise(of_words)]


def telling_words(of_words: Iterable[str]) -> list[str]:
    """Each word once, without stop and filler words; a text of these alone keeps them, for they are all that was said."""
    once = list(dict.fromkeys(of_words))
    return [word for word in once if word not in STOP_WORDS | FILLER_WORDS] or once


def is_measure(word: str) -> bool:
    """Whether it is a number, a unit or the sign between two numbers (`180x200`), which alone tell nothing about goods."""
    return word.isdigit() or word == "x" or root(word) in _MEASURE_ROOTS


def typos_forgiven(word: str) -> int:
    """How many letters may be wrong, missing, extra or swapped: 1 from four letters, 2 from eight.

    None in a word with a digit: `38` is not a mistyped `39`.
    """
    if any(char.isdigit() for char in word) or len(word) < 4:
        return 0
    return 1 if len(word) < 8 else 2


def _parts(word: str) -> list[str]:
    return [word] if _WHOLE.fullmatch(word) else _PART.findall(word)


def _stem(word: str) -> str:
    ke_word = _KE_WORD.fullmatch(word)
    if ke_word and not ke_word[1].endswith("an"):
        return ke_word[1]
    if word in _WITHOUT_PREFIX:
        return word
    with _stemmer_lock:
        return str(_stemmer.stemWord(word))


def _lines(table: str) -> list[list[str]]:
    return [line.split() for line in table.strip().splitlines()]


_PARTS = {"".join(both): both for both in (tuple(each.split()) for each in re.split(r"[|\n]", _TWO_OR_ONE)) if both}

_ROOT_OF_STEM = {_stem(word): line[0] for line in _lines(_SYNONYMS + _MEASURES) for word in line}

_MEASURE_ROOTS = frozenset(line[0] for line in _lines(_MEASURES))

_KINDS_OF_ROOT: dict[str, list[str]] = defaultdict(list)
for _kind, *_members in _lines(_KINDS):
    for _member in _members:
        _KINDS_OF_ROOT[root(_member)].append(root(_kind))

EXPLAINED_WORDS = frozenset(word for line in _lines(_SYNONYMS + _MEASURES + _KINDS) for word in line) | {
    *_PARTS,
    *(part for parts in _PARTS.values() for part in parts),
}
"""Words whose meaning this module gives."""
