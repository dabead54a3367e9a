"""What the old platform paid and took: read from its reports, joined with its orders, and added up by month."""

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lapak.moving.errors import FileNotProducts, IdsLost
from lapak.moving.layout import spelling
from lapak.moving.move_in import move_in
from lapak.moving.move_out import move_out
from lapak.moving.past.counting import count_past
from lapak.moving.past.fees import fee_in_words, looks_like_a_fee
from lapak.moving.past.models import PastIncome, PastIncomeMonth, PastOrder
from lapak.moving.plan import Tally
from lapak.moving.tests import incomes
from lapak.moving.tests.incomes import TIKTOK_INDONESIAN, Paid, as_csv, as_workbook, counts, settled, shopee, tiktok
from lapak.moving.tests.moved import upload_of
from lapak.moving.tests.test_past_orders import as_csv as orders_as_csv
from lapak.moving.tests.test_past_orders import bought
from lapak.moving.undo import is_undoable, undo_upload
from lapak.people.shops.commands import open_shop
from lapak.people.shops.models import Shop
from lapak.testing.rows_read import rows_touched

FEES = {"platform": -4_000, "transaction": -1_000, "shipping": -500, "affiliate": -10_000}


@pytest.mark.parametrize("labels", [incomes.TIKTOK_ENGLISH, TIKTOK_INDONESIAN], ids=["English", "Indonesian"])
def test_a_report_comes_in_and_again_changes_nothing(paid: Paid, labels: tuple[str, ...]) -> None:
    report = tiktok(settled(1), settled(2, tax="-500", fees="-16000", paid="84000"), labels=labels)
    result = paid(report=report)
    assert result.problems == []
    assert counts(result) == Tally(created=2)
    plain, taxed = PastIncome.objects.order_by("source_id")
    assert (plain.platform, plain.kind, plain.settled_on) == ("tiktok_shop", "order", date(2023, 9, 20))
    assert (plain.revenue_idr, plain.fees, plain.adjustment_idr, plain.paid_idr) == (100_000, FEES, 0, 84_500)
    assert taxed.fees == FEES | {"income_tax": -500}
    month = PastIncomeMonth.objects.get()
    assert (month.month, month.orders, month.revenue_idr, month.paid_idr) == (date(2023, 9, 1), 2, 200_000, 168_500)
    assert month.fees == {name: 2 * idr for name, idr in FEES.items()} | {"income_tax": -500}
    assert counts(paid(report=report)) == Tally(unchanged=2)


def test_two_languages_say_the_same_of_the_same_order(paid: Paid) -> None:
    paid(settled(1))
    assert counts(paid(report=tiktok(settled(1, kind="Pesanan"), labels=TIKTOK_INDONESIAN))) == Tally(unchanged=1)


@pytest.mark.parametrize(
    ("label", "settled_on"),
    [
        ("Order settled time", date(2023, 9, 30)),
        ("Order settled time (UTC)", date(2023, 10, 1)),
        ("Order settled time(UTC)", date(2023, 10, 1)),
    ],
)
def test_the_day_is_jakartas_where_a_label_says_another_zone(paid: Paid, label: str, settled_on: date) -> None:
    paid(report=tiktok(settled(1, on="2023/09/30 20:00:00"), labels=spelled(label)))
    assert PastIncome.objects.get().settled_on == settled_on


def spelled(label: str) -> list[str]:
    return [label if known == "Order settled time" else known for known in incomes.TIKTOK_ENGLISH]


@pytest.mark.parametrize("below_nought", ["-Rp{}", "-Rp {}", "(Rp{})", "({})", "{}-", "−{}"])
def test_fees_are_below_nought_however_a_spreadsheet_shows_it(paid: Paid, below_nought: str) -> None:
    names = {"platform": "4.000", "fees": "15.500", "affiliate": "10.000"}
    paid(settled(1, **{name: below_nought.format(said) for name, said in names.items()}))
    assert PastIncome.objects.get().fees == FEES


@pytest.mark.parametrize("aside", ["(Rp)", " (IDR)", " (dalam Rupiah)", " (incl. VAT 11%)"])
def test_a_label_may_name_the_currency_or_the_tax_or_not(paid: Paid, aside: str) -> None:
    labels = {"Total settlement amount", "TikTok Shop commission fee", "Affiliate Commission"}
    paid(
        report=tiktok(
            settled(1), labels=[f"{each}{aside}" if each in labels else each for each in spelled("Order settled time")]
        )
    )
    assert PastIncome.objects.get().fees == FEES


def test_a_unit_of_weight_is_no_aside() -> None:
    assert spelling("Berat (kg)") != spelling("Berat")


