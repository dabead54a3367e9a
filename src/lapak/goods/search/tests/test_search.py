"""What a buyer finds: words, filters, orders, facets, pages."""

import math
import uuid
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapak.goods.search.queries import MAX_DEPTH, SearchPage, search, suggestions
from lapak.goods.search.tests.conftest import BATIK_SEKAR, KOPI_GAYO, listing, put_on_sale
from lapak.lib.ids import derived_id

KEMEJA = listing(
    "Kemeja Batik Pria", category="fashion.batik.kemeja", details="Katun Merah XL", price_idr=150_000, day=3
)
KEMEJANYA = listing("Kemejanya Pak Budi", category="fashion.pria", details="Linen", price_idr=90_000, day=1)
KAIN = listing(
    "Kain Batik Tulis", category="fashion.batik", details="Sutra", price_idr=1_200_000, in_stock=False, day=2
)
MEJA = listing("Meja Lipat Kayu Jati", category="rumah.meja", price_idr=400_000, day=5)
KOPI = listing("Kopi Arabika Gayo 250g", category="makanan.kopi", price_idr=49_999, shop_id=KOPI_GAYO, day=4)
PONSEL = listing("Ponsel Lipat", category="elektronik", price_idr=50_000, in_stock=False, day=0)
SHELF = [KEMEJA, KEMEJANYA, KAIN, MEJA, KOPI, PONSEL]


@pytest.fixture
def shelf(search_index: Path) -> None:
    put_on_sale(*SHELF)


def titles(page: SearchPage) -> list[str]:
    names = {known.id: known.title for known in SHELF}
    return [names[product_id] for product_id in page.ids]


def found(text: str, **filters: object) -> set[str]:
    page = search(text, **filters)  # type: ignore[arg-type]  # each test names real filters
    assert page.total == len(page.ids)
    return set(titles(page))


@pytest.mark.usefixtures("shelf")
class TestWords:
    def test_every_word_must_match_somewhere(self) -> None:
        assert found("batik") == {KEMEJA.title, KAIN.title}
        assert found("batik katun") == {KEMEJA.title}
        assert found("BATIK, merah!") == {KEMEJA.title}

    def test_inflections_and_synonyms_are_found(self) -> None:
        assert found("kemejaku") == {KEMEJA.title, KEMEJANYA.title}
        assert found("hp") == found("handphonenya") == {PONSEL.title}

    def test_a_shirt_is_no_table(self) -> None:
        assert found("meja") == {MEJA.title}

    def test_the_exact_word_comes_first(self) -> None:
        assert titles(search("kemejanya"))[0] == KEMEJANYA.title
        assert titles(search("kemeja"))[0] == KEMEJA.title

    def test_sizes_are_words(self) -> None:
        assert found("kemeja xl") == {KEMEJA.title}
        assert found("250g") == {KOPI.title}

    def test_nothing_but_filters_shows_everything_newest_first(self) -> None:
        assert titles(search("")) == [MEJA.title, KOPI.title, KEMEJA.title, KAIN.title, KEMEJANYA.title, PONSEL.title]
        assert search("  🔥 ").total == len(SHELF)

    def test_stop_words_are_not_asked_for(self) -> None:
        assert found("kemeja yang katun") == {KEMEJA.title}


