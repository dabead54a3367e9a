"""Chips: what each one leads to."""

from urllib.parse import parse_qs

import pytest

from lapak.goods.catalogue.models import Stock, Variant
from lapak.web.shop.product_choice import Chip, Choice, choice_of, in_order

NAMES = ["Warna", "Ukuran"]


def variant(colour: str, size: str, *, on_hand: int = 1) -> Variant:
    made = Variant(option_values=[colour, size], price_idr=1)
    made.stock = Stock(variant=made, on_hand=on_hand)
    return made


def chip(choice: Choice, text: str) -> Chip:
    return next(chip for axis in choice.axes for chip in axis.chips if chip.text == text)


def leads_to(chip: Chip) -> dict[str, list[str]]:
    return parse_qs(chip.query, keep_blank_values=True)


def test_nothing_is_picked_for_people() -> None:
    goods = [variant("Hitam", "L"), variant("Hitam", "M", on_hand=0), variant("Biru", "M")]
    choice = choice_of(NAMES, goods, None)
    assert (choice.variant, choice.fitting, choice.missing) == (None, goods, NAMES)
    assert [(axis.name, [chip.text for chip in axis.chips]) for axis in choice.axes] == [
        ("Warna", ["Hitam", "Biru"]),
        ("Ukuran", ["M", "L"]),
    ]
    assert leads_to(chip(choice, "Hitam")) == {"o": ["Hitam", ""]}
    assert not any(chip.is_chosen or chip.is_sold_out for axis in choice.axes for chip in axis.chips)


def test_a_colour_alone_stays_alone() -> None:
    black_m, black_l, blue_m = variant("Hitam", "M", on_hand=0), variant("Hitam", "L"), variant("Biru", "M")
    choice = choice_of(NAMES, [black_m, black_l, blue_m], None, ["Hitam", ""])
    assert (choice.variant, choice.fitting, choice.missing) == (None, [black_m, black_l], ["Ukuran"])
    assert chip(choice, "Hitam").is_chosen
    assert chip(choice, "M").is_sold_out  # in black
    assert leads_to(chip(choice, "L")) == {"v": [black_l.id.hex]}


def test_another_colour_keeps_the_size() -> None:
    black_l, blue_m, blue_l = variant("Hitam", "L"), variant("Biru", "M"), variant("Biru", "L", on_hand=0)
    choice = choice_of(NAMES, [black_l, blue_m, blue_l], black_l.id)
    assert leads_to(chip(choice, "Biru")) == {
        "v": [blue_l.id.hex]
    }  # sold out, but what was asked for: the page says so
    assert [chip.is_chosen for chip in choice.axes[0].chips] == [True, False]


def test_a_size_the_colour_does_not_come_in_opens_the_colour_again() -> None:
    black_l, black_s, blue_m, red_m = (
        variant(*o) for o in (("Hitam", "L"), ("Hitam", "S"), ("Biru", "M"), ("Merah", "M"))
    )
    choice = choice_of(NAMES, [black_l, black_s, blue_m, red_m], black_l.id)
    assert leads_to(chip(choice, "M")) == {"o": ["", "M"]}


def test_what_comes_in_one_value_is_picked() -> None:
    only = Variant(option_values=[], price_idr=1)
    assert choice_of([], [only], None) == Choice(only, [only], [], [])
    medium, large = variant("Hitam", "M"), variant("Hitam", "L")
    choice = choice_of(NAMES, [medium, large], None)
    assert choice.missing == ["Ukuran"]
    assert leads_to(chip(choice, "L")) == {"v": [large.id.hex]}


@pytest.mark.parametrize("picked", [["Ungu", ""], ["Hitam"], ["Hitam", "M", ""], ["Biru", "L"]])
def test_what_is_no_value_of_these_goods_is_not_picked(picked: list[str]) -> None:
    goods = [variant("Hitam", "L"), variant("Biru", "M")]
    assert choice_of(NAMES, goods, None, picked).missing == NAMES
    assert choice_of(NAMES, goods, Variant().id).variant is None


@pytest.mark.parametrize(
    ("as_written", "ordered"),
    [
        ("L S XXL M XL", "S M L XL XXL"),
        ("3XL XL 2XL xs XXS s", "XXS xs s XL 2XL 3XL"),
        ("40 38 39", "38 39 40"),
        ("1000ml 250ml 500ml", "250ml 500ml 1000ml"),
        ("41,5 41 42", "41 41,5 42"),
        ("Merah Biru Hijau", "Merah Biru Hijau"),
        ("XL Jumbo S", "XL Jumbo S"),
    ],
)
def test_known_sizes_stand_from_small_to_large(as_written: str, ordered: str) -> None:
    assert in_order(as_written.split()) == ordered.split()
