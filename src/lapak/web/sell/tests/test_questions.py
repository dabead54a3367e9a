"""A seller is asked before what cannot be taken back, with what it does and to whom; nothing happens before yes."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from lapak.affiliates.invitations import accept_creator_invitation, invite_creator
from lapak.lib import clock
from lapak.moving.feeds_out import open_feed
from lapak.moving.models import SourceRecord, Upload
from lapak.people.shops.models import Member
from lapak.people.shops.rules import Role
from lapak.testing.books import rows_everywhere
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.fees import dearer_fees
from lapak.testing.histories import asked_return, delivered_order, paid_order
from lapak.testing.posts import earned, offered
from lapak.testing.pressed import press
from lapak.trade.orders.cancelling import ask_to_cancel
from lapak.trade.orders.commands import pack_order

pytestmark = pytest.mark.django_db

Case = tuple[str, list[object], dict[str, str], list[str]]
"""The act's name, whose it is, what is typed, and the words of the question."""


def agreed(cast: Cast) -> Case:
    return_ = asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))
    return "sell_return_approve", [return_.id], {}, ["Let Buyer send the goods back?", "Rp115.000"]


def given(cast: Cast) -> Case:
    return_ = asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))
    return "sell_return_approve", [return_.id], {"keep": "1"}, ["Refund Rp115.000 to Buyer, who keeps the goods?"]


def declined(cast: Cast) -> Case:
    return_ = asked_return(cast, delivered_order(cast, (stocked_variant(cast.shop), 1)))
    return "sell_return_decline", [return_.id], {"words": "Worn."}, ["Decline the return of Buyer?", "Worn."]


def cancelled(cast: Cast) -> Case:
    order = paid_order(cast, (stocked_variant(cast.shop), 1))
    words = [f"Cancel order {order.number}, and give Rp115.000 back to Buyer?", "The goods are sold out."]
    return "sell_order_cancel", [order.id], {"why": "sold_out"}, words


def let_go(cast: Cast) -> Case:
    order = pack_order(cast.seller, paid_order(cast, (stocked_variant(cast.shop), 1)).id)
    ask_to_cancel(cast.buyer, order.id, "Too late.")
    return "sell_order_agree", [order.id], {}, [f"Cancel order {order.number}, and give Rp115.000 back to Buyer?"]


def lacking(cast: Cast) -> Case:
    order = paid_order(cast, (stocked_variant(cast.shop), 3))
    line = order.lines.get()
    typed = {f"missing_{line.id.hex}": "2", "why": "damaged"}
    return "sell_order_missing", [order.id], typed, [f"Take these out of order {order.number}", f"2 × {line.title}"]


def removed(cast: Cast) -> Case:
    Member.objects.create(shop=cast.shop, user=cast.stranger, role=Role.ORDERS)
    return "sell_team_remove", [cast.stranger.id], {}, ["Remove Stranger from the shop?"]


def raised(cast: Cast) -> Case:
    Member.objects.create(shop=cast.shop, user=cast.stranger, role=Role.ORDERS)
    return "sell_team_role", [cast.stranger.id], {"role": "owner"}, ["Make Stranger an owner of the shop?"]


def taken_back(cast: Cast) -> Case:
    now = clock.now()
    upload = Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="en", file_names=[], given_at=now, touched_at=now,
        state=Upload.State.DONE, counts={"products": {"created": 1}},
    )  # fmt: skip
    SourceRecord.objects.create(
        shop=cast.shop, platform="tiktok_shop", kind=SourceRecord.Kind.PRODUCT, source_id="1", fields={},
        target_id=stocked_variant(cast.shop).product_id, moved_in_at=now, upload_id=upload.id,
    )  # fmt: skip
    return "sell_upload_undo", [upload.id], {}, ["Take back the 1 product that came with these files?"]


def dropped(cast: Cast) -> Case:
    now = clock.now()
    upload = Upload.objects.create(
        shop=cast.shop, by=cast.seller, language="en", file_names=["moving/x/0/goods.xlsx"], given_at=now, touched_at=now,
        state=Upload.State.PLANNED,
    )  # fmt: skip
    return "sell_upload_drop", [upload.id], {}, ["Throw away the 1 file?"]


def readdressed(cast: Cast) -> Case:
    feed = open_feed(cast.seller, cast.shop, "google_rss", "en")
    return "sell_feed_address", [feed.id], {}, ["Change the address of the feed for Google Merchant Center (RSS 2.0)?"]


def feed_closed(cast: Cast) -> Case:
    feed = open_feed(cast.seller, cast.shop, "google_rss", "en")
    return "sell_feed_close", [feed.id], {}, ["Close the feed for Google Merchant Center (RSS 2.0)?"]


def collaboration_ended(cast: Cast) -> Case:
    invitation = invite_creator(cast.seller, cast.shop, cast.creator, 1_500)
    assert invitation
    programme = accept_creator_invitation(cast.creator_user, invitation.code)
    words = ["End the collaboration with @ceu-edoh?", "What is bought in the next 30 days still earns as agreed"]
    return "sell_creators_end", [programme.id], {}, words


def fee_offered(cast: Cast) -> Case:
    product = stocked_variant(cast.shop).product
    product.title = "Kebaya Encim"
    product.save()
    earned(cast, 40_000)
    typed = {
        "product": "Kebaya Encim", "words": "Show it.", "fee_idr": "20.000", "places": "2",
        "last_day": clock.today().isoformat(),
    }  # fmt: skip
    return "sell_post_offer_fee", [], typed, ["Set Rp40.000 apart for posts?", "2 posts about", "Rp20.000 each"]


def offer_withdrawn(cast: Cast) -> Case:
    offer = offered(cast, stocked_variant(cast.shop))
    return "sell_post_offer_withdraw", [offer.id], {}, ["Withdraw the offer, and take Rp40.000 back?"]


def agreed_to_fees(cast: Cast) -> Case:
    words = ["Agree to fees no. 2?", "3% of most goods", "now it is 2%", "It cannot be taken back"]
    return "sell_fees_agree", [dearer_fees(cast).id], {}, words


CASES = [
    agreed_to_fees,
    agreed, given, declined, cancelled, let_go, lacking, removed, raised, taken_back, dropped, readdressed,
    feed_closed,
    collaboration_ended, fee_offered, offer_withdrawn,
]  # fmt: skip


def written() -> tuple[object, ...]:
    """What an act would leave behind: more rows, fewer, or a member as something else."""
    return rows_everywhere(), sorted(Member.objects.values_list("user_id", "role"))


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_nothing_happens_before_yes(seller: Client, cast: Cast, case: Callable[[Any], Case]) -> None:
    name, of, typed, words = case(cast)
    address = reverse(name, args=[cast.shop.slug, *of])
    before = written()
    for sure in ({}, {"sure": "to something else"}):
        page = seller.post(address, typed | sure)
        text = " ".join(page.text.split())
        assert (page.status_code, [word for word in words if word not in text]) == (200, [])
        assert re.search(r'<a class="button button-quiet" href="/sell/', text)
    assert written() == before
    assert press(seller, address, typed).status_code == 302
    assert written() != before
