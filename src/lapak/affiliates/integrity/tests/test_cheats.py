"""Stories of those whom a rule is for: what it sees, what it freezes, and what it says to the creator."""

import uuid
from dataclasses import replace

import pytest
from django.utils.translation import override

from lapak.affiliates.integrity.facts import Facts
from lapak.affiliates.integrity.models import Finding
from lapak.affiliates.integrity.signs import OF_SHOWCASES, RULES, RuleName, Sign, signs_in
from lapak.affiliates.integrity.tests.stories import HOME, facts, flood, late, many, sale, seen_in

NEAR = frozenset(uuid.UUID(int=n) for n in range(3))

CHEATS: dict[RuleName, Facts] = {
    RuleName.OWN_ADDRESS: facts(many(16, buyers=2, place=HOME)),
    RuleName.SHARED_ACCOUNT: facts(many(12, buyers=3), near_buyers=NEAR),
    RuleName.CLICK_FLOOD: facts(many(3, buyers=3), traffic=flood(40_000, 30)),
    RuleName.CONVERSION: facts(many(60, buyers=20), clicks=61),
    RuleName.REFUND_FARMING: facts([*many(9, buyers=2, came_back=True), *many(2, buyers=2)]),
    RuleName.SNIPING: facts(many(12, buyers=12), late=late(30, buyers=15)),
    RuleName.SECOND_ACCOUNT: facts([sale()], closed_twin_id=uuid.UUID(int=7)),
}


BY_RULE = sorted({*RuleName} - {RuleName.BY_HAND, *OF_SHOWCASES})
"""All but what people see."""


def of(rule: RuleName) -> Sign:
    (sign,) = signs_in(CHEATS[rule])
    return sign


@pytest.mark.parametrize("rule", BY_RULE)
def test_each_is_seen_by_its_rule_alone(rule: RuleName) -> None:
    assert seen_in(CHEATS[rule]) == {rule}


@pytest.mark.parametrize("rule", BY_RULE)
def test_what_it_says_needs_no_more_than_its_counts_and_names_nobody(rule: RuleName) -> None:
    sign = of(rule)
    said = str(RULES[rule].why) % sign.counts
    assert "%" not in said
    assert not any(id_ in said for ids in sign.ids.values() for id_ in ids)
    assert all(isinstance(count, int) for count in sign.counts.values())


def test_it_freezes_the_lines_that_are_meant_and_no_others() -> None:
    ring, honest = many(16, buyers=2, place=HOME), many(5, buyers=5)
    (sign,) = signs_in(facts([*ring, *honest]))
    assert sign.commission_ids == {each.commission_id for each in ring}
    assert sign.counts == {"orders": 16, "all_orders": 21, "buyers": 2}


def test_it_freezes_what_waits_and_nothing_that_was_credited() -> None:
    *credited, last = many(16, buyers=2, place=HOME)
    (sign,) = signs_in(facts([last, *(replace(each, is_waiting=False) for each in credited)]))
    assert sign.commission_ids == {last.commission_id}


def test_without_anything_that_waits_there_is_nothing_to_say() -> None:
    assert seen_in(facts(replace(each, is_waiting=False) for each in many(16, buyers=2, place=HOME))) == set()


def test_farmed_refunds_freeze_what_the_same_buyers_kept() -> None:
    kept, others = many(2, buyers=2), [sale(9)]
    (sign,) = signs_in(facts([*many(9, buyers=2, came_back=True), *kept, *others]))
    assert {each.commission_id for each in kept} < sign.commission_ids
    assert others[0].commission_id not in sign.commission_ids


def test_a_program_in_browsers_freezes_what_these_browsers_brought_and_names_what_it_came_late_to() -> None:
    snatched = late(30, buyers=15)
    theirs, others = many(12, buyers=12), [sale(90), sale(91)]
    (sign,) = signs_in(facts([*theirs, *others], late=snatched))
    assert sign.commission_ids == {each.commission_id for each in theirs}
    assert set(map(str, snatched)) < set(sign.ids["orders"])
    assert sign.counts == {"orders": 30, "all_orders": 44, "buyers": 15}


def test_what_a_creator_reads_has_its_thousands_parted() -> None:
    flood = Finding(rule=Finding.Rule.CLICK_FLOOD, counts={"clicks": 12_480, "people": 31})
    with override("id"):
        assert flood.why.startswith("12.480 klik")
