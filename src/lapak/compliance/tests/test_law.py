"""The rules as data: none is missing, and their days fit."""

from itertools import pairwise

import pytest

from lapak.compliance.law import LAW
from lapak.compliance.rules import Rule

KNOWN = {
    "PMSE-SEP", "PMSE-PROD", "PMSE-FAIR", "PMSE-ID", "PMSE-FOREIGN", "PMSE-STD", "PMSE-100", "PMSE-FEE", "UMKM-FEE",
    "PMSE-COMPLAIN", "PMSE-AI", "PMSE-LOCAL", "PMSE-DATA", "PMSE-KEEP", "PMSE-CONTRACT", "PDP",
    "TAX-PPH22", "TAX-VAT", "TAX-PPH21", "TAX-PPH23", "TAX-SLIP", "TAX-PAY",
}  # fmt: skip


def test_every_rule_that_was_collected_is_there_once() -> None:
    assert sorted(rule.id for rule in LAW) == sorted(KNOWN)


@pytest.mark.parametrize("rule", LAW, ids=lambda rule: rule.id)
def test_its_bases_follow_each_other_and_something_shows_whether_it_is_kept(rule: Rule) -> None:
    assert rule.basis
    assert rule.proofs
    assert len({proof.name for proof in rule.proofs}) == len(rule.proofs)
    for before, after in pairwise(rule.basis):
        assert before.until is not None
        assert before.until <= after.since
    for basis in rule.basis:
        assert basis.until is None or basis.since < basis.until
