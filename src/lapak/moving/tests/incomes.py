"""Reports of income as platforms give them out, written down from docs/concepts/export-formats.md as plain cells."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path

import xlsxwriter

from lapak.moving.models import Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.plan import Tally
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

Report = Sequence[Sequence[str]]
"""The cells of its sheet."""

TIKTOK_ENGLISH = (
    "Order/adjustment ID  ", "Type ", "Order created time", "Order settled time", "Currency", "Total settlement amount",
    "Total Revenue", "Subtotal after seller discounts", "Subtotal before discounts", "Seller discounts",
    "Refund subtotal after seller discounts", "Total Fees", "TikTok Shop commission fee", "Transaction fee", "Shipping cost",
    "Shipping costs passed on to the logistics provider", "Shipping cost paid by the customer", "Affiliate Commission",
    "Dynamic commission", "Article 22 Income Tax withheld", "Ajustment amount", "Related order ID", "Customer payment",
    "Order Source",
)  # fmt: skip
TIKTOK_INDONESIAN = (
    "ID Pesanan/Penyesuaian  ", "Jenis transaksi ", "Waktu pemesanan", "Waktu pembayaran pesanan", "Mata uang",
    "Jumlah penyelesaian pembayaran", "Total Pendapatan", "Subtotal setelah diskon penjual", "Subtotal sebelum diskon",
    "Diskon penjual", "Subtotal pengembalian dana setelah diskon penjual", "Total Biaya", "Biaya komisi platform",
    "Biaya transaksi", "Ongkir", "Ongkir yang diteruskan ke penyedia logistik", "Ongkir dibayar pelanggan", "Komisi Afiliasi",
    "Komisi dinamis", "PPh Pasal 22 yang dipotong", "Jumlah penyesuaian", "ID pesanan terkait", "Pembayaran pelanggan",
    "Sumber pesanan",
)  # fmt: skip
_SHOPEE = (
    "No.", "Lihat berdasarkan", "No. Pesanan", "No. Pengajuan", "ID Produk", "Nama Produk", "Waktu Pesanan Dibuat",
    "Tanggal Dana Dilepaskan", "Metode Pelepasan Dana", "Tipe Pesanan", "Total Penghasilan", "Harga Produk",
    "Total Diskon Produk", "Jumlah Pengembalian Dana ke Pembeli", "Voucher disponsori oleh Penjual", "Ongkir Dibayar Pembeli",
    "Ongkir yang Diteruskan oleh Shopee ke Jasa Kirim", "Biaya Komisi AMS", "Biaya Administrasi", "Biaya Layanan",
    "Biaya Asuransi Baru", "Kompensasi",
)  # fmt: skip


def settled(order: int = 1, **changes: str) -> dict[str, str]:
    """A row of TikTok Shop's report, by English label: 100,000 sold, 15,500 taken, 84,500 paid."""
    row = dict.fromkeys(TIKTOK_ENGLISH, "/") | {
        "Order/adjustment ID  ": f"5154472488050{order:05}",
        "Type ": "Order",
        "Order created time": "2023/09/12",
        "Order settled time": "2023/09/20",
        "Currency": "IDR",
        "Total settlement amount": "84500",
        "Total Revenue": "100000",
        "Subtotal after seller discounts": "100000",
        "Subtotal before discounts": "110000",
        "Seller discounts": "-10000",
        "Refund subtotal after seller discounts": "0",
        "Total Fees": "-15500",
        "TikTok Shop commission fee": "-4000",
        "Transaction fee": "-1000",
        "Shipping cost": "-500",
        "Shipping costs passed on to the logistics provider": "-9500",
        "Shipping cost paid by the customer": "9000",
        "Affiliate Commission": "-10000",
        "Ajustment amount": "0",
        "Customer payment": "109000",
    }
    labels = {
        "id": "Order/adjustment ID  ", "kind": "Type ", "on": "Order settled time", "currency": "Currency",
        "paid": "Total settlement amount", "revenue": "Total Revenue", "fees": "Total Fees", "related": "Related order ID",
        "platform": "TikTok Shop commission fee", "affiliate": "Affiliate Commission", "adjustment": "Ajustment amount",
        "tax": "Article 22 Income Tax withheld",
    }  # fmt: skip
    return row | {labels.get(name, name): value for name, value in changes.items()}


def tiktok(*rows: Mapping[str, str], labels: Sequence[str] = TIKTOK_ENGLISH) -> Report:
    """TikTok Shop's report, its header in row 1, in one language or the other; other columns of the rows stand last."""
    more = [label for label in dict.fromkeys(label for row in rows for label in row) if label not in TIKTOK_ENGLISH]
    return [[*labels, *more], *([row.get(label, "/") for label in (*TIKTOK_ENGLISH, *more)] for row in rows)]


def shopee(header_row: int = 3) -> Report:
    """Shopee's report: an order with its SKU's row, 80,500 paid for 100,000, and one that was sent back."""
    above = [["Laporan Penghasilan"], ["Username (Penjual)", "tokokopi"], *[[""]] * 3][: header_row - 1]
    order = (
        "1", "Order", "230912ABCDEF01", "-", "-", "-", "2023-09-12", "2023-09-20", "Saldo Penjual", "Normal", "80.500",
        "110.000", "-10.000", "0", "-", "9.000", "-9.500", "-7.500", "-6.500", "-4.000", "-1.000", "-",
    )  # fmt: skip
    of_sku = ("1", "Sku", "230912ABCDEF01", "-", "123", "Kopi", *order[6:])
    sent_back = (
        "2", "Order", "230913ABCDEF02", "2309140001", "-", "-", "2023-09-13", "2023-09-25", "Saldo Penjual", "Normal", "-1.000",
        "50.000", "-", "-50.000", "-", "-", "-", "-", "-", "-", "-1.000", "-",
    )  # fmt: skip
    return [*above, _SHOPEE, order, of_sku, sent_back]


def as_csv(path: Path, report: Report, separator: str = ",") -> Path:
    """The report as a text."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(report)
    return path


def as_workbook(path: Path, report: Report, sheet: str = "Order details") -> Path:
    """The report as a workbook, with the sheet of sums that stands beside it."""
    with xlsxwriter.Workbook(path) as book:
        sums = book.add_worksheet("Reports")
        sums.write_column(0, 0, ["Time period", "Total settlement amount", "Total Revenue"])
        page = book.add_worksheet(sheet)
        for number, cells in enumerate(report):
            for column, cell in enumerate(cells):
                page.write_string(number, column, cell)
    return path


class Paid:
    """The shop's report of income, given again and again."""

    def __init__(self, seller: User, shop: Shop, folder: Path) -> None:
        self.seller, self.shop, self.folder = seller, shop, folder

    def __call__(
        self, *rows: Mapping[str, str], report: Report = (), upload: Upload | None = None, dry_run: bool = False
    ) -> MoveInResult:
        path = as_workbook(self.folder / "income_20231004.xlsx", report or tiktok(*rows))
        return move_in(self.seller, [path], self.shop, upload_id=upload.id if upload else None, dry_run=dry_run)


def counts(result: MoveInResult) -> Tally:
    """What was done with rows of income."""
    assert result.done is not None
    return result.done.past_incomes
