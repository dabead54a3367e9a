"""The operator decides what creators object to."""

import pytest
from django.test import Client

from lapak.affiliates.posts.models import Post
from lapak.goods.catalogue.models import Variant
from lapak.testing.cast import Cast
from lapak.testing.posts import escalated_post
from lapak.testing.pressed import press

pytestmark = pytest.mark.django_db


def test_both_sides_are_read_and_it_is_decided(operator: Client, cast: Cast, variant: Variant) -> None:
    assert "lapak-table" not in operator.get("/staff/post-desk").text
    post = escalated_post(cast, variant)
    assert f"/staff/post-desk/{post.id}" in operator.get("/staff/post-desk").text
    assert "/staff/post-desk" in operator.get("/staff/").text
    case = operator.get(f"/staff/post-desk/{post.id}").text
    for words in (post.reason, post.objection, post.address, post.offer.words):
        assert words in case
    decide = f"/staff/post-desk/{post.id}/decide"
    assert operator.post(decide, {"decision": "deny", "words": ""}).status_code == 200
    press(operator, decide, {"decision": "deny", "words": "It shows another shirt."})
    decided = Post.objects.get()
    assert (decided.state, decided.reason) == ("denied", "It shows another shirt.")
    assert "decide" not in operator.get(f"/staff/post-desk/{post.id}").text.split("<main", 1)[-1]
