"""Exports whose ids or options are others than before: no variant twice, and no stock counted twice."""

import pytest

from lapak.goods.catalogue.models import ProductImage, Stock, Variant
from lapak.moving.models import SourceRecord
from lapak.moving.plan import Tally
from lapak.moving.tests.files import address, packed, picture, sku
from lapak.moving.tests.moved import Again, variant_of
from lapak.testing.cast import leave_on_shelf

RED, BLUE, GREEN = (sku(1, n, variation_value=text) for n, text in enumerate(("Merah", "Biru", "Hijau"), 1))


def shelves() -> dict[tuple[str, ...], int]:
    """What is on hand of each variant, by its options."""
    rows = Variant.objects.select_related("stock")
    assert len({tuple(v.option_values) for v in rows}) == len(rows)
    return {tuple(v.option_values): v.stock.on_hand for v in rows}


def test_goods_listed_anew_with_new_ids_are_those_that_are_here(moved: Again) -> None:
    moved(RED, BLUE)
    ids = set(Variant.objects.values_list("id", flat=True))
    anew = [row | {"sku_id": f"9{row['sku_id']}"} for row in (RED, BLUE)]
    result = moved(anew[0] | {"price": "99000", "quantity": "12"}, anew[1])
    assert result.done is not None
    assert result.done.skus == Tally(changed=1, unchanged=1)
    assert set(Variant.objects.values_list("id", flat=True)) == ids
    assert shelves() == {("Merah",): 12, ("Biru",): 10}
    assert variant_of(anew[0]).price_idr == 99_000
    again = moved(anew[0] | {"price": "99000", "quantity": "12"}, anew[1])
    assert again.done is not None
    assert again.done.skus == Tally(unchanged=2)
    assert SourceRecord.objects.filter(kind="sku").count() == 2


def test_a_product_without_options_keeps_its_one_variant(moved: Again) -> None:
    moved(sku())
    moved(sku(sku_id="9"))
    assert shelves() == {(): 10}


def test_a_value_renamed_to_one_that_is_here_is_refused(moved: Again) -> None:
    moved(RED, BLUE)
    result = moved(RED | {"variation_value": "Biru"})
    (error,) = result.errors
    assert (error.address, "Biru" in error.message) == ("Template!F6", True)
    assert shelves() == {("Merah",): 10, ("Biru",): 10}
    swapped = moved(RED | {"variation_value": "Biru"}, BLUE | {"variation_value": "Merah"})
    assert swapped.errors == []
    assert variant_of(RED).option_values == ["Biru"]


def test_a_new_sku_never_takes_the_place_of_one_whose_row_was_left_out(moved: Again) -> None:
    moved(RED, BLUE)
    result = moved(RED | {"price": "gratis"}, GREEN | {"variation_value": "Merah"}, BLUE)
    assert [error.row for error in result.errors] == [6, 7]
    assert shelves() == {("Merah",): 10, ("Biru",): 10}


def test_options_for_goods_that_had_none_are_refused_while_the_old_one_is_here(moved: Again) -> None:
    moved(sku())
    result = moved(GREEN | {"sku_id": "7"}, BLUE)
    assert len(result.errors) == 2
    assert shelves() == {(): 10}


@pytest.mark.unsound_books
def test_what_was_sold_stays_sold_though_the_file_goes_down_and_up(moved: Again) -> None:
    row = sku(quantity="100")
    moved(row)
    leave_on_shelf(variant_of(row), 20)  # eighty sold
    moved(row | {"quantity": "50"})
    assert Stock.objects.get().on_hand == 0
    moved(row | {"quantity": "60"})
    assert Stock.objects.get().on_hand == 0
    moved(row | {"quantity": "100"})
    assert Stock.objects.get().on_hand == 20


@pytest.mark.unsound_books
@pytest.mark.parametrize("said", [[0], [200], [50, 100], [0, 90, 10, 100], [150, 0, 79, 81]])
def test_whatever_the_file_says_meanwhile_only_its_last_word_counts(moved: Again, said: list[int]) -> None:
    row = sku(quantity="100")
    moved(row)
    leave_on_shelf(variant_of(row), 20)  # eighty sold
    for pieces in said:
        moved(row | {"quantity": str(pieces)})
    assert variant_of(row).stock.on_hand == max(0, said[-1] - 80)


def test_a_picture_that_the_file_drops_comes_back_with_it(moved: Again) -> None:
    zipped = packed(
        moved.folder / "images.zip",
        {f"tos-alisg-i-sg/{name}.jpeg": picture(colour) for name, colour in (("a", "red"), ("b", "blue"))},
    )
    both = sku(main_image=address("a"), image_2=address("b"))
    moved(both, pictures=zipped)
    moved(sku(main_image=address("a")), pictures=zipped)
    assert ProductImage.objects.count() == 1
    moved(both, pictures=zipped)
    assert ProductImage.objects.count() == 2
    ProductImage.objects.filter(position=1).delete()  # by the seller: what the file still has stays away
    moved(both, pictures=zipped)
    assert ProductImage.objects.count() == 1
