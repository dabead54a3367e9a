"""Names that others read: what is refused, and what is nobody's business."""

from collections.abc import Iterator

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from lapak.lib.public_names import cleaned_name, passes_for_us, public_name


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.mark.parametrize(
    "name",
    [
        "Batik Sekar", "Lapak Bu Siti", "Lapakku", "Warung 24 Jam", "Toko Sinar-Jaya & Anak", "Ibu Ani", "Café Müller",
        "Nguyễn Văn A",
        "Мир игрушек", "株式会社ラパク", "محل الزهور", "Kopi ☕ 100%", "Keluarga 👨‍👩‍👧 Bahagia", "D'Cost", "R. A. Kartini, S.E.",
        "I I I",
        "Adminah", "Supporter Persib", "Promo Baju", "Indonesia Jaya", "",
    ],
)  # fmt: skip
def test_a_name_of_ones_own(name: str) -> None:
    public_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Lapak", "LAPAK", "l a p a k", "Lapak.id", "Lapak Resmi", "lapak-resmi", "LapakOfficial", "Admin Lapak", "CS Lapak",
        "Tim Lapak",
        "Lapak Indonesia", "Lapak Official Store Batik", "Toko Lapak", "1apak", "L4PAK", "Iapak",
        "lapak_support", "Lapak  Customer  Service",
        "Customer Service", "admin", "Layanan Pelanggan", "Official Support", "LaPaK pAy", "LAPAK RESMI Indonesia",
    ],
)  # fmt: skip
def test_it_passes_for_us(name: str) -> None:
    assert passes_for_us(name)
    with pytest.raises(ValidationError):
        public_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Lара\u043a",
        "B\u0430tik Sekar",
        "Ｂatik",
        "𝐁𝐚𝐭𝐢𝐤",
        "\u039batik",
    ],
)
def test_letters_in_disguise(name: str) -> None:
    with pytest.raises(ValidationError, match=r"plain letters|pass for"):
        public_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Batik\u200b Sekar", "\u202eraкeS", "Batik\nSekar", "Batik\r\nSekar", "Batik\u2028Sekar",
        "\u2800", "a\u200db", "Ba\u00adtik", "\ufeffBatik", "Batik\0", "La\u034fpak", "\u2066Batik",
    ],
)  # fmt: skip
def test_what_nobody_sees(name: str) -> None:
    with pytest.raises(ValidationError, match="nobody sees"):
        public_name(name)


def test_what_comes_from_elsewhere_is_cleaned() -> None:
    assert cleaned_name(" Batik\u200b\n Sekar\u202e\t\ufeff ") == "Batik Sekar"
    assert cleaned_name("Cafe\u0301") == "Café"
    for name in ("Batik\u200b Sekar", "Batik\nSekar", "a\u200db", "\u2066Batik\u2069"):
        public_name(cleaned_name(name))
