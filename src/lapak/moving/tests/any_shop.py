"""Any shop that a seller can write: what property tests of moving out draw."""

from datetime import UTC, datetime
from functools import partial

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from lapak.goods.catalogue.rules import STARS, NewProduct, NewVariant
from lapak.moving.past.models import PastLine, PastOrder, PastReview, PastTerms
from lapak.moving.plain_text import clean, plain_text
from lapak.people.shops.models import Shop

_MOMENTS = st.datetimes(datetime(2015, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - bounds
_IDR = st.integers(1, 10**9)


def words(least: int, most: int) -> SearchStrategy[str]:
    """Text as it is kept here."""
    return st.text(min_size=least, max_size=most).map(clean).filter(lambda text: len(text) >= least)


@st.composite
def goods_of_any_shop(draw: DrawFn) -> NewProduct:
    """On sale, with attributes and one option or two."""
    value, other = draw(words(1, 20)), draw(words(1, 20))
    axes = draw(st.integers(1, 2))
    variants = tuple(
        NewVariant(
            price_idr=draw(_IDR),
            on_hand=draw(st.integers(0, 10_000)),
            option_values=(option, other)[:axes],
            seller_sku=draw(words(0, 12)),
        )
        for option in (value, f"{value}2")
    )
    return NewProduct(
        title=draw(words(3, 60)),
        description=draw(words(0, 120)),
        brand=draw(st.sampled_from(["", "Batik Trusmi"])),
        origin=draw(st.sampled_from(["", "domestic", "imported"])),
        has_ai_pictures=draw(st.booleans()),
        has_ai_words=draw(st.booleans()),
        attributes=draw(st.dictionaries(st.sampled_from(["Bahan", "+Motif", "Asal, kota"]), words(1, 30))),
        weight_g=draw(st.integers(1, 50_000)),
        status="published",
        option_names=("Isi", "Ukuran")[:axes],
        variants=variants,
    )


@st.composite
def past_of_any_shop(draw: DrawFn) -> "partial[None]":
    """Past orders, terms with creators and reviews of elsewhere, which are the shop's when it is called with one."""
    orders = draw(st.lists(_past_order(), max_size=3, unique_by=lambda pair: (pair[0].platform, pair[0].source_id)))
    rates = draw(st.dictionaries(st.sampled_from(["mas.bagas", "ceu_edoh2"]), st.integers(0, 8_000)))
    terms = [
        PastTerms(platform="lapak", handle=handle, programme="invited", rate_bp=rate_bp, joined_at=draw(_MOMENTS))
        for handle, rate_bp in rates.items()
    ]
    reviews = draw(st.lists(_past_review(), max_size=3, unique_by=lambda review: (review.platform, review.source_id)))
    return partial(_keep, orders, [*terms, *reviews])


@st.composite
def _past_order(draw: DrawFn) -> tuple[PastOrder, list[PastLine]]:
    order = PastOrder(
        platform=draw(st.sampled_from(["tiktok_shop", "shopee", "lapak"])),
        source_id=draw(st.from_regex(r"[0-9A-D]{6,18}", fullmatch=True)),
        state=draw(st.sampled_from(PastOrder.State.values)),
        placed_at=draw(_MOMENTS).replace(microsecond=0),
        total_idr=draw(st.none() | _IDR),
        buyer=draw(st.sampled_from(["", "0f" * 8, "1e" * 8])),
    )
    is_kept = order.state not in {PastOrder.State.CANCELLED, PastOrder.State.RETURNED}
    titles = draw(st.lists(words(1, 40), min_size=1, max_size=2, unique_by=str.casefold))
    return order, [
        PastLine(
            order=order,
            seller_sku=draw(words(0, 12)),
            title=title,
            quantity=(quantity := draw(st.integers(1, 5))),
            returned=draw(st.integers(0, quantity)) if is_kept else quantity,
            goods_idr=draw(_IDR),
        )
        for title in titles
    ]


@st.composite
def _past_review(draw: DrawFn) -> PastReview:
    return PastReview(
        platform=draw(st.sampled_from(["shopify", "shopee", "lapak"])),
        source_id=draw(st.from_regex(r"[0-9a-f]{6,18}", fullmatch=True)),
        product_key=draw(st.from_regex(r"[0-9a-f]{6,18}", fullmatch=True)),
        seller_sku=draw(words(0, 12)),
        title=draw(words(0, 60)),
        stars=draw(st.sampled_from(STARS)),
        words=draw(words(0, 80).map(plain_text)),
        author=draw(st.sampled_from(["", "B***i", "A***"])),
        written_at=draw(_MOMENTS).replace(microsecond=0),
    )


def _keep(orders: list[tuple[PastOrder, list[PastLine]]], others: list[PastTerms | PastReview], shop: Shop) -> None:
    for order, lines in orders:
        order.shop = shop
        order.save(force_insert=True)
        PastLine.objects.bulk_create(lines)
    for each in others:
        each.shop = shop
        each.save(force_insert=True)
