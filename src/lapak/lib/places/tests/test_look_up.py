"""What is typed finds the place that is meant."""

import pytest

from lapak.lib.places.look_up import MOST_SHOWN, places_like


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("tebet", ("Tebet", "Jakarta Selatan")),
        ("Kec. Tebet", ("Tebet", "Jakarta Selatan")),
        ("tebet jaksel", ("Tebet", "Jakarta Selatan")),
        ("dago", ("Coblong", "Kota Bandung")),
        ("dago bandung", ("Coblong", "Kota Bandung")),
        ("40135", ("Coblong", "Kota Bandung")),
        ("cobolng", ("Coblong", "Kota Bandung")),
        ("plered cirebon", ("Plered", "Kab. Cirebon")),
        ("ubud bali", ("Ubud", "Kab. Gianyar")),
        ("laweyan solo", ("Laweyan", "Kota Surakarta")),
        ("kab bandung cileunyi", ("Cileunyi", "Kab. Bandung")),
        ("gu", ("Gu", "Kab. Buton Tengah")),
    ],
)
def test_the_likeliest_place_stands_first(typed: str, first: tuple[str, str]) -> None:
    place = places_like(typed).shown[0].place
    assert (place.district, place.city) == first


@pytest.mark.parametrize("typed", ["", "x", "kec.", "?!", "qqqq zzzz", "tebet surabaya", "99999"])
def test_what_names_no_place_finds_none(typed: str) -> None:
    assert places_like(typed).shown == []


def test_a_city_has_more_than_is_shown() -> None:
    found = places_like("kota bandung")
    assert len(found.shown) == MOST_SHOWN
    assert found.has_more
    assert {match.place.city for match in found.shown} == {"Kota Bandung"}


def test_the_village_that_was_typed_is_named_first() -> None:
    assert places_like("trusmi kulon").shown[0].villages.startswith("Trusmi Kulon")


@pytest.mark.parametrize("typed", ["plered", "plerd"])
def test_who_stays_in_a_province_finds_its_places_alone(typed: str) -> None:
    assert {match.place.province_code for match in places_like(typed, "32").shown} == {"32"}
    assert places_like(typed, "51").shown == []
