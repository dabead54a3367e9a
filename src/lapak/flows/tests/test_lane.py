"""Many purchases at once: placed together, each with its own answer, none spoilt by another."""

import asyncio
import dataclasses
from collections.abc import Sequence
from typing import Any

import psycopg
import pytest
from django.db import connection, transaction

from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.terms.commands import set_budget
from lapak.affiliates.terms.models import BudgetUse
from lapak.flows.place_purchase import lane, read
from lapak.flows.place_purchase.facts import Facts, Terms, Waiting
from lapak.flows.place_purchase.lane import Lane
from lapak.flows.place_purchase.rules import Accepted, Outcome, Repeated, decide
from lapak.goods.catalogue.models import Stock, Variant
from lapak.lib import clock
from lapak.people.users.models import Address, User
from lapak.people.users.sessions import Proof, begin_session, end_session
from lapak.testing.cast import Cast, asked_for, click_on, link_to, stocked_variant
from lapak.trade.orders.errors import PriceChanged, SessionEnded, StockGone, UnpaidLimited
from lapak.trade.orders.models import Purchase

pytestmark = pytest.mark.django_db(transaction=True)


def another_buyer(cast: Cast, n: int) -> Cast:
    """The same market with another buyer, whose e-mail address is confirmed."""
    user = User.objects.create_user(f"buyer-{n}@example.com", name=f"Buyer {n}")
    address = Address.objects.get(id=cast.address.id)
    address.pk, address.user = None, user
    address.save(force_insert=True)
    return dataclasses.replace(cast, buyer=user, address=address)


def wish(cast: Cast, variant: Variant, quantity: int = 1) -> Waiting:
    return Waiting(cast.buyer.id, asked_for(cast, (variant, quantity)))


def placed_at_once(*lanes: Sequence[Waiting]) -> list[list[Any]]:
    """What each lane answers to its wishes, all asked in the same moment; an exception is an answer here."""

    async def ask(of_process: Lane, wishes: Sequence[Waiting]) -> list[Any]:
        answers = await asyncio.gather(*(of_process.place(each) for each in wishes), return_exceptions=True)
        await of_process.close()
        return answers

    async def ask_all() -> list[list[Any]]:
        return await asyncio.gather(*(ask(Lane(), wishes) for wishes in lanes))

    return asyncio.run(ask_all())


def placed_in_one_lane(*wishes: Waiting) -> list[Any]:
    return placed_at_once(wishes)[0]


def kinds(outcomes: Sequence[Outcome]) -> list[type]:
    return [type(outcome) for outcome in outcomes]


def test_each_gets_its_own_answer(cast: Cast) -> None:
    shirt, last_piece = stocked_variant(cast.shop), stocked_variant(cast.shop, on_hand=1)
    first, second = another_buyer(cast, 1), another_buyer(cast, 2)
    changed = wish(first, shirt)
    Variant.objects.filter(id=shirt.id).update(price_idr=120_000)
    shirt.refresh_from_db()
    again = wish(cast, shirt, 2)
    outcomes = placed_in_one_lane(wish(first, last_piece), wish(second, last_piece), changed, again, again)
    assert kinds(outcomes) == [Accepted, StockGone, PriceChanged, Accepted, Repeated]
    assert outcomes[3].id == outcomes[4].id
    assert set(Purchase.objects.values_list("id", flat=True)) == {outcomes[0].id, outcomes[3].id}
    assert [line.available for line in outcomes[1].lines] == [0]


def test_a_hundred_on_the_last_pieces_in_two_processes(cast: Cast) -> None:
    variant = stocked_variant(cast.shop, on_hand=7)
    buyers = [another_buyer(cast, n) for n in range(50)]
    wishes = [wish(buyer, variant) for buyer in buyers]
    more = [wish(buyer, variant) for buyer in buyers]
    outcomes = [outcome for answers in placed_at_once(wishes, more) for outcome in answers]
    assert kinds(outcomes).count(Accepted) == Purchase.objects.count() == 7
    variant.stock.refresh_from_db()
    assert (variant.stock.on_hand, variant.stock.reserved) == (7, 7)


