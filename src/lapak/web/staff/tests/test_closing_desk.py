"""The operator closes the marketplace, or a shop, and calls it off."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.lib import clock
from lapak.people.shops.closings import announce_closing, standing_closing
from lapak.people.shops.models import AnnouncedClosing
from lapak.testing.cast import Cast
from lapak.testing.pressed import press

DESK = "/staff/closing-desk"


@pytest.fixture
def operator(client: Client, cast: Cast) -> Client:
    client.force_login(cast.operator)
    client.cookies["django_language"] = "en"
    return client


def typed(shop: str = "", ship_in: int = 30) -> dict[str, str]:
    now = clock.now().astimezone(clock.WIB)
    moments = {"orders_stop_at": now + timedelta(days=2), "ship_by": now + timedelta(days=ship_in)}
    return {"shop": shop, **{name: moment.strftime("%Y-%m-%dT%H:%M") for name, moment in moments.items()}}


def test_the_marketplace_and_a_shop(operator: Client, cast: Cast) -> None:
    assert "Nobody closes." in operator.get(DESK).text
    for shop, shop_id in (("", None), (cast.shop.slug, cast.shop.id)):
        page = press(operator, f"{DESK}/announce", typed(shop), follow=True)
        assert "Announced. Everyone whom it concerns is told." in page.text
        standing = standing_closing(shop_id)
        assert standing is not None
        page = press(operator, f"{DESK}/{standing.id}/call-off", follow=True)
        assert "Called off." in page.text
        assert standing_closing(shop_id) is None
    assert operator.get(DESK).text.count("called off") == 2


def test_what_is_wrong_stands_beside_its_field(operator: Client, cast: Cast, nothing_written: None) -> None:
    page = operator.post(f"{DESK}/announce", typed("nobody"))
    assert page.context["form"].errors["shop"] == ["No shop has this address."]
    page = press(operator, f"{DESK}/announce", typed(ship_in=3))
    assert "at least 7 days" in page.context["form"].errors["ship_by"][0]


def test_one_that_has_begun_cannot_be_called_off(operator: Client, cast: Cast) -> None:
    with clock.stopped_at(clock.now() - timedelta(days=2)):
        begun = announce_closing(
            cast.operator,
            None,
            orders_stop_at=clock.now() + timedelta(days=1),
            ship_by=clock.now() + timedelta(days=30),
        )
    page = operator.get(DESK).text
    assert "orders have stopped" in page
    assert f"{begun.id}/call-off" not in page
    operator.post(f"{DESK}/{begun.id}/call-off")
    assert AnnouncedClosing.objects.get().called_off_at is None
