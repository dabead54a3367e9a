"""The shop's desk of creators: find, invite several, and see what each brings for what they cost."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from lapak.affiliates.brought import Brought, brought_to
from lapak.affiliates.models import Commission
from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.programmes import announce_rate
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast, click_on, link_to
from lapak.testing.histories import paid_order
from lapak.testing.profiles import be_found, shown_channel
from lapak.testing.samples import asked_sample, sent_sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller(cast: Cast, client: Client) -> Client:
    client.force_login(cast.seller)
    return client


def here(cast: Cast, more: str) -> str:
    return f"/sell/{cast.shop.slug}/creators/{more}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_who_is_found_stands_in_their_category_alone(cast: Cast, seller: Client) -> None:
    assert "@ceu-edoh" not in page(seller, here(cast, "find"))
    category = be_found(cast).categories.get().category
    assert "@ceu-edoh" in page(seller, here(cast, "find"))
    assert "@ceu-edoh" in page(seller, here(cast, f"find?category={category.code}"))
    assert "@ceu-edoh" not in page(seller, here(cast, "find?category=elektronik"))


def test_a_shop_reads_confirmed_channels_and_no_others(cast: Cast, seller: Client) -> None:
    be_found(cast)
    shown_channel(cast, "@not-yet-looked-at")
    read = page(seller, here(cast, "@ceu-edoh"))
    assert Channel.objects.get(state="confirmed").address in read
    assert "@not-yet-looked-at" not in read


def test_whom_shops_do_not_find_has_no_profile_there(cast: Cast, seller: Client) -> None:
    assert seller.get(here(cast, "@ceu-edoh")).status_code == 404
    be_found(cast)
    seller.force_login(cast.stranger)
    assert seller.get(here(cast, "@ceu-edoh")).status_code == 404


def test_those_ticked_stand_in_the_invitation(cast: Cast, seller: Client) -> None:
    be_found(cast)
    assert 'name="who" value="@ceu-edoh"' in page(seller, here(cast, "find"))
    assert "invitations?who=@ceu-edoh#invite" in page(seller, here(cast, "@ceu-edoh"))
    assert "@ceu-edoh\n@mas-bagas</textarea>" in page(seller, here(cast, "invitations?who=@ceu-edoh&who=@mas-bagas"))


def test_what_a_creator_brings_for_what_they_cost(cast: Cast, variant: Variant, seller: Client) -> None:
    for _ in range(2):
        paid_order(cast, (variant, 1), click=click_on(link_to(cast, variant.product)))
    sent_sample(cast, variant)
    asked_sample(cast, variant)  # not given: it costs nothing
    brought = brought_to(cast.shop, [cast.creator.id], 30)[cast.creator.id]
    assert brought == Brought(orders=2, sales_idr=200_000, commission_idr=20_000, samples_idr=100_000)
    assert brought.sold_for_each == Decimal("1.6")
    assert "1,6" in page(seller, here(cast, "returns"))
    Commission.objects.update(state="reversed")
    assert brought_to(cast.shop, [cast.creator.id], 30)[cast.creator.id].sales_idr == 0
    assert Brought().sold_for_each is None
    page(seller, here(cast, "returns?days=365"))
    page(seller, here(cast, "returns?days=nonsense"))


def test_a_rate_that_ends_is_shown_as_long_as_it_counts(cast: Cast, seller: Client) -> None:
    announced = clock.now() + timedelta(days=1)
    with clock.stopped_at(announced):
        announce_rate(cast.seller, cast.programme, 0)
    with clock.stopped_at(announced + timedelta(days=2)):
        assert "10%" in page(seller, here(cast, "returns"))
    with clock.stopped_at(announced + timedelta(days=31)):
        assert "10%" not in page(seller, here(cast, "returns"))
