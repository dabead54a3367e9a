"""A return's story in the words of who reads it; without a database."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from django.utils.functional import Promise
from django.utils.translation import override

from lapak.lib.ids import new_id
from lapak.people.users.models import User
from lapak.trade.orders.models import Order, OrderEvent
from lapak.trade.returns.models import Return, ReturnEvent
from lapak.web.shell.stories import (
    FOR_BUYER,
    FOR_SELLER,
    RETURN_FOR_BUYER,
    RETURN_FOR_SELLER,
    Step,
    story_of_order,
    story_of_return,
)

NOON = datetime(2026, 11, 5, 5, tzinfo=UTC)
SHOP, OPERATOR = User(email="sekar@example.com"), User(email="operator@example.com", is_staff=True)


def told(titles: Mapping[str, Promise], *steps: tuple[str, User | None]) -> list[str]:
    """The titles of what was taken, in English."""
    events = [ReturnEvent(to_state=state, actor=actor, happened_at=NOON) for state, actor in steps]
    story: list[Step] = story_of_return(Return(state=steps[-1][0], goods_come_back=True), events, titles)
    with override("en"):
        return [str(step.title) for step in story if step.phase != "next"]


def test_the_shop_has_agreed_only_where_it_did() -> None:
    assert told(RETURN_FOR_BUYER, ("asked", None), ("approved", SHOP)) == ["Return asked for", "Agreed"]
    assert told(RETURN_FOR_BUYER, ("escalated", None), ("approved", OPERATOR))[-1] == "Lapak decided for you"
    assert told(RETURN_FOR_SELLER, ("escalated", None), ("approved", OPERATOR))[-1] == "Lapak decided for the buyer"


@pytest.mark.parametrize(
    ("state", "to_the_buyer", "to_the_seller"),
    [
        ("declined", "Declined by the shop", "You declined"),
        ("arrived", "Back at the shop", "Back with you"),
        ("send_again", "To be sent to you again", "To be sent to the buyer again"),
        ("sent_again", "On its way to you again", "On its way to the buyer again"),
    ],
)
def test_each_reads_what_they_did_themselves(state: str, to_the_buyer: str, to_the_seller: str) -> None:
    assert told(RETURN_FOR_BUYER, (state, SHOP)) == [to_the_buyer]
    assert told(RETURN_FOR_SELLER, (state, SHOP)) == [to_the_seller]


@pytest.mark.parametrize("titles", [FOR_BUYER, FOR_SELLER])
def test_an_order_whose_clocks_stand_is_not_said_to_complete_by_itself(titles: Mapping[str, Promise]) -> None:
    events = [OrderEvent(kind=OrderEvent.Kind.MOVED, to_state="delivered", happened_at=NOON)]
    with override("en"):
        for standing, until in (
            ({}, None),
            ({"open_return_id": new_id()}, "when the return is over"),
            ({"disputed_at": NOON}, "when the dispute is decided"),
        ):
            order = Order(state="delivered", complete_at=NOON, **standing)
            completed = story_of_order(order, events, titles)[-1]
            if until:
                assert (completed.moment, completed.note) == (None, until)
            else:
                assert completed.moment == NOON
                assert completed.note.startswith("by itself")