def test_a_budget_that_is_short_in_two_processes(cast: Cast) -> None:
    """Each buys one piece of Rp100.000 at 10 %: whoever finds less than that left buys all the same, and nobody earns by it."""
    variant = stocked_variant(cast.shop, on_hand=20)
    Programme.objects.update(created_at=clock.now())
    set_budget(cast.seller, cast.programme, 35_000)
    click = click_on(link_to(cast, variant.product))
    wishes = [dataclasses.replace(wish(another_buyer(cast, n), variant), clicks=[click]) for n in range(12)]
    outcomes = [outcome for answers in placed_at_once(wishes[::2], wishes[1::2]) for outcome in answers]
    assert kinds(outcomes) == [Accepted] * 12
    assert (Commission.objects.count(), BudgetUse.objects.get().used_idr) == (3, 30_000)


@pytest.mark.unsound_books
def test_pieces_that_go_while_it_is_decided(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is undone, and decided anew with the stock held: who came first has the last piece."""
    variant = stocked_variant(cast.shop, on_hand=3)
    wishes = [wish(another_buyer(cast, n), variant) for n in range(3)]
    elsewhere = connection.get_connection_params() | {"cursor_factory": psycopg.Cursor, "autocommit": True}
    decided: list[Sequence[Outcome]] = []

    def while_others_buy(*asked: Any) -> Any:
        if not decided:
            with psycopg.connect(**elsewhere) as other:
                other.execute("UPDATE catalogue_stock SET reserved = 2 WHERE variant_id = %s", [variant.id])
        decided.append(decide(*asked))
        return decided[-1]

    monkeypatch.setattr(lane, "decide", while_others_buy)
    assert kinds(placed_in_one_lane(*wishes)) == [Accepted, StockGone, StockGone]
    assert kinds(decided[0]) == [Accepted, Accepted, Accepted]
    assert Purchase.objects.count() == 1
    assert Stock.objects.get(variant=variant).reserved == 3


def test_the_same_key_in_two_processes_is_the_same_purchase(cast: Cast) -> None:
    asked = wish(cast, stocked_variant(cast.shop))
    outcomes = [outcome for answers in placed_at_once([asked] * 5, [asked] * 5) for outcome in answers]
    assert sorted(kind.__name__ for kind in kinds(outcomes)) == ["Accepted"] + ["Repeated"] * 9
    assert {outcome.id for outcome in outcomes} == {Purchase.objects.get().id}


def test_no_more_unpaid_purchases_than_allowed_in_two_processes(cast: Cast) -> None:
    variant = stocked_variant(cast.shop, on_hand=100)
    answers = placed_at_once([wish(cast, variant) for _ in range(6)], [wish(cast, variant) for _ in range(6)])
    outcomes = [outcome for of_lane in answers for outcome in of_lane]
    assert kinds(outcomes).count(Accepted) == Purchase.objects.count() == 5
    assert kinds(outcomes).count(UnpaidLimited) == 7


def test_one_that_cannot_be_read_spoils_no_other(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    bad = wish(cast, variant)
    order = dataclasses.replace(bad.asked.orders[0], service_code="\x00")
    bad = dataclasses.replace(bad, asked=dataclasses.replace(bad.asked, orders=(order,)))
    before, failed, after = placed_in_one_lane(wish(cast, variant), bad, wish(cast, variant))
    assert kinds([before, after]) == [Accepted, Accepted]
    assert isinstance(failed, psycopg.Error)
    assert Purchase.objects.count() == 2


def test_a_connection_that_was_lost_is_made_anew(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)

    async def ask() -> list[Outcome]:
        of_process = Lane()
        first = await of_process.place(wishes[0])
        await asyncio.to_thread(end_connections_but, ours)
        second = await of_process.place(wishes[1])
        await of_process.close()
        return [first, second]

    wishes = [wish(cast, variant), wish(cast, variant)]
    ours = connection.connection.info.backend_pid
    assert kinds(asyncio.run(ask())) == [Accepted, Accepted]
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]  # what it holds was ended too, and is not for the next test


def test_a_piece_that_is_locked_for_long_spoils_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "LOCKS_WITHIN_S", 0.2)
    locked, free = stocked_variant(cast.shop), stocked_variant(cast.shop)
    with transaction.atomic():
        Stock.objects.select_for_update(no_key=True).get(variant=locked)
        failed, placed = placed_in_one_lane(wish(cast, locked), wish(cast, free))
    assert isinstance(failed, psycopg.errors.LockNotAvailable)
    assert isinstance(placed, Accepted)
    assert list(Purchase.objects.values_list("id", flat=True)) == [placed.id]


def test_a_database_that_does_not_answer(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it has placed them nobody knows; the same keys again are the same purchases."""
    variant = stocked_variant(cast.shop)
    wishes = [wish(another_buyer(cast, n), variant) for n in range(5)]
    with monkeypatch.context() as impatient, transaction.atomic():
        impatient.setattr(lane, "PATIENCE_S", 0.2)
        Stock.objects.select_for_update(no_key=True).get(variant=variant)
        answers = placed_in_one_lane(*wishes)
    assert [type(answer) for answer in answers] == [lane.DatabaseAway] * 5
    assert set(kinds(placed_in_one_lane(*wishes))) <= {Accepted, Repeated}
    assert Purchase.objects.count() == 5
    assert Stock.objects.get(variant=variant).reserved == 5


def test_a_session_that_ended(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    session = begin_session(cast.buyer, device="")
    proof = Proof(cast.buyer.id, session.id, cast.buyer.get_session_auth_hash())
    good = dataclasses.replace(wish(cast, variant), proof=proof)
    another_password = dataclasses.replace(proof, password_hash="0" * 64)
    strangers = dataclasses.replace(proof, session_id=begin_session(cast.stranger, device="").id)
    wrong = [dataclasses.replace(wish(cast, variant), proof=each) for each in (another_password, strangers)]
    assert kinds(placed_in_one_lane(good, *wrong)) == [Accepted, SessionEnded, SessionEnded]
    end_session(cast.buyer, session.id)
    again = dataclasses.replace(wish(cast, variant), proof=proof)
    assert kinds(placed_in_one_lane(again)) == [SessionEnded]
    good = dataclasses.replace(
        good, proof=dataclasses.replace(proof, session_id=begin_session(cast.buyer, device="").id)
    )
    User.objects.filter(id=cast.buyer.id).update(is_active=False)
    assert kinds(placed_in_one_lane(dataclasses.replace(good, asked=wish(cast, variant).asked))) == [SessionEnded]


def test_a_group_costs_as_many_statements_as_one(cast: Cast) -> None:
    variant = stocked_variant(cast.shop)
    one, many = [wish(cast, variant)], [wish(another_buyer(cast, n), variant) for n in range(32)]
    at = cast.shop.created_at
    assert len(read.questions(one, at, holds_stock=False)) == len(read.questions(many, at, holds_stock=False))


def test_those_who_come_one_after_the_other_go_together(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their requests are read one a turn of the event loop: the first does not leave alone."""
    shirt = stocked_variant(cast.shop)
    groups: list[int] = []

    def counted(waiting: Sequence[Waiting], facts: Facts, terms: Terms) -> list[Outcome]:
        groups.append(len(waiting))
        return decide(waiting, facts, terms)

    monkeypatch.setattr(lane, "decide", counted)
    wishes = [wish(another_buyer(cast, n), shirt) for n in range(3)]

    async def come() -> None:
        of_process = Lane()
        under_way: list[asyncio.Task[Outcome]] = []
        for each in wishes:
            under_way.append(asyncio.create_task(of_process.place(each)))
            await asyncio.sleep(0)
        await asyncio.gather(*under_way)
        await of_process.close()

    asyncio.run(come())
    assert groups == [3]


def end_connections_but(ours: int) -> None:
    """As a database that is started anew does; the test's own goes on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid NOT IN (pg_backend_pid(), %s) AND backend_type = 'client backend'",
            [ours],
        )
    connection.close()
