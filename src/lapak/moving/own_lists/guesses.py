"""What the columns of an own list most likely mean, by their names and by what stands in them; for the seller to confirm."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lapak.moving.layout import spelling
from lapak.moving.numbers import number_in
from lapak.moving.options import OTHER, kind_of
from lapak.moving.own_lists.columns import MAX_OPTIONS, SEVERAL, Columns, Role, in_words
from lapak.moving.own_lists.found import OwnList
from lapak.moving.own_lists.names import GROUP, meant_in_part, says_kilograms

VALUES_SHOWN = 3
"""By so many a seller knows their own column."""
_LONGEST_SHOWN = 60

_BY_NAME, _BY_PART = 60, 40
_BY_VALUES = 35
"""Added when what stands in the column agrees with its name."""
_MOST = 0.8
"""A list has gaps and slips: so many of its values have to agree."""
_LOW_PRICE_IDR = 500
"""Hardly anything costs less."""
_MANY_PIECES = 10_000
_HEAVY_KG = 30
"""Couriers' usual limit for one parcel: where the middle of all weights is less, they are no grams."""

_ADDRESS = re.compile(r"(https?://\S+|[\w./-]+\.(jpe?g|png|webp))", re.IGNORECASE)
_CODE = re.compile(r"(?=\S*\d)[\w./-]{3,40}")
_LONG_NUMBER = re.compile(r"\d{8,30}")
_STATUS = frozenset(
    {
        "aktif",
        "nonaktif",
        "active",
        "inactive",
        "draft",
        "ya",
        "tidak",
        "yes",
        "no",
        "true",
        "false",
        "arsip",
        "archived",
    }
)
_WITH_UNIT = re.compile(r"[\d.,]+ ?(kg|gr?|gram)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Guess:
    """A role that a column may have: how sure of 100, and why in words."""

    role: Role
    score: int
    reason: "str | Promise"


@dataclass(frozen=True, slots=True)
class Reading:
    """An own list and what its columns are taken for: by Lapak, or by its seller once they said so."""

    found: OwnList
    guesses: Mapping[int, Guess]
    columns: Columns

    @property
    def suggested(self) -> str:
        """As it may be given on the command line."""
        return in_words(self.found, self.columns)

    def as_dict(self) -> dict[str, Any]:
        """What an upload keeps of it: reasons in the language that is spoken now."""
        found = self.found
        return {
            "header": found.header,
            "file": found.table.file,
            "sheet": found.table.name,
            "columns": [
                {
                    "label": found.label(n),
                    "values": [value[:_LONGEST_SHOWN] for value in found.values(n)[:VALUES_SHOWN]],
                    "role": role.value if role else "",
                    "reason": str(self.guesses[n].reason) if n in self.guesses else "",
                }
                for n, role in enumerate(self.columns.roles)
            ],
            "group": self.columns.group,
        }


def reading_of(found: OwnList, known: Mapping[str, str]) -> Reading | None:
    """The list with what its columns are taken for; None when it does not look like goods: no title, or nothing to sell by.

    `known` is what each known name of a column means (`names.known_names`).
    """
    guesses = _chosen([guess for n in range(len(found.names)) for guess in _guesses(found, n, known)])
    roles = {guess.role for guess in guesses.values()}
    if Role.TITLE not in roles or roles.isdisjoint({Role.PRICE, Role.STOCK, Role.SKU}):
        return None
    columns = tuple(guesses[n].role if n in guesses else None for n in range(len(found.names)))
    return Reading(found, guesses, Columns(columns, _group(found, columns, known)))


@dataclass(frozen=True, slots=True)
class _Placed:
    column: int
    guess: Guess


def _chosen(placed: list[_Placed]) -> dict[int, Guess]:
    """The surest first; a role that only one column can have goes to one, and stock to the surest alone."""
    chosen: dict[int, Guess] = {}
    taken: dict[Role, int] = {}
    most = dict.fromkeys(SEVERAL, 100) | {Role.STOCK: 1, Role.OPTION: MAX_OPTIONS}
    for each in sorted(placed, key=lambda each: (-each.guess.score, each.column)):
        role = each.guess.role
        of_weight = Role.WEIGHT_G if role is Role.WEIGHT_KG else role
        if each.column not in chosen and taken.get(of_weight, 0) < most.get(role, 1):
            chosen[each.column] = each.guess
            taken[of_weight] = taken.get(of_weight, 0) + 1
    return chosen


def _guesses(found: OwnList, column: int, known: Mapping[str, str]) -> Iterator[_Placed]:
    name, values = found.names[column], found.values(column)
    whole = known.get(spelling(name))
    if whole == GROUP or not values:
        return
    named, by_name = (Role(whole), _BY_NAME) if whole else (meant_in_part(name), _BY_PART)
    looks = {role: words for role, (look, words) in _LOOKS.items() if look(values)}
    if named:
        unit = _in_its_unit(named, name, values)
        if named in looks or (named is Role.WEIGHT_G and _are_numbers(values)):
            yield _Placed(column, Guess(unit, by_name + _BY_VALUES, _("by its name, and by what stands in it")))
        elif whole or named not in _MUST_LOOK:
            yield _Placed(column, Guess(unit, by_name, _("by its name")))
    for role, words in looks.items() if named is None else ():
        if role is not Role.STOCK or not name:
            yield _Placed(column, Guess(_in_its_unit(role, name, values), _ALONE[role], words))


def _group(found: OwnList, roles: tuple[Role | None, ...], known: Mapping[str, str]) -> int | None:
    """The column of that name whose cells repeat; else the title, where it repeats while options do not."""
    named = [n for n, name in enumerate(found.names) if known.get(spelling(name)) == GROUP]
    titles = [n for n, role in enumerate(roles) if role is Role.TITLE]
    may = [*named, *(titles if Role.OPTION in roles else ())]
    return next((n for n in may if len(set(found.values(n))) < len(found.values(n))), None)


def _in_its_unit(role: Role, name: str, values: list[str]) -> Role:
    """Weight in the unit that its name says, else the one in which so little would be too light for a parcel."""
    if role is not Role.WEIGHT_G:
        return role
    said = says_kilograms(name)
    if said is None:
        numbers = [number for value in values if (number := number_in(value)) is not None]
        said = bool(numbers) and median(numbers) < _HEAVY_KG
    return Role.WEIGHT_KG if said else Role.WEIGHT_G


def _most(values: list[str], is_one: Callable[[str], object]) -> bool:
    return sum(map(bool, map(is_one, values))) >= _MOST * len(values)


def _differ(values: list[str]) -> bool:
    return len(set(values)) >= _MOST * len(values)


def _numbers(values: list[str]) -> list[Any]:
    return [number for value in values if (number := number_in(value)) is not None]


def _are_numbers(values: list[str]) -> bool:
    return _most(values, lambda value: number_in(value) is not None or _WITH_UNIT.fullmatch(value))


def _are_prices(values: list[str]) -> bool:
    numbers = _numbers(values)
    return len(numbers) >= _MOST * len(values) and _LOW_PRICE_IDR <= median(numbers) < 10**9


def _are_pieces(values: list[str]) -> bool:
    """Whole, not too many, and not the numbers of the rows."""
    numbers = _numbers(values)
    if len(numbers) < _MOST * len(values) or any(number % 1 for number in numbers) or median(numbers) >= _MANY_PIECES:
        return False
    return len(numbers) < VALUES_SHOWN or any(b - a != 1 for a, b in pairwise(numbers))


def _are_titles(values: list[str]) -> bool:
    return _differ(values) and _most(
        values, lambda value: " " in value and len(value) <= 255 and not _ADDRESS.match(value)
    )


def _are_texts(values: list[str]) -> bool:
    return _most(values, lambda value: len(value) > 100 or "<p" in value or "\n" in value)


def _are_codes(values: list[str]) -> bool:
    return _differ(values) and _most(values, lambda value: _CODE.fullmatch(value) and number_in(value) is None)


def _are_ids(values: list[str]) -> bool:
    return len(set(values)) == len(values) and _most(values, _LONG_NUMBER.fullmatch)


_LOOKS: Mapping[Role, tuple[Callable[[list[str]], bool], "str | Promise"]] = {
    Role.IMAGE: (lambda values: _most(values, _ADDRESS.fullmatch), _("addresses of pictures stand in it")),
    Role.WEIGHT_G: (lambda values: _most(values, _WITH_UNIT.fullmatch), _("weights stand in it")),
    Role.PRICE: (_are_prices, _("prices stand in it")),
    Role.STOCK: (_are_pieces, _("small whole numbers stand in it")),
    Role.DESCRIPTION: (_are_texts, _("long texts stand in it")),
    Role.ID: (_are_ids, _("long numbers stand in it, each once")),
    Role.TITLE: (_are_titles, _("several words stand in it, each time others")),
    Role.SKU: (_are_codes, _("codes stand in it, each once")),
    Role.STATUS: (lambda values: _most(values, lambda value: value.casefold() in _STATUS), _("it says yes or no")),
    Role.OPTION: (
        lambda values: kind_of(set(values)) != OTHER and not _are_numbers(values),
        _("colours or sizes stand in it"),
    ),
    Role.CATEGORY: (lambda values: _most(values, lambda value: "/" in value or ">" in value), _("paths stand in it")),
}
"""What each role looks like where nothing is said, surest first."""
_MUST_LOOK = frozenset({Role.PRICE, Role.STOCK, Role.IMAGE, Role.WEIGHT_G})
"""What is called so in part and does not look so is something else: `Tanggal harga`."""
_ALONE = {
    Role.IMAGE: 55,
    Role.WEIGHT_G: 50,
    Role.PRICE: 47,
    Role.TITLE: 46,
    Role.DESCRIPTION: 45,
    Role.SKU: 45,
    Role.OPTION: 45,
    Role.STATUS: 42,
    Role.STOCK: 41,
    Role.CATEGORY: 40,
    Role.ID: 39,
}
"""How sure a look is by itself. Small whole numbers are a stock only where no name says that they are something else."""
