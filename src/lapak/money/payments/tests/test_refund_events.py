"""Every step of a refund stays on record, by whichever way it is taken; a step not taken leaves none."""

import pytest

from lapak.lib.ids import new_id
from lapak.money.payments.models import RefundEvent
from lapak.money.payments.refunds import (
    lock_refund,
    mark_refund_arrived,
    mark_refund_failed,
    mark_refund_sent,
    mark_refunds_arrived,
    owe_refund,
    owe_refunds_again,
    send_refunds_by,
)

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def steps() -> list[str]:
    return list(RefundEvent.objects.order_by("id").values_list("status", flat=True))


def test_through_the_gateway() -> None:
    refund = owe_refund(buyer_id=new_id(), amount_idr=115_000, reason="Not packed in time.")
    assert mark_refund_sent(lock_refund(refund.id))
    assert not mark_refund_sent(lock_refund(refund.id))
    assert mark_refund_arrived(lock_refund(refund.id))

    assert steps() == ["owed", "sent", "arrived"]


def test_what_takes_its_place_is_owed_anew() -> None:
    refund = owe_refund(buyer_id=new_id(), amount_idr=115_000, reason="Not packed in time.")
    other = mark_refund_failed(lock_refund(refund.id), "closed account")

    assert steps() == ["owed", "failed", "owed"]
    assert other.events.count() == 1


def test_by_bank_and_back_again() -> None:
    refund = owe_refund(buyer_id=new_id(), amount_idr=115_000, reason="Not packed in time.")
    send_refunds_by(new_id(), [refund.id])
    send_refunds_by(new_id(), [refund.id])  # it is on its way already
    mark_refunds_arrived([refund.id])
    owe_refunds_again([refund.id], "account closed")
    mark_refunds_arrived([refund.id])  # nothing is on its way

    assert steps() == ["owed", "sent", "arrived", "owed"]