class TestOrder:
    def test_a_title_beats_details_and_the_words_in_order_beat_the_others(self) -> None:
        details = listing("Baju Lebaran", details="batik pria")
        shuffled = listing("Pria Suka Batik")
        in_order = listing("Batik Pria Asli")
        put_on_sale(details, shuffled, in_order)
        assert search("batik pria").ids == [in_order.id, shuffled.id, details.id]

    def test_in_stock_beats_sold_out(self) -> None:
        for _ in range(3):  # whatever order the ids give
            sold_out, to_buy = listing("Tas Kulit", in_stock=False), listing("Tas Kulit")
            put_on_sale(sold_out, to_buy)
            assert search("tas").ids == [to_buy.id, sold_out.id]

    def test_of_equals_what_was_sold_here_comes_first_then_what_was_sold_before(self) -> None:
        """However much a shop's own files say: ten pieces of before are one of here, and all of them a hundred at most."""
        never, before, here = (
            listing("Tas Kulit"),
            listing("Tas Kulit", sold_before=5_000_000),
            listing("Tas Kulit", sold_here=250),  # enough for more than the order of equals by chance
        )
        put_on_sale(never, before, here)
        assert search("tas").ids == [here.id, before.id, never.id]

    def test_no_number_of_sales_beats_better_words_or_stock(self) -> None:
        sold_out = listing("Tas Kulit", in_stock=False, sold_here=9_000_000)
        details = listing("Dompet", details="tas kulit", sold_here=9_000_000)
        put_on_sale(sold_out, details, fitting := listing("Tas Kulit"))
        assert search("tas kulit").ids[0] == fitting.id

    @pytest.mark.usefixtures("shelf")
    def test_by_price_and_age(self) -> None:
        by_price = sorted(SHELF, key=lambda known: known.price_idr)
        assert search("", sort="price_low").ids == [known.id for known in by_price]
        assert search("", sort="price_high").ids == [known.id for known in reversed(by_price)]
        assert titles(search("kemeja", sort="newest")) == [KEMEJA.title, KEMEJANYA.title]

    @pytest.mark.parametrize("sort", ["best", "newest", "price_low", "price_high"])
    @pytest.mark.parametrize("text", ["", "tas"])
    def test_equals_keep_their_order_in_every_index(self, text: str, sort: str) -> None:
        equals = [listing("Tas Kulit", product_id=derived_id(number)) for number in range(50)]
        put_on_sale(*equals)
        first = search(text, sort=sort, page_size=50).ids
        put_on_sale(*reversed(equals))
        assert search(text, sort=sort, page_size=50).ids == first

    @pytest.mark.usefixtures("shelf")
    def test_an_unknown_order_is_the_best(self) -> None:
        for text in ("batik", ""):
            assert search(text, sort="'; DROP").ids == search(text).ids


@pytest.mark.usefixtures("shelf")
class TestFilters:
    def test_a_category_takes_its_whole_branch(self) -> None:
        assert found("", category="fashion.batik") == {KEMEJA.title, KAIN.title}
        assert found("", category="fashion.batik.kemeja") == {KEMEJA.title}
        assert found("batik", category="rumah") == found("", category="fash") == set()

    def test_price_bounds_are_included(self) -> None:
        assert found("", min_idr=90_000, max_idr=150_000) == {KEMEJA.title, KEMEJANYA.title}
        assert found("", max_idr=49_999) == {KOPI.title}
        assert found("", min_idr=150_000, max_idr=90_000) == set()
        assert search("", min_idr=-5, max_idr=10**30).total == len(SHELF)

    def test_shop_and_stock(self) -> None:
        assert found("", shop_id=KOPI_GAYO) == {KOPI.title}
        assert found("", shop_id=uuid.UUID(int=9)) == set()
        assert found("batik", in_stock=True) == {KEMEJA.title}
        assert found("", in_stock=False) == {KAIN.title, PONSEL.title}
        assert found("", shop_id=BATIK_SEKAR, in_stock=True, category="fashion", max_idr=100_000) == {KEMEJANYA.title}

    def test_a_filter_does_not_change_what_words_mean(self) -> None:
        page = search("kemeja", category="elektronik")
        assert (page.total, page.corrected_text, page.matches_every_word) == (0, "", True)


