"""The shop's side of paid posts, through the screens."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.posts.models import Post, PostOffer
from lapak.flows.clocks import run_due_clocks
from lapak.goods.catalogue.models import Product, Variant
from lapak.lib import clock
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast
from lapak.testing.posts import approved_post, earned, escalated_post, handed_in_post, offered
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(cast: Cast, client: Client) -> Client:
    client.force_login(cast.seller)
    return client


def here(cast: Cast, more: str = "") -> str:
    return f"/sell/{cast.shop.slug}/creators/posts{more}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def typed(variant: Variant, **other: str) -> dict[str, str]:
    Product.objects.filter(id=variant.product_id).update(title="Kebaya Encim")  # the shop's only goods of that name
    return {
        "product": "Kebaya Encim",
        "words": "Show it.",
        "fee_idr": "20.000",
        "places": "2",
        "last_day": clock.today().isoformat(),
    } | other


def test_empty_pages_lead_on(cast: Cast, seller: Client) -> None:
    assert here(cast, "/offers/new") in page(seller, here(cast))
    assert here(cast, "/offers/new") in page(seller, here(cast, "/offers"))
    page(seller, here(cast, "?state=handed_in"))


def test_what_is_missing_stands_beside_what_was_typed(cast: Cast, variant: Variant, seller: Client) -> None:
    refused = press(seller, here(cast, "/offers/make"), typed(variant))
    assert refused.status_code == 200
    assert "Rp40.000" in refused.content.decode()
    assert "Show it." in refused.content.decode()
    unknown = seller.post(here(cast, "/offers/make"), typed(variant, product="No such thing"))
    assert "No such thing" in unknown.content.decode()
    assert not PostOffer.objects.exists()


def test_from_offering_to_withdrawing(cast: Cast, variant: Variant, seller: Client) -> None:
    earned(cast, 40_000)
    assert "@ceu-edoh" in page(seller, here(cast, "/offers/new?to=@ceu-edoh"))
    press(seller, here(cast, "/offers/make"), typed(variant))
    offer = PostOffer.objects.get()
    assert "Rp40.000" in page(seller, here(cast, f"/offers/{offer.id}"))
    assert "Rp40.000" in page(seller, here(cast, "/offers"))
    money = page(seller, f"/sell/{cast.shop.slug}/balance/{offer.id}")
    assert "bayaran postingan disisihkan" in money.casefold()
    assert f"/balance/{offer.id}" in page(seller, f"/sell/{cast.shop.slug}/balance")
    press(seller, here(cast, f"/offers/{offer.id}/withdraw"), {})
    offer.refresh_from_db()
    assert offer.state == "withdrawn"
    assert "/withdraw" not in page(seller, here(cast, f"/offers/{offer.id}"))


def test_a_post_is_read_and_approved(cast: Cast, variant: Variant, seller: Client) -> None:
    post = handed_in_post(cast, variant)
    path = here(cast, f"/{post.id}")
    assert f'href="{post.address}" rel="noopener noreferrer nofollow ugc"' in page(seller, path)
    assert str(post.id) in page(seller, here(cast, "?state=handed_in"))
    seller.post(f"{path}/approve")
    post.refresh_from_db()
    assert post.state == "approved"
    assert "/approve" not in page(seller, path)
    seller.post(f"{path}/decline", {"words": "It is gone."})
    post.refresh_from_db()
    assert (post.state, post.reason) == ("declined", "It is gone.")


def test_a_no_needs_words(cast: Cast, variant: Variant, seller: Client) -> None:
    post = handed_in_post(cast, variant)
    assert seller.post(here(cast, f"/{post.id}/decline"), {"words": ""}).status_code == 200
    post.refresh_from_db()
    assert post.state == "handed_in"


def test_what_the_creator_says_is_read(cast: Cast, variant: Variant, seller: Client) -> None:
    post = escalated_post(cast, variant)
    shown = page(seller, here(cast, f"/{post.id}"))
    assert post.objection in shown
    assert "/decline" not in shown


def test_the_fee_stands_beside_what_the_creator_brought(cast: Cast, variant: Variant, seller: Client) -> None:
    post = approved_post(cast, variant)
    assert post.act_by
    with clock.stopped_at(post.act_by + timedelta(seconds=1)):
        run_due_clocks()
        assert "Rp20.000" in page(seller, f"/sell/{cast.shop.slug}/creators/returns")
        assert "bayaran postingan" in page(seller, f"/sell/{cast.shop.slug}/balance/{post.offer_id}").casefold()


def test_another_shop_s_is_not_there(cast: Cast, variant: Variant, client: Client) -> None:
    post = handed_in_post(cast, variant)
    other = open_shop(cast.stranger, slug="other", name="Other", city="Solo", province_code="33")
    client.force_login(cast.stranger)
    for path in (f"/{post.id}", f"/offers/{post.offer_id}"):
        assert client.get(here(cast, path)).status_code == 404
        assert client.get(f"/sell/{other.slug}/creators/posts{path}").status_code == 404
    assert client.post(f"/sell/{other.slug}/creators/posts/{post.id}/approve").status_code == 404
    assert Post.objects.get().state == "handed_in"
    assert offered(cast, variant).state == "open"
