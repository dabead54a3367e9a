"""Stories of honest people whom no rule may hit: for each, what they have in common with those who cheat."""

import uuid
from dataclasses import replace

import pytest

from lapak.affiliates.integrity.tests.stories import ELSEWHERE, HOME, facts, flood, many, sale, seen_in
from lapak.lib.ids import new_id


def test_a_household_that_buys_its_own_groceries_by_the_daughters_link() -> None:
    mother = many(7, place=HOME)
    assert seen_in(facts(mother)) == set()


def test_a_family_at_home_while_others_buy_as_well() -> None:
    family = many(12, buyers=2, place=HOME)
    others = many(13, buyers=13, place=ELSEWHERE)
    assert seen_in(facts([*family, *others])) == set()


def test_an_office_whose_people_all_have_their_parcels_sent_there() -> None:
    colleagues = many(60, buyers=20, place=HOME)
    assert seen_in(facts(colleagues)) == set()


def test_an_office_behind_one_address_counts_as_few_people() -> None:
    assert seen_in(facts(many(6, buyers=6), traffic=flood(400, 2))) == set()


def test_a_film_that_everybody_shares() -> None:
    viewers = many(300, buyers=300)
    assert seen_in(facts(viewers, clicks=90_000, traffic=flood(90_000, 61_000))) == set()


def test_a_link_that_one_handed_on_to_a_whole_village_is_one_click() -> None:
    click = new_id()
    assert seen_in(facts([replace(each, click_id=click) for each in many(80, buyers=80)], clicks=90)) == set()


def test_clicks_that_were_lost_while_the_database_was_away() -> None:
    assert seen_in(facts(many(200, buyers=200), clicks=3)) == set()


def test_friends_who_all_buy_what_she_began_with() -> None:
    assert seen_in(facts(many(25, buyers=9), clicks=26)) == set()


def test_goods_that_are_bad_come_back_from_many() -> None:
    returned = many(90, buyers=60, came_back=True)
    kept = many(30, buyers=30)
    assert seen_in(facts([*returned, *kept])) == set()


def test_one_who_sends_much_back_among_many_who_do_not() -> None:
    one = many(10, buyers=1, came_back=True)
    assert seen_in(facts([*one, *many(30, buyers=30)])) == set()


def test_buyers_with_full_carts_who_click_once_more_before_they_pay() -> None:
    quick = [sale(n, seconds=9) for n in range(9)]
    assert seen_in(facts([*quick, *many(20, buyers=20)])) == set()


@pytest.mark.parametrize("near", [1, 4])
def test_a_mother_in_law_with_an_account_together_with_the_husband(near: int) -> None:
    assert seen_in(facts(many(near, buyers=1), near_buyers=frozenset({uuid.UUID(int=0)}))) == set()
