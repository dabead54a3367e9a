"""Stories of honest people whom no rule may hit: for each, what they have in common with those who cheat."""

import uuid
from dataclasses import replace

import pytest

from lapak.affiliates.integrity.tests.stories import ELSEWHERE, HOME, facts, flood, late, many, sale, seen_in
from lapak.lib.ids import new_id


def test_a_household_that_buys_its_own_groceries_by_the_daughters_link() -> None:
    mother = many(13, buyers=2, place=HOME)
    assert seen_in(facts(mother)) == set()


def test_a_family_at_home_while_others_buy_as_well() -> None:
    family = many(20, buyers=2, place=HOME)
    others = many(21, buyers=21, place=ELSEWHERE)
    assert seen_in(facts([*family, *others])) == set()


def test_an_office_whose_people_all_have_their_parcels_sent_there() -> None:
    colleagues = many(60, buyers=20, place=HOME)
    assert seen_in(facts(colleagues)) == set()


def test_an_office_behind_one_address_counts_as_few_people() -> None:
    assert seen_in(facts(many(6, buyers=6), traffic=flood(400, 2))) == set()


def test_a_film_that_everybody_shares() -> None:
    viewers = many(300, buyers=300)
    assert seen_in(facts(viewers, clicks=90_000, traffic=flood(90_000, 61_000))) == set()


def test_a_film_among_phones_that_a_providers_gateway_makes_look_the_same() -> None:
    viewers = many(300, buyers=300)
    assert seen_in(facts(viewers, clicks=60_000, traffic=flood(60_000, 250))) == set()


def test_an_eager_circle_that_opens_a_link_all_day() -> None:
    assert seen_in(facts(many(6, buyers=6), traffic=flood(2_400, 40))) == set()


def test_a_link_that_one_handed_on_to_a_whole_village_is_one_click() -> None:
    click = new_id()
    assert seen_in(facts([replace(each, click_id=click) for each in many(80, buyers=80)], clicks=90)) == set()


def test_clicks_that_were_lost_while_the_database_was_away() -> None:
    assert seen_in(facts(many(200, buyers=200), clicks=3)) == set()


def test_friends_who_all_buy_what_she_began_with() -> None:
    assert seen_in(facts(many(45, buyers=9), clicks=46)) == set()


def test_one_who_sells_to_a_circle_by_chat() -> None:
    assert seen_in(facts(many(60, buyers=40), clicks=90)) == set()


def test_goods_that_are_bad_come_back_from_many() -> None:
    returned = many(90, buyers=60, came_back=True)
    kept = many(30, buyers=30)
    assert seen_in(facts([*returned, *kept])) == set()


def test_friends_who_order_two_sizes_and_keep_the_one_that_fits() -> None:
    kept = many(12, buyers=3)
    assert seen_in(facts([*kept, *(replace(each, commission_id=new_id(), came_back=True) for each in kept)])) == set()


def test_one_who_sends_much_back_among_many_who_do_not() -> None:
    one = many(10, buyers=1, came_back=True)
    assert seen_in(facts([*one, *many(30, buyers=30)])) == set()


def test_everybody_taps_the_link_and_buys_at_once() -> None:
    assert seen_in(facts(sale(n, seconds=3) for n in range(300))) == set()


def test_buyers_who_go_from_the_checkout_to_look_for_a_code() -> None:
    assert seen_in(facts(many(60, buyers=60), late=late(40, buyers=40))) == set()


def test_a_new_creator_whose_first_fans_came_by_the_link_when_the_checkout_was_open() -> None:
    assert seen_in(facts(many(6, buyers=6), late=late(12, buyers=12))) == set()


def test_one_buyer_with_a_coupon_program_of_their_own() -> None:
    assert seen_in(facts(many(8), late=late(60, buyers=1))) == set()


@pytest.mark.parametrize(("orders", "relatives"), [(1, 1), (30, 1), (30, 2), (11, 4)])
def test_relatives_who_share_bank_accounts_with_the_husband(orders: int, relatives: int) -> None:
    near = frozenset(uuid.UUID(int=n) for n in range(relatives))
    assert seen_in(facts(many(orders, buyers=relatives), near_buyers=near)) == set()


def test_a_large_family_among_many_who_buy() -> None:
    near = frozenset(uuid.UUID(int=n) for n in range(6))
    assert seen_in(facts([*many(24, buyers=6), *(sale(100 + n) for n in range(30))], near_buyers=near)) == set()
