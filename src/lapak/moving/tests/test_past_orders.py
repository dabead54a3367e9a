"""Orders of an old platform come in as history: counted right, told once, and without the people in them."""

import csv
import zipfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection

from lapak.goods.catalogue.models import Product, ProductChange
from lapak.lib import clock
from lapak.moving.errors import IdsLost
from lapak.moving.models import Upload
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.past.models import PastGoods, PastLine, PastMonth, PastOrder
from lapak.moving.plan import Tally
from lapak.moving.report import write_report
from lapak.moving.tests.files import EXAMPLES, export, sku, table
from lapak.moving.tests.moved import upload_of
from lapak.moving.tests.test_formats import expected, files_of
from lapak.moving.undo import is_undoable, undo_upload
from lapak.people.shops.models import Shop
from lapak.people.users.models import User

ORDERS = {
    "tiktok_shop": EXAMPLES / "All order-2023-10-04-16_30.csv",
    "shopee": EXAMPLES.parent / "shopee" / "Order.all.20230901_20230930.xlsx",
    "tokopedia": EXAMPLES.parent / "tokopedia" / "Tokopedia_Transaction_61515932_20230901_20230930.xlsx",
}
HEADER = (
    "Order ID", "Order Status", "Order Substatus", "SKU ID", "Seller SKU", "Product Name", "Variation", "Quantity",
    "Sku Quantity of return", "SKU Unit Original Price", "SKU Subtotal After Discount", "Order Amount", "Created Time",
    "Paid Time", "Buyer Username", "Recipient", "Phone #", "Detail Address",
)  # fmt: skip


def bought(
    order: int = 1, product: int = 1, said: Mapping[str, object] | None = None, **changes: object
) -> dict[str, object]:
    """A row of TikTok Shop's list: what order `order` bought of the product that `files.sku` exports."""
    row: dict[str, object] = {
        "Order ID": f"5154472488050{order:05}\t",
        "Order Status": "Selesai",
        "SKU ID": f"{sku(product)['sku_id']}\t",
        "Product Name": f"Kain Batik Lasem {product:03}",
        "Quantity": "2",
        "Sku Quantity of return": "0",
        "SKU Unit Original Price": "125000",
        "SKU Subtotal After Discount": "250000",
        "Order Amount": "274000",
        "Created Time": "04/10/2023 15:13:51\t",
        "Paid Time": "04/10/2023 15:14:51\t",
        "Buyer Username": "fa***39",
        "Recipient": "Farida Nur",
        "Phone #": "(+62)81312345678",
        "Detail Address": "Jl. Melati 4",
    }
    return row | changes | dict(said or {})


def as_csv(path: Path, rows: Sequence[Mapping[str, object]]) -> Path:
    """The rows as TikTok Shop's list."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, HEADER)
        writer.writeheader()
        writer.writerows(rows)
    return path


class Past:
    """The shop's list of orders, given again and again."""

    def __init__(self, seller: User, shop: Shop, folder: Path) -> None:
        self.seller, self.shop, self.folder = seller, shop, folder

    def __call__(self, *rows: dict[str, object], upload: Upload | None = None) -> MoveInResult:
        path = as_csv(self.folder / "orders.csv", rows)
        return move_in(self.seller, [path], self.shop, upload_id=upload.id if upload else None)


@pytest.fixture
def past(seller: User, shop: Shop, tmp_path: Path) -> Past:
    return Past(seller, shop, tmp_path)


@pytest.mark.parametrize("platform", ORDERS)
def test_an_example_comes_in_with_its_totals_and_again_changes_nothing(platform: str, seller: User, shop: Shop) -> None:
    wanted = expected(platform)
    result = move_in(seller, [ORDERS[platform]], shop)
    assert result.problems == []
    assert result.done is not None
    assert result.done.past_orders == Tally(created=wanted["orders"])
    assert result.done.past_rows == Tally(created=wanted["order_lines"])
    assert PastOrder.objects.filter(state="completed").count() == wanted["completed_orders"]
    assert PastLine.objects.count() == wanted["order_lines"]
    before = list(PastLine.objects.order_by("id").values_list())
    again = move_in(seller, [ORDERS[platform]], shop)
    assert again.done is not None
    assert again.done.past_orders == Tally(unchanged=wanted["orders"])
    assert again.done.past_rows == Tally(unchanged=wanted["order_lines"])
    assert list(PastLine.objects.order_by("id").values_list()) == before
    assert sum(PastMonth.objects.values_list("orders", flat=True)) == wanted["orders"]