def test_labels_of_both_languages_in_one_header_are_read(paid: Paid) -> None:
    mixed = [pair[n % 2] for n, pair in enumerate(zip(incomes.TIKTOK_ENGLISH, TIKTOK_INDONESIAN, strict=True))]
    assert counts(paid(report=tiktok(settled(1), labels=mixed))) == Tally(created=1)
    assert PastIncome.objects.get().fees == FEES


@pytest.mark.parametrize(
    "labels",
    [
        "ID Pesanan|Jenis transaksi|Waktu pembayaran pesanan|Jumlah penyelesaian pembayaran|Total Pendapatan|Total Biaya",
        "ID pesanan/penyesuaian|Tipe|Waktu penyelesaian pesanan|Total penyelesaian|Total pendapatan|Jumlah biaya",
        "Order/adjustment ID|Type|Order settled time|Seller settlement amount|Seller revenue|Total fee",
    ],
)
def test_labels_of_other_years_say_the_same(paid: Paid, labels: str) -> None:
    row = ("515447248805000001", "Pesanan", "2025/09/20", "84500", "100000", "-15500")
    assert counts(paid(report=[labels.split("|"), [*row]])) == Tally(created=1)
    income = PastIncome.objects.get()
    assert (income.kind, income.paid_idr, income.revenue_idr, sum(income.fees.values())) == (
        "order",
        84_500,
        100_000,
        -15_500,
    )


@pytest.mark.parametrize("header_row", [3, 18])
def test_a_report_may_have_sums_above_its_header(paid: Paid, header_row: int) -> None:
    report = [*[["Ringkasan"]] * (header_row - 3), *shopee(3)]
    assert counts(paid(report=report)).created == 2


@pytest.mark.parametrize("header_row", [1, 3, 6])
def test_shopees_report_is_read_by_order(paid: Paid, header_row: int) -> None:
    path = as_workbook(paid.folder / "Income.xlsx", shopee(header_row), "Penghasilan")
    result = move_in(paid.seller, [path], paid.shop)
    assert result.errors == []
    assert counts(result) == Tally(created=2)
    kept, back = PastIncome.objects.order_by("settled_on")
    assert (kept.source_id, kept.revenue_idr, kept.paid_idr) == ("230912ABCDEF01", 100_000, 80_500)
    wanted = {"affiliate": -7_500, "administration": -6_500, "service": -4_000, "Biaya Asuransi Baru": -1_000}
    assert kept.fees == wanted | {"shipping": -500}
    assert (back.revenue_idr, back.fees, back.paid_idr) == (0, {"Biaya Asuransi Baru": -1_000}, -1_000)


def test_a_text_says_the_same_as_a_workbook(paid: Paid) -> None:
    paid(settled(1))
    for separator in ",;\t":
        path = as_csv(paid.folder / "income.csv", tiktok(settled(1)), separator)
        assert counts(move_in(paid.seller, [path], paid.shop)) == Tally(unchanged=1)


def test_a_fee_that_nobody_knows_goes_by_its_label_and_is_told_of(paid: Paid) -> None:
    row = settled(1, **{"Biaya layanan bulan ini": "-700", "Komisi (%)": "10", "Ongkir baru": "-300"})
    result = paid(row | {"Total Fees": "-16200", "Total settlement amount": "83800"})
    assert [problem.message for problem in result.notes] == [
        "Fees that Lapak does not know by name are kept by their label (1): Biaya layanan bulan ini."
    ]
    assert PastIncome.objects.get().fees == FEES | {"Biaya layanan bulan ini": -700}
    assert fee_in_words("Biaya layanan bulan ini") == "Biaya layanan bulan ini"


@pytest.mark.parametrize(
    "label", ["Commission rate", "Jenis biaya", "Customer payment", "Estimated package weight (g)"]
)
def test_what_is_no_fee_is_not_taken_for_one(label: str) -> None:
    assert not looks_like_a_fee(label)


def test_what_the_report_s_total_has_more_than_its_fees_is_a_fee_without_a_name(paid: Paid) -> None:
    result = paid(settled(1, fees="-17500", paid="82500"))
    assert result.problems == []
    assert PastIncome.objects.get().fees == FEES | {"unnamed": -2_000}


def test_where_the_sum_does_not_hold_it_is_told_and_kept(paid: Paid) -> None:
    result = paid(settled(1, paid="80000"), settled(2))
    assert [(note.address, note.message) for note in result.notes] == [
        (
            "Order details!F2",
            "Revenue, fees and adjustments come to Rp84.500, and Rp80.000 was paid out. Both are kept.",
        )
    ]
    assert counts(result) == Tally(created=2)


def test_a_corrected_report_changes_what_it_corrects_alone(paid: Paid) -> None:
    paid(settled(1), settled(2), settled(3))
    assert counts(paid(settled(2, platform="-5000", fees="-16500", paid="83500"))) == Tally(changed=1)
    assert sorted(PastIncome.objects.values_list("paid_idr", flat=True)) == [83_500, 84_500, 84_500]
    assert PastIncomeMonth.objects.get().paid_idr == 252_500


