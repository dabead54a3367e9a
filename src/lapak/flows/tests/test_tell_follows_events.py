"""The events are followed: none is missed or told twice, whatever crashes, doubles or fails in between."""

from collections.abc import Collection, Iterator
from threading import Thread
from uuid import UUID

import pytest
from django.db import connection

from lapak.flows.models import StuckAct, ToldUpTo
from lapak.flows.tell_people import logs
from lapak.flows.tell_people.logs import FOLLOWED, Followed, tell_of_events
from lapak.flows.tell_people.of_orders import of_orders
from lapak.lib import clock
from lapak.people.notices.commands import Telling
from lapak.people.notices.models import Notice
from lapak.people.users.models import User
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import paid_order
from lapak.trade.orders.commands import pack_order
from lapak.trade.orders.models import Order, OrderEvent

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def began(cast: Cast) -> None:
    """People are told since before anything happened."""
    tell_of_events()


def bought(cast: Cast) -> Order:
    return paid_order(cast, (stocked_variant(cast.shop), 1))


def told(reader: User) -> list[str]:
    return list(Notice.objects.filter(reader_id=reader.id).order_by("id").values_list("fact", flat=True))


def test_what_happened_before_the_first_time_is_not_told(cast: Cast) -> None:
    bought(cast)
    tell_of_events()
    assert not Notice.objects.exists()
    bought(cast)
    tell_of_events()
    assert told(cast.seller) == ["new_order"]


def test_each_event_is_told_once_however_often_one_looks(cast: Cast, began: None) -> None:
    bought(cast)
    assert tell_of_events() > 0
    assert tell_of_events() == 0
    assert told(cast.buyer) == ["order_paid"]


def test_a_replay_of_everything_tells_nothing_twice(cast: Cast, began: None) -> None:
    start = {mark.log: mark.position for mark in ToldUpTo.objects.all()}
    bought(cast)
    tell_of_events()
    for log, position in start.items():
        ToldUpTo.objects.filter(log=log).update(position=position)
    assert tell_of_events() > 0
    assert told(cast.buyer) == ["order_paid"]


def test_a_crash_between_reading_and_noting_tells_everything_the_next_time(
    cast: Cast, began: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    def die(_tellings: list[Telling]) -> None:
        raise Killed

    bought(cast)
    with monkeypatch.context() as patch:
        patch.setattr(logs, "tell", die)
        with pytest.raises(Killed):
            tell_of_events()
    assert not Notice.objects.exists()
    tell_of_events()
    assert told(cast.buyer) == ["order_paid"]


def test_two_followers_at_once_tell_each_fact_once(cast: Cast, began: None) -> None:
    for _ in range(3):
        bought(cast)

    def follow() -> None:
        try:
            tell_of_events()
        finally:
            connection.close()

    threads = [Thread(target=follow) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tell_of_events()
    assert told(cast.seller) == ["new_order"] * 3


def test_an_event_that_cannot_be_told_keeps_no_other_from_it_and_stands_on_the_desk(
    cast: Cast, began: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong, right = bought(cast), bought(cast)
    bad = OrderEvent.objects.get(order=wrong, to_state="to_pack").id

    def choke(event_ids: Collection[UUID]) -> Iterator[Telling]:
        if bad in event_ids:
            raise RuntimeError("a state that nobody knows")
        return of_orders(event_ids)

    with monkeypatch.context() as patch:
        patch.setattr(logs, "FOLLOWED", (Followed(OrderEvent, choke), *FOLLOWED[1:]))
        tell_of_events()
    assert [notice.said["order_id"] for notice in Notice.objects.filter(fact="new_order")] == [str(right.id)]
    assert StuckAct.objects.get().subject_id == bad

    StuckAct.objects.update(next_try_at=clock.now())
    tell_of_events()
    assert Notice.objects.filter(fact="new_order").count() == 2
    assert not StuckAct.objects.exists()


def test_buying_and_packing_wait_for_nobody_to_be_told(cast: Cast, began: None) -> None:
    """Nothing of telling is in the act itself: the notice comes after it."""
    order = bought(cast)
    pack_order(order_id=order.id, by=cast.seller)
    assert not Notice.objects.exists()
