"""The page of the law in the reference, from the rules themselves."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import django
from django.utils import translation

if TYPE_CHECKING:
    from lapak.compliance.rules import Basis, Rule

LAW_PAGE = """# The law

Every rule with its dates, written by `lapak docs` from the code (`compliance/trade.py`, `compliance/people.py`,
`compliance/tax.py`) and held to it by a test. Collected in November 2026; no legal advice. (?): not found in a primary text.
What of it is kept on a day, with evidence: `lapak compliance report` ([commands](commands.md)). Facts and doubts in
sentences: [law and practice](../concepts/law-and-practice.md).
"""


def page() -> str:
    """The rules, as docs/reference/law.md."""
    django.setup()
    from lapak.compliance.law import LAW

    with translation.override("en"):
        return LAW_PAGE + "".join(part for rule in LAW for part in _section(rule))


def _section(rule: "Rule") -> Iterator[str]:
    yield f"\n## {rule.id}: {rule.title}\n\n{rule.who}. {rule.duty}\n\n"
    yield f"**In Lapak.** {rule.control}\n\n| source | from | until |\n|---|---|---|\n"
    yield from (_row(basis) for basis in rule.basis)
    yield "\nLooked at:\n\n"
    for proof in rule.proofs:
        yield f"- `{proof.name}`: {proof.says}{' As of the day.' if proof.goes_by_day else ''}\n"


def _row(basis: "Basis") -> str:
    mark = "" if basis.is_confirmed else " (?)"
    return f"| {basis}{mark} | {basis.since} | {basis.until or '–'} |\n"