def test_an_adjustment_is_about_its_order(paid: Paid) -> None:
    order = settled(1)
    adjustment = dict.fromkeys(order, "/") | {
        "Order/adjustment ID  ": "7301", "Type ": "Logistics reimbursement", "Order settled time": "2023/10/02",
        "Total settlement amount": "2500", "Ajustment amount": "2500", "Related order ID": order["Order/adjustment ID  "],
    }  # fmt: skip
    assert counts(paid(order, adjustment)) == Tally(created=2)
    told = PastIncome.objects.get(kind="adjustment")
    assert (told.order_id, told.adjustment_idr, told.revenue_idr) == (order["Order/adjustment ID  "], 2_500, 0)
    assert PastIncomeMonth.objects.get(month="2023-10-01").orders == 0


def test_rows_of_an_order_on_one_day_are_added_up_and_the_same_row_once_more_is_not(paid: Paid) -> None:
    part = settled(1, revenue="0", paid="-15500")
    result = paid(settled(1), part, settled(1))
    assert counts(result) == Tally(created=3)
    assert [note.message for note in result.notes] == ["The same as a row before: it was taken once."]
    assert PastIncome.objects.get().paid_idr == 69_000
    assert counts(paid(settled(1), part, settled(1))) == Tally(unchanged=3)


def test_of_two_reports_the_later_is_right(paid: Paid) -> None:
    one = as_workbook(paid.folder / "a.xlsx", tiktok(settled(1), settled(2)))
    other = as_workbook(paid.folder / "b.xlsx", tiktok(settled(2, paid="80000")))
    assert counts(move_in(paid.seller, [one, other], paid.shop)) == Tally(created=2, unchanged=1)
    assert PastIncome.objects.get(paid_idr=80_000).source_id.endswith("2")


def test_what_is_not_fit_is_told_by_its_cell(paid: Paid) -> None:
    result = paid(
        settled(1), settled(2, on="besok"), settled(3, paid="gratis"), settled(4, currency="USD"), settled(5, id="/")
    )
    assert counts(result) == Tally(created=1, left_out=4)
    assert [problem.address for problem in result.errors] == [
        f"Order details!{cell}" for cell in ("D3", "F4", "E5", "A6")
    ]


def test_a_report_without_its_columns_is_refused_by_name(paid: Paid, nothing_written: None) -> None:
    whole = tiktok(settled(1))
    without = [[cell for n, cell in enumerate(cells) if whole[0][n] != "Order settled time"] for cells in whole]
    with pytest.raises(FileNotProducts, match="income report without the columns"):
        paid(report=without)


def test_a_report_whose_numbers_were_rounded_is_refused(paid: Paid, nothing_written: None) -> None:
    with pytest.raises(IdsLost):
        paid(settled(1, id="5.15E+17"))


def test_a_dry_run_says_what_would_come_and_writes_nothing(paid: Paid, nothing_written: None) -> None:
    result = paid(settled(1), settled(2), dry_run=True)
    assert (result.plan.past_incomes, result.done) == (Tally(created=2), None)
    assert [(found.platform, found.sheet, found.rows) for found in result.found] == [
        ("TikTok Shop", "Order details", 2)
    ]


@pytest.mark.parametrize("is_report_first", [True, False])
def test_orders_that_no_report_names_are_known(paid: Paid, is_report_first: bool) -> None:
    """Between the first and the last order that reports tell of, whichever comes first; not the ones beyond."""
    days = {1: "01/08/2023", 2: "10/09/2023", 3: "12/09/2023", 4: "13/09/2023", 5: "14/09/2023", 6: "01/10/2023"}
    states = {4: "Dibatalkan"}
    rows = [
        bought(n, said={"Created Time": f"{day} 10:00:00", "Order Status": states.get(n, "Selesai")})
        for n, day in days.items()
    ]
    orders = orders_as_csv(paid.folder / "orders.csv", rows)
    if is_report_first:
        paid(settled(2), settled(5))
    move_in(paid.seller, [orders], paid.shop)
    if not is_report_first:
        paid(settled(2), settled(5))
    assert [order.source_id[-1] for order in PastOrder.objects.filter(is_unpaid=True)] == ["3"]
    paid(settled(3))
    assert not PastOrder.objects.filter(is_unpaid=True).exists()


def test_taking_an_upload_back_takes_them_along(paid: Paid) -> None:
    orders = orders_as_csv(paid.folder / "orders.csv", [bought(1), bought(2), bought(3)])
    move_in(paid.seller, [orders], paid.shop)
    upload = upload_of(paid.seller, paid.shop)
    paid(settled(1), settled(3), upload=upload)
    assert PastOrder.objects.filter(is_unpaid=True).count() == 1
    assert is_undoable(upload)
    undo_upload(paid.seller, upload.id)
    assert not PastIncome.objects.exists()
    assert not PastIncomeMonth.objects.exists()
    assert not PastOrder.objects.filter(is_unpaid=True).exists()