@pytest.mark.usefixtures("shelf")
class TestFacets:
    def test_count_each_category_with_those_above_it(self) -> None:
        assert search("").categories == {
            "fashion": 3, "fashion.batik": 2, "fashion.batik.kemeja": 1, "fashion.pria": 1,
            "rumah": 1, "rumah.meja": 1, "makanan": 1, "makanan.kopi": 1, "elektronik": 1,
        }  # fmt: skip
        assert search("batik", in_stock=True).categories == {
            "fashion": 1,
            "fashion.batik": 1,
            "fashion.batik.kemeja": 1,
        }

    def test_price_bands_have_every_hit_once(self) -> None:
        bands = search("").price_bands
        assert [(band.from_idr, band.below_idr, band.count) for band in bands] == [
            (0, 50_000, 1), (50_000, 100_000, 2), (100_000, 250_000, 1),
            (250_000, 500_000, 1), (500_000, 1_000_000, 0), (1_000_000, None, 1),
        ]  # fmt: skip

    @pytest.mark.parametrize("text", ["", "batik", "lipat", "zzz"])
    @pytest.mark.parametrize("category", [None, "fashion", "elektronik"])
    def test_sums(self, text: str, category: str | None) -> None:
        page = search(text, category=category)
        assert sum(band.count for band in page.price_bands) == page.total
        assert sum(count for code, count in page.categories.items() if "." not in code) == page.total


@pytest.mark.usefixtures("shelf")
class TestMistypedAndUnfinished:
    def test_typos_are_corrected_and_said(self) -> None:
        page = search("kemja batk")
        assert (titles(page), page.corrected_text) == ([KEMEJA.title], "kemeja batik")
        assert search("arabkia").corrected_text == "arabika"
        assert search("batik").corrected_text == ""

    def test_a_wrong_first_letter_still_finds(self) -> None:
        assert found("vatik") == found("atik") == found("abtik") == found("bbatik") == {KEMEJA.title, KAIN.title}
        assert search("vatik").corrected_text == "batik"

    def test_short_words_that_abbreviate_nothing_and_numbers_are_taken_as_they_are(self) -> None:
        assert found("kxp") == set()
        assert found("251g") == set()

    def test_as_typed_nothing_is_corrected_or_completed(self) -> None:
        page = search("kemja batik", exact=True)
        assert (set(titles(page)), page.corrected_text) == ({KEMEJA.title, KAIN.title}, "")
        assert (page.matches_every_word, page.missing_words) == (False, ("kemja",))
        assert search("kemeja bat", exact=True).missing_words == ("bat",)

    def test_a_known_word_is_neither_corrected_nor_completed(self) -> None:
        put_on_sale(listing("Rokok Herbal"), listing("Baju Hijau"), listing("Baju Merah"))
        for text in ("rok", "hijab", "jam"):
            page = search(text)
            assert (page.total, page.corrected_text, page.missing_words) == (0, "", (text,))

    def test_the_sign_between_two_measures_finds_no_other_size(self) -> None:
        put_on_sale(listing("Sarung Bantal 40 x 40"), sheet := listing("Sprei 180 x 200"))
        assert search("180x200").ids == [sheet.id]
        assert search("90x200").total == 0

    def test_a_correction_goes_with_the_other_words(self) -> None:
        put_on_sale(*(listing("Botol Minum") for _ in range(9)), listing("Batik Tulis"), listing("Batil Emas"))
        assert search("batit tulis").corrected_text == "batik tulis"
        assert search("batit emas").corrected_text == "batil emas"

    def test_a_seller_s_own_slip_is_found_and_the_likelier_word_offered(self) -> None:
        put_on_sale(slip := listing("Kemja Polos"), *(listing("Kemeja Polos") for _ in range(10)))
        page = search("kemja")
        assert (page.ids, page.corrected_text, page.suggested_text) == ([slip.id], "", "kemeja")
        assert search("kemeja").suggested_text == ""

    def test_the_last_word_may_be_unfinished(self) -> None:
        assert found("bat") == {KEMEJA.title, KAIN.title}
        assert found("kemeja bat") == {KEMEJA.title}
        assert search("kemeja bat").corrected_text == ""

    def test_a_whole_word_is_taken_as_unfinished_only_if_it_finds_nothing(self) -> None:
        put_on_sale(bat := listing("Bat Kasti"), shirt := listing("Kemeja Batik"))
        assert search("bat").ids == [bat.id]
        assert search("kemeja bat").ids == [shirt.id]

    def test_most_words_when_not_all_are_found_together(self) -> None:
        page = search("kemeja gayo")
        assert set(titles(page)) == {KEMEJA.title, KEMEJANYA.title, KOPI.title}
        assert (page.matches_every_word, page.missing_words) == (False, ())
        page = search("kemja zzzzzz")
        assert (set(titles(page)), page.matches_every_word) == ({KEMEJA.title, KEMEJANYA.title}, False)
        assert search("zzzzzz").total == 0

    def test_suggestions_complete_the_last_word_so_that_something_is_found(self) -> None:
        assert suggestions("ba") == ["batik"]
        assert suggestions("Kain ba") == ["kain batik"]
        assert suggestions("kopi ba") == []
        assert suggestions("kemeja ") == suggestions("") == suggestions("b") == []
        assert suggestions("ke", limit=1) == ["kemeja"]


