"""What Indonesian buyers type, in a small market of several trades: what they find, and what they are told."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from lapak.goods.search.queries import search
from lapak.goods.search.tests.conftest import listing, put_on_sale
from lapak.lib.ids import derived_id

TITLES = [line for line in (Path(__file__).parent / "market.txt").read_text("utf-8").splitlines() if line[0] != "#"]
TITLE_OF_ID = {derived_id(title): title for title in TITLES}
DETAILS = {"sarung": "Hijau Sage, Merah Marun", "kemeja": "Merah Marun XL 3XL", "kopi": "Bubuk 250gr 500 gram"}


@pytest.fixture(autouse=True)
def market(search_index: Path) -> None:
    open_market(TITLES)


def open_market(titles: Iterable[str]) -> None:
    """The goods with what buyers choose of them: colour, size, weight."""
    put_on_sale(
        *(
            listing(title, details=DETAILS.get(title.lower().split()[0], ""), product_id=derived_id(title))
            for title in titles
        )
    )


def found(text: str, *, exact: bool = False) -> tuple[list[str], int, str, str]:
    """The titles, best first, how many there are, what was searched instead, and which words no goods have."""
    page = search(text, page_size=100, exact=exact)
    titles = [TITLE_OF_ID[product_id].lower() for product_id in page.ids]
    return titles, page.total, page.corrected_text, " ".join(page.missing_words)


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("batik murah", "batik"),
        ("kopi arabika promo gratis ongkir", "kopi arabika"),
        ("dompet pria ori termurah cod", "dompet cowok"),
        ("sarung terbaru ready stok grosir", "sarung"),
        ("madu asli", "madu"),
        ("500gr", "500 gr"),
        ("500g", "500 gram"),
        ("kopi 250gram", "kopi 250 gr"),
        ("jamu 250ml", "jamu 250 ml"),
        ("tikar 150x200", "tikar 150 x 200"),
        ("hem batik", "kemeja batik"),
        ("coffee gayo", "kopi gayo"),
        ("jamu kunir asam", "jamu kunyit asam"),
        ("sendal kulit", "sandal kulit"),
        ("tas batiknya", "tas batik"),
    ],
)
def test_the_same_is_meant(text: str, same_as: str) -> None:
    titles, total, corrected_text, missing = found(text)
    assert total > 0
    assert (set(titles), corrected_text, missing) == (set(found(same_as)[0]), "", "")


@pytest.mark.parametrize(
    ("text", "among_them", "not_among_them"),
    [
        ("baju batik", "kemeja batik kantor", "kain batik cap wadasan"),
        ("baju batik", "daster batik rayon", "sarung batik"),
        ("baju batik", "hem batik trusmi", "tas batik"),
        ("atasan batik", "blus batik wanita", "daster"),
        ("kemeja batik", "kemeja kerja batik", "baju rumah"),
        ("sepatu", "sneakers kulit", "sandal"),
        ("sepatu", "loafers kulit", "dompet"),
        ("tas", "sling bag batik", "drip bag"),
        ("tas batik", "tote bag batik", "dompet"),
    ],
)
def test_a_wider_word_finds_its_kinds(text: str, among_them: str, not_among_them: str) -> None:
    titles = found(text)[0]
    assert any(among_them in title for title in titles)
    assert not any(not_among_them in title for title in titles)


@pytest.mark.parametrize(
    "text",
    [
        "hijab", "jilbab murah", "gamis terbaru", "hp samsung", "iphone 13", "laptop gaming", "skincare wardah", "rok",
        "mukena bali", "jam", "251g", "xxl", "helikopter",
    ],
)  # fmt: skip
def test_what_nobody_sells_is_not_found_and_said(text: str) -> None:
    titles, total, corrected_text, missing = found(text)
    assert (titles, total, corrected_text) == ([], 0, "")
    assert missing


@pytest.mark.parametrize(
    ("text", "missing", "every_title_has"),
    [
        ("hijab batik", "hijab", "batik"),
        ("celana batik murah", "celana", "batik"),
        ("kemeja xxl", "xxl", "kemeja/hem "),
        ("kopi luwak", "luwak", "kopi/coffee"),
        ("sarung wadimor", "wadimor", "sarung"),
        ("kopi gayo 2kg", "2 kg", "gayo"),
        ("777 gram kopi", "777 gram", "kopi/coffee"),
    ],
)
def test_goods_of_the_other_words_are_shown_and_it_is_said(text: str, missing: str, every_title_has: str) -> None:
    titles, total, corrected_text, found_missing = found(text)
    assert total > 0
    assert (corrected_text, found_missing) == ("", missing)
    assert all(any(word in title for word in every_title_has.split("/")) for title in titles)


@pytest.mark.parametrize(
    ("text", "corrected_text"),
    [
        ("kemja batik", "kemeja batik"),
        ("batik pria lengan panjng", "batik pria lengan panjang"),
        ("kopi arabica", "kopi arabika"),
        ("sepatu pantopel pria", "sepatu pantofel pria"),
        ("spatu kulit murah", "sepatu kulit murah"),
        ("tas rotan bulet", "tas rotan bulat"),
        ("jamu kunyit asem", "jamu kunyit asam"),
        ("sovenir nikah", "souvenir nikah"),
        ("vatik tulis", "batik tulis"),
        ("abtik tulis", "batik tulis"),
        ("kemeja batik mrah", "kemeja batik merah"),
        ("dompet pria murh", "dompet pria murah"),
    ],
)
def test_only_unknown_words_are_corrected_and_can_be_had_as_typed(text: str, corrected_text: str) -> None:
    titles, total, said, missing = found(text)
    assert (said, missing) == (corrected_text, "")
    assert total > 0
    assert titles == found(corrected_text)[0]
    as_typed = found(text, exact=True)
    assert as_typed[2] == ""
    assert as_typed[3] != ""


def test_a_known_word_becomes_no_other_goods_when_the_market_is_small() -> None:
    without = [title for title in TITLES if "selendang" not in title.lower()]
    open_market(without)
    assert any("selempang" in title.lower() for title in without)
    for text in ("selendang", "selendan", "hijab", "syal"):
        assert found(text)[:3] == ([], 0, "")


@pytest.mark.parametrize("text", ["kemja hijab", "laptop gamign", "hijab mrah"])
def test_no_goods_by_a_guess_alone_beside_a_word_that_nobody_sells(text: str) -> None:
    assert found(text)[:3] == ([], 0, "")
