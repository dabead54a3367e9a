"""The return desk: both sides are heard, one is decided for, and nobody but the operator gets in."""

import pytest
from django.test import Client

from lapak.flows.refund_return import approve_return
from lapak.lib.ids import new_id
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.histories import asked_return, delivered_order
from lapak.testing.pressed import press
from lapak.trade.orders.models import Order
from lapak.trade.returns.asking import escalate_return, withdraw_return
from lapak.trade.returns.deciding import decline_return
from lapak.trade.returns.models import Return
from lapak.trade.returns.sending import send_back
from lapak.trade.shipping.models import Parcel
from lapak.web.staff.tests.conftest import ATTACK

pytestmark = pytest.mark.django_db

DESK = "/staff/return-desk"


def signed_in(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(getattr(cast, who))
    return client


def state_of(return_: Return) -> str:
    return Return.objects.get(id=return_.id).state


def test_the_desk_lists_what_waits_and_the_first_page_counts_it(operator: Client, escalated: Return) -> None:
    assert f"{DESK}/{escalated.id}" in operator.get(DESK).text
    assert DESK in operator.get("/staff/").text


def test_both_sides_are_heard(operator: Client, escalated: Return) -> None:
    page = operator.get(f"{DESK}/{escalated.id}").text
    words = ("An empty box.", "The courier weighed it.", "It weighed nothing.", "Rp115.000")
    assert [said for said in words if said not in page] == []
    assert ATTACK not in page


@pytest.mark.parametrize(("decision", "state"), [("buyer", "refunded"), ("shop", "closed")])
def test_a_decision_ends_it(operator: Client, cast: Cast, escalated: Return, decision: str, state: str) -> None:
    answer = press(operator, f"{DESK}/{escalated.id}/decide", {"words": "As the scales say.", "decision": decision})
    assert answer.headers["Location"] == DESK
    assert state_of(escalated) == state
    assert escalated.events.filter(words="As the scales say.", actor=cast.operator).exists()
    assert "As the scales say." in operator.get(f"{DESK}/{escalated.id}").text


def test_for_the_buyer_in_part(operator: Client, cast: Cast) -> None:
    """Where no goods are to come or they have come, for so many pieces; the question names what that is."""
    order = delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), 2))
    return_ = asked_return(cast, order, reason="missing")
    decline_return(cast.seller, return_.id, "Two were in it.")
    escalate_return(cast.buyer, return_.id, "One was.")
    where = f"{DESK}/{return_.id}"
    name = f"pieces_{order.lines.get().id.hex}"
    assert f'name="{name}"' in operator.get(where).text
    typed = {"words": "One was missing.", "decision": "buyer", name: "1"}
    assert "Refund Rp50.000 to Buyer?" in operator.post(f"{where}/decide", typed).text
    press(operator, f"{where}/decide", typed)
    assert Return.objects.get(id=return_.id).refunded_idr == 50_000


@pytest.mark.parametrize(("rest", "returns"), [("shop", ["refunded", "send_again"]), ("buyer", ["refunded"])])
def test_where_the_other_pieces_are_is_asked(operator: Client, cast: Cast, rest: str, returns: list[str]) -> None:
    """Those that the shop has are sent to the buyer again; those that never came back stay sold."""
    order = delivered_order(cast, (stocked_variant(cast.shop, price_idr=50_000), 2))
    return_ = asked_return(cast, order)
    approve_return(cast.seller, return_.id)
    send_back(cast.buyer, return_.id, "JNE", "JX0001234567")
    decline_return(cast.seller, return_.id, "One is worn.")
    escalate_return(cast.buyer, return_.id, "None is.")
    where = f"{DESK}/{return_.id}"
    assert 'name="rest"' in operator.get(where).text
    name = f"pieces_{order.lines.get().id.hex}"
    press(operator, f"{where}/decide", {"words": "One is.", "decision": "buyer", name: "1", "rest": rest})
    assert list(Return.objects.order_by("asked_at").values_list("state", flat=True)) == returns


@pytest.mark.parametrize(
    "fields",
    [
        {"words": "", "decision": "buyer"},
        {"words": "x" * 1001, "decision": "buyer"},
        {"words": "Both.", "decision": "both"},
        {"words": "Neither."},
    ],
)
def test_half_a_decision_is_none(
    operator: Client, escalated: Return, nothing_written: None, fields: dict[str, str]
) -> None:
    assert "field-error" in operator.post(f"{DESK}/{escalated.id}/decide", fields).text
    assert state_of(escalated) == "escalated"


def test_what_the_buyer_has_withdrawn_is_not_decided_any_more(operator: Client, cast: Cast, escalated: Return) -> None:
    withdraw_return(cast.buyer, escalated.id)
    for decision in ("buyer", "shop"):
        operator.post(f"{DESK}/{escalated.id}/decide", {"words": "Late.", "decision": decision})
    assert Return.objects.get().refunded_idr == 0
    assert not escalated.events.filter(words="Late.").exists()
    assert "<textarea" not in operator.get(f"{DESK}/{escalated.id}").text


def test_the_inspection_shows_returns(operator: Client, escalated: Return) -> None:
    assert operator.get("/staff/returns/return/").status_code == 200
    assert operator.get(f"/staff/returns/return/{escalated.id}/change/").status_code == 200
    assert operator.get(f"/staff/orders/order/{escalated.order_id}/change/").status_code == 200


class TestParcelsThatHaveNotArrived:
    def test_the_desk_lists_them_and_says_what_is_late(self, operator: Client, overdue: Order) -> None:
        page = operator.get(DESK, headers={"Accept-Language": "en"}).text
        assert f"{DESK}/parcels/{overdue.id}" in page
        assert "late" in page
        assert Parcel.objects.get().tracking_number in operator.get(f"{DESK}/parcels/{overdue.id}").text

    @pytest.mark.parametrize(("fate", "state"), [("lost", "refunded"), ("delivered", "delivered")])
    def test_a_decision_ends_it(self, operator: Client, overdue: Order, fate: str, state: str) -> None:
        answer = press(operator, f"{DESK}/parcels/{overdue.id}/decide", {"fate": fate, "words": "The courier says so."})
        assert answer.headers["Location"] == DESK
        assert Order.objects.get().state == state
        assert operator.get(f"{DESK}/parcels/{overdue.id}").status_code == 404

    @pytest.mark.parametrize("fields", [{"fate": "lost"}, {"words": "x"}, {"fate": "eaten", "words": "x"}])
    def test_half_a_decision_is_none(
        self, operator: Client, overdue: Order, nothing_written: None, fields: dict[str, str]
    ) -> None:
        assert operator.post(f"{DESK}/parcels/{overdue.id}/decide", fields).status_code == 200
        assert Order.objects.get().state == "shipped"


def test_nobody_else_gets_in(cast: Cast, operator: Client, escalated: Return, nothing_written: None) -> None:
    fields = {"words": "Mine.", "decision": "buyer"}
    for who in ("stranger", "buyer", "seller"):
        client = signed_in(cast, who)
        assert client.get(DESK).status_code == 404
        assert client.get(f"{DESK}/{escalated.id}").status_code == 404
        assert client.post(f"{DESK}/{escalated.id}/decide", fields).status_code == 404
    assert Client().get(DESK).status_code == 302
    assert Client().post(f"{DESK}/{escalated.id}/decide", fields).status_code == 302
    assert operator.get(f"{DESK}/{new_id()}").status_code == 404
    assert state_of(escalated) == "escalated"
