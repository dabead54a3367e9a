"""Who earns on a line is said to the creator, the shop and the operator, each what is theirs to know."""

import pytest
from django.test import Client
from django.utils.html import strip_tags

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.creators import become_creator
from lapak.affiliates.links import create_link
from lapak.affiliates.models import Commission, Programme
from lapak.affiliates.programmes import join_programme
from lapak.flows.place_purchase import place_purchase
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast, asked_for, click_on, link_to
from lapak.trade.orders.models import Order


@pytest.fixture
def order(cast: Cast, variant: Variant) -> Order:
    """Of a click of another creator, an older one of the cast's, and one that is too old."""
    rival = become_creator(cast.stranger, "rival")
    join_programme(cast.stranger, cast.programme)
    other = create_link(cast.stranger, product=variant.product)
    clicks = [click_on(link_to(cast, variant.product), days_ago=2), click_on(other, days_ago=1)]
    clicks.append(click_on(create_link(cast.creator_user, shop=cast.shop), days_ago=20))
    Programme.objects.update(won_by=Programme.WonBy.SHARED)
    placed = Order.objects.get(purchase_id=place_purchase(cast.buyer.id, asked_for(cast, (variant, 1)), clicks))
    assert set(Commission.objects.values_list("creator", "share_bp", "base_idr", "amount_idr")) == {
        (cast.creator.id, 5_000, 50_000, 5_000), (rival.id, 5_000, 50_000, 5_000),
    }  # fmt: skip
    return placed


def words(client: Client, path: str) -> str:
    return " ".join(strip_tags(client.get(path, headers={"Accept-Language": "en"}).text).split())


def test_every_click_is_kept_with_what_became_of_it(order: Order) -> None:
    kept = Contender.objects.order_by("-clicked_at").values_list("verdict", "share_bp", "won_by")
    assert list(kept) == [("won", 5_000, "shared"), ("won", 5_000, "shared"), ("expired", 0, "shared")]


def test_to_a_creator_without_others_names_or_the_buyers(cast: Cast, order: Order) -> None:
    client = Client()
    client.force_login(cast.creator_user)
    page = words(client, f"/create/commissions/{Commission.objects.get(creator=cast.creator).id}")
    for said in (
        "Who earns on it, and why",
        "Another creator",
        "Too old for the programme",
        "50%",
        "Your part of the line",
    ):
        assert said in page
    for hidden in ("rival", cast.buyer.name, cast.buyer.email):
        assert hidden not in page


def test_what_earns_nothing_has_a_list_of_its_own(cast: Cast, order: Order) -> None:
    client = Client()
    client.force_login(cast.creator_user)
    page = words(client, "/create/commissions/nothing")
    assert "Too old for the programme" in page
    assert page.count("Kemeja Batik Kawung") == 1
    client.force_login(cast.stranger)
    assert "None so far" in words(client, "/create/commissions/nothing")


def test_to_the_shop(cast: Cast, order: Order) -> None:
    client = Client()
    client.force_login(cast.seller)
    page = words(client, f"/sell/{cast.shop.slug}/orders/{order.id}")
    for said in ("Who earns on", "@rival", f"@{cast.creator.handle}", "Too old for the programme"):
        assert said in page


def test_to_the_operator(cast: Cast, order: Order) -> None:
    client = Client()
    client.force_login(cast.operator)
    page = words(client, f"/staff/orders/order/{order.id}/change/")
    for said in ("Who earns on it, and why", "@rival", "Too old for the programme"):
        assert said in page
