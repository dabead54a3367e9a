"""Variant texts taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lapak.moving.options import SEPARATOR, axis_names, fitted, options_of, split_variations

TEXTS = st.text(alphabet="abcXL ,", min_size=1, max_size=12)


@given(texts=st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_values_join_back_to_the_text_and_all_have_as_many(texts: list[str]) -> None:
    values = split_variations(texts)
    assert [SEPARATOR.join(each) for each in values] == texts
    assert len({len(each) for each in values}) == 1


@given(texts=st.lists(TEXTS, min_size=1, max_size=8, unique=True))
def test_every_text_gets_one_value_per_axis(texts: list[str]) -> None:
    options = options_of(texts)
    assert {len(values) for values in options.values.values()} == {len(options.names)}
    assert len(set(options.names)) == len(options.names)


@given(text=TEXTS, axes=st.integers(0, 3))
def test_what_fits_a_product_fits_it_whole(text: str, axes: int) -> None:
    values = fitted(text, axes)
    if values is not None:
        assert len(values) == axes
        assert axes == 0 or SEPARATOR.join(values) == text


@pytest.mark.parametrize(
    ("texts", "names", "first"),
    [
        (["Default"], (), ()),
        ([""], (), ()),
        (["Hitam, XL", "Hitam, L", "Biru Dongker, XL"], ("Warna", "Ukuran"), ("Hitam", "XL")),
        (["XL, Hitam", "L, Hitam"], ("Ukuran", "Warna"), ("XL", "Hitam")),
        (["Merah Maroon", "Hijau Botol"], ("Warna",), ("Merah Maroon",)),
        (["Sogan", "Cokelat Sogan"], ("Warna",), ("Sogan",)),
        (["Indigo, L", "Sogan, L"], ("Warna", "Ukuran"), ("Indigo", "L")),
        (["38", "39", "40"], ("Ukuran",), ("38",)),
        (["All Size"], ("Ukuran",), ("All Size",)),
        (["0-6 bulan", "6-12 bulan"], ("Ukuran",), ("0-6 bulan",)),
        (["Pedas", "Manis"], ("Rasa",), ("Pedas",)),
        (["Pedas, 100 gr", "Manis, 100 gr"], ("Rasa", "Berat"), ("Pedas", "100 gr")),
        (["100 gr", "1 kg"], ("Berat",), ("100 gr",)),
        (["250 ml", "1 Liter"], ("Isi",), ("250 ml",)),
        (["Isi 10", "20 sachet"], ("Isi",), ("Isi 10",)),
        (["Biji", "Bubuk", "Giling Kasar"], ("Gilingan",), ("Biji",)),
        (["iPhone 13", "Samsung A15", "Redmi Note 12"], ("Tipe HP",), ("iPhone 13",)),
        (["Cokelat", "Keju", "Original"], ("Rasa",), ("Cokelat",)),
        (["Cokelat", "Hitam"], ("Warna",), ("Cokelat",)),
        (["Tan", "Cognac", "Maroon"], ("Warna",), ("Tan",)),
        (["Paket A", "Paket B"], ("Varian",), ("Paket A",)),
        (["Hitam, Putih", "Merah, Biru"], ("Warna", "Varian 2"), ("Hitam", "Putih")),
        (["Merah, panjang", "Biru"], ("Varian",), ("Merah, panjang",)),
        (["Merah, ", "Biru, "], ("Varian",), ("Merah, ",)),
        (["Default", "Merah"], ("Varian",), ("Default",)),
    ],
)
def test_axes_are_guessed_from_what_the_texts_are(
    texts: list[str], names: tuple[str, ...], first: tuple[str, ...]
) -> None:
    options = options_of(texts)
    assert options.names == names
    assert options.values[texts[0]] == first


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        ({"paket a": "Paket"}, ("Paket", "Ukuran")),
        ({"paket a": "Paket", "s": "Besar", "l": "Besar"}, ("Paket", "Besar")),
        ({"paket a": "Isi", "paket b": "Isi", "paket c": "Paket"}, ("Isi", "Ukuran")),
        ({"paket a": "Ukuran"}, ("Ukuran", "Varian 2")),
        ({"merah": "Warna"}, ("Varian", "Ukuran")),
    ],
)
def test_what_the_seller_called_the_values_wins(chosen: dict[str, str], names: tuple[str, ...]) -> None:
    assert options_of(["Paket  A, S", "paket b, L", "Paket C, S"], chosen).names == names


def test_two_axes_of_one_kind_have_two_names() -> None:
    assert axis_names([["S", "M"], ["L", "XL"]]) == ("Ukuran", "Varian 2")
