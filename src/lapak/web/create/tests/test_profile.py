"""A creator's profile, through the screen."""

import pytest
from django.test import Client

from lapak.affiliates.profiles.models import Channel, Profile
from lapak.affiliates.profiles.queries import wide_categories
from lapak.testing.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.creator_user)
    return client


def test_from_naming_a_channel_to_asking(creator: Client) -> None:
    assert creator.get("/create/profile").status_code == 200
    refused = creator.post("/create/profile/channels", {"platform": "TikTok", "address": "ceu edoh"})
    assert refused.status_code == 200
    assert "ceu edoh" in refused.text
    creator.post("/create/profile/channels", {"platform": "TikTok", "address": "@ceu.edoh"})
    channel = Channel.objects.get()
    assert channel.code in creator.get("/create/profile").text
    creator.post(f"/create/profile/channels/{channel.id}/show")
    channel.refresh_from_db()
    assert channel.state == "asked"
    creator.post(f"/create/profile/channels/{channel.id}/remove")
    assert channel.code not in creator.get("/create/profile").text


def test_what_shops_read(cast: Cast, creator: Client) -> None:
    chosen = [each.id for each in wide_categories()[:2]]
    creator.post("/create/profile/save", {"about": "Batik.", "categories": chosen, "is_listed": "on"})
    profile = Profile.objects.get(creator=cast.creator)
    assert (profile.about, profile.is_listed) == ("Batik.", True)
    assert sorted(profile.categories.values_list("category_id", flat=True)) == sorted(chosen)
    many = [each.id for each in wide_categories()[:6]]
    refused = creator.post("/create/profile/save", {"about": "Kebaya.", "categories": many})
    assert "Kebaya." in refused.text
    profile.refresh_from_db()
    assert profile.about == "Batik."
