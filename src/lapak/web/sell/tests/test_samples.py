"""The shop's side of samples, through the screens."""

import pytest
from django.test import Client

from lapak.affiliates.samples.models import SampleTerms
from lapak.goods.catalogue.models import Variant
from lapak.people.shops.commands import open_shop
from lapak.testing.cast import Cast
from lapak.testing.samples import POST, approved_sample, arrived_sample, asked_sample, sent_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(cast: Cast, client: Client) -> Client:
    client.force_login(cast.seller)
    return client


def here(cast: Cast, more: str = "") -> str:
    return f"/sell/{cast.shop.slug}/creators/samples{more}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_how_many_it_gives(cast: Cast, seller: Client) -> None:
    page(seller, here(cast))
    assert "21" in seller.post(here(cast, "/terms"), {"a_month": "21"}).content.decode()
    assert not SampleTerms.objects.exists()
    seller.post(here(cast, "/terms"), {"a_month": "2"})
    assert SampleTerms.objects.get(shop=cast.shop).a_month == 2


def test_where_the_creator_lives_is_read_after_agreeing_and_until_it_is_there(
    cast: Cast, variant: Variant, seller: Client
) -> None:
    sample = asked_sample(cast, variant)
    path = here(cast, f"/{sample.id}")
    assert "Cihampelas" not in page(seller, path)
    seller.post(f"{path}/approve")
    assert "Cihampelas" in page(seller, path)
    refused = seller.post(f"{path}/send", {"courier": "JNE", "tracking_number": "here"})
    assert "here" in refused.content.decode()
    seller.post(f"{path}/send", {"courier": "JNE", "tracking_number": "JX0001234567"})
    assert "Cihampelas" in page(seller, path)
    seller.logout()
    seller.force_login(cast.creator_user)
    seller.post(f"/create/samples/{sample.id}/receive")
    seller.force_login(cast.seller)
    assert "Cihampelas" not in page(seller, path)


def test_a_no_with_its_reason(cast: Cast, variant: Variant, seller: Client) -> None:
    sample = asked_sample(cast, variant)
    path = here(cast, f"/{sample.id}")
    seller.post(f"{path}/decline", {"words": ""})
    sample.refresh_from_db()
    assert sample.state == "asked"
    seller.post(f"{path}/decline", {"words": "Sold out."})
    assert "Sold out." in page(seller, path)


def test_called_off(cast: Cast, variant: Variant, seller: Client) -> None:
    sample = asked_sample(cast, variant)
    path = here(cast, f"/{sample.id}")
    seller.post(f"{path}/approve")
    seller.post(f"{path}/call-off", {"words": "Broken."})
    sample.refresh_from_db()
    assert (sample.state, sample.reason) == ("called_off", "Broken.")


def test_the_address_of_a_post_is_a_link_that_tells_nothing_of_us(cast: Cast, variant: Variant, seller: Client) -> None:
    sample = arrived_sample(cast, variant)
    client = Client()
    client.force_login(cast.creator_user)
    client.post(f"/create/samples/{sample.id}/post", {"address": POST})
    shown = page(seller, here(cast, f"/{sample.id}"))
    assert f'href="{POST}" rel="noopener noreferrer nofollow ugc"' in shown


def test_each_state_has_its_tab(cast: Cast, variant: Variant, seller: Client) -> None:
    sent_sample(cast, variant)
    assert variant.product.title in page(seller, here(cast, "?state=sent"))
    assert variant.product.title not in page(seller, here(cast, "?state=asked"))
    assert variant.product.title in page(seller, here(cast, "?state=nonsense"))


def test_another_shops_sample_is_not_there(cast: Cast, variant: Variant, client: Client) -> None:
    sample = asked_sample(cast, variant)
    open_shop(cast.stranger, slug="toko-lain", name="Lain", city="Solo", province_code="33")
    client.force_login(cast.stranger)
    assert client.get(f"/sell/toko-lain/creators/samples/{sample.id}").status_code == 404


def test_calling_off_is_not_called_a_closing(cast: Cast, variant: Variant, seller: Client) -> None:
    seller.cookies["django_language"] = "id"
    shown = page(seller, here(cast, f"/{approved_sample(cast, variant).id}"))
    assert "Batalkan" in shown
    assert "penutupan" not in shown
