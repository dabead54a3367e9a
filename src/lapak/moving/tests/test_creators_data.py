"""A creator's own file has what they asked shops for, and where they post."""

import pytest

from lapak.goods.catalogue.models import Variant
from lapak.moving.creators_data import lists_of_creator
from lapak.testing.cast import Cast
from lapak.testing.posts import escalated_post
from lapak.testing.profiles import shown_channel
from lapak.testing.samples import WORDS, asked_sample

pytestmark = pytest.mark.django_db


def test_samples_and_channels(cast: Cast, variant: Variant) -> None:
    assert not {"samples", "channels"} & {name for name, _columns, _lines in lists_of_creator(cast.creator)}
    asked_sample(cast, variant)
    shown_channel(cast)
    columns, lines = {}, {}
    for name, columns[name], rows in lists_of_creator(cast.creator):
        lines[name] = list(rows)
    (sample,), (channel,) = lines["samples"], lines["channels"]
    assert (set(sample), set(channel)) == (set(columns["samples"]), set(columns["channels"]))
    assert (sample["product_name"], sample["words"], sample["city"]) == (variant.product.title, WORDS, "Bandung")
    assert (channel["platform"], channel["address"], channel["state"]) == ("TikTok", "@ceu.edoh", "asked")


def test_paid_posts(cast: Cast, variant: Variant) -> None:
    post = escalated_post(cast, variant)
    (columns, lines), *_ = [
        (columns, list(rows)) for name, columns, rows in lists_of_creator(cast.creator) if name == "posts"
    ]
    (line,) = lines
    assert set(line) == set(columns)
    assert (line["address"], line["fee_idr"], line["objection"]) == (post.address, post.fee_idr, post.objection)
