"""What goes wrong with the fees for posts is noticed."""

from datetime import timedelta

import pytest

from lapak.affiliates.posts.models import Post, PostOffer
from lapak.flows import offer_post_fees, pay_for_posts, pay_out
from lapak.flows.clocks import run_due_clocks
from lapak.flows.offer_post_fees import withdraw_post_offer
from lapak.flows.pay_for_posts import give_up_place
from lapak.flows.pay_out import confirm_payout, send_due_payouts
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.money.payouts.models import Payout
from lapak.testing.books import look_through_filled_books
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.posts import approved_post, offered, taken_post

pytestmark = [pytest.mark.django_db, pytest.mark.unsound_books]


def found() -> set[str]:
    return {difference.check for difference in look_through_filled_books().shown}


def credited(cast: Cast, variant: Variant) -> Post:
    post = approved_post(cast, variant)
    assert post.act_by
    with clock.stopped_at(post.act_by + timedelta(seconds=1)):
        run_due_clocks()
    return post


def test_without_a_fault_nothing_is_found(cast: Cast, variant: Variant) -> None:
    credited(cast, variant)
    post = taken_post(cast, stocked_variant(cast.shop))
    withdraw_post_offer(cast.seller, post.offer_id)
    give_up_place(cast.creator_user, post.id)
    assert found() == set()


def test_an_offer_without_its_money(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer_post_fees, "fees_held", lambda _offer: [])
    offered(cast, variant)
    assert found() == {"post_fees_held", "post_offer_booked"}


def test_a_fee_that_is_not_given_back(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offer_post_fees, "fees_returned", lambda *_: [])
    withdraw_post_offer(cast.seller, offered(cast, variant).id)
    assert found() == {"post_fees_held", "post_offer_booked"}


def test_a_fee_that_does_not_reach_its_creator(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_for_posts, "fee_credited", lambda _post: [])
    credited(cast, variant)
    assert {"post_fees_held", "post_credited", "tax_booked"} <= found()


def test_a_tax_that_is_not_withheld(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_for_posts, "withhold", lambda *_: [0])
    credited(cast, variant)
    assert {"tax_year", "tax_month"} <= found()


def test_a_place_that_nobody_counted(cast: Cast, variant: Variant) -> None:
    PostOffer.objects.filter(id=taken_post(cast, variant).offer_id).update(taken=0)
    assert "post_places" in found()


def test_a_payout_that_arrived_without_paying(cast: Cast, variant: Variant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pay_out, "mark_posts_paid", lambda _ids: 0)
    credited(cast, variant)
    send_due_payouts(None, "sandbox")
    confirm_payout(None, Payout.objects.get(account__kind="creator_payable").id)
    assert found() == {"post_paid"}


def test_a_payment_without_a_payout(cast: Cast, variant: Variant) -> None:
    Post.objects.filter(id=credited(cast, variant).id).update(state="paid")
    assert found() == {"post_paid"}
