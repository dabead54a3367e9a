"""The operator looks at channels."""

import pytest
from django.test import Client

from lapak.affiliates.profiles.models import Channel
from lapak.affiliates.profiles.proving import confirm_channel, name_channel, show_channel
from lapak.testing.cast import Cast
from lapak.testing.profiles import shown_channel
from lapak.testing.storage import photo

pytestmark = pytest.mark.django_db


def test_it_waits_until_it_is_decided(operator: Client, cast: Cast) -> None:
    channel = shown_channel(cast)
    assert channel.code in operator.get("/staff/channel-desk").text
    refused = operator.post(f"/staff/channel-desk/{channel.id}/decide", {"decision": "decline", "words": ""})
    assert refused.status_code == 200
    operator.post(f"/staff/channel-desk/{channel.id}/decide", {"decision": "confirm", "words": ""})
    assert Channel.objects.get().state == "confirmed"
    assert channel.code not in operator.get("/staff/channel-desk").text


def test_why_not_is_read_by_its_creator(operator: Client, cast: Cast, client: Client) -> None:
    channel = shown_channel(cast)
    operator.post(f"/staff/channel-desk/{channel.id}/decide", {"decision": "decline", "words": "No code stands there."})
    reader = Client()
    reader.force_login(cast.creator_user)
    assert "No code stands there." in reader.get("/create/profile").text


def test_the_picture_is_for_its_creator_and_the_operator(operator: Client, cast: Cast) -> None:
    channel = show_channel(cast.creator_user, name_channel(cast.creator_user, "TikTok", "@a").id, [photo()])
    path = f"/channels/{channel.id}/proof"
    for user, status in ((cast.operator, 200), (cast.creator_user, 200), (cast.seller, 404)):
        reader = Client()
        reader.force_login(user)
        answer = reader.get(path)
        b"".join(answer)  # read to its end, it is closed
        assert answer.status_code == status


def test_a_confirmed_channel_is_found_at_its_creator_and_declined_after_all(operator: Client, cast: Cast) -> None:
    channel = confirm_channel(cast.operator, shown_channel(cast).id)
    case = f"/staff/channel-desk/{channel.id}"
    assert f'href="{case}"' in operator.get(f"/staff/affiliates/creator/{cast.creator.id}/change/").text
    shown = operator.get(case).text
    assert 'value="decline"' in shown
    assert 'value="confirm"' not in shown
    operator.post(f"{case}/decide", {"decision": "decline", "words": "It is another person's."})
    assert Channel.objects.get().state == "declined"
