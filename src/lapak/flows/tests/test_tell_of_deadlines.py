"""Whoever would lose by silence hears of it in time: once each deadline, however late or often somebody looks."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from lapak.flows.models import StuckAct, WatchedUpTo
from lapak.flows.refund_return import approve_return
from lapak.flows.ship_order import deliver_order
from lapak.flows.tell_people import watch
from lapak.flows.tell_people.watch import WATCHES, tell_of_deadlines
from lapak.lib import clock
from lapak.lib.calendar import after_working_days
from lapak.people.notices.commands import Telling
from lapak.people.notices.models import Notice
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.commands import claim_not_arrived, show_handed_over
from lapak.trade.orders.models import Order
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.models import Return

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def began() -> None:
    """Somebody looks since before anything happened."""
    with clock.stopped_at(clock.now() - HOUR):
        tell_of_deadlines()


def look(at: datetime | None) -> None:
    assert at is not None
    with clock.stopped_at(at):
        tell_of_deadlines()


def told(reader: User) -> list[str]:
    return list(Notice.objects.filter(reader_id=reader.id).order_by("id").values_list("fact", flat=True))


class TestOrders:
    def test_six_hours_are_left_to_pack(self, cast: Cast, paid: Order) -> None:
        assert paid.pack_by
        look(paid.pack_by - 6 * HOUR - MINUTE)
        assert told(cast.seller) == []
        look(paid.pack_by - 6 * HOUR)
        look(paid.pack_by - 6 * HOUR)
        look(paid.pack_by - 5 * HOUR)
        assert told(cast.seller) == ["pack_soon"]
        assert Notice.objects.get().deadline == paid.pack_by

    def test_a_worker_that_was_away_tells_it_later(self, cast: Cast, paid: Order) -> None:
        assert paid.pack_by
        look(paid.pack_by - 1 * HOUR)
        assert told(cast.seller) == ["pack_soon"]

    def test_who_has_packed_hears_nothing(self, cast: Cast, packed: Order) -> None:
        assert packed.pack_by
        look(packed.pack_by - HOUR)
        assert "pack_soon" not in told(cast.seller)

    def test_whose_payment_is_in_dispute_hears_nothing(self, cast: Cast, paid: Order) -> None:
        Order.objects.filter(id=paid.id).update(disputed_at=clock.now(), disputed_idr=1)
        assert paid.pack_by
        look(paid.pack_by - HOUR)
        assert told(cast.seller) == []
        Order.objects.filter(id=paid.id).update(disputed_at=None, disputed_idr=0)

    def test_a_new_deadline_is_told_anew(self, cast: Cast, packed: Order) -> None:
        assert packed.ship_by
        look(packed.ship_by - HOUR)
        with clock.stopped_at(packed.ship_by - MINUTE):
            again = show_handed_over(order_id=packed.id, by=cast.seller, receipt="JNE 12")
        assert again.ship_by
        look(again.ship_by - HOUR)
        assert told(cast.seller) == ["ship_soon", "ship_soon"]

    def test_a_wish_to_cancel_waits_for_an_answer(self, cast: Cast, packed: Order) -> None:
        wish = ask_to_cancel(order_id=packed.id, by=cast.buyer, reason="")
        assert wish.cancel_asked_at
        look(wish.cancel_asked_at + 41 * HOUR)
        assert "cancel_answer_soon" not in told(cast.seller)
        look(wish.cancel_asked_at + 43 * HOUR)
        assert "cancel_answer_soon" in told(cast.seller)
        notice = Notice.objects.get(fact="cancel_answer_soon")
        assert notice.deadline == wish.cancel_asked_at + 48 * HOUR

    def test_the_time_to_arrive_is_over(self, cast: Cast, shipped: Order) -> None:
        assert shipped.arrive_by
        assert shipped.decide_by
        look(shipped.arrive_by + MINUTE)
        assert told(cast.buyer) == ["has_it_arrived"]
        with clock.stopped_at(shipped.arrive_by + HOUR):
            claim_not_arrived(order_id=shipped.id, by=cast.buyer)
        look(shipped.decide_by - HOUR)
        assert told(cast.operator) == ["case_soon"]

    def test_the_last_day_to_return(self, cast: Cast, shipped: Order) -> None:
        order = deliver_order(order_id=shipped.id, by=None)
        assert order.complete_at
        look(order.complete_at - 23 * HOUR)
        assert told(cast.buyer) == ["last_day_to_return"]


class TestReturns:
    def test_the_shops_answer(self, cast: Cast, ask: Ask) -> None:
        act_by = ask().act_by
        assert act_by
        look(act_by - 25 * HOUR)
        assert told(cast.seller) == []
        look(act_by - 23 * HOUR)
        assert told(cast.seller) == ["return_answer_soon"]
        look(act_by - 5 * HOUR)
        assert told(cast.seller) == ["return_answer_soon"] * 2

    def test_the_buyers_objection(self, cast: Cast, ask: Ask) -> None:
        return_ = deciding.decline_return(return_id=ask().id, by=cast.seller, words="It was whole.")
        look((return_.act_by or clock.now()) - 5 * HOUR)
        assert told(cast.buyer) == ["return_object_soon"] * 2

    def test_sending_back_and_inspecting(self, cast: Cast, ask: Ask) -> None:
        return_ = ask()
        approved = approve_return(return_id=return_.id, by=cast.seller)
        look((approved.act_by or clock.now()) - 23 * HOUR)
        assert told(cast.buyer) == ["return_send_soon"]
        sending.send_back(return_id=return_.id, by=cast.buyer, courier="JNE", tracking_number="JX0001234567")
        arrived = sending.receive_return(return_id=return_.id, by=cast.seller)
        assert arrived.act_by == after_working_days(
            arrived.events.latest("happened_at").happened_at, 2, cast.shop.time_zone
        )
        WatchedUpTo.objects.update(moment=clock.now())
        look(arrived.act_by - 5 * HOUR)
        assert told(cast.seller) == ["return_inspect_soon"] * 2

    def test_the_operators_case(self, cast: Cast, ask: Ask) -> None:
        deciding.decline_return(return_id=(return_ := ask()).id, by=cast.seller, words="It was whole.")
        escalated = asking.escalate_return(return_id=return_.id, by=cast.buyer, words="It was not.")
        look((escalated.act_by or clock.now()) - 5 * HOUR)
        assert told(cast.operator) == ["case_soon"] * 2


def test_the_first_look_tells_nothing_of_what_is_past(cast: Cast, paid: Order) -> None:
    WatchedUpTo.objects.all().delete()
    assert paid.pack_by
    look(paid.pack_by - HOUR)
    assert told(cast.seller) == []


def test_a_watch_that_fails_keeps_no_other_from_looking_and_is_asked_again(
    cast: Cast, paid: Order, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_since: datetime, _until: datetime) -> list[Telling]:
        raise RuntimeError("broken")

    assert paid.pack_by
    monkeypatch.setattr(watch, "WATCHES", (watch.Watch("broken", timedelta(), fail), *WATCHES))
    look(paid.pack_by - HOUR)
    look(paid.pack_by - HOUR + MINUTE)
    assert told(cast.seller) == ["pack_soon"]
    assert StuckAct.all_of(watch.STUCK_AS).count() == 1
    monkeypatch.setattr(watch, "WATCHES", (watch.Watch("broken", timedelta(), lambda _since, _until: []),))
    look(paid.pack_by)
    assert not StuckAct.all_of(watch.STUCK_AS).exists()


def test_names_of_watches_are_their_own() -> None:
    assert len({each.name for each in WATCHES}) == len(WATCHES)
