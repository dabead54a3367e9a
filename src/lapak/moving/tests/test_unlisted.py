"""What a platform's list has no more is told of, and stays on sale."""

from pathlib import Path

import pytest

from lapak.goods.catalogue.commands import archive_product
from lapak.goods.catalogue.models import Product
from lapak.moving.move_in import MoveInResult, move_in
from lapak.moving.report import write_report
from lapak.moving.tests.files import LABELS, export, sku, table
from lapak.moving.tests.moved import Again, variant_of
from lapak.moving.workbook import Workbook
from lapak.people.users.models import User

ROWS = [sku(1, 1), sku(1, 2), sku(2, 1), sku(3, 1), sku(4, 1)]


def told(result: MoveInResult) -> list[tuple[str, bool]]:
    return [(each.source_id, each.is_with_others) for each in result.unlisted.skus]


def said(result: MoveInResult) -> list[str]:
    return [str(aside) for aside in result.asides if "still on sale" in str(aside)]


def source_id(row: dict[str, object]) -> str:
    return str(row["sku_id"])


def test_what_is_listed_no_more_is_told_of_and_stays_on_sale(moved: Again) -> None:
    assert not told(moved(*ROWS))
    result = moved(ROWS[0], ROWS[2], ROWS[3])
    assert sorted(told(result)) == sorted([(source_id(ROWS[1]), True), (source_id(ROWS[4]), False)])
    assert result.unlisted.product_ids == [variant_of(ROWS[4]).product_id]
    assert said(result) == [
        "2 SKUs that came from TikTok Shop are not in these files any more. They are still on sale here."
    ]
    assert result.as_dict()["unlisted"] == 2
    assert variant_of(ROWS[1]).is_active
    assert set(Product.objects.values_list("status", flat=True)) == {"published"}
    assert told(moved(ROWS[0], ROWS[2], ROWS[3])) == told(result)


def test_a_look_tells_of_it_before_anything_moves(moved: Again, tmp_path: Path) -> None:
    moved(*ROWS)
    look = move_in(moved.seller, [export(tmp_path / "a.xlsx", ROWS[:4])], moved.shop, dry_run=True)
    assert told(look) == [(source_id(ROWS[4]), False)]


def test_what_is_not_on_sale_here_is_not_told_of(moved: Again, seller: User) -> None:
    moved(*ROWS)
    archive_product(seller, variant_of(ROWS[4]).product_id)
    assert not told(moved(*ROWS[:4]))


def test_a_part_of_a_list_tells_of_its_own_products_alone(moved: Again) -> None:
    moved(*ROWS)
    assert told(moved(ROWS[0])) == [(source_id(ROWS[1]), True)]
    assert not told(moved(sku(9, 1)))


def test_goods_with_new_ids_are_still_listed(moved: Again) -> None:
    moved(*ROWS)
    assert not told(moved(*ROWS[:1], ROWS[1] | {"sku_id": "1741171660708811111"}, *ROWS[2:]))


def test_a_row_that_is_left_out_is_listed(moved: Again) -> None:
    moved(*ROWS)
    assert not told(moved(*ROWS[:4], ROWS[4] | {"price": "0"}))


def test_a_corrected_report_is_no_list(moved: Again) -> None:
    moved(*ROWS)
    report = write_report(moved(*ROWS[:3], ROWS[3] | {"price": "0"}, ROWS[4]), moved.folder / "report.xlsx")
    assert not told(move_in(moved.seller, [report], moved.shop))


def test_a_list_without_skus_says_nothing_of_them(moved: Again, tmp_path: Path) -> None:
    moved(*ROWS)
    keys = [
        key for key in LABELS if key in {"product_id", "category", "product_name", "product_description", "main_image"}
    ]
    rows = [keys, ["V4 | Basic_Information | metric"], [LABELS[key] for key in keys], [], []]
    rows += [[str(row.get(key, "")) for key in keys] for row in ROWS]
    assert not told(move_in(moved.seller, [table(tmp_path / "basic.xlsx", rows)], moved.shop))


@pytest.mark.parametrize("options", ["", "Motif 2"])
def test_the_report_names_each(moved: Again, options: str) -> None:
    moved(*ROWS)
    result = moved(*(row for row in ROWS if row is not (ROWS[1] if options else ROWS[4])))
    path = write_report(result, moved.folder / "report.xlsx")
    gone = ROWS[1] if options else ROWS[4]
    _header, (_row, cells) = Workbook("report.xlsx", path).rows("No longer listed")
    assert cells == ["TikTok Shop", source_id(gone), gone["product_name"], options]
