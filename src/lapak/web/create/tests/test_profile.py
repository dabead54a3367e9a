"""A creator's profile, through the screen."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from lapak.affiliates.profiles.models import Channel, Profile
from lapak.affiliates.profiles.proving import name_channel
from lapak.affiliates.profiles.queries import wide_categories
from lapak.testing.cast import Cast
from lapak.testing.profiles import be_found

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


def test_a_channel_that_shops_read_is_not_lost_by_a_slip(cast: Cast, creator: Client) -> None:
    be_found(cast)
    channel = Channel.objects.get()
    asked = creator.post(f"/create/profile/channels/{channel.id}/remove")
    assert str(channel) in asked.text
    channel.refresh_from_db()
    assert channel.state == "confirmed"
    creator.post(f"/create/profile/channels/{channel.id}/remove", {"sure": asked.context["question"].key})
    channel.refresh_from_db()
    assert channel.state == "removed"


def test_what_is_no_picture_is_said_beside_its_channel(cast: Cast, creator: Client) -> None:
    channel = name_channel(cast.creator_user, "TikTok", "@ceu.edoh")
    for given in (b"", b"no picture"):
        file = SimpleUploadedFile("bio.png", given, "image/png")
        refused = creator.post(f"/create/profile/channels/{channel.id}/show", {"proof": file}, follow=True)
        assert "field-error" in refused.text or "tone-bad" in refused.text
        channel.refresh_from_db()
        assert channel.state == "named"
