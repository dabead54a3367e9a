"""The list of places, read once."""

import gzip
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lapak.lib.regions import PROVINCES

KEPT = Path(__file__).parent / "places.tsv.gz"
"""Kepmendagri 300.2.2-2138/2025 with the postal codes of its villages; `collect.py` makes it and says of what."""


@dataclass(frozen=True, slots=True)
class Place:
    """A district (kecamatan), one of its postal codes, and the villages (kelurahan, desa) that this code goes to.

    `district_code` is Kemendagri's, `31.74.01`. `city` is a city or regency as people write it: `Kota Bandung`, `Kab. Bandung`,
    `Jakarta Selatan`.
    """

    district_code: str
    district: str
    city: str
    postal_code: str
    villages: tuple[str, ...]

    @property
    def key(self) -> str:
        return f"{self.district_code}-{self.postal_code}"

    @property
    def province_code(self) -> str:
        return self.district_code[:2]

    @property
    def province(self) -> str:
        return PROVINCES[self.province_code].name


@cache
def places() -> tuple[Place, ...]:
    """Every one, in the order of its district's code."""
    read, city = [], ""
    for line in gzip.decompress(KEPT.read_bytes()).decode().splitlines():
        code, name, *reached = line.split("\t")
        if not reached:
            city = name
        for each in reached:
            postal_code, villages = each.split(" ", 1)
            read.append(Place(code, name, city, postal_code, tuple(villages.split(","))))
    return tuple(read)


@cache
def _by_key() -> dict[str, Place]:
    return {place.key: place for place in places()}


def place_of(key: str) -> Place | None:
    """The one with this key, if there is one."""
    return _by_key().get(key)


KINDS = {"kabupaten": "kab", "kab": "kab", "kota": "kota"}
_ALSO_CALLED = {
    "solo": "surakarta",
    "jogja": "yogyakarta",
    "jogjakarta": "yogyakarta",
    "yogya": "yogyakarta",
    "jakut": "jakarta utara",
    "jakbar": "jakarta barat",
    "jakpus": "jakarta pusat",
    "jaksel": "jakarta selatan",
    "jaktim": "jakarta timur",
    "tangsel": "tangerang selatan",
}
"""What people write for a city, and no list does."""
_SAYS_NOTHING = frozenset(
    (
        "kecamatan",
        "kec",
        "distrik",
        "kelurahan",
        "kel",
        "desa",
        "provinsi",
        "prov",
        "administrasi",
        "adm",
        "kode",
        "pos",
    )
)


def words_of(written: str) -> list[str]:
    """The words of a place as they are compared: small, without signs, without those that only say what kind of place it is;
    `kab` and `kota` stay, as two places may differ by nothing else."""
    bare = re.sub(r"['’`]", "", written.lower())
    words = [KINDS.get(word, _ALSO_CALLED.get(word, word)) for word in re.findall(r"\w+", bare)]
    return [word for word in " ".join(words).split() if word not in _SAYS_NOTHING]


def bare_name(written: str) -> str:
    """By which two ways of writing one name are the same: `Kab. Pulang Pisau` and `pulangpisau`."""
    words = words_of(written)
    return "".join(words[1:] if len(words) > 1 and words[0] in KINDS.values() else words)
