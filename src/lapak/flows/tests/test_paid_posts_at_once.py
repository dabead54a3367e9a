"""Those who meet over a paid post: each act is done or refused as moved, and everyone has what is theirs afterwards."""

import threading
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from lapak.affiliates.models import Creator
from lapak.affiliates.posts import commands as posts
from lapak.affiliates.posts.models import Post, PostOffer
from lapak.affiliates.posts.postings import held_account, shop_account
from lapak.affiliates.posts.rules import PostState
from lapak.flows.offer_post_fees import withdraw_post_offer
from lapak.flows.pay_for_posts import end_time_of_post, give_up_place
from lapak.flows.pay_out import send_due_payouts
from lapak.lib import clock
from lapak.lib.refusal import Refusal
from lapak.money.ledger.queries import balance_idr
from lapak.people.users.models import User
from lapak.testing.books import check_books
from lapak.testing.cast import Cast, assemble_cast, stocked_variant
from lapak.testing.posts import FEE_IDR, address, earned, handed_in_post, offered, taken_post
from lapak.testing.whose_is_what import differences

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast() -> Cast:
    cache.clear()
    return assemble_cast()


def at_once(*acts: Callable[[], object]) -> Counter[str]:
    """What came of each, begun at the same moment."""
    outcomes: list[str] = []
    barrier = threading.Barrier(len(acts))

    def work(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
        except Refusal as refusal:
            outcomes.append(refusal.code)
        except Exception as error:  # noqa: BLE001 - told by the test
            outcomes.append(repr(error))
        else:
            outcomes.append("done")
        connection.close()

    threads = [threading.Thread(target=work, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    check_books()
    assert differences() == []
    return Counter(outcomes)


def creators(cast: Cast, count: int) -> Sequence[User]:
    users = [User.objects.create_user(f"creator{n}@example.com", name=f"Creator {n}") for n in range(count)]
    for n, user in enumerate(users):
        creator = Creator.objects.create(user=user, handle=f"creator-{n}", joined_at=clock.now())
        cast.programme.memberships.create(creator=creator, joined_at=clock.now())
    return users


def test_the_last_place_goes_to_one(cast: Cast) -> None:
    offer = offered(cast, stocked_variant(cast.shop), places=1)
    takes = [lambda user=user: posts.take_place(user, offer.id) for user in creators(cast, 6)]
    assert at_once(*takes) == {"done": 1, "no_place_left": 5}
    assert Post.objects.count() == PostOffer.objects.get().taken == 1


def test_two_places_for_one_who_presses_twice(cast: Cast) -> None:
    offer = offered(cast, stocked_variant(cast.shop), places=3)
    takes = [lambda: posts.take_place(cast.creator_user, offer.id)] * 4
    assert at_once(*takes) == {"done": 1, "place_taken": 3}


def test_one_post_for_two_fees(cast: Cast) -> None:
    first, second = (taken_post(cast, stocked_variant(cast.shop)) for _ in range(2))
    shown = address()
    handed = [lambda post=post: posts.hand_in_post(cast.creator_user, post.id, shown) for post in (first, second)]
    assert at_once(*handed) == {"done": 1, "post_handed_in_before": 1}


def test_approved_or_silent_is_approved_once(cast: Cast) -> None:
    post = handed_in_post(cast, stocked_variant(cast.shop))
    Post.objects.filter(id=post.id).update(act_by=clock.now() - timedelta(seconds=1))
    outcome = at_once(
        lambda: posts.approve_post(cast.seller, post.id), lambda: end_time_of_post(post.id, words="In silence.")
    )
    assert outcome == {"done": 1, "post_moved": 1}
    assert Post.objects.get().state == PostState.APPROVED


def test_handed_in_or_lapsed(cast: Cast) -> None:
    post = taken_post(cast, stocked_variant(cast.shop))
    Post.objects.filter(id=post.id).update(act_by=clock.now() - timedelta(seconds=1))
    outcome = at_once(
        lambda: posts.hand_in_post(cast.creator_user, post.id, address()),
        lambda: end_time_of_post(post.id, words="Its time was over."),
    )
    assert outcome["done"] == 1, outcome
    assert Post.objects.get().state == PostState.LAPSED
    assert PostOffer.objects.get().taken == 0


def test_a_fee_is_credited_once(cast: Cast) -> None:
    post = posts.approve_post(cast.seller, handed_in_post(cast, stocked_variant(cast.shop)).id)
    Post.objects.filter(id=post.id).update(act_by=clock.now() - timedelta(seconds=1))
    ends = [lambda: end_time_of_post(post.id, words="")] * 3
    assert at_once(*ends) == {"done": 1, "post_moved": 2}
    assert PostOffer.objects.get().credited == 1


def test_withdrawn_while_one_is_approved_another_given_up_and_one_taken(cast: Cast) -> None:
    first = handed_in_post(cast, stocked_variant(cast.shop))
    second, third = creators(cast, 2)
    given_up = posts.take_place(second, first.offer_id)
    outcome = at_once(
        lambda: withdraw_post_offer(cast.seller, first.offer_id),
        lambda: posts.approve_post(cast.seller, first.id),
        lambda: give_up_place(second, given_up.id),
        lambda: posts.take_place(third, first.offer_id),
    )
    assert outcome["done"] >= 3, outcome
    offer = PostOffer.objects.get()
    assert offer.taken == Post.objects.exclude(state=PostState.GIVEN_UP).count()
    assert balance_idr(held_account(cast.shop.id)) == offer.taken * FEE_IDR


def test_a_payout_and_an_offer_share_the_balance(cast: Cast) -> None:
    """Whoever comes second has what the first left."""
    earned(cast, 2 * FEE_IDR)
    variant = stocked_variant(cast.shop)
    before = balance_idr(shop_account(cast.shop.id))
    outcome = at_once(lambda: offered(cast, variant, fee_idr=before // 2), lambda: send_due_payouts(None, "bank_file"))
    assert outcome["done"] >= 1, outcome
    assert set(outcome) <= {"done", "fees_not_covered"}, outcome
    assert balance_idr(shop_account(cast.shop.id)) in {0, before % 2}
