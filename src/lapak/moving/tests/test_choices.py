"""What a seller says once beside the files: categories and names of options, proposed before anything moves."""

import pytest

from lapak.goods.catalogue.errors import ListingRefused, NoSuchCategory
from lapak.goods.catalogue.models import Category, Product
from lapak.lib.refusal import Refusal
from lapak.moving.choices import Choices, choices_of, remember
from lapak.moving.proposals import MAX_ASKED
from lapak.moving.tests.files import sku
from lapak.moving.tests.moved import Again, variant_of
from lapak.people.shops.models import Shop
from lapak.testing.refused import refused


def code_of(row: dict[str, object]) -> str:
    category = variant_of(row).product.category
    return category.code if category else ""


def test_a_chosen_category_holds_for_this_file_and_the_next(moved: Again, shop: Shop) -> None:
    row, later = sku(1, category="Pakaian Pria/Aneka"), sku(2, category="Pakaian Pria/Aneka")
    batik = Category.objects.get(code="fashion.batik.kemeja-batik")
    remember(shop, Choices({"Pakaian Pria/Aneka": batik.id}))
    moved(row)
    assert code_of(row) == batik.code
    remember(shop, Choices({"Pakaian Pria/Aneka": None}))
    result = moved(row, later)
    assert (code_of(row), code_of(later)) == (batik.code, "")
    assert [(each.path, each.goods, each.suggestion) for each in result.proposals.categories] == [
        ("Pakaian Pria/Aneka", 2, None)
    ]


def test_an_option_named_once_is_named_so_in_later_files_and_not_asked_about_again(moved: Again, shop: Shop) -> None:
    rows = [sku(1, 1, variation_value="Paket A"), sku(1, 2, variation_value="Paket B")]
    proposed = moved(*rows).proposals.options
    assert [(each.name, list(each.values), each.goods) for each in proposed] == [("Varian", ["paket a", "paket b"], 1)]
    remember(shop, Choices(option_names={"paket a": "Paket", "paket b": "Paket"}))
    result = moved(*rows, sku(2, 1, variation_value="PAKET B"))
    assert result.proposals.options == []
    assert variant_of(sku(2, 1)).product.option_names == ["Paket"]
    assert Product.objects.exclude(id=variant_of(sku(2, 1)).product.id).get().option_names == ["Varian"]


def test_values_of_one_kind_are_asked_about_once_and_others_by_what_they_share(moved: Again) -> None:
    proposed = moved(
        *(sku(1, n, variation_value=value) for n, value in enumerate(["S", "M"], 1)),
        *(sku(2, n, variation_value=value) for n, value in enumerate(["38", "39"], 1)),
        *(sku(3, n, variation_value=value) for n, value in enumerate(["Paket A", "Paket B"], 1)),
        *(sku(4, n, variation_value=value) for n, value in enumerate(["Gerbong", "Lokomotif"], 1)),
        *(sku(5, n, variation_value=value) for n, value in enumerate(["paket b", "Paket C"], 1)),
    ).proposals.options
    assert [(each.name, sorted(each.values), each.goods) for each in proposed] == [
        ("Varian", ["paket a", "paket b", "paket c"], 2),
        ("Varian", ["gerbong", "lokomotif"], 1),
        ("Ukuran", ["38", "39", "m", "s"], 2),
    ]


def test_what_needs_a_look_stands_first(moved: Again) -> None:
    rows = [
        sku(1, category="Sarung (603311)"),
        sku(2, category="Zzz"),
        sku(3, category="Makanan & Minuman/Hampers"),
        *(sku(n, category=f"Qqq {n}") for n in range(10, 10 + MAX_ASKED)),
    ]
    proposals = moved(*rows).proposals
    assert proposals.categories[-1].path == "Fashion Muslim/Sarung"
    asked = proposals.as_dict()["categories"]
    assert len(asked) == MAX_ASKED
    assert {(row["category_id"], row["is_sure"]) for row in asked} == {(None, False)}


@pytest.mark.parametrize(
    ("choices", "kind"),
    [
        (Choices({"A": 999_999}), NoSuchCategory),
        (Choices(option_names={"a": ""}), ListingRefused),
        (Choices(option_names={"a": "x" * 101}), ListingRefused),
    ],
)
def test_what_none_can_be_is_refused(shop: Shop, choices: Choices, kind: type[Refusal]) -> None:
    with refused(kind):
        remember(shop, choices)


def test_what_is_too_long_to_be_kept_is_passed_over(shop: Shop) -> None:
    remember(shop, Choices({"x" * 501: None, "y": None}, {"x" * 101: "Paket", "y": "Paket"}))
    assert choices_of(shop) == Choices({"y": None}, {"y": "Paket"})
