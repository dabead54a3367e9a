"""What a seller reads whose file no format knows: short enough for a phone, and a way on."""

from itertools import pairwise
from pathlib import Path

import pytest

from lapak.moving.errors import NoFormatKnows
from lapak.moving.formats.registry import FORMATS
from lapak.moving.layout import Format
from lapak.moving.move_in import move_in
from lapak.moving.nearest import nearest
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.testing.refused import refused


def refusal_of(text: str, seller: User, shop: Shop, folder: Path) -> str:
    path = folder / "daftar.csv"
    path.write_text(text)
    with refused(NoFormatKnows) as unknown:
        move_in(seller, [path], shop)
    return str(unknown.value)


def test_the_two_nearest_formats_are_named_with_what_each_lacks(seller: User, shop: Shop, tmp_path: Path) -> None:
    said = refusal_of("Laporan\net_title_product_id,et_title_variation_id,Lemari\nA,B,C\n", seller, shop, tmp_path)
    assert "It begins with: et_title_product_id, et_title_variation_id, Lemari." in said
    assert "nearest to: Shopee, without " in said
    assert "A list of your own comes in, too" in said


def test_what_is_like_nothing_names_no_format_and_the_way_on(seller: User, shop: Shop, tmp_path: Path) -> None:
    said = refusal_of("Lemari,Kursi\nsatu,dua\n", seller, shop, tmp_path)
    assert "nearest" not in said
    assert "a title and a price among them" in said


@pytest.mark.parametrize("fmt", FORMATS, ids=lambda fmt: fmt.platform)
def test_no_refusal_is_a_wall(fmt: Format) -> None:
    """Whatever two columns of a platform's list are left, two formats are named, each with few missing."""
    for layout in fmt.layouts:
        names = [spelled[0] for spelled in layout.spellings.values() if spelled]
        for two in pairwise(names):
            near = nearest(two, FORMATS)
            assert len(near) <= 2
            assert all(len(each.missing) <= 6 for each in near)