class TestPages:
    def test_pages_hold_everything_once(self) -> None:
        shelf = [listing("Tas Kulit", price_idr=100_000 + n % 3) for n in range(50)]
        put_on_sale(*shelf)
        for sort in ("best", "newest", "price_low", "price_high"):
            pages = [search("tas", sort=sort, page=number, page_size=24) for number in (1, 2, 3)]
            assert [len(page.ids) for page in pages] == [24, 24, 2]
            assert {product_id for page in pages for product_id in page.ids} == {known.id for known in shelf}
            assert {(page.total, page.page_count) for page in pages} == {(50, 3)}

    @pytest.mark.usefixtures("shelf")
    @pytest.mark.parametrize(
        ("page", "page_size", "expected"),
        [
            (0, 24, (1, 24, 6)),
            (-(10**20), 24, (1, 24, 6)),
            (1, 0, (1, 1, 1)),
            (1, 10**20, (1, 100, 6)),
            (2, 24, (2, 24, 0)),
            (10**20, 24, (MAX_DEPTH // 24, 24, 0)),
        ],
    )
    def test_bounds(self, page: int, page_size: int, expected: tuple[int, int, int]) -> None:
        answer = search("", page=page, page_size=page_size)
        assert (answer.page, answer.page_size, len(answer.ids)) == expected
        assert answer.total == len(SHELF)


def test_before_the_first_index_nothing_is_found_and_the_page_says_why() -> None:
    page = search("kemeja")
    assert (page.ids, page.total, page.index_ready) == ([], 0, False)
    assert suggestions("ke") == []


@pytest.mark.usefixtures("shelf")
class TestAnyText:
    @pytest.mark.parametrize(
        "text",
        [
            '"kemeja', "kemeja AND (", "title:batik^^", ".*", "[a-z]+\\", "/*", "a" * 10_000, "kemeja " * 2_000,
            "😀👨‍👩‍👧‍👦", "\x00\n\t", "\ud800 kemeja", "ق ميص", "衬衫", "İ" * 300, "e" + "\u0301" * 500,
            "id:position", "position",
        ],
    )  # fmt: skip
    def test_strange_text_is_only_text(self, text: str) -> None:
        page = search(text)
        assert page.total == sum(band.count for band in page.price_bands) <= len(SHELF)
        suggestions(text)

    def test_a_long_text_is_read_from_its_beginning(self) -> None:
        assert search("kopi " * 5_000).total == 1

    @settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.one_of(st.text(max_size=30), st.sampled_from(["kemeja", "batk", "ba", "kopi", "gayo", "yang"]))
        ).map(" ".join),
        st.sampled_from(["best", "newest", "price_low", "price_high", "?"]),
        st.integers(-3, 3),
        st.one_of(st.none(), st.text(max_size=20)),
    )
    def test_nothing_a_buyer_types_raises(self, text: str, sort: str, page: int, category: str | None) -> None:
        answer = search(text, sort=sort, page=page, page_size=4, category=category)
        assert len(answer.ids) == len(set(answer.ids)) <= min(answer.total, 4)
        assert answer.page_count == math.ceil(answer.total / 4)
        assert set(answer.ids) <= {known.id for known in SHELF}
        for suggestion in suggestions(text):
            assert search(suggestion).total