def test_all_files_of_a_platform_come_in_together(seller: User, shop: Shop) -> None:
    """Each line is known to be of the goods it is about, here by its SKU's id."""
    result = move_in(seller, [path for path in files_of("tiktok_shop") if path.suffix != ".zip"], shop)
    wanted = expected("tiktok_shop")
    assert result.done is not None
    assert (result.done.products.created, result.done.past_orders.created) == (wanted["products"], wanted["orders"])
    assert not PastLine.objects.filter(product=None).exists()
    sold = sum(sum(told.values()) for told in Product.objects.values_list("sold_before", flat=True))
    assert sold == sum(PastGoods.objects.values_list("pieces", flat=True)) > 0


def test_a_dry_run_says_what_would_come_and_writes_nothing(past: Past) -> None:
    path = as_csv(past.folder / "orders.csv", [bought(1), bought(2)])
    result = move_in(past.seller, [path], past.shop, dry_run=True)
    assert (result.plan.past_orders, result.done) == (Tally(created=2), None)
    assert not PastOrder.objects.exists()


def test_nothing_of_a_person_is_kept_anywhere(seller: User, shop: Shop, past: Past, tmp_path: Path) -> None:
    """Not in a table, whichever, and not in the report; masked as platforms mask them or not."""
    people = {"Farida Nur", "81312345678", "Jl. Melati 4", "fa***39", "siti_aminah"}
    rows = [bought(1), bought(2, Quantity="dua"), bought(3, said={"Buyer Username": "siti_aminah"})]
    result = past(*rows)
    for platform, path in ORDERS.items():
        result_of_example = move_in(seller, [path], shop)
        assert result_of_example.found[0].rows > 0, platform
    with ORDERS["tiktok_shop"].open(encoding="utf-8-sig") as file:
        for row in csv.DictReader(file):
            people |= {row["Buyer Username"], row["Recipient"], row["Phone #"], row["Detail Address"]}
    assert len(people) > 500
    found = {}
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT every.words FROM unnest(%s::text[]) AS every(words) JOIN "{name}" AS kept '
                "ON strpos(kept::text, every.words) > 0 LIMIT 1",
                [sorted(people - {""})],
            )
            if told := cursor.fetchone():
                found[name] = told[0]
    assert found == {}
    written = write_report(result, tmp_path / "report.xlsx")
    assert all(who.encode() not in content for who in people for content in contents_of(written))


