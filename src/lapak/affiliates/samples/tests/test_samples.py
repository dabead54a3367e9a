"""From the wish to the post, and every way out."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from lapak.affiliates.brought import brought_to
from lapak.affiliates.models import Creator
from lapak.affiliates.programmes import announce_rate
from lapak.affiliates.queries import current_rate
from lapak.affiliates.samples import commands as samples
from lapak.affiliates.samples.errors import (
    NoSamples,
    PostAddressRefused,
    SampleCourierMissing,
    SampleMoved,
    SampleNotFound,
    SampleOutOfStock,
    SampleOutOfTime,
    SamplePlaceRefused,
    SamplesAMonthOutOfBounds,
    SamplesOfMonthGiven,
    SampleWithoutProgramme,
    SampleWordsRefused,
    TooManySamplesOpen,
)
from lapak.affiliates.samples.models import Sample, SampleEvent
from lapak.affiliates.samples.queries import (
    asked_this_month,
    most_open,
    open_samples,
    samples_past_time,
    samples_without_ground,
)
from lapak.affiliates.samples.rules import MOST_A_MONTH, SampleState
from lapak.flows.clocks import run_due_clocks
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Stock, StockChange, Variant
from lapak.lib import clock
from lapak.people.audit.models import Change
from lapak.people.shops.closings import announce_closing
from lapak.people.shops.errors import ShopNotFound
from lapak.people.users.errors import AddressNotFound
from lapak.testing.cast import Cast, leave_on_shelf, stocked_variant
from lapak.testing.refused import refused
from lapak.testing.samples import (
    PLACE,
    POST,
    WORDS,
    address_of_creator,
    approved_sample,
    arrived_sample,
    asked_sample,
    sent_sample,
)
from lapak.trade.shipping.errors import TrackingNumberMalformed

pytestmark = pytest.mark.django_db


def on_hand(variant: Variant) -> int:
    return Stock.objects.get(variant=variant).on_hand


def ask(cast: Cast, variant: Variant, *, words: str = WORDS, place: str = PLACE) -> Sample:
    return samples.ask_for_sample(cast.creator_user, variant.id, address_of_creator(cast).id, words=words, place=place)


def test_the_whole_way(cast: Cast, variant: Variant) -> None:
    before = on_hand(variant)
    sample = asked_sample(cast, variant)
    assert sample.address_for_shop == {}
    assert sample.address["city"] == "Bandung"
    assert on_hand(variant) == before
    sample = samples.approve_sample(cast.seller, sample.id)
    assert sample.address_for_shop["street"] == "Jl. Cihampelas 9"
    assert on_hand(variant) == before - 1
    sample = samples.send_sample(cast.seller, sample.id, " JNE ", "jx 0001234567")
    assert (sample.courier, sample.tracking_number) == ("JNE", "JX0001234567")
    sample = samples.receive_sample(cast.creator_user, sample.id)
    assert sample.address == {}
    sample = samples.name_post(cast.creator_user, sample.id, f" {POST} ")
    assert (sample.state, sample.post, sample.act_by) == (SampleState.POSTED, POST, None)
    assert on_hand(variant) == before - 1
    happened = (
        SampleEvent.objects.filter(sample=sample).order_by("happened_at", "id").values_list("state", "actor__name")
    )
    assert list(happened) == [
        ("asked", "Creator"), ("approved", "Seller"), ("sent", "Seller"), ("arrived", "Creator"), ("posted", "Creator"),
    ]  # fmt: skip
    taken = StockChange.objects.get(reason="sample")
    assert (taken.reference, taken.actor) == (sample.id, cast.seller)


def test_the_wish_keeps_what_the_goods_cost_then_and_where_they_go(cast: Cast, variant: Variant) -> None:
    sample = asked_sample(cast, variant)
    address_of_creator(cast).delete()
    Variant.objects.filter(id=variant.id).update(price_idr=1)
    sample.refresh_from_db()
    assert (sample.price_idr, sample.address["recipient"]) == (variant.price_idr, "Ceu Edoh")


def test_who_asks_for_what_is_not_given_is_refused(cast: Cast, variant: Variant) -> None:
    address_of_creator(cast)
    with refused(NoSamples):
        ask(cast, variant)
    samples.set_samples_a_month(cast.seller, cast.shop, 1)
    with refused(SampleWordsRefused):
        ask(cast, variant, words=" ")
    with refused(SamplePlaceRefused):
        ask(cast, variant, place="x" * 201)
    with refused(AddressNotFound):
        samples.ask_for_sample(cast.creator_user, variant.id, cast.address.id, words=WORDS, place=PLACE)
    with refused(ProductNotFound):
        samples.ask_for_sample(cast.creator_user, cast.shop.id, address_of_creator(cast).id, words=WORDS, place=PLACE)
    ask(cast, variant)
    with refused(SamplesOfMonthGiven):
        ask(cast, variant)


def test_only_who_promotes_the_shop_asks(cast: Cast, variant: Variant) -> None:
    address_of_creator(cast)
    samples.set_samples_a_month(cast.seller, cast.shop, 1)
    cast.creator.memberships.all().delete()
    with refused(SampleWithoutProgramme):
        ask(cast, variant)


def test_next_month_the_shop_gives_again_and_what_came_to_nothing_is_not_counted(cast: Cast, variant: Variant) -> None:
    samples.decline_sample(cast.seller, asked_sample(cast, variant, a_month=1).id, "Sold out.")
    samples.name_post(cast.creator_user, sent_sample_again(cast, variant).id, POST)
    with refused(SamplesOfMonthGiven):
        ask(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=32)):
        ask(cast, variant)


def sent_sample_again(cast: Cast, variant: Variant) -> Sample:
    again = ask(cast, variant)
    samples.approve_sample(cast.seller, again.id)
    return samples.send_sample(cast.seller, again.id, "JNE", "JX0001234567")


@pytest.mark.unsound_books  # written as never shown, without the way there
def test_who_shows_nothing_gets_nothing_more(cast: Cast, variant: Variant) -> None:
    for _ in range(most_open()):
        asked_sample(cast, variant, a_month=MOST_A_MONTH)
    with refused(TooManySamplesOpen):
        ask(cast, variant)
    Sample.objects.update(state="unposted", act_by=None, address={})
    with refused(TooManySamplesOpen):
        ask(cast, variant)
    samples.name_post(cast.creator_user, Sample.objects.earliest("id").id, POST)
    assert ask(cast, variant).state == SampleState.ASKED


def test_what_buyers_were_promised_is_not_given_away(cast: Cast) -> None:
    variant = stocked_variant(cast.shop, on_hand=1)
    sample = asked_sample(cast, variant)
    leave_on_shelf(variant, 0)
    with refused(SampleOutOfStock):
        samples.approve_sample(cast.seller, sample.id)


@pytest.mark.parametrize("end", ["call_off", "withdraw", "time"])
def test_a_promised_piece_that_is_not_sent_is_back_on_the_shelf(cast: Cast, variant: Variant, end: str) -> None:
    before = on_hand(variant)
    sample = approved_sample(cast, variant)
    assert on_hand(variant) == before - 1
    ends: dict[str, Callable[[], Sample]] = {
        "call_off": lambda: samples.call_off_sample(cast.seller, sample.id, "Broken."),
        "withdraw": lambda: samples.withdraw_sample(cast.creator_user, sample.id),
        "time": lambda: samples.end_time_of_sample(sample.id, words="Late."),
    }
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        ended = ends[end]()
    assert ended.address == {}
    assert on_hand(variant) == before


def test_steps_are_taken_in_their_order(cast: Cast, variant: Variant) -> None:
    sample = asked_sample(cast, variant)
    steps: list[Callable[[], Sample]] = [
        lambda: samples.send_sample(cast.seller, sample.id, "JNE", "JX0001234567"),
        lambda: samples.receive_sample(cast.creator_user, sample.id),
        lambda: samples.miss_sample(cast.creator_user, sample.id, "Never."),
        lambda: samples.name_post(cast.creator_user, sample.id, POST),
        lambda: samples.call_off_sample(cast.seller, sample.id, "No."),
        lambda: samples.end_time_of_sample(sample.id, words="Late."),
        lambda: samples.end_groundless_sample(sample.id, words="Gone."),
    ]
    for step in steps:
        with refused(SampleMoved):
            step()


def test_what_is_typed_wrongly(cast: Cast, variant: Variant) -> None:
    sample = approved_sample(cast, variant)
    with refused(SampleCourierMissing):
        samples.send_sample(cast.seller, sample.id, " ", "JX0001234567")
    with refused(TrackingNumberMalformed):
        samples.send_sample(cast.seller, sample.id, "JNE", "here")
    samples.send_sample(cast.seller, sample.id, "JNE", "JX0001234567")
    with refused(PostAddressRefused):
        samples.name_post(cast.creator_user, sample.id, "on TikTok")
    with refused(SampleWordsRefused):
        samples.miss_sample(cast.creator_user, sample.id, "")


def test_answers_that_come_too_late(cast: Cast, variant: Variant) -> None:
    sample = asked_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=7, seconds=1)), refused(SampleOutOfTime):
        samples.approve_sample(cast.seller, sample.id)


def test_a_post_is_never_too_late(cast: Cast, variant: Variant) -> None:
    sample = arrived_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        assert list(samples_past_time()) == [sample]
        assert samples.end_time_of_sample(sample.id, words="Late.").state == SampleState.UNPOSTED
        assert samples.name_post(cast.creator_user, sample.id, POST).state == SampleState.POSTED


def test_a_parcel_of_which_nobody_speaks_counts_as_arrived(cast: Cast, variant: Variant) -> None:
    sample = sent_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=14, seconds=1)):
        with refused(SampleOutOfTime):
            samples.miss_sample(cast.creator_user, sample.id, "Never.")
        assert samples.end_time_of_sample(sample.id, words="Late.").state == SampleState.ARRIVED


def test_a_parcel_that_did_not_come_is_shown_by_nobody(cast: Cast, variant: Variant) -> None:
    before = on_hand(variant)
    missed = samples.miss_sample(cast.creator_user, sent_sample(cast, variant).id, "The courier lost it.")
    assert (missed.state, missed.reason) == (SampleState.NOT_ARRIVED, "The courier lost it.")
    assert on_hand(variant) == before - 1


def test_what_counts_as_arrived_may_never_have_come_or_be_broken(cast: Cast, variant: Variant) -> None:
    sample = sent_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=15)):
        samples.end_time_of_sample(sample.id, words="Late.")
        with refused(SampleWordsRefused):
            samples.miss_sample(cast.creator_user, sample.id, " ")
        missed = samples.miss_sample(cast.creator_user, sample.id, "It stands at the port.")
    assert (missed.state, missed.reason, missed.act_by) == (SampleState.NOT_ARRIVED, "It stands at the port.", None)
    broken = arrived_sample(cast, variant)
    assert samples.miss_sample(cast.creator_user, broken.id, "The sleeve is torn.").state == SampleState.NOT_ARRIVED
    assert asked_this_month(cast.creator, cast.shop) == 2, "the shop gave both"


def test_after_the_time_to_show_it_nothing_was_broken(cast: Cast, variant: Variant) -> None:
    sample = arrived_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        with refused(SampleOutOfTime):
            samples.miss_sample(cast.creator_user, sample.id, "Torn.")
        samples.end_time_of_sample(sample.id, words="Late.")
        with refused(SampleMoved):
            samples.miss_sample(cast.creator_user, sample.id, "Torn.")


@pytest.mark.parametrize("gone", ["goods", "kind", "shop", "programme"])
def test_nobody_owes_a_post_about_what_is_gone(cast: Cast, variant: Variant, gone: str) -> None:
    sample = arrived_sample(cast, variant)
    if gone == "goods":
        variant.product.status = "archived"
        variant.product.save()
    elif gone == "kind":
        Variant.objects.filter(id=variant.id).update(is_active=False)
    elif gone == "shop":
        cast.shop.is_open = False
        cast.shop.save()
    else:
        announce_rate(cast.seller, cast.programme, 0)
    with clock.stopped_at(clock.now() + timedelta(days=31)):
        ended = samples.end_time_of_sample(sample.id, words="Late.")
        assert (ended.state, ended.reason) == (SampleState.ENDED, samples.NOT_TO_BE_SHOWN)
        assert open_samples(cast.creator) == 0
    given = brought_to(cast.shop, [cast.creator.id], 90)[cast.creator.id]
    assert given.samples_idr == sample.price_idr, "it cost the shop a piece all the same"


def test_what_the_clock_ends_says_why(cast: Cast, variant: Variant) -> None:
    sample = asked_sample(cast, variant)
    with clock.stopped_at(clock.now() + timedelta(days=8)):
        assert samples.end_time_of_sample(sample.id, words="Late.").reason == "Late."


@pytest.mark.parametrize("gone", ["shop", "creator", "user", "programme"])
def test_what_has_no_ground_any_more_ends(cast: Cast, variant: Variant, gone: str) -> None:
    sample = approved_sample(cast, variant)
    assert not samples_without_ground().exists()
    if gone == "shop":
        cast.shop.is_open = False
        cast.shop.save()
    elif gone == "creator":
        Creator.objects.update(closed_from=clock.now() - timedelta(seconds=1))
    elif gone == "user":
        cast.creator_user.is_active = False
        cast.creator_user.save()
    else:
        announce_rate(cast.seller, cast.programme, 0)
        assert current_rate(cast.programme).rate_bp == 0
    assert list(samples_without_ground()) == [sample]
    assert samples.end_groundless_sample(sample.id, words="Gone.").state == SampleState.ENDED
    assert not samples_without_ground().exists()


def test_strangers_find_nothing(cast: Cast, variant: Variant) -> None:
    sample = asked_sample(cast, variant)
    acts: list[Callable[[], Sample]] = [
        lambda: samples.approve_sample(cast.creator_user, sample.id),
        lambda: samples.decline_sample(cast.stranger, sample.id, "No."),
        lambda: samples.withdraw_sample(cast.seller, sample.id),
    ]
    for act in acts:
        with refused(SampleNotFound):
            act()


def test_how_many_a_shop_gives(cast: Cast) -> None:
    samples.set_samples_a_month(cast.seller, cast.shop, 2)
    change = Change.objects.get(field="samples_a_month")
    assert (change.old, change.new, change.shop_id) == ("0", "2", cast.shop.id)
    for number in (-1, MOST_A_MONTH + 1):
        with refused(SamplesAMonthOutOfBounds):
            samples.set_samples_a_month(cast.seller, cast.shop, number)
    with refused(ShopNotFound):
        samples.set_samples_a_month(cast.stranger, cast.shop, 2)


def test_where_nothing_is_ordered_any_more_nobody_asks_and_nothing_is_sent(cast: Cast, variant: Variant) -> None:
    """Of the marketplace's closing as of the shop's: nobody could buy what is shown."""
    shelf = on_hand(variant)
    asked, approved, arrived = (
        each(cast, variant, a_month=10) for each in (asked_sample, approved_sample, arrived_sample)
    )
    begun = clock.now() + timedelta(days=1)
    announce_closing(cast.operator, None, orders_stop_at=begun, ship_by=begun + timedelta(days=20))
    assert not samples_without_ground()
    with clock.stopped_at(begun):
        assert {each.id for each in samples_without_ground()} == {asked.id, approved.id}
        with refused(NoSamples):
            asked_sample(cast, variant, a_month=10)
        run_due_clocks()
    assert on_hand(variant) == shelf - 1
    with clock.stopped_at(begun + timedelta(days=40)):
        run_due_clocks()
    arrived.refresh_from_db()
    assert arrived.state == SampleState.ENDED
