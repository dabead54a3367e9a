"""What a rule of the law is: on what it is based from when to when, whom it binds to what, and what shows that it is kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Basis:
    """The text that asks for it from one day to another (exclusive; none: still in force). Not confirmed: no primary text
    was found that says so, and the report shows it."""

    source: str
    article: str
    since: date
    until: date | None = None
    is_confirmed: bool = True

    def holds_on(self, day: date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)

    def __str__(self) -> str:
        return f"{self.source} {self.article}".strip()


@dataclass(frozen=True, slots=True)
class Found:
    """What a proof found, as numbers and words that JSON can hold, and whether the rule may be said to be kept by it."""

    holds: bool
    what: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that must be so. `goes_by_day`: it was looked at as of the day; else as the system is now."""

    name: str
    says: Promise
    look: Callable[[date], Found]
    goes_by_day: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One duty. `basis` is in order of days, and no two of them hold on the same one."""

    id: str
    title: Promise
    who: Promise
    duty: Promise
    control: Promise
    basis: tuple[Basis, ...]
    proofs: tuple[Proof, ...]

    def basis_on(self, day: date) -> Basis | None:
        """What asks for it on that day; none, when nothing does."""
        return next((each for each in self.basis if each.holds_on(day)), None)

    def basis_nearest(self, day: date) -> Basis:
        """What asks for it that day, else what did last, else what will first."""
        begun = [each for each in self.basis if each.since <= day]
        return self.basis_on(day) or (begun[-1] if begun else self.basis[0])
