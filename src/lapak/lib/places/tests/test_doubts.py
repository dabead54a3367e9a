"""What does not fit together is asked about, and what does is not."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from lapak.lib.places.doubts import doubt_about
from lapak.lib.places.kept import places


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


TEBET = {"district": "Tebet", "city": "Jakarta Selatan", "province_code": "31", "postal_code": "12810"}


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"district": "KEC. TEBET", "city": "Kota Administrasi Jakarta Selatan"},
        {"city": "jaksel"},
        {"district": "", "postal_code": ""},
        {"district": "", "postal_code": "12190"},
        {"district": "Coblong", "city": "Bandung", "province_code": "32", "postal_code": "40135"},
        {"district": "Cileunyi", "city": "Bandung", "province_code": "32", "postal_code": "40622"},
        {"district": "Laweyan", "city": "Solo", "province_code": "33", "postal_code": "57141"},
    ],
)
def test_what_fits_raises_no_doubt(written: dict[str, str]) -> None:
    assert doubt_about(**TEBET | written) is None


def test_nothing_that_is_picked_is_doubted() -> None:
    for place in places()[::97]:
        assert (
            doubt_about(
                district=place.district,
                city=place.city,
                province_code=place.province_code,
                postal_code=place.postal_code,
            )
            is None
        ), place


@pytest.mark.parametrize(
    ("written", "field", "words"),
    [
        ({"city": "Jakarta"}, "city", "Do you mean Jakarta Selatan?"),
        ({"city": "Jakarta Sealtan"}, "city", "Do you mean Jakarta Selatan?"),
        ({"city": "Xanadu", "district": "Xanadu"}, "city", "Is it written right?"),
        ({"city": "Cibinong", "district": "Nanggewer", "province_code": "32"}, "city", "Do you mean Kab. Bogor?"),
        ({"province_code": "32"}, "province_code", "is in DKI Jakarta"),
        ({"district": "Coblong"}, "district", "there is one in Kota Bandung"),
        ({"district": "Tebbet"}, "district", "Do you mean Tebet?"),
        ({"district": "Manggarai Selatan"}, "district", "of the district Tebet"),
        ({"district": "Xanadu"}, "district", "has no district Xanadu. Is it written right?"),
        ({"district": "Cileunyi", "city": "Kota Bandung", "province_code": "32"}, "district", "one in Kab. Bandung"),
        ({"postal_code": "12190"}, "postal_code", "Postal codes of Tebet: 12810, 12820"),
        ({"district": "", "postal_code": "13210"}, "postal_code", "of Jakarta Selatan are for instance 12110"),
    ],
)
def test_what_does_not_fit_is_asked_about(written: dict[str, str], field: str, words: str) -> None:
    doubt = doubt_about(**TEBET | written)
    assert doubt
    assert doubt.field == field
    assert words in doubt.question
