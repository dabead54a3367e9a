"""Words against each other: whom goods are for. A man's goods never go to the women's, a cat's toys not to the children's."""

from lapak.goods.search.analysis import root

Words = frozenset[str]

# What says it, in both languages: first what it means.
_SAYING = (
    (("pria",), "pria man men menswear male bapak ayah"),
    (("wanita",), "wanita woman women womenswear female ladies lady muslimah"),
    (("wanita", "ibu"), "ibu mother maternity"),
    (("anak",), "anak kid kids child children junior"),
    (("anak", "pria"), "boy boys"),
    (("anak", "wanita"), "girl girls"),
    (("bayi",), "bayi baby babies newborn infant"),
    (("hewan",), "hewan pet pets"),
    (("hewan", "kucing"), "kucing cat cats"),
    (("hewan", "anjing"), "anjing dog dogs"),
    (("hewan", "burung"), "burung"),
    (("hewan", "kelinci"), "kelinci hamster"),
)
_MEANT = {root(word): meant for meant, line in _SAYING for word in line.split()}
_ALL = frozenset(word for meant in _MEANT.values() for word in meant)

_SEXES = frozenset({"pria", "wanita"})
_YOUNG = frozenset({"anak", "bayi"})


def meant(root_of_word: str) -> tuple[str, ...]:
    """What the root means here: `girl` is `anak` and `wanita`; most roots are themselves."""
    return _MEANT.get(root_of_word, (root_of_word,))


def for_whom(words: Words) -> Words:
    """Those of the (meant) words that say it."""
    return words & _ALL


def fits(goods: Words, place: Words) -> bool:
    """Whether goods for these may stand in a place for those, each as `for_whom` found them.

    Who says nothing fits everywhere; but what is for an animal only fits where animals are named.
    """
    if "hewan" in goods and "hewan" not in place:
        return False
    return _agree(goods & _SEXES, place & _SEXES) and _agree(_ages(goods), _ages(place))


def _agree(these: Words, those: Words) -> bool:
    return not (these and those) or not these.isdisjoint(those)


def _ages(whom: Words) -> Words:
    """Men and women without a child are grown up; a mother is, with or without."""
    young = whom & _YOUNG
    is_grown_up = "ibu" in whom or (whom & _SEXES and not young)
    return young | {"dewasa"} if is_grown_up else young
