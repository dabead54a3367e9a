"""Who is told what of a return: the side that did not take the step."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils.translation import override

from lapak.flows import clocks
from lapak.flows.refund_return import accept_return, approve_return, approve_unanswered_return, uphold_return
from lapak.flows.tell_people.of_returns import TOLD_OF_RETURNS
from lapak.flows.tests.told import facts_of, notice_of, tell_all
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.testing.cast import Cast
from lapak.trade.returns import asking, deciding, sending
from lapak.trade.returns.models import Return
from lapak.trade.returns.rules import ReturnState

pytestmark = pytest.mark.django_db

Ask = Callable[..., Return]

BEFORE_IT = {
    "buyer": ["order_paid", "order_shipped", "order_delivered"],
    "seller": ["new_order"],
}


def told_to_buyer(cast: Cast) -> list[str]:
    return facts_of(cast.buyer)[len(BEFORE_IT["buyer"]) :]


def told_to_seller(cast: Cast) -> list[str]:
    return facts_of(cast.seller)[len(BEFORE_IT["seller"]) :]


def sent_back(cast: Cast, return_: Return) -> Return:
    approve_return(return_id=return_.id, by=cast.seller)
    return sending.send_back(return_id=return_.id, by=cast.buyer, courier="JNE", tracking_number="JX0001234567")


def test_every_state_has_been_thought_of() -> None:
    assert set(TOLD_OF_RETURNS) == set(ReturnState)


def test_asked(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    assert told_to_seller(cast) == ["return_asked"]
    assert told_to_buyer(cast) == []
    assert notice_of(cast.seller, "return_asked").deadline == return_.act_by
    assert words_of(notice_of(cast.seller, "return_asked")).path == f"/sell/batik-sekar/returns/{return_.id}"


def test_the_buyers_words_are_read_on_the_page_alone(cast: Cast, ask: Ask) -> None:
    ask()
    tell_all()
    assert "seam" not in str(list(Notice.objects.values_list("said", flat=True)))


def test_agreed_sent_back_looked_at_and_refunded(cast: Cast, ask: Ask) -> None:
    return_ = sent_back(cast, ask())
    sending.receive_return(return_id=return_.id, by=cast.seller)
    accept_return(return_id=return_.id, by=cast.seller)

    assert told_to_seller(cast) == ["return_asked", "return_sent_back"]
    assert told_to_buyer(cast) == ["return_at_shop", "refund_owed"]


def test_agreed_and_the_goods_are_awaited(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    approve_return(return_id=return_.id, by=cast.seller)
    assert told_to_buyer(cast) == ["return_approved"]
    assert words_of(notice_of(cast.buyer, "return_approved")).path == f"/returns/{return_.id}"


def test_silence_of_the_shop_is_told_to_it_as_agreement(cast: Cast, ask: Ask) -> None:
    return_ = ask(goods_come_back=False)
    with clock.stopped_at((return_.act_by or clock.now()) + timedelta(minutes=1)):
        approve_unanswered_return(return_id=return_.id, words=clocks.RETURN_UNANSWERED)
    assert told_to_seller(cast) == ["return_asked", "return_agreed_for_you", "return_refunded"]
    assert told_to_buyer(cast) == ["refund_owed"]
    with override("en"):
        assert words_of(notice_of(cast.seller, "return_agreed_for_you")).more == clocks.RETURN_UNANSWERED


def test_declined_taken_to_lapak_and_decided_for_the_buyer(cast: Cast, ask: Ask) -> None:
    return_ = ask(goods_come_back=False)
    deciding.decline_return(return_id=return_.id, by=cast.seller, words="It was whole.")
    asking.escalate_return(return_id=return_.id, by=cast.buyer, words="It was not.")
    assert facts_of(cast.operator) == ["case_return"]
    assert words_of(notice_of(cast.operator, "case_return")).path == f"/staff/return-desk/{return_.id}"
    uphold_return(return_id=return_.id, by=cast.operator)

    assert told_to_buyer(cast) == ["return_declined", "refund_owed"]
    assert told_to_seller(cast) == ["return_asked", "return_escalated", "return_agreed_for_you", "return_refunded"]


def test_decided_for_the_shop(cast: Cast, ask: Ask) -> None:
    return_ = ask()
    deciding.decline_return(return_id=return_.id, by=cast.seller, words="It was whole.")
    asking.escalate_return(return_id=return_.id, by=cast.buyer, words="It was not.")
    deciding.dismiss_return(return_id=return_.id, by=cast.operator, words="The pictures show it whole.")

    assert told_to_buyer(cast) == ["return_declined", "return_closed"]
    assert told_to_seller(cast) == ["return_asked", "return_escalated", "return_over"]


def test_goods_that_left_the_buyer_are_sent_again(cast: Cast, ask: Ask) -> None:
    return_ = sent_back(cast, ask())
    sending.receive_return(return_id=return_.id, by=cast.seller)
    deciding.decline_return(return_id=return_.id, by=cast.seller, words="Worn.")
    with clock.stopped_at(clock.now() + timedelta(days=3)):
        deciding.escalate_silent_return(return_id=return_.id, words=clocks.RETURN_SILENT)
        deciding.dismiss_return(return_id=return_.id, by=cast.operator, words="It was worn.")
        sending.send_again(cast.seller, return_.id, "JNE", "JX0009876543")

    assert told_to_buyer(cast) == [
        "return_at_shop", "return_declined", "return_with_lapak", "return_comes_again", "return_sent_again",
    ]  # fmt: skip
    assert told_to_seller(cast) == ["return_asked", "return_sent_back", "return_escalated", "return_send_again"]


def test_a_parcel_of_which_the_shop_said_nothing(cast: Cast, ask: Ask) -> None:
    return_ = sent_back(cast, ask())
    with clock.stopped_at(clock.now() + timedelta(days=11)):
        sending.count_as_arrived(return_id=return_.id, words=clocks.RETURN_UNREPORTED)
    assert told_to_seller(cast)[-1] == "return_counts_as_arrived"


def test_withdrawn_is_told_to_the_shop_alone(cast: Cast, ask: Ask) -> None:
    asking.withdraw_return(return_id=ask().id, by=cast.buyer)
    assert told_to_seller(cast) == ["return_asked", "return_over"]
    assert told_to_buyer(cast) == []
