"""What is fit to sell, and what is said of the rest."""

from pathlib import Path

import pytest

from lapak.moving.check import Checked, check
from lapak.moving.problems import Weight
from lapak.moving.tests.files import address, export, sku
from lapak.moving.tests.test_read import bundle_of


def checked(tmp_path: Path, *rows: dict[str, object], without: tuple[str, ...] = ()) -> Checked:
    return check(bundle_of(export(tmp_path / "a.xlsx", rows, without=without)))


@pytest.mark.parametrize(
    ("values", "cell", "message"),
    [
        ({"price": ""}, "I7", "missing"),
        ({"price": "0"}, "I7", "above zero"),
        ({"price": "-5000"}, "I7", "above zero"),
        ({"price": "seratus"}, "I7", "not a whole number"),
        ({"price": "1000000000001"}, "I7", "surely a slip"),
        ({"quantity": "-1"}, "J7", "between 0 and"),
        ({"quantity": "banyak"}, "J7", "not a whole number"),
        ({"quantity": "99999999"}, "J7", "between 0 and"),
        ({"seller_sku": "x" * 101}, "K7", "Longer than 100"),
        ({"sku_id": ""}, "E7", "no SKU id"),
        ({"sku_id": "x" * 65}, "E7", "Longer than 64"),
        ({"sku_id": sku(1, 1)["sku_id"]}, "E7", "row 6"),
        ({"variation_value": ""}, "F7", "does not say which"),
        ({"variation_value": "Default"}, "F7", "row 6"),
        ({"variation_value": "x" * 101}, "F7", "Longer than 100"),
    ],
)
def test_a_bad_sku_row_is_left_out_and_the_good_ones_go_on(
    tmp_path: Path, values: dict[str, object], cell: str, message: str
) -> None:
    found = checked(tmp_path, sku(1, 1), sku(1, 2) | values, sku(1, 3))
    (problem,) = found.problems
    assert (problem.weight, problem.address) == (Weight.ERROR, f"Template!{cell}")
    assert message in problem.message
    (listing,) = found.listings
    assert [variant.row for variant in listing.variants] == [6, 8]
    assert [variant.row for variant in found.left_out_variants] == [7]
    assert found.left_out_products == 0


@pytest.mark.parametrize(
    ("values", "cell", "message"),
    [
        ({"product_name": ""}, "C6", "no title"),
        ({"product_name": "x" * 256}, "C6", "Longer than 255"),
        ({"brand": "x" * 121}, "H6", "Longer than 120"),
        ({"product_description": "x" * 20_001}, "G6", "Longer than 20000"),
        ({"parcel_weight": ""}, "L6", "missing"),
        ({"parcel_weight": "0"}, "L6", "between 1 and"),
        ({"parcel_weight": "-250"}, "L6", "between 1 and"),
        ({"parcel_weight": "berat"}, "L6", "not a whole number"),
        ({"parcel_weight": "1000001"}, "L6", "between 1 and"),
        ({"product_id": "x" * 65}, "A6", "Longer than 64"),
    ],
)
def test_a_bad_product_is_left_out_and_the_good_ones_go_on(
    tmp_path: Path, values: dict[str, object], cell: str, message: str
) -> None:
    found = checked(tmp_path, sku(1, 1) | values, sku(1, 2) | values, sku(2))
    (problem,) = found.problems
    assert (problem.weight, problem.address) == (Weight.ERROR, f"Template!{cell}")
    assert message in problem.message
    assert [listing.source.title for listing in found.listings] == ["Kain Batik Lasem 002"]
    assert found.left_out_products == 1
    assert [variant.row for variant in found.left_out_variants] == [6, 7]


def test_a_product_none_of_whose_rows_is_fit_is_left_out(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(1, 1, price="0"), sku(1, 2, price="0"))
    assert (found.listings, found.left_out_products) == ([], 1)


def test_a_good_row_takes_the_place_of_a_bad_one_of_the_same_sku(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(1, 1, price="0"), sku(1, 1))
    assert [variant.row for listing in found.listings for variant in listing.variants] == [7]


def test_one_sku_in_two_products_is_taken_once(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(1), sku(2, sku_id=sku(1)["sku_id"]))
    assert [listing.source.title for listing in found.listings] == ["Kain Batik Lasem 001"]
    assert found.left_out_products == 1


def test_what_is_no_reason_to_leave_a_product_out_is_noted(tmp_path: Path) -> None:
    row = sku(parcel_length="panjang", main_image=address("x" * 301), image_2=address("baik"))
    found = checked(tmp_path, row, sku(1, 2, product_name="Lain"))
    assert [(p.weight, p.address) for p in found.problems] == [
        (Weight.NOTE, "Template!C7"),
        (Weight.NOTE, "Template!M6"),
        (Weight.NOTE, "Template!O6"),
    ]
    (listing,) = found.listings
    assert listing.source.length_cm is None
    assert listing.source.images == ("tos-alisg-i-sg/baik",)


def test_a_length_of_zero_is_no_length(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(parcel_length="0"))
    assert (found.listings[0].source.length_cm, found.problems) == (None, [])


def test_unknown_stock_and_missing_columns_are_fit(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(quantity=""), without=("price", "parcel_weight"))
    assert (len(found.listings), found.problems) == (1, [])


def test_a_row_of_no_product_is_told(tmp_path: Path) -> None:
    found = checked(tmp_path, sku(1), sku(2, product_id=""))
    (problem,) = found.problems
    assert (problem.weight, problem.address) == (Weight.ERROR, "Template!A7")


def test_a_problem_is_told_with_cell_and_column(tmp_path: Path) -> None:
    (problem,) = checked(tmp_path, sku(price="0"), sku(2)).problems
    assert str(problem) == "Template!I6 (Harga Ritel (Mata Uang Lokal)): The price must be above zero."
