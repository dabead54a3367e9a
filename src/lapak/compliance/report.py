"""What the law asks on a day, and whether the running system keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import override

from lapak.compliance.law import LAW
from lapak.compliance.proofs.asked import each_page_once
from lapak.compliance.rules import Basis, Found, Proof, Rule
from lapak.lib import clock

SOON = timedelta(days=30)
"""How far ahead the operator sees what will not be kept."""
FIRST_DAY = date(2023, 1, 1)
"""The year of the rule that asks for Lapak (Permendag 31/2023); of the years before nothing is told."""
LAST_DAY = date(2049, 12, 31)
"""So far ahead as a calendar is of any use to a reader."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one proof found, and of which day."""

    proof: Proof
    of: date
    found: Found


@dataclass(frozen=True, slots=True)
class Line:
    """One rule on one day. `holds` is none when nothing asks for it that day: the evidence stands all the same."""

    rule: Rule
    on: date
    evidence: tuple[Evidence, ...]

    @property
    def in_force(self) -> bool:
        return self.rule.basis_on(self.on) is not None

    @property
    def basis(self) -> Basis:
        return self.rule.basis_nearest(self.on)

    @property
    def holds(self) -> bool | None:
        return all(each.found.holds for each in self.evidence) if self.in_force else None

    @property
    def missing(self) -> list[Evidence]:
        """The proofs that the rule is not kept."""
        return [each for each in self.evidence if not each.found.holds]


def report(on: date, rules: Iterable[Rule] = LAW) -> list[Line]:
    """A line for every rule there is."""
    with each_page_once():
        return [Line(rule, on, tuple(_evidence(proof, on) for proof in rule.proofs)) for rule in rules]


def report_later(on: date, lines: Iterable[Line]) -> list[Line]:
    """The same rules on another day; what does not go by the day is not looked at again."""
    return [
        Line(
            line.rule,
            on,
            tuple(_evidence(each.proof, on) if each.proof.goes_by_day else each for each in line.evidence),
        )
        for line in lines
    ]


def not_kept(lines: Iterable[Line]) -> list[Line]:
    """What is asked that day and not kept."""
    return [line for line in lines if line.holds is False]


def not_kept_soon(now: Iterable[Line], soon: Iterable[Line]) -> list[Line]:
    """What is not kept then, and is now, or is not asked yet."""
    known = {line.rule.id for line in not_kept(now)}
    return [line for line in not_kept(soon) if line.rule.id not in known]


def as_json(line: Line) -> dict[str, Any]:
    """The line for programs, in the language that is spoken; the duty in both."""
    rule, basis = line.rule, line.basis
    return {
        "id": rule.id,
        "title": str(rule.title),
        "on": line.on.isoformat(),
        "source": basis.source,
        "article": basis.article,
        "in_force": line.in_force,
        "from": basis.since.isoformat(),
        "until": basis.until and basis.until.isoformat(),
        "confirmed": basis.is_confirmed,
        "who": str(rule.who),
        "duty": {language: _in(language, rule.duty) for language in ("id", "en")},
        "control": str(rule.control),
        "holds": line.holds,
        "evidence": [
            {
                "name": each.proof.name,
                "what": str(each.proof.says),
                "of": each.of.isoformat(),
                "holds": each.found.holds,
                "found": each.found.what,
            }
            for each in line.evidence
        ],
    }


def _evidence(proof: Proof, on: date) -> Evidence:
    return Evidence(proof, on if proof.goes_by_day else clock.today(), proof.look(on))


def _in(language: str, text: object) -> str:
    with override(language):
        return str(text)
