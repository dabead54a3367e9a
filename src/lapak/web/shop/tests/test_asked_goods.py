"""What an address asks of a list of goods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.web.shop.asked_goods import SORTS, AskedGoods, asked_goods


def test_everything_that_can_be_asked() -> None:
    asked = asked_goods(
        {
            "q": " batik ",
            "exact": "1",
            "category": "fashion",
            "min": "50.000",
            "max": "Rp 100.000",
            "stock": "1",
            "sort": "newest",
            "page": "3",
        }
    )
    assert asked == AskedGoods(
        text="batik",
        exact=True,
        category="fashion",
        min_idr=50_000,
        max_idr=100_000,
        in_stock=True,
        sort="newest",
        page=3,
    )
    assert asked.query() == "q=batik&exact=1&category=fashion&min=50000&max=100000&stock=1&sort=newest"
    assert asked.query(category="", min_idr=None) == "q=batik&exact=1&max=100000&stock=1&sort=newest"


@pytest.mark.parametrize(
    "given",
    [
        {"min": "-5", "max": "x", "page": "0", "sort": "cheapest", "stock": "yes"},
        {"min": "9" * 40, "max": "", "page": "9" * 40},
        {"min": "٣", "page": "٣"},
    ],
)
def test_what_cannot_be_understood_is_left_out(given: dict[str, str]) -> None:
    assert asked_goods(given) == AskedGoods()


@pytest.mark.parametrize(
    ("typed", "price_idr"),
    [("50.000", 50_000), ("Rp50.000,-", 50_000), ("50 000", 50_000), ("50,000", None), ("1.5", None), ("x", None)],
)
def test_a_price_is_read_as_people_type_it_or_not_at_all(typed: str, price_idr: int | None) -> None:
    asked = asked_goods({"min": f" {typed}"})
    assert asked.min_idr == price_idr
    assert [unread.typed for unread in asked.unread.values()] == ([] if price_idr else [typed])


def test_a_range_the_wrong_way_round_is_turned() -> None:
    asked = asked_goods({"min": "100000", "max": "50000"})
    assert (asked.min_idr, asked.max_idr) == (50_000, 100_000)


@given(st.dictionaries(st.sampled_from(["q", "category", "min", "max", "stock", "sort", "page"]), st.text(max_size=20)))
def test_any_address_is_understood_somehow(said: dict[str, str]) -> None:
    asked = asked_goods(said)
    assert asked.sort in SORTS
    assert asked.page >= 1


@pytest.mark.parametrize(
    ("asked", "is_filtered", "without"),
    [
        (AskedGoods(category="buku"), False, "q=&category=buku"),
        (AskedGoods(category="buku", in_stock=True), True, "q=&category=buku"),
        (AskedGoods(category="buku", text="kancil"), True, "q=kancil"),
        (AskedGoods(text="kancil", max_idr=50_000, sort="newest"), True, "q=kancil"),
        (AskedGoods(text="kancil"), False, "q=kancil"),
    ],
)
def test_who_only_stands_in_an_aisle_has_chosen_nothing(asked: AskedGoods, is_filtered: bool, without: str) -> None:
    assert asked.is_filtered == is_filtered
    assert asked.without_filters == without
