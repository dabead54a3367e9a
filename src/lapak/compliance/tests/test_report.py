"""What the law asked on a day, and what of it was kept."""

from dataclasses import replace
from datetime import date

import pytest

from lapak.compliance.law import LAW
from lapak.compliance.proofs import taxes
from lapak.compliance.report import Line, as_json, not_kept, not_kept_soon, report, report_later
from lapak.compliance.rules import Basis, Rule
from lapak.compliance.tests.conftest import DAY
from lapak.testing.cast import Cast
from lapak.testing.refused import contents_of_tables

THREE = (date(2023, 10, 5), date(2026, 6, 9), date(2026, 11, 26))


def rule(id_: str) -> Rule:
    return next(each for each in LAW if each.id == id_)


def asked(on: date) -> dict[str, str]:
    return {each.id: str(basis) for each in LAW if (basis := each.basis_on(on))}


def test_three_days_differ_as_the_law_did() -> None:
    closed, changed, late = (asked(day) for day in THREE)
    trade = {"PMSE-SEP", "PMSE-PROD", "PMSE-FAIR", "PMSE-FOREIGN", "PMSE-STD", "PMSE-100"}
    new = {"PMSE-ID", "PMSE-FEE", "PMSE-COMPLAIN", "PMSE-AI", "PMSE-LOCAL"}
    assert {closed[each].partition(" Art")[0].partition(",")[0] for each in trade} == {"Permendag 31/2023"}
    assert {changed[each].partition(" Art")[0] for each in trade | new} == {"Permendag 19/2026"}
    assert new & closed.keys() == set()
    assert changed.keys() - closed.keys() == {*new, "PDP", "TAX-SLIP"}
    assert late.keys() - changed.keys() == {"UMKM-FEE", "TAX-PPH22"}
    assert (changed["PMSE-STD"], late["PMSE-STD"]) == ("Permendag 19/2026", "Permendag 19/2026, PP 42/2024")
    assert asked(date(2027, 1, 15))["PDP"] != late["PDP"]


def test_the_report_says_so_with_evidence_and_writes_nothing(market: Cast) -> None:
    before = contents_of_tables()
    reports = {day: {line["id"]: line for line in map(as_json, report(day))} for day in THREE}
    assert contents_of_tables() == before
    for day, lines in reports.items():
        assert len(lines) == len(LAW)
        for line in lines.values():
            assert {"id", "source", "in_force", "confirmed", "holds", "evidence"} <= line.keys()
            assert line["in_force"] == (line["id"] in asked(day))
            assert (line["holds"] is None) == (not line["in_force"])
            assert all(each["found"] for each in line["evidence"])
            assert line["duty"]["id"] != line["duty"]["en"]
    first, _, last = (reports[day] for day in THREE)
    assert (first["PMSE-SEP"]["holds"], last["PMSE-SEP"]["holds"]) == (True, True)
    assert (first["PMSE-SEP"]["confirmed"], last["PMSE-SEP"]["confirmed"]) == (True, False)
    assert (first["PMSE-ID"]["holds"], first["PMSE-FAIR"]["holds"]) == (None, True)
    fee = next(each for each in first["PMSE-FAIR"]["evidence"] if each["name"] == "public_fee")
    assert (fee["of"], fee["found"]["fee_bp"]) == ("2023-10-05", 200)


def test_another_date_in_the_data_is_another_report(market: Cast) -> None:
    kept = rule("PMSE-PROD")
    later = replace(kept, basis=(Basis("Permendag 31/2023", "Art. 21 (2)", date(2026, 12, 21)),))
    assert [line.holds for line in report(DAY, [kept, later])] == [True, None]


def test_what_will_not_be_kept_is_known_before(market: Cast) -> None:
    """Taxes of December are with the state by 15 January."""
    now = report(DAY, [rule("TAX-PAY")])
    assert not_kept(now) == []
    assert not_kept_soon(now, report_later(date(2027, 1, 15), now)) == []
    assert [line.rule.id for line in not_kept_soon(now, report_later(date(2027, 1, 19), now))] == ["TAX-PAY"]


def test_what_is_not_kept_already_is_not_told_as_coming() -> None:
    never = replace(rule("PMSE-AI"), basis=(Basis("X", "", date(2026, 12, 25)),))
    now = [Line(never, DAY, ())]
    assert not_kept_soon(now, [Line(never, date(2026, 12, 26), ())]) == []


@pytest.mark.parametrize(("withheld_bp", "holds"), [(0, False), (50, True)])
def test_pph_22_is_a_switch(monkeypatch: pytest.MonkeyPatch, withheld_bp: int, holds: bool) -> None:
    monkeypatch.setattr(taxes, "pph22_bp", lambda _: withheld_bp)
    (proof, _letters) = rule("TAX-PPH22").proofs
    assert proof.look(DAY).holds is holds
    assert rule("TAX-PPH22").basis_on(date(2026, 8, 5)) is None
