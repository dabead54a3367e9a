"""What of a written address does not fit together. A doubt is asked about, never a refusal: the list is Kemendagri's, and the
country is faster than any list."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import gettext as _

from lapak.lib.places.kept import KINDS, Place, bare_name, places, words_of
from lapak.lib.places.look_up import nearest
from lapak.lib.regions import PROVINCES

_MOST_NAMED = 8


@dataclass(frozen=True, slots=True)
class Doubt:
    """Which field is most likely wrong, and the question to its writer."""

    field: str
    question: str


def doubt_about(*, district: str, city: str, province_code: str, postal_code: str) -> Doubt | None:
    """The first thing that does not fit: the city, its province, its district, the postal code. What is left empty (a shop may
    leave the district and the code) raises none, and whatever was picked from the list fits."""
    called_so = _cities_called(city)
    there = [place for place in called_so if place.province_code == province_code]
    if not called_so:
        return Doubt("city", _about_city(city, district, province_code))
    if not there:
        names = ", ".join(sorted({place.province for place in called_so}))
        return Doubt(
            "province_code", _("%(city)s is in %(province)s. Is it another?") % {"city": city, "province": names}
        )
    if district:
        in_city, there = there, [place for place in there if bare_name(place.district) == bare_name(district)]
        if not there:
            return Doubt("district", _about_district(district, city, in_city))
    codes = sorted({place.postal_code for place in there})
    if postal_code and postal_code not in codes:
        return Doubt("postal_code", _about_postal_code(district or city, codes))
    return None


def is_known(district_or_city: str) -> bool:
    """Whether the list has a district or a city of this name."""
    return bare_name(district_or_city) in _names()


@cache
def _names() -> frozenset[str]:
    return frozenset(bare_name(name) for place in places() for name in (place.district, place.city))


@cache
def _by_city() -> dict[str, list[Place]]:
    found: dict[str, list[Place]] = {}
    for place in places():
        found.setdefault(bare_name(place.city), []).append(place)
    return found


def _cities_called(name: str) -> list[Place]:
    """The places of every city of this name; `Kota Bandung` is not `Kab. Bandung`, and `Bandung` may be either."""
    found = _by_city().get(bare_name(name), [])
    kind = next(iter(words_of(name)), "")
    of_kind = [place for place in found if words_of(place.city)[0] == kind] if kind in KINDS.values() else []
    return of_kind or found


def _about_city(city: str, district: str, province_code: str) -> str:
    """With the city that is meant: by its own name with a slip in it, else by where the district is, or a district of its name,
    as people name a regency after its largest town."""
    of_province = [place for place in places() if place.province_code == province_code]
    near = nearest(bare_name(city), sorted({bare_name(place.city) for place in of_province}))
    named = {bare_name(district), bare_name(city)}
    meant = sorted(
        {place.city for place in of_province if near and bare_name(place.city) == near}
        or {place.city for place in of_province if bare_name(place.district) in named}
    )
    about = {"city": city, "province": PROVINCES[province_code].name, "meant": _one_of(meant)}
    if meant:
        return _("We know no city or regency %(city)s in %(province)s. Do you mean %(meant)s?") % about
    return _("We know no city or regency %(city)s in %(province)s. Is it written right?") % about


def _about_district(district: str, city: str, in_city: list[Place]) -> str:
    """With the district that is meant, or where there is one of this name."""
    near = nearest(bare_name(district), sorted({bare_name(place.district) for place in in_city}))
    meant = sorted({place.district for place in in_city if near and bare_name(place.district) == near})
    village_of = sorted(
        {place.district for place in in_city if bare_name(district) in {bare_name(name) for name in place.villages}}
    )
    elsewhere = sorted({place.city for place in places() if bare_name(place.district) == bare_name(district)})
    about = {"district": district, "city": city, "meant": _one_of(meant or village_of), "elsewhere": _one_of(elsewhere)}
    if meant:
        return _("%(city)s has no district %(district)s. Do you mean %(meant)s?") % about
    if village_of:
        return _("%(district)s is a village (kelurahan) of the district %(meant)s. Is that your district?") % about
    if elsewhere:
        return _("%(city)s has no district %(district)s; there is one in %(elsewhere)s. Is it written right?") % about
    return _("%(city)s has no district %(district)s. Is it written right?") % about


def _about_postal_code(where: str, codes: list[str]) -> str:
    about = {"where": where, "codes": ", ".join(codes[:_MOST_NAMED])}
    if len(codes) > _MOST_NAMED:
        return _("Postal codes of %(where)s are for instance %(codes)s. Is yours right?") % about
    return _("Postal codes of %(where)s: %(codes)s. Is yours right?") % about


def _one_of(names: Iterable[str]) -> str:
    return _(" or ").join(list(names)[:3])
