"""Chips: which variant each one leads to."""

from lapak.goods.catalogue.models import Stock, Variant
from lapak.web.shop.product_choice import choice_of


def variant(colour: str, size: str, *, on_hand: int = 1) -> Variant:
    made = Variant(option_values=[colour, size], price_idr=1)
    made.stock = Stock(variant=made, on_hand=on_hand)
    return made


def test_nothing_chosen_yet_leads_to_what_is_in_stock() -> None:
    gone, there, blue = variant("Hitam", "M", on_hand=0), variant("Hitam", "L"), variant("Biru", "M")
    choice = choice_of(["Warna", "Ukuran"], [gone, there, blue], None)
    assert choice.variant is None
    assert [(axis.name, [chip.text for chip in axis.chips]) for axis in choice.axes] == [
        ("Warna", ["Hitam", "Biru"]),
        ("Ukuran", ["M", "L"]),
    ]
    assert choice.axes[0].chips[0].variant is there
    assert not any(chip.is_chosen for axis in choice.axes for chip in axis.chips)


def test_another_colour_keeps_the_size() -> None:
    black_l, blue_m, blue_l = variant("Hitam", "L"), variant("Biru", "M"), variant("Biru", "L", on_hand=0)
    choice = choice_of(["Warna", "Ukuran"], [black_l, blue_m, blue_l], black_l.id)
    blue = choice.axes[0].chips[1]
    assert blue.variant is blue_l  # sold out, but what was asked for: the page says so
    assert [chip.is_chosen for chip in choice.axes[0].chips] == [True, False]


def test_a_size_the_colour_does_not_come_in_changes_the_colour() -> None:
    black_l, blue_m = variant("Hitam", "L"), variant("Biru", "M")
    choice = choice_of(["Warna", "Ukuran"], [black_l, blue_m], black_l.id)
    assert [chip.variant for chip in choice.axes[1].chips] == [black_l, blue_m]


def test_one_variant_leaves_nothing_to_choose() -> None:
    only = Variant(option_values=[], price_idr=1)
    choice = choice_of([], [only], None)
    assert (choice.variant, choice.axes) == (only, [])


def test_an_unknown_choice_is_none() -> None:
    one, two = variant("Hitam", "M"), variant("Biru", "M")
    assert choice_of(["Warna", "Ukuran"], [one, two], Variant().id).variant is None
