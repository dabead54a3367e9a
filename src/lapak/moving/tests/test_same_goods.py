"""The same goods on two platforms: proposed as one with the reason, joined when it was said, and never unasked."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.goods.catalogue import stock
from lapak.goods.catalogue.models import Product, Stock, Variant
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.moving.models import SameGoods, SourceRecord
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.plan import Tally
from lapak.moving.same_goods.decisions import Decision, decide, decided
from lapak.moving.same_goods.pairs import Pair, Why, pairs_of
from lapak.moving.same_goods.sides import Side
from lapak.moving.tests.files import address, export, packed, picture, sku
from lapak.moving.tests.own_lists import written
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

COLUMNS = "sku=Kode,title=Nama,price=Harga,stock=Stok,image=Foto"
HEADER = "Kode,Nama,Harga,Stok,Foto\n"


class Two:
    """A shop that sold on TikTok Shop, and has a list of its own."""

    def __init__(self, seller: User, shop: Shop, folder: Path) -> None:
        self.seller, self.shop, self.folder = seller, shop, folder

    def tiktok(self, *rows: dict[str, object], pictures: bytes | None = None) -> list[Path]:
        files = [export(self.folder / "export.xlsx", rows)]
        if pictures is not None:
            files.append(packed(self.folder / "a.zip", {"tos-alisg-i-sg/kain.jpeg": pictures}))
        return files

    def own(self, *rows: str, pictures: bytes | None = None) -> list[Path]:
        files = [written(self.folder, HEADER + "".join(f"{row}\n" for row in rows))]
        if pictures is not None:
            files.append(packed(self.folder / "b.zip", {"foto/utama-kain-batik.jpg": pictures}))
        return files

    def moved(self, files: Sequence[Path], **options: Any) -> MoveInResult:
        columns = COLUMNS if any(path.name == "daftar.csv" for path in files) else ""
        result = move_in(self.seller, list(files), self.shop, columns=columns, **options)
        assert result.errors == []
        return result

    def say(self, result: MoveInResult, decision: Decision) -> None:
        decide(self.shop, {pair.key: decision for pair in result.same})


@pytest.fixture
def two(seller: User, shop: Shop, tmp_path: Path) -> Two:
    return Two(seller, shop, tmp_path)


BATIK = sku(1, seller_sku="KB-01", product_name="Kain Batik Lasem", price="125000", quantity="10")
OWN_BATIK = "KB-01,Batik Lasem halus,130000,7,"


def stock_of(title: str) -> tuple[int, int]:
    variant = Variant.objects.get(product__title=title)
    return variant.price_idr, Stock.objects.get(variant=variant).on_hand


def test_the_same_sku_is_proposed_and_comes_in_by_itself_unasked(two: Two) -> None:
    two.moved(two.tiktok(BATIK))
    result = two.moved(two.own(OWN_BATIK, "KB-02,Topi Rimba,40000,3,"), dry_run=True)
    assert [(pair.why, pair.later.title, pair.first.title) for pair in result.same] == [
        (Why.SKU, "Batik Lasem halus", "Kain Batik Lasem")
    ]
    assert "1 product of Own list looks the same as one of TikTok Shop (the same SKU)" in " ".join(result.in_words)
    result = two.moved(two.own(OWN_BATIK, "KB-02,Topi Rimba,40000,3,"))
    assert Product.objects.count() == 3


def test_within_one_move_in_of_two_platforms_too(two: Two) -> None:
    result = two.moved([*two.tiktok(BATIK), *two.own(OWN_BATIK)], dry_run=True)
    assert [pair.why for pair in result.same] == [Why.SKU]


@pytest.mark.parametrize("in_one", [True, False])
def test_what_is_one_comes_in_once_with_price_and_stock_of_the_first(two: Two, in_one: bool) -> None:
    files = two.own(OWN_BATIK)
    if in_one:
        files = [*two.tiktok(BATIK), *files]
    else:
        two.moved(two.tiktok(BATIK))
    two.say(two.moved(files, dry_run=True), Decision.FIRST_LEADS)
    planned = two.moved(files, dry_run=True)
    assert planned.same == []
    assert planned.plan.products == (Tally(created=1, unchanged=1) if in_one else Tally(unchanged=1))
    result = two.moved(files)
    assert result.done is not None
    assert result.done.products == planned.plan.products
    assert (Product.objects.count(), stock_of("Kain Batik Lasem")) == (1, (125_000, 10))
    assert "as was said: it does not come in twice" in " ".join(result.in_words)
    again = two.moved(two.own("KB-01,Batik lain,150000,1,"))
    assert again.done is not None
    assert (again.done.products, stock_of("Kain Batik Lasem")) == (Tally(unchanged=1), (125_000, 10))


@pytest.mark.parametrize("in_one", [True, False])
def test_price_and_stock_come_from_the_one_that_was_named(two: Two, in_one: bool) -> None:
    files = two.own(OWN_BATIK)
    if in_one:
        files = [*two.tiktok(BATIK), *files]
    else:
        two.moved(two.tiktok(BATIK))
    two.say(two.moved(files, dry_run=True), Decision.LATER_LEADS)
    two.moved(files)
    assert stock_of("Kain Batik Lasem") == (130_000, 7)
    two.moved(two.tiktok(BATIK | {"price": "90000", "quantity": "99", "product_name": "Kain Batik Lasem tulis"}))
    assert stock_of("Kain Batik Lasem tulis") == (130_000, 7)
    two.moved(two.own("KB-01,Batik Lasem halus,131000,5,"))
    assert stock_of("Kain Batik Lasem tulis") == (131_000, 5)
    assert Product.objects.count() == 1


def test_what_was_sold_meanwhile_stays_sold_when_another_leads(two: Two) -> None:
    two.moved(two.tiktok(BATIK))
    stock.shift({Variant.objects.get().id: -2}, Cause(Reason.MOVED_IN, two.seller.id))
    two.say(two.moved(two.own(OWN_BATIK), dry_run=True), Decision.LATER_LEADS)
    two.moved(two.own(OWN_BATIK))
    assert stock_of("Kain Batik Lasem") == (130_000, 5)


def test_variants_find_each_other_and_one_more_is_added(two: Two) -> None:
    rows = [sku(1, n, seller_sku=f"KB-0{n}", variation_value=value) for n, value in enumerate(["Merah", "Biru"], 1)]
    two.moved(two.tiktok(*rows))
    text = "Kode,Nama,Warna,Harga,Stok\nKB-02,Kain,BIRU,1000,1\nX-9,Kain,Merah,1000,1\nKB-03,Kain,Hijau,60000,4\n"
    path, columns = written(two.folder, text), "sku=Kode,title=Nama,option=Warna,price=Harga,stock=Stok,group=Nama"
    two.say(move_in(two.seller, [path], two.shop, columns=columns, dry_run=True), Decision.FIRST_LEADS)
    result = move_in(two.seller, [path], two.shop, columns=columns)
    assert result.errors == []
    product = Product.objects.get(title="Kain Batik Lasem 001")
    assert {tuple(v.option_values): v.price_idr for v in Variant.objects.filter(product=product)} == {
        ("Merah",): 125_000, ("Biru",): 125_000, ("Hijau",): 60_000
    }  # fmt: skip


def test_what_is_kept_as_two_is_not_asked_about_again(two: Two) -> None:
    two.moved(two.tiktok(BATIK))
    two.say(two.moved(two.own(OWN_BATIK), dry_run=True), Decision.TWO)
    assert two.moved(two.own(OWN_BATIK), dry_run=True).same == []
    two.moved(two.own(OWN_BATIK))
    assert Product.objects.count() == 2


def test_those_of_the_same_sku_are_joined_at_once_and_no_others(two: Two) -> None:
    other = sku(2, product_name="Topi Rimba", price="40000")
    two.moved(two.tiktok(BATIK, other))
    result = two.moved(two.own(OWN_BATIK, "T-1,TOPI  rimba,40000,3,"), join_same_skus=True)
    assert [pair.why for pair in result.same] == [Why.TITLE]
    assert (Product.objects.count(), SameGoods.objects.count()) == (3, 1)


def test_the_same_picture_is_seen_whatever_it_is_called(two: Two) -> None:
    jpeg = picture()
    two.moved(two.tiktok(sku(1, main_image=address("kain")), pictures=jpeg))
    row = "XY-1,Batik,99000,1,https://toko.example/foto/utama-kain-batik.jpg"
    result = two.moved(two.own(row, pictures=jpeg), dry_run=True)
    assert [pair.why for pair in result.same] == [Why.PICTURE]
    assert two.moved(two.own(row, pictures=picture("navy")), dry_run=True).same == []


def test_one_platform_alone_is_never_compared_with_itself(two: Two) -> None:
    rows = [sku(n, seller_sku="KB-01", product_name="Kain", price="1000") for n in (1, 2)]
    two.moved(two.tiktok(*rows))
    assert two.moved(two.tiktok(*rows, sku(3, seller_sku="KB-01"))).same == []


def test_taking_an_upload_back_takes_nothing_that_was_there_before(two: Two) -> None:
    two.moved(two.tiktok(BATIK))
    two.say(two.moved(two.own(OWN_BATIK), dry_run=True), Decision.FIRST_LEADS)
    two.moved(two.own(OWN_BATIK))
    records = SourceRecord.objects.filter(platform="generic")
    assert set(records.values_list("upload_id", flat=True)) == {None}
    assert records.count() == 2


def test_where_the_first_is_left_out_the_other_comes_in_by_itself(two: Two) -> None:
    both = [*two.tiktok(BATIK), *two.own(OWN_BATIK)]
    two.say(two.moved(both, dry_run=True), Decision.FIRST_LEADS)
    two.moved(two.own(OWN_BATIK))
    assert stock_of("Batik Lasem halus") == (130_000, 7)
    two.moved(two.own("KB-01,Batik Lasem halus,140000,7,"))
    assert stock_of("Batik Lasem halus") == (140_000, 7)


def test_decisions_are_remembered_and_replaced(shop: Shop) -> None:
    key = ("generic", "1", "tiktok_shop", "9")
    for decision in Decision:
        decide(shop, {key: decision})
        assert decided(shop, "generic", ["1", "2"]) == {key: decision}


def side(platform: str, number: int, *, sku_text: str = "", title: str = "", picture_sum: str = "") -> Side:
    return Side(platform, str(number), title, 1000, frozenset(filter(None, [sku_text])), picture_sum)


def test_what_several_have_tells_nothing() -> None:
    first = [side("a", 1, sku_text="x", picture_sum="logo"), side("a", 2, sku_text="x", picture_sum="logo")]
    assert pairs_of([side("b", 1, sku_text="x", picture_sum="logo")], first, ()) == []
    later = [side("b", 1, title="Topi"), side("b", 2, title="topi")]
    assert pairs_of(later, [side("a", 1, title="TOPI")], ()) == []


def test_five_hundred_pairs_are_found_at_once() -> None:
    first = [side("a", n, sku_text=f"sku-{n}") for n in range(500)]
    later = [side("b", n, sku_text=f"sku-{n}") for n in range(500)]
    assert len(pairs_of(later, first, ())) == 500


SIDES = st.builds(
    lambda n, code, title, pic: (n, code, title, pic),
    st.integers(0, 30),
    st.sampled_from(["", "abc", "abd", "xyz"]),
    st.sampled_from(["", "Topi", "topi ", "Kain"]),
    st.sampled_from(["", "p1", "p2"]),
)


@given(st.lists(SIDES, max_size=12), st.lists(SIDES, max_size=12))
def test_nothing_is_paired_twice_and_every_pair_shares_what_it_says(
    ours: list[tuple[int, str, str, str]], theirs: list[tuple[int, str, str, str]]
) -> None:
    def sides(platform: str, rows: list[tuple[int, str, str, str]]) -> list[Side]:
        return list(
            {n: side(platform, n, sku_text=code, title=title, picture_sum=pic) for n, code, title, pic in rows}.values()
        )

    later, first = sides("b", ours), sides("a", theirs)
    pairs = pairs_of(later, first, ())
    assert len({pair.later for pair in pairs}) == len({pair.first for pair in pairs}) == len(pairs)
    assert all(_shares(pair) for pair in pairs)
    assert not {pair.key for pair in pairs_of(later, first, [pair.key for pair in pairs])} & {
        pair.key for pair in pairs
    }


def _shares(pair: Pair) -> bool:
    later, first = pair.later, pair.first
    return {
        Why.SKU: bool(later.skus & first.skus),
        Why.PICTURE: later.picture == first.picture != "",
        Why.TITLE: later.title_and_price == first.title_and_price != "",
    }[pair.why]
