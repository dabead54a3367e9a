"""Who is told what of a sample, and when."""

from datetime import timedelta

import pytest

from lapak.affiliates.samples import commands as samples
from lapak.flows.clocks import run_due_clocks
from lapak.flows.tell_people.watch import tell_of_deadlines
from lapak.flows.tests.told import facts_of, notice_of
from lapak.goods.catalogue.models import Variant
from lapak.lib import clock
from lapak.people.notices.models import Notice
from lapak.people.notices.words import words_of
from lapak.people.shops.rules import Role
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.samples import POST, approved_sample, arrived_sample, asked_sample

pytestmark = pytest.mark.django_db


def about_samples(reader: User) -> list[str]:
    return [fact for fact in facts_of(reader) if "sample" in fact]


def test_each_step_to_the_other_side(cast: Cast, variant: Variant) -> None:
    sample = arrived_sample(cast, variant)
    samples.name_post(cast.creator_user, sample.id, POST)
    assert about_samples(cast.seller) == ["shop_sample_asked", "shop_sample_posted"]
    assert about_samples(cast.creator_user) == ["sample_approved", "sample_sent"]
    assert words_of(notice_of(cast.seller, "shop_sample_asked")).path.endswith(f"/creators/samples/{sample.id}")
    assert words_of(notice_of(cast.creator_user, "sample_sent")).path == f"/create/samples/{sample.id}"


def test_a_no_and_a_wish_that_is_withdrawn(cast: Cast, variant: Variant) -> None:
    samples.decline_sample(cast.seller, asked_sample(cast, variant).id, "Sold out.")
    samples.withdraw_sample(cast.creator_user, asked_sample(cast, variant).id)
    samples.call_off_sample(cast.seller, approved_sample(cast, variant).id, "Broken.")
    assert about_samples(cast.creator_user) == ["sample_declined", "sample_approved", "sample_called_off"]
    assert "shop_sample_withdrawn" in about_samples(cast.seller)


def test_who_packs_orders_is_not_told(cast: Cast, variant: Variant) -> None:
    packer = User.objects.create_user("packer@example.com", name="Packer")
    cast.shop.members.create(user=packer, role=Role.ORDERS)
    asked_sample(cast, variant)
    assert about_samples(packer) == []


def test_what_the_clock_does_both_sides_hear(cast: Cast, variant: Variant) -> None:
    asked_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert run_due_clocks()["samples_past_time"] == 1
    arrived = arrived_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert run_due_clocks()["samples_past_time"] == 1
    arrived.refresh_from_db()
    assert arrived.state == "unposted"
    assert about_samples(cast.creator_user)[-1] == "sample_unposted"
    assert {"shop_sample_lapsed", "shop_sample_unposted"} <= set(about_samples(cast.seller))


def test_a_closed_shop_ends_what_was_not_sent(cast: Cast, variant: Variant) -> None:
    sample = approved_sample(cast, variant)
    cast.shop.is_open = False
    cast.shop.save()
    assert run_due_clocks()["samples_without_ground"] == 1
    sample.refresh_from_db()
    assert (sample.state, sample.address) == ("ended", {})
    assert about_samples(cast.creator_user)[-1] == "sample_ended"


def test_a_day_before_it_ends_whoever_has_to_do_something_hears_of_it(cast: Cast, variant: Variant) -> None:
    asked, arrived = asked_sample(cast, variant), arrived_sample(cast, variant)
    for ends_at in (asked.act_by, arrived.act_by):
        assert ends_at
        for before in (25, 23, 22):
            with clock.stopped_at(ends_at - timedelta(hours=before)):
                tell_of_deadlines()
    told = Notice.objects.filter(fact__endswith="soon").order_by("happened_at")
    assert list(told.values_list("fact", "reader_id")) == [
        ("shop_sample_answer_soon", cast.seller.id), ("sample_post_soon", cast.creator_user.id),
    ]  # fmt: skip
