"""A new shop without a business number (NIB), lived through: label, notices, the stop, and selling again."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from lapak.flows.place_purchase import place_purchase
from lapak.flows.ship_order import confirm_receipt
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.shops.commands import change_profile
from lapak.people.shops.legality_rules import IN_PROCESS
from lapak.people.shops.models import Shop
from lapak.testing.cast import Cast, asked_for, assemble_cast, stocked_variant
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.orders.carts import add_to_cart, cart_of_user, contents_of_cart
from lapak.trade.orders.errors import ShopNotLegalised

pytestmark = pytest.mark.django_db

OPENED = datetime(2026, 6, 20, 14, tzinfo=clock.WIB)
ENDS = datetime(2026, 12, 20, tzinfo=clock.WIB)
"""Six months later, in Jakarta."""

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
NIB = "1234567890123"


@pytest.fixture
def new_shop(db: None) -> Cast:
    """Opened on 20 June 2026 without a number."""
    with clock.stopped_at(OPENED):
        cast = assemble_cast()
        tell_of_deadlines()
        return cast


def told_by(moment: datetime, cast: Cast) -> list[str]:
    with clock.stopped_at(moment):
        tell_of_deadlines()
    about = Notice.objects.filter(reader_id=cast.seller.id, fact__startswith="nib").order_by("id")
    return list(about.values_list("fact", flat=True))


def give_number(cast: Cast, nib: str) -> None:
    shop = Shop.objects.get()
    change_profile(
        cast.seller, shop.id, name=shop.name, description="", nib=nib, street="", district="", city=shop.city,
        postal_code="", phone="",
    )  # fmt: skip


def test_six_months_and_then_it_sells_nothing_until_it_gives_its_number(new_shop: Cast, client: Client) -> None:
    cast, goods = new_shop, stocked_variant(new_shop.shop)
    assert Shop.objects.get().legalise_by == ENDS
    with clock.stopped_at(OPENED + DAY):
        page = client.get("/s/batik-sekar").text
        assert IN_PROCESS in page
        assert "20 Desember 2026" in page.replace("\N{NO-BREAK SPACE}", " ")
    assert told_by(ENDS - 30 * DAY - MINUTE, cast) == []
    assert told_by(ENDS - 30 * DAY, cast) == ["nib_in_a_month"]
    assert told_by(ENDS - 7 * DAY, cast) == ["nib_in_a_month", "nib_in_a_week"]
    with clock.stopped_at(ENDS - MINUTE):
        asked, order = asked_for(cast, (goods, 1)), delivered_order(cast, (goods, 1))
    assert told_by(ENDS, cast) == ["nib_in_a_month", "nib_in_a_week", "nib_missing"]
    with clock.stopped_at(ENDS):
        with refused(ShopNotLegalised) as refusal:
            place_purchase(cast.buyer.id, asked)
        with override("en"):
            assert "Permendag 19/2026 Art. 17" in str(refusal.value)
        add_to_cart(cart_of_user(cast.buyer), goods.id, 1)
        contents = contents_of_cart(cart_of_user(cast.buyer))
        assert (len(contents.resting), contents.groups, contents.gone) == (1, [], [])
        assert "sampai menyerahkan" in client.get(goods.product.path).text
        confirm_receipt(cast.buyer, order.id)  # what was ordered goes on
        give_number(cast, NIB)
        place_purchase(cast.buyer.id, asked_for(cast, (goods, 1)))
        assert "NIB 1234567890123" in client.get("/s/batik-sekar").text
    with clock.stopped_at(ENDS + DAY):
        give_number(cast, "")
        with refused(ShopNotLegalised):
            place_purchase(cast.buyer.id, asked_for(cast, (goods, 1)))


def test_who_has_a_number_hears_nothing(new_shop: Cast) -> None:
    give_number(new_shop, NIB)
    assert told_by(ENDS - 30 * DAY, new_shop) == []
    assert told_by(ENDS, new_shop) == []


@pytest.mark.parametrize(("at", "says"), [(ENDS - 3 * DAY, "3 days left"), (ENDS, "Nothing can be ordered from you")])
def test_the_seller_reads_how_much_time_is_left(new_shop: Cast, client: Client, at: datetime, says: str) -> None:
    client.force_login(new_shop.seller)
    client.cookies["django_language"] = "en"
    with clock.stopped_at(at):
        page = client.get("/sell/batik-sekar").text
        assert says in page
        assert "Give the number" in page
        assert says in client.get("/sell/batik-sekar/profile").text
        give_number(new_shop, NIB)
        assert says not in client.get("/sell/batik-sekar").text