def contents_of(path: Path) -> list[bytes]:
    """Every part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist()]


def test_a_buyer_has_one_pseudonym_in_an_upload_and_another_in_the_next(past: Past) -> None:
    past(bought(1), bought(2), bought(3, said={"Buyer Username": "di***58"}))
    first, second, other = PastOrder.objects.order_by("source_id").values_list("buyer", flat=True)
    assert first == second != other
    assert PastMonth.objects.get().buyers == 2
    past(bought(1, Quantity="3"), bought(4))
    again, new = PastOrder.objects.filter(source_id__endswith="1").get(), PastOrder.objects.get(source_id__endswith="4")
    assert again.buyer == first != new.buyer


def test_the_money_of_an_order_stands_on_each_row_and_counts_once(past: Past) -> None:
    past(bought(1, 1, said={"Order Amount": "524000"}), bought(1, 2, said={"Order Amount": "524000"}))
    order = PastOrder.objects.get()
    assert order.total_idr == 524_000
    assert sum(order.lines.values_list("goods_idr", flat=True)) == 500_000
    month = PastMonth.objects.get()
    assert (month.orders, month.completed, month.goods_idr) == (1, 1, 500_000)
    assert str(month.month) == "2023-10-01"


def test_only_what_was_sold_and_kept_counts_as_sold(past: Past) -> None:
    past(
        bought(1),
        bought(2, said={"Order Status": "Dibatalkan"}),
        bought(3, said={"Order Status": "Dikirim"}),
        bought(4, said={"Sku Quantity of return": "1"}),
        bought(5, said={"Order Status": "Entahlah"}),
    )
    assert [(goods.pieces, goods.goods_idr) for goods in PastGoods.objects.all()] == [(3, 375_000)]
    month = PastMonth.objects.get()
    assert (month.orders, month.completed, month.goods_idr) == (5, 2, 375_000)


def test_what_is_not_fit_is_told_by_its_cell_and_stops_nothing_else(past: Past) -> None:
    result = past(
        bought(1),
        bought(2, Quantity="dua"),
        bought(3, said={"Created Time": "31/02/2023 10:00:00", "Paid Time": ""}),
        bought(4, said={"SKU Subtotal After Discount": "banyak"}),
        bought(5, said={"Order ID": "\t"}),
        bought(6, said={"Order Amount": "gratis"}),
        bought(7, said={"Order Status": "Entahlah"}),
        bought(8, said={"Order Status": "Entahlah"}),
        bought(1),
    )
    assert result.done is not None
    assert result.done.past_orders == Tally(created=3)
    assert result.done.past_rows == Tally(created=3, left_out=5, unchanged=1)
    assert result.found[0].rows == 9
    assert [problem.address for problem in result.errors] == ["H3", "M4", "K5", "A6", "L7"]
    assert [problem.address for problem in result.notes] == ["B8", "A10"]
    assert "Entahlah" in result.notes[0].message


@pytest.mark.parametrize(
    ("said", "other"),
    [
        ("05/10/2023 15:13:51\t", "13/10/2023 00:00:00"),
        ("10/05/2023 03:13:51 PM", "10/13/2023 01:00:00 AM"),
        ("2023/10/05 15:13:51", ""),
        ("2023-10-05 15:13", ""),
        ("05-10-2023 15.13.51", ""),
        ("5 Okt 2023 15:13", ""),
        ("05 October 2023, 15:13:51 WIB", ""),
        ("2023-10-05T08:13:51Z", ""),
        ("2023-10-05T10:13:51+02:00", ""),
        ("45204.634618", ""),
        ("1696493631", ""),
        ("1696493631000", ""),
    ],
)
def test_a_moment_is_jakartas_however_it_is_spelled(past: Past, said: str, other: str) -> None:
    rows = [bought(1, said={"Created Time": said})]
    if other:
        rows.append(bought(2, said={"Created Time": other}))
    assert past(*rows).errors == []
    placed_at = PastOrder.objects.get(source_id__endswith="1").placed_at
    assert placed_at.replace(second=0, microsecond=0) == datetime(2023, 10, 5, 15, 13, tzinfo=clock.WIB)


def test_a_month_whose_first_rows_do_not_tell_is_read_as_its_last_one_shows(past: Past) -> None:
    rows = [bought(n, said={"Created Time": f"09/{1 + n // 100:02}/2023 10:00"}) for n in range(1_000)]
    assert past(*rows, bought(1_000, said={"Created Time": "09/13/2023 10:00"})).errors == []
    assert {*PastOrder.objects.values_list("placed_at__month", flat=True)} == {9}


def test_a_later_list_brings_an_order_to_its_end_and_an_older_one_does_not_take_it_back(past: Past) -> None:
    past(bought(1, said={"Order Status": "Dikirim"}), bought(2))
    result = past(bought(1), bought(2, said={"Order Status": "Perlu dikirim"}))
    assert result.done is not None
    assert result.done.past_orders == Tally(changed=1, unchanged=1)
    assert set(PastOrder.objects.values_list("state", flat=True)) == {"completed"}
    assert PastGoods.objects.get().pieces == 4


def test_an_order_in_two_lists_counts_once(past: Past, tmp_path: Path) -> None:
    october = as_csv(tmp_path / "a.csv", [bought(1, said={"Order Status": "Dikirim"}), bought(2)])
    november = as_csv(tmp_path / "b.csv", [bought(1), bought(3)])
    result = move_in(past.seller, [october, november], past.shop)
    assert result.done is not None
    assert (result.done.past_orders, result.done.past_rows) == (Tally(created=3), Tally(created=3, unchanged=1))
    assert PastMonth.objects.get().completed == 3


def test_rounded_order_numbers_are_refused(past: Past) -> None:
    with pytest.raises(IdsLost):
        past(bought(1, said={"Order ID": "5.15447E+17"}))
    assert not PastOrder.objects.exists()


def test_the_workbook_has_help_below_its_header(past: Past, tmp_path: Path) -> None:
    rows = [
        list(HEADER),
        ["Platform unique order ID."] + ["Help."] * 17,
        [str(bought(1).get(name, "")) for name in HEADER],
    ]
    result = move_in(past.seller, [table(tmp_path / "a.xlsx", rows, sheet="OrderSKUList")], past.shop)
    assert result.done is not None
    assert result.done.past_rows == Tally(created=1)


def test_lazada_has_a_row_for_each_piece(past: Past, tmp_path: Path) -> None:
    """Which may go different ways: the order is as its best piece is, and a piece that was cancelled was not sold."""
    header = [
        "orderItemId", "sellerSku", "lazadaSku", "createTime", "orderNumber", "customerName", "paidPrice", "unitPrice",
        "itemName", "variation", "status", "shippingFee",
    ]  # fmt: skip
    piece = [
        "",
        "SEP-1",
        "123456_ID-789",
        "2023-10-05 10:00:00",
        "900100",
        "Budi",
        "150000.00",
        "150000.00",
        "Sepatu",
        "40",
    ]
    rows = [
        header,
        ["1", *piece[1:], "delivered", ""],
        ["2", *piece[1:], "delivered", ""],
        ["3", *piece[1:], "canceled", ""],
    ]
    result = move_in(past.seller, [table(tmp_path / "a.xlsx", rows, sheet="sheet1")], past.shop)
    assert result.done is not None
    assert (result.done.past_orders, result.done.past_rows) == (Tally(created=1), Tally(created=3))
    line = PastLine.objects.get()
    assert (line.quantity, line.returned, line.goods_idr) == (3, 1, 450_000)
    assert (line.order.platform, line.order.state) == ("lazada", "completed")
    assert PastGoods.objects.get().goods_idr == 300_000


def test_shopee_in_english_with_commas(past: Past, tmp_path: Path) -> None:
    header = [
        "Order ID", "Order Status", "Order Creation Date", "Product Name", "SKU Reference No.", "Variation Name",
        "Original Price", "Deal Price", "Quantity", "Returned quantity", "Product Subtotal", "Grand Total", "Username (Buyer)",
    ]  # fmt: skip
    row = [
        "2310A",
        "Completed",
        "2023-10-05 10:00",
        "Kopi",
        "K-1",
        "250 gr",
        "90,000",
        "86,000",
        "2",
        "0",
        "172,000",
        "184,000",
        "bu***1",
    ]
    result = move_in(past.seller, [table(tmp_path / "a.xlsx", [header, row], sheet="orders")], past.shop)
    assert result.problems == []
    order = PastOrder.objects.get()
    assert (order.platform, order.state, order.total_idr) == ("shopee", "completed", 184_000)
    assert order.lines.get().goods_idr == 172_000


def test_a_line_is_taken_for_goods_where_that_is_certain(past: Past, tmp_path: Path) -> None:
    """By the id of the SKU, by a seller SKU or a title that one product alone has, whichever comes in first."""
    unknown = {"SKU ID": ""}
    past(
        bought(1, 1),
        bought(2, said=unknown | {"Seller SKU": "'0017", "Product Name": "Lasem lama"}),
        bought(3, said=unknown | {"Product Name": "kain batik lasem 003"}),
        bought(4, said=unknown | {"Product Name": "Kembar", "Seller SKU": "SAMA"}),
    )
    assert not PastLine.objects.exclude(product=None).exists()
    goods = [
        sku(1), sku(2, seller_sku="0017"), sku(3), sku(4, product_name="Kembar", seller_sku="SAMA"),
        sku(5, product_name="Kembar", seller_sku="SAMA"),
    ]  # fmt: skip
    ProductChange.objects.all().delete()
    move_in(past.seller, [export(tmp_path / "goods.xlsx", goods)], past.shop)
    sold = dict(Product.objects.order_by("title").exclude(sold_before={}).values_list("title", "sold_before"))
    assert sold == {f"Kain Batik Lasem {n:03}": {"TikTok Shop": 2} for n in (1, 2, 3)}
    assert {goods.title: goods.pieces for goods in PastGoods.objects.filter(product=None)} == {"Kembar": 2}
    told = ProductChange.objects.filter(product_id__in=Product.objects.exclude(sold_before={}).values("id"))
    assert told.values("product_id").distinct().count() == 3


def test_taking_an_upload_back_takes_its_past_orders_along(past: Past, tmp_path: Path) -> None:
    move_in(past.seller, [export(tmp_path / "goods.xlsx", [sku(1)])], past.shop)
    past(bought(1))
    upload = upload_of(past.seller, past.shop)
    past(bought(1, Quantity="3"), bought(2), upload=upload)
    assert Product.objects.get().sold_before == {"TikTok Shop": 5}
    assert is_undoable(upload)
    undone = undo_upload(past.seller, upload.id)
    assert [order.source_id[-1] for order in PastOrder.objects.all()] == ["1"]
    assert Product.objects.get().sold_before == {"TikTok Shop": 3}
    assert PastMonth.objects.get().orders == 1
    assert not is_undoable(undone)


def test_the_past_of_one_shop_is_not_anothers(past: Past, db: None) -> None:
    past(bought(1))
    assert PastOrder.objects.get().shop == past.shop
    with connection.cursor() as cursor:
        for living in ("orders_order", "orders_orderline", "ledger_transfer"):
            cursor.execute(f"SELECT count(*) FROM {living}")
            assert cursor.fetchone() == (0,)
