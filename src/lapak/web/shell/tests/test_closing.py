"""That the marketplace closes stands on every page, and a page of its own says what that means."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from lapak.lib import clock
from lapak.people.shops.closings import KEPT_AS, announce_closing
from lapak.people.shops.models import AnnouncedClosing
from lapak.testing.cast import Cast

NOW = datetime(2023, 10, 4, 9, tzinfo=clock.WIB)
STOP, SHIP_BY = datetime(2023, 10, 4, 17, tzinfo=clock.WIB), datetime(2023, 11, 5, 23, 59, 59, tzinfo=clock.WIB)
DAY = timedelta(days=1)


@pytest.fixture
def closing(cast: Cast) -> AnnouncedClosing:
    with clock.stopped_at(NOW):
        announced = announce_closing(cast.operator, None, orders_stop_at=STOP, ship_by=SHIP_BY)
    caches["mind"].delete(KEPT_AS)
    return announced


@pytest.mark.django_db
def test_while_nobody_closes_no_page_speaks_of_it(client: Client) -> None:
    assert "Lapak tidak tutup" in client.get("/closing").text
    assert "/closing" not in client.get("/help").text


def test_every_page_counts_down_and_then_says_that_it_is_over(client: Client, closing: AnnouncedClosing) -> None:
    client.cookies["django_language"] = "en"
    with clock.stopped_at(NOW):
        assert "Lapak is closing: order until Wednesday, 4 October 2023, 17.00 WIB (8 hours left)." in " ".join(
            client.get("/help").text.split()
        )
    with clock.stopped_at(STOP + timedelta(seconds=1)):
        page = " ".join(client.get("/help").text.split())
        assert "Lapak has taken no more orders since 4 October 2023, 17.00 WIB." in page


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW, "8 hours left"),
        (STOP + DAY, "Orders have stopped"),
        (SHIP_BY + DAY, "The last orders are being refunded"),
    ],
)
def test_its_page_says_where_it_stands(client: Client, closing: AnnouncedClosing, moment: datetime, words: str) -> None:
    client.cookies["django_language"] = "en"
    with clock.stopped_at(moment):
        assert words in client.get("/closing").text


def test_at_its_end_its_page_says_so(client: Client, closing: AnnouncedClosing) -> None:
    client.cookies["django_language"] = "en"
    AnnouncedClosing.objects.update(ended_at=SHIP_BY + DAY)
    with clock.stopped_at(SHIP_BY + 2 * DAY):
        assert "Everything is sent or refunded" in client.get("/closing").text
