"""Goods to promote: what the page says of them, and the button that joins and links."""

import pytest
from django.test import Client

from lapak.affiliates.discovery.commands import list_promotable_goods
from lapak.affiliates.models import Link, Membership
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast


def shown(client: Client, **asked: str) -> str:
    return " ".join(client.get("/create/discover", asked).text.split())


def test_goods_say_what_they_bring_and_what_is_left(creator: Client, variant: Variant) -> None:
    list_promotable_goods()
    page = shown(creator)
    for words in (variant.product.title, "± Rp10.000", "a piece (10%)", "left", "Too few clicks to say", "Make a link"):
        assert words in page
    assert "Join and make a link" not in page


def test_one_button_joins_and_links(creator: Client, cast: Cast, variant: Variant) -> None:
    Membership.objects.all().delete()
    list_promotable_goods()
    assert "Join and make a link" in shown(creator)
    answer = creator.post(f"/create/discover/{variant.product_id}/link")
    link = Link.objects.get(creator=cast.creator)
    assert answer.headers["Location"] == f"/create/links/{link.code}"
    assert Membership.objects.get().programme == cast.programme
    assert f"/create/links/{link.code}" in shown(creator)


def test_filters_and_what_is_no_amount(creator: Client, variant: Variant) -> None:
    list_promotable_goods()
    assert variant.product.title in shown(creator, least="10.000")
    assert "No such goods to promote" in shown(creator, least="10.001")
    assert variant.product.title in shown(creator, least="lots", sort="nonsense", category="x")
    assert "Not enough clicks yet" in shown(creator, sort="converting")


def test_before_anything_is_there(creator: Client) -> None:
    assert "No goods to promote yet" in shown(creator)


@pytest.mark.parametrize("path", ["/create/discover"])
def test_creators_alone(client: Client, cast: Cast, path: str) -> None:
    client.force_login(cast.stranger)
    assert client.get(path).status_code == 302
