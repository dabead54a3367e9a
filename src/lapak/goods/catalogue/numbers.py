"""The numbers of standards that the law asks for on a listing: what each looks like, and which goods must show which. Pure.

A product keeps its numbers among its attributes, by the code of the kind (`{"BPOM": "NA18201234567"}`): so they come and go
with every file of a shop, are found by search, and stand in the contract of an order.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lapak.goods.catalogue.errors import ListingRefused, NumbersMissing
from lapak.lib.dated import Dated

TERM = Dated((date(2023, 9, 26), timedelta(days=30)))
"""Ours: how long goods that are on sale without their numbers stay there, from the day that is seen. The law names none."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of number. `shape` is of the number in capitals; `statements` may be said instead of one."""

    code: str
    title: "str | Promise"
    example: str
    shape: re.Pattern[str]
    issuer: str
    statements: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """What forms and refusals call it: `number_pirt`."""
        return f"number_{self.code.lower().replace('-', '')}"

    def written(self, text: str) -> str | None:
        """The number or statement as it is kept; empty for nothing, None for what is neither."""
        said = " ".join(text.split())
        for statement in self.statements:
            if said.casefold() == statement.casefold():
                return statement
        number = said.upper().removeprefix(f"{self.code} NO. ").removeprefix("BPOM RI ").removeprefix("POM ")
        return number if not said or self.shape.fullmatch(number) else None


KINDS: Mapping[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind(
            "BPOM",
            _("BPOM number"),
            "NA18201234567",
            # Cosmetics N + area, 11 digits; food MD, ML, 12 or 15; supplements and traditional medicine letters, 9;
            # medicine three letters and the rest.
            re.compile(
                r"N[A-E]\d{11}|M[DL] ?\d{12}(\d{3})?|(S[DIL]|T[RIL]|HT|FF|QD|QI|QL) ?\d{9}|D[BTKPI][LI]\d{7}[0-9A-Z]{3,5}",
                re.ASCII,
            ),
            "Badan Pengawas Obat dan Makanan",
            ("Masa simpan kurang dari 7 hari",),
        ),
        Kind(
            "P-IRT",
            _("P-IRT number"),
            "2053201010123-28",
            re.compile(r"(P-?IRT ?)?\d{13}-?\d{2}|(P-?IRT ?)?\d{12}", re.ASCII),
            "Dinas Kesehatan",
        ),
        Kind(
            "Halal",
            _("Halal certificate number"),
            "ID32110000112340821",
            re.compile(r"ID\d{17}", re.ASCII),
            "Badan Penyelenggara Jaminan Produk Halal",
            ("Tidak halal",),
        ),
        Kind(
            "SNI",
            _("SNI number"),
            "SNI 1811:2007",
            re.compile(r"SNI (ISO/IEC |ISO |IEC |EN )?\d+(\.\d+)*(-\d+(\.\d+)*)*[:-]\d{4}", re.ASCII),
            "Badan Standardisasi Nasional",
        ),
    )
}
"""By code, in the order of every screen. The shapes are what the numbers of sold goods look like; no text words them all."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Goods of these categories, and of those below them but for `spared`, show one of these kinds from a day on."""

    kinds: tuple[str, ...]
    categories: tuple[str, ...]
    since: date
    source: str
    spared: tuple[str, ...] = ()
    excused_by: tuple[str, ...] = ()
    """Statements of its kinds that do in place of a number."""
    is_confirmed: bool = False

    def is_met_by(self, shown: Mapping[str, str], kind: str) -> bool:
        """Whether the goods show a number of this kind, or a statement that does here."""
        said = shown.get(kind, "")
        return bool(said) and (said not in KINDS[kind].statements or said in self.excused_by)

    def is_of(self, category: str) -> bool:
        """Whether goods of this category are meant, by its code; empty for none."""
        return _is_below(category, self.categories) and not _is_below(category, self.spared)


FRESH = ("makanan.segar", "makanan.sembako.beras")
"""Fresh goods, rice and flour are registered otherwise, and not asked about here."""

