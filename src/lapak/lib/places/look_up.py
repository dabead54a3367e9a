"""Which places someone may mean by what they have typed so far."""

from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA
from rapidfuzz.process import extractOne

from lapak.lib.places.kept import Place, bare_name, places, words_of

MOST_SHOWN = 8
"""As many as stand above a phone's keyboard with a thumb's stroke; whoever wants another types one more letter."""
_VILLAGES_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Match:
    """A place, and its villages in one line: those that were typed stand first."""

    place: Place
    villages: str


@dataclass(frozen=True, slots=True)
class Matches:
    """The places found, best first, and whether there are more than are shown."""

    shown: list[Match]
    has_more: bool


@dataclass(frozen=True, slots=True)
class _Written:
    """A place as it is searched: a blank stands before each word, so that words are found by how they begin."""

    place: Place
    district: str
    city: str
    head: str
    text: str


@cache
def _all_written() -> tuple[_Written, ...]:
    return tuple(map(_write, places()))


def _write(place: Place) -> _Written:
    head = _searched(f"{place.district} {place.city} {place.province} {place.postal_code}")
    return _Written(
        place, bare_name(place.district), bare_name(place.city), head, head + _searched(" ".join(place.villages))
    )


def _searched(text: str) -> str:
    return "".join(f" {word}" for word in words_of(text))


def places_like(typed: str, province_code: str = "") -> Matches:
    """Those of which every word typed begins a word: of district, city, province, postal code or a village; in this province,
    where one is given. One letter is too little to say anything, and a name with a slip in it is found as well."""
    words = words_of(typed)
    if len("".join(words)) < 2:
        return Matches([], has_more=False)
    found = _found(words, province_code)
    if not found and (meant := _nearest("".join(words))):
        words = [meant]
        found = [each for each in _all_written() if meant in (each.district, each.city)]
        found = [each for each in found if each.place.district_code.startswith(province_code)]
    found.sort(key=lambda each: (_rank(each, words), each.place.district, each.place.key))
    shown = [Match(each.place, _villages(each.place, words)) for each in found[:MOST_SHOWN]]
    return Matches(shown, has_more=len(found) > MOST_SHOWN)


def _found(words: list[str], province_code: str) -> list[_Written]:
    found = [each for each in _all_written() if each.place.district_code.startswith(province_code)]
    for word in words:
        found = [each for each in found if f" {word}" in each.text]
    return found


def _rank(each: _Written, words: list[str]) -> int:
    """The smaller, the likelier meant: names as a whole before beginnings, districts before cities before villages."""
    name = bare_name(" ".join(words))
    grades = (
        name == each.district,
        name == each.city,
        each.district.startswith(name),
        each.city.startswith(name),
        each.district.startswith(words[0]),
        all(f" {word}" in each.head for word in words),
    )
    return grades.index(True) if True in grades else len(grades)


def _villages(place: Place, words: list[str]) -> str:
    ordered = sorted(
        place.villages, key=lambda village: sum(f" {word}" in _searched(village) for word in words), reverse=True
    )
    return ", ".join(ordered[:_VILLAGES_SHOWN]) + (", …" if len(ordered) > _VILLAGES_SHOWN else "")


def _nearest(name: str) -> str | None:
    """The district or city of a name that differs by one slip, of a longer one by two; none of one too short to tell."""
    return nearest(name, _all_names())


@cache
def _all_names() -> tuple[str, ...]:
    return tuple(sorted({name for each in _all_written() for name in (each.district, each.city)}))


def nearest(name: str, among: "tuple[str, ...] | list[str]") -> str | None:
    """Which of these bare names was most likely meant by one with a slip in it."""
    slips = 0 if len(name) < 4 else 1 if len(name) < 8 else 2
    near = extractOne(name, among, scorer=OSA.distance, score_cutoff=slips) if slips else None
    return near[0] if near else None
