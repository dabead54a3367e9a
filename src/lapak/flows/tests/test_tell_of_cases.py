"""What waits on the operator's desks is told to the operators: once, and not when there are none."""

from datetime import datetime, timedelta

import pytest

from lapak.flows.receive_dispute import receive_dispute
from lapak.flows.sweep import keep_stuck
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.money.payments.models import PaymentIntent, UnexplainedReceipt
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.histories import paid_order
from lapak.testing.market import dispute_report

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def began(cast: Cast) -> datetime:
    with clock.stopped_at(clock.now() - HOUR):
        tell_of_deadlines()
    return clock.now()


def look(moment: datetime) -> None:
    with clock.stopped_at(moment):
        tell_of_deadlines()


def told(reader: User) -> list[str]:
    return list(Notice.objects.filter(reader_id=reader.id).order_by("id").values_list("fact", flat=True))


def test_a_dispute_and_its_last_day(cast: Cast, variant: Variant, began: datetime) -> None:
    intent = PaymentIntent.objects.get(pays_for=paid_order(cast, (variant, 1)).purchase_id)
    receive_dispute(dispute_report(intent), intent.provider)
    dispute = intent.disputes.get()
    look(dispute.opened_at + HOUR)
    assert told(cast.operator) == ["case_dispute"]
    assert words_of(Notice.objects.get()).path == f"/staff/money-desk/dispute/{dispute.id}"
    look(dispute.answer_by - HOUR)
    assert told(cast.operator) == ["case_dispute", "case_dispute_soon"]


@pytest.mark.unsound_books
def test_money_that_nobody_can_explain(cast: Cast, variant: Variant, began: datetime) -> None:
    intent = PaymentIntent.objects.get(pays_for=paid_order(cast, (variant, 1)).purchase_id)
    UnexplainedReceipt.objects.create(intent=intent, amount_idr=1, received_at=clock.now())
    look(began + HOUR)
    assert told(cast.operator) == ["case_receipt"]


def test_what_is_stuck_for_an_hour_is_told_once_a_kind(cast: Cast, began: datetime) -> None:
    for _ in range(3):
        keep_stuck("unpacked", new_id(), RuntimeError("locked"))
    look(clock.now() + HOUR / 2)
    assert told(cast.operator) == []
    look(clock.now() + 2 * HOUR)
    look(clock.now() + 3 * HOUR)
    assert told(cast.operator) == ["case_stuck"]


def test_without_operators_nothing_is_told_and_nothing_breaks(cast: Cast, began: datetime) -> None:
    User.objects.filter(id=cast.operator.id).update(is_active=False)
    keep_stuck("unpacked", new_id(), RuntimeError("locked"))
    look(clock.now() + 2 * HOUR)
    assert not Notice.objects.exists()
