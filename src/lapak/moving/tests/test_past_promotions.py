"""What creators sold at the old platform: who, how much, at which rate."""

import csv
from pathlib import Path

import pytest

from lapak.moving.models import Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.past.models import PastCreator, PastPromotion
from lapak.moving.past.queries import creators_of_past
from lapak.moving.plan import Tally
from lapak.moving.tests.files import EXAMPLES
from lapak.moving.tests.moved import upload_of
from lapak.moving.tests.test_formats import expected
from lapak.moving.undo import undo_upload
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

EXAMPLE = EXAMPLES / "affiliate_orders_20231004.csv"
HEADER = (
    "ID Pesanan", "ID Produk", "Produk", "SKU", "ID Sku", "Payment Amount", "Kuantitas", "Status Pesanan",
    "Nama pengguna kreator", "Persentase komisi standar", "Perkiraan pembayaran komisi standar", "Pembayaran Komisi Aktual",
    "Pengembalian barang", "Waktu Dibuat",
)  # fmt: skip
SHOPEE = (
    "Kode Pesanan", "Status Pesanan", "Status Terverifikasi", "Waktu Pesanan", "Kode Produk", "Nama Produk", "ID Model",
    "Harga(Rp)", "Jumlah", "Username Affiliate", "Nilai Pembelian(Rp)", "Tingkat Komisi", "Pengeluaran(Rp)",
)  # fmt: skip


def promoted(order: int = 1, rate: str = "10%", **changes: str) -> dict[str, str]:
    """A row of TikTok Shop's list."""
    row = dict.fromkeys(HEADER, "") | {
        "ID Pesanan": f"5154472488050{order:05}\t",
        "ID Produk": "177322863720718824\t",
        "Produk": "Kain Batik",
        "ID Sku": "174504155783520111\t",
        "Payment Amount": "100000",
        "Kuantitas": "1",
        "Status Pesanan": "Settled",
        "Nama pengguna kreator": "@ceu.edoh",
        "Persentase komisi standar": rate,
        "Pembayaran Komisi Aktual": "10000",
        "Waktu Dibuat": "04/10/2023 15:13:51\t",
    }
    labels = {
        "handle": "Nama pengguna kreator",
        "state": "Status Pesanan",
        "paid": "Payment Amount",
        "back": "Pengembalian barang",
    }
    return row | {labels[name]: value for name, value in changes.items()}


class Promoted:
    """The shop's list of affiliate orders, given again and again."""

    def __init__(self, seller: User, shop: Shop, path: Path) -> None:
        self.seller, self.shop, self.path = seller, shop, path

    def __call__(self, *rows: dict[str, str], upload: Upload | None = None) -> MoveInResult:
        with self.path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return move_in(self.seller, [self.path], self.shop, upload_id=upload.id if upload else None)


@pytest.fixture
def past(seller: User, shop: Shop, tmp_path: Path) -> Promoted:
    return Promoted(seller, shop, tmp_path / "affiliates.csv")


def test_the_example_has_its_creators_and_again_changes_nothing(seller: User, shop: Shop) -> None:
    result = move_in(seller, [EXAMPLE], shop)
    assert result.problems == []
    assert result.done is not None
    assert result.done.past_promotions == Tally(created=567)
    assert sorted(creator.handle for creator in creators_of_past(shop)) == sorted(expected("tiktok_shop")["creators"])  # type: ignore[call-overload]  # names, unlike the numbers beside them
    again = move_in(seller, [EXAMPLE], shop)
    assert again.done is not None
    assert again.done.past_promotions == Tally(unchanged=567)


def test_a_creator_s_rate_is_the_one_at_which_most_was_sold(past: Promoted) -> None:
    past(promoted(1, "8%"), promoted(2, "12.5%", paid="300000"), promoted(3, "8%"), promoted(4, handle="mas.bagas"))
    best, other = creators_of_past(past.shop)
    assert (best.handle, best.orders, best.goods_idr, best.rate_bp) == ("ceu.edoh", 3, 500_000, 1_250)
    assert (other.handle, other.commission_idr) == ("mas.bagas", 10_000)


def test_what_was_cancelled_or_sent_back_was_not_sold(past: Promoted) -> None:
    past(promoted(1), promoted(2, state="Cancelled"), promoted(3, state="Ineligible"), promoted(4, back="Ya"))
    assert PastCreator.objects.get().orders == 1


def test_a_later_list_says_what_became_of_it(past: Promoted) -> None:
    past(promoted(1, state="Processing"), promoted(2))
    result = past(promoted(1, state="Cancelled"), promoted(2, state="Processing"))
    assert result.done is not None
    assert result.done.past_promotions == Tally(changed=1, unchanged=1)
    assert PastCreator.objects.get().orders == 1


def test_what_is_not_fit_is_told_by_its_cell(past: Promoted) -> None:
    result = past(promoted(1), promoted(2, "banyak"), promoted(3, handle=""), promoted(4, paid="gratis"))
    assert result.done is not None
    assert result.done.past_promotions == Tally(created=1, left_out=3)
    assert [problem.address for problem in result.errors] == ["J3", "I4", "F5"]


def test_shopees_report_is_read_too(past: Promoted) -> None:
    said = (
        "2310A",
        "Selesai",
        "Terverifikasi",
        "2023-10-05 10:00",
        "11",
        "Kopi",
        "22",
        "86.000",
        "2",
        "kopi.lovers",
        "172.000",
        "10%",
        "17.200",
    )
    result = past(dict(zip(SHOPEE, said, strict=True)))
    assert result.problems == []
    creator = PastCreator.objects.get()
    assert (creator.platform, creator.handle, creator.goods_idr, creator.commission_idr) == (
        "shopee", "kopi.lovers", 172_000, 17_200,
    )  # fmt: skip


def test_taking_an_upload_back_takes_them_along(past: Promoted) -> None:
    past(promoted(1))
    upload = upload_of(past.seller, past.shop)
    past(promoted(2, handle="mas.bagas"), upload=upload)
    undo_upload(past.seller, upload.id)
    assert [promotion.handle for promotion in PastPromotion.objects.all()] == ["ceu.edoh"]
    assert [creator.handle for creator in PastCreator.objects.all()] == ["ceu.edoh"]
