"""Indonesia's 38 provinces by their Kemendagri codes, and the island zone that shipping prices go by."""

from dataclasses import dataclass
from enum import StrEnum


class Zone(StrEnum):
    """Island groups between which couriers price alike."""

    JAVA = "java"
    SUMATRA = "sumatra"
    BALI_NUSA = "bali_nusa"
    KALIMANTAN = "kalimantan"
    SULAWESI = "sulawesi"
    MALUKU = "maluku"
    PAPUA = "papua"


@dataclass(frozen=True, slots=True)
class Province:
    """A province. `code` is the two digits of Kemendagri's region code; `time_zone` the IANA zone of its legal time."""

    code: str
    name: str
    zone: Zone
    time_zone: str


_WIB, _WITA, _WIT = "Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura"

PROVINCES: dict[str, Province] = {
    code: Province(code, name, zone, time_zone)
    for code, name, zone, time_zone in (
        ("11", "Aceh", Zone.SUMATRA, _WIB),
        ("12", "Sumatera Utara", Zone.SUMATRA, _WIB),
        ("13", "Sumatera Barat", Zone.SUMATRA, _WIB),
        ("14", "Riau", Zone.SUMATRA, _WIB),
        ("15", "Jambi", Zone.SUMATRA, _WIB),
        ("16", "Sumatera Selatan", Zone.SUMATRA, _WIB),
        ("17", "Bengkulu", Zone.SUMATRA, _WIB),
        ("18", "Lampung", Zone.SUMATRA, _WIB),
        ("19", "Kepulauan Bangka Belitung", Zone.SUMATRA, _WIB),
        ("21", "Kepulauan Riau", Zone.SUMATRA, _WIB),
        ("31", "DKI Jakarta", Zone.JAVA, _WIB),
        ("32", "Jawa Barat", Zone.JAVA, _WIB),
        ("33", "Jawa Tengah", Zone.JAVA, _WIB),
        ("34", "DI Yogyakarta", Zone.JAVA, _WIB),
        ("35", "Jawa Timur", Zone.JAVA, _WIB),
        ("36", "Banten", Zone.JAVA, _WIB),
        ("51", "Bali", Zone.BALI_NUSA, _WITA),
        ("52", "Nusa Tenggara Barat", Zone.BALI_NUSA, _WITA),
        ("53", "Nusa Tenggara Timur", Zone.BALI_NUSA, _WITA),
        ("61", "Kalimantan Barat", Zone.KALIMANTAN, _WIB),
        ("62", "Kalimantan Tengah", Zone.KALIMANTAN, _WIB),
        ("63", "Kalimantan Selatan", Zone.KALIMANTAN, _WITA),
        ("64", "Kalimantan Timur", Zone.KALIMANTAN, _WITA),
        ("65", "Kalimantan Utara", Zone.KALIMANTAN, _WITA),
        ("71", "Sulawesi Utara", Zone.SULAWESI, _WITA),
        ("72", "Sulawesi Tengah", Zone.SULAWESI, _WITA),
        ("73", "Sulawesi Selatan", Zone.SULAWESI, _WITA),
        ("74", "Sulawesi Tenggara", Zone.SULAWESI, _WITA),
        ("75", "Gorontalo", Zone.SULAWESI, _WITA),
        ("76", "Sulawesi Barat", Zone.SULAWESI, _WITA),
        ("81", "Maluku", Zone.MALUKU, _WIT),
        ("82", "Maluku Utara", Zone.MALUKU, _WIT),
        ("91", "Papua", Zone.PAPUA, _WIT),
        ("92", "Papua Barat", Zone.PAPUA, _WIT),
        ("93", "Papua Selatan", Zone.PAPUA, _WIT),
        ("94", "Papua Tengah", Zone.PAPUA, _WIT),
        ("95", "Papua Pegunungan", Zone.PAPUA, _WIT),
        ("96", "Papua Barat Daya", Zone.PAPUA, _WIT),
    )
}

POSTAL_DIGITS = {
    Zone.JAVA: "1456",
    Zone.SUMATRA: "23",
    Zone.KALIMANTAN: "7",
    Zone.BALI_NUSA: "8",
    Zone.SULAWESI: "9",
    Zone.MALUKU: "9",
    Zone.PAPUA: "9",
}
"""With which digits postal codes begin: Pos Indonesia numbers the country from west to east."""

PROVINCE_CHOICES = [(province.code, province.name) for province in PROVINCES.values()]
