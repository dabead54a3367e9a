"""A creator's paid posts, through the screens."""

from datetime import timedelta

import pytest
from django.test import Client

from lapak.affiliates.posts.models import Post
from lapak.flows.clocks import run_due_clocks
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.testing.cast import Cast
from lapak.testing.posts import WORDS, approved_post, declined_post, offered

pytestmark = pytest.mark.django_db


@pytest.fixture
def creator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.creator_user)
    return client


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status
    return response.content.decode()


def test_empty_pages_lead_on(creator: Client) -> None:
    assert "/create/posts/offers" in page(creator, "/create/posts")
    assert "/create/programmes" in page(creator, "/create/posts/offers")


def test_from_the_offer_to_the_address(cast: Cast, variant: Variant, creator: Client) -> None:
    offer = offered(cast, variant)
    assert f"/create/posts/offers/{offer.id}" in page(creator, "/create/posts/offers")
    shown = page(creator, f"/create/posts/offers/{offer.id}")
    assert WORDS in shown
    assert "Rp20.000" in shown
    creator.post(f"/create/posts/offers/{offer.id}/take")
    post = Post.objects.get()
    path = f"/create/posts/{post.id}"
    assert "/take" not in page(creator, f"/create/posts/offers/{offer.id}")
    assert "/create/posts/offers/" not in page(creator, "/create/posts/offers").split("<main", 1)[1]
    refused = creator.post(f"{path}/hand-in", {"address": "http://tiktok.com/x"})
    assert "http://tiktok.com/x" in refused.content.decode()
    creator.post(f"{path}/hand-in", {"address": "https://tiktok.com/@a/video/1"})
    post.refresh_from_db()
    assert (post.state, post.address) == ("handed_in", "https://tiktok.com/@a/video/1")
    assert "https://tiktok.com/@a/video/1" in page(creator, path)
    assert str(post.id) in page(creator, "/create/posts")


def test_given_up(cast: Cast, variant: Variant, creator: Client) -> None:
    creator.post(f"/create/posts/offers/{offered(cast, variant).id}/take")
    post = Post.objects.get()
    creator.post(f"/create/posts/{post.id}/give-up")
    post.refresh_from_db()
    assert post.state == "given_up"


def test_what_the_shop_says_is_read_and_answered(cast: Cast, variant: Variant, creator: Client) -> None:
    post = declined_post(cast, variant)
    path = f"/create/posts/{post.id}"
    assert post.reason in page(creator, path)
    assert creator.post(f"{path}/escalate", {"words": ""}).status_code == 200
    creator.post(f"{path}/escalate", {"words": "It is the very shirt."})
    assert "It is the very shirt." in page(creator, path)


def test_the_fee_is_on_every_page_of_money(cast: Cast, variant: Variant, creator: Client) -> None:
    post = approved_post(cast, variant)
    assert "Rp20.000" in page(creator, "/create/balance/coming")
    assert "/create/posts" in page(creator, "/create")
    assert post.act_by
    with clock.stopped_at(post.act_by + timedelta(seconds=1)):
        run_due_clocks()
    assert "Rp19.500" in page(creator, f"/create/posts/{post.id}")
    assert creator.get(f"/create/balance/{post.id}").url == f"/create/posts/{post.id}"  # type: ignore[attr-defined]
    month = (post.act_by).astimezone(clock.WIB)
    with clock.stopped_at(post.act_by + timedelta(hours=1)):
        assert f"/create/balance/{post.id}" in page(creator, "/create/balance")
        assert "19.500" in page(creator, "/create/statements")
        table = b"".join(creator.get(f"/create/statements/{month.year}-{month.month}.csv"))
    assert post.number.encode() in table


def test_anothers_is_not_there(cast: Cast, variant: Variant, client: Client) -> None:
    post = approved_post(cast, variant)
    client.force_login(cast.stranger)
    assert client.get(f"/create/posts/{post.id}").status_code in {302, 404}
    assert client.post(f"/create/posts/{post.id}/give-up").status_code in {302, 404}