DEMANDS: tuple[Demand, ...] = (
    Demand(
        ("BPOM",),
        ("kecantikan",),
        date(2023, 9, 26),
        "Permendag 31/2023, Peraturan BPOM 21/2022",
        ("kecantikan.rias.alat", "kecantikan.kuku", "kecantikan.mulut", "kecantikan.pria"),
    ),
    Demand(
        ("BPOM",), ("kesehatan.suplemen", "kesehatan.jamu"), date(2023, 9, 26), "Permendag 31/2023, Peraturan BPOM 32/2022"
    ),
    Demand(
        ("BPOM", "P-IRT"),
        ("makanan",),
        date(2023, 9, 26),
        "Permendag 31/2023, Peraturan BPOM 23/2023 & 22/2018",
        FRESH,
        ("Masa simpan kurang dari 7 hari",),
    ),
    Demand(("BPOM",), ("ibu-bayi.susu",), date(2023, 9, 26), "Permendag 31/2023, Peraturan BPOM 23/2023"),
    Demand(
        ("Halal",),
        ("makanan", "ibu-bayi.susu"),
        date(2026, 10, 17),
        "Permendag 19/2026, PP 42/2024",
        ("makanan.segar",),
        ("Tidak halal",),
        is_confirmed=True,
    ),
    Demand(("SNI",), ("mainan.edukasi", "mainan.boneka"), date(2023, 9, 26), "Permendag 31/2023, Permenperin 24/2013"),
    Demand(("SNI",), ("otomotif.helm",), date(2023, 9, 26), "Permendag 31/2023, Permenperin 79/2008"),
    Demand(
        ("SNI",), ("elektronik.rumah.setrika", "elektronik.rumah.kipas"), date(2023, 9, 26),
        "Permendag 31/2023, Permenperin 34/2013",
    ),
)  # fmt: skip
"""What is not confirmed was not read in its own text: reports mark it."""


def demands_of(category: str, day: date) -> list[Demand]:
    """What goods of this category must show that day."""
    return [demand for demand in DEMANDS if demand.since <= day and demand.is_of(category)]


def numbers_in(attributes: Mapping[str, str]) -> dict[str, str]:
    """The numbers among what is said of a product, by kind, as they are kept; what has another shape is none."""
    said = ((kind, kind.written(str(attributes.get(kind.code, "")))) for kind in KINDS.values())
    return {kind.code: number for kind, number in said if number}


def missing_in(category: str, attributes: Mapping[str, str], day: date) -> list[Demand]:
    """What goods of this category must show that day, and do not."""
    shown = numbers_in(attributes)
    return [
        demand
        for demand in demands_of(category, day)
        if not any(demand.is_met_by(shown, kind) for kind in demand.kinds)
    ]


def in_words(demand: Demand) -> str:
    """`BPOM number or P-IRT number`, in the reader's language."""
    return get_text_list([str(KINDS[code].title) for code in demand.kinds], gettext("or"))


def refuse_missing(category: str, attributes: Mapping[str, str], day: date) -> None:
    """Raise `NumbersMissing` unless the goods show that day what their category must."""
    if missing := missing_in(category, attributes, day):
        raise NumbersMissing([in_words(demand) for demand in missing], [demand.source for demand in missing])


def refuse_unfit_numbers(attributes: Mapping[str, str]) -> None:
    """Raise `ListingRefused` for a number that has not the shape of its kind."""
    for kind in KINDS.values():
        if kind.written(str(attributes.get(kind.code, ""))) is None:
            raise ListingRefused(kind.field, unlike(kind))


def unlike(kind: Kind) -> str:
    """What is said of a number that has not the shape of its kind."""
    if kind.statements:
        words = gettext("This is no %(kind)s. One looks like %(example)s; or write “%(statement)s”.")
        return words % {"kind": kind.title, "example": kind.example, "statement": kind.statements[0]}
    return gettext("This is no %(kind)s. One looks like %(example)s.") % {"kind": kind.title, "example": kind.example}


def with_numbers(attributes: Mapping[str, str], typed: Mapping[str, str]) -> dict[str, str]:
    """The same attributes with these numbers, by kind; an empty one is gone."""
    kept = {name: value for name, value in attributes.items() if name not in typed}
    return kept | {code: number for code, number in typed.items() if number}


def _is_below(category: str, tops: tuple[str, ...]) -> bool:
    return any(category == top or category.startswith(f"{top}.") for top in tops)