AMOUNT = st.integers(-10_000_000, 10_000_000)


@given(
    rows=st.lists(st.tuples(AMOUNT, st.lists(AMOUNT, min_size=4, max_size=4), AMOUNT, st.integers(1, 28)), max_size=8)
)
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_months_add_up_to_the_rows_whatever_they_say(paid: Paid, rows: list[tuple[int, list[int], int, int]]) -> None:
    PastIncome.objects.all().delete()
    names = ("TikTok Shop commission fee", "Transaction fee", "Affiliate Commission", "Shipping cost")
    given_rows = [
        settled(
            n,
            on=f"2023/0{n % 3 + 7}/{day:02}",
            revenue=str(revenue),
            fees=str(sum(fees)),
            adjustment=str(adjustment),
            paid=str(revenue + sum(fees) + adjustment),
            **dict(zip(names, map(str, fees), strict=True)),
        )
        for n, (revenue, fees, adjustment, day) in enumerate(rows)
    ]
    result = paid(settled(99), *given_rows)
    assert result.problems == []
    months = list(PastIncomeMonth.objects.all())
    assert sum(month.orders for month in months) == 1 + len(rows)
    for month in months:
        assert month.revenue_idr + sum(month.fees.values()) + month.adjustment_idr == month.paid_idr
    assert sum(month.paid_idr for month in months) == 84_500 + sum(r + sum(f) + a for r, f, a, _day in rows)


def told(shop: Shop) -> list[tuple[object, ...]]:
    fields = (
        "platform",
        "source_id",
        "kind",
        "settled_on",
        "order_id",
        "revenue_idr",
        "fees",
        "adjustment_idr",
        "paid_idr",
    )
    return list(PastIncome.objects.filter(shop=shop).order_by("settled_on", "source_id").values_list(*fields))


def test_they_leave_with_the_shop_and_come_in_as_they_were(paid: Paid) -> None:
    other = open_shop(paid.seller, slug="lain", name="Lain", city="Solo", province_code="33")
    paid(settled(1, **{"Biaya =baru": "-100"}), settled(2, kind="Penyesuaian", on="2023/10/01", related="=1+1"))
    move_in(paid.seller, [as_workbook(paid.folder / "Income.xlsx", shopee(), "Income")], paid.shop)
    with (paid.folder / "lapak.zip").open("wb") as file:
        move_out(paid.seller, paid.shop, "lapak", file)
    result = move_in(paid.seller, [paid.folder / "lapak.zip"], other)
    assert counts(result) == Tally(created=4)
    assert told(other) == told(paid.shop)
    assert counts(move_in(paid.seller, [paid.folder / "lapak.zip"], other)) == Tally(unchanged=4)


@pytest.mark.parametrize(
    ("column", "said", "address"),
    [
        ("platform", "warung", "A2"),
        ("fees", "[1]", "G2"),
        ("fees", '{"a": "b"}', "G2"),
        ("paid_idr", "banyak", "I2"),
    ],
)
def test_a_row_of_lapak_s_own_list_that_says_nothing_is_told_by_its_cell(
    paid: Paid, column: str, said: str, address: str
) -> None:
    row = {
        "platform": "shopee", "income_id": "1", "kind": "order", "settled_on": "2023-09-01", "of_order": "1",
        "revenue_idr": "10", "fees": "{}", "adjustment_idr": "0", "paid_idr": "10",
    }  # fmt: skip
    path = as_csv(
        paid.folder / "incomes.csv", [list(row), list(row.values()), list((row | {column: said}).values())][::2]
    )
    result = move_in(paid.seller, [path], paid.shop)
    assert counts(result) == Tally(left_out=1)
    assert [error.address for error in result.errors] == [address]


def test_incomes_are_read_as_often_over_many_months_as_in_one(shop: Shop) -> None:
    months, in_each = 24, 2
    PastIncome.objects.bulk_create(
        PastIncome(
            shop=shop, platform="shopee", source_id=f"{month}-{n}", kind="order", order_id=f"{month}-{n}",
            settled_on=date(2022 + month // 12, 1 + month % 12, 5), revenue_idr=10_000, fees={"platform": -500},
            adjustment_idr=0, paid_idr=9_500,
        )
        for month in range(months) for n in range(in_each)
    )  # fmt: skip
    with rows_touched() as touched:
        count_past(shop, anew=True)
    counted = PastIncomeMonth.objects.values_list("orders", "revenue_idr", "fees", "paid_idr")
    assert list(counted) == [(in_each, 20_000, {"platform": -1_000}, 19_000)] * months
    assert touched["past_pastincome"] <= 4 * months * in_each
