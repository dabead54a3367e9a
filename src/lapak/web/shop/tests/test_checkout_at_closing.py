"""The checkout page that was opened at 16:59, and sent at 17:00 when orders have stopped."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import caches
from django.test import Client

from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.payments.models import PaymentIntent
from lapak.people.shops.closings import KEPT_AS, announce_closing
from lapak.testing.cast import Cast
from lapak.trade.orders.carts import add_to_cart, cart_of_user
from lapak.trade.orders.models import Purchase
from lapak.web.shop.tests.test_checkout import form_of

STOP = datetime(2023, 10, 4, 17, tzinfo=clock.WIB)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Batik Sekar has taken no more orders since 4 October 2023, 17.00 WIB. Nothing was ordered"),
        ("id", "Batik Sekar tidak menerima pesanan lagi sejak 4 Oktober 2023, 17.00 WIB. Tidak ada yang dipesan"),
    ],
)
def test_it_says_so_and_the_cart_is_kept(buyer: Client, cast: Cast, variant: Variant, language: str, said: str) -> None:
    with clock.stopped_at(STOP - timedelta(days=1)):
        announce_closing(cast.operator, None, orders_stop_at=STOP, ship_by=STOP + timedelta(days=32))
    caches["mind"].delete(KEPT_AS)
    add_to_cart(cart_of_user(cast.buyer), variant.id, 2)
    with clock.stopped_at(STOP - timedelta(minutes=1)):
        opened = form_of(buyer.get("/checkout"))
    buyer.cookies["django_language"] = language
    with clock.stopped_at(STOP):
        cart = buyer.post("/checkout", opened, follow=True)
    assert said in " ".join(cart.text.split())
    assert not Purchase.objects.exists()
    assert not PaymentIntent.objects.exists()
    assert variant.product.title in cart.text
    assert cart_of_user(cast.buyer).lines.get().quantity == 2
