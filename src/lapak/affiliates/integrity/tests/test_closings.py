"""Closing a creator's account: two people, a date, what stays theirs, and opening it again."""

from datetime import timedelta

import pytest

from lapak.affiliates.errors import CreatorClosed
from lapak.affiliates.integrity.closings import (
    agree_to_closing,
    decline_closing,
    lapse_closing,
    propose_closing,
    reopen_creator,
)
from lapak.affiliates.integrity.errors import (
    AnotherDecides,
    ClosesAtWrongTime,
    CreatorClosingMoved,
    CreatorClosingNotFound,
    FindingNotFound,
    FindingWordsRefused,
    NotFinalYet,
)
from lapak.affiliates.integrity.models import AccountEvent, Closing, Finding
from lapak.affiliates.integrity.rules import FindingState, act_by
from lapak.affiliates.links import create_link
from lapak.affiliates.programmes import join_programme
from lapak.lib import clock
from lapak.people.audit.models import Change
from lapak.people.users.models import User
from lapak.testing.cast import Cast
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db


def finding(cast: Cast, state: FindingState) -> Finding:
    now = clock.now()
    return Finding.objects.create(
        creator=cast.creator,
        rule="sniping",
        counts={},
        state=state,
        found_at=now,
        act_by=act_by(state, now.astimezone(clock.WIB)),
    )


@pytest.fixture
def second(cast: Cast) -> User:
    return User.objects.create_superuser("second@example.com", name="Second")


@pytest.fixture
def proposed(cast: Cast) -> Closing:
    return propose_closing(cast.operator, finding(cast, FindingState.FINAL).id, "Fraud.", clock.today())


def closed_from(cast: Cast) -> object:
    cast.creator.refresh_from_db()
    return cast.creator.closed_from


def test_one_person_alone_closes_nothing(cast: Cast, proposed: Closing) -> None:
    with refused(AnotherDecides):
        agree_to_closing(cast.operator, proposed.id)
    assert closed_from(cast) is None


def test_with_a_second_it_is_closed_from_its_date(cast: Cast, second: User) -> None:
    day = clock.today() + timedelta(days=3)
    closing = propose_closing(cast.operator, finding(cast, FindingState.FINAL).id, "Fraud.", day)
    agree_to_closing(second, closing.id)
    assert closed_from(cast) == closing.closes_from
    assert closing.closes_from.astimezone(clock.WIB).date() == day
    assert list(Change.objects.values_list("field", "by_id")) == [("closed_from", second.id)]


def test_nothing_is_taken_back_by_a_late_second(cast: Cast, proposed: Closing, second: User) -> None:
    with clock.stopped_at(clock.now() + timedelta(days=2)):
        agree_to_closing(second, proposed.id)
        assert closed_from(cast) == clock.now()


def test_once_agreed_nothing_new_begins_and_what_there_is_stays(cast: Cast, proposed: Closing, second: User) -> None:
    agree_to_closing(second, proposed.id)
    with refused(CreatorClosed):
        create_link(cast.creator_user, shop=cast.shop)
    with refused(CreatorClosed):
        join_programme(cast.creator_user, cast.programme)
    assert cast.creator.memberships.exists()


def test_reopened_all_is_as_before(cast: Cast, proposed: Closing, second: User) -> None:
    agree_to_closing(second, proposed.id)
    reopen_creator(cast.operator, proposed.id, "They may try again.")
    assert closed_from(cast) is None
    assert create_link(cast.creator_user, shop=cast.shop).creator == cast.creator
    kinds = AccountEvent.objects.order_by("id").values_list("kind", "actor__name", "words")
    assert list(kinds) == [
        ("proposed", "Operator", "Fraud."),
        ("agreed", "Second", ""),
        ("reopened", "Operator", "They may try again."),
    ]


def test_nobody_else_agreed_in_a_week(cast: Cast, proposed: Closing, second: User) -> None:
    with refused(CreatorClosingMoved):
        lapse_closing(proposed.id, "Nobody agreed.")
    with clock.stopped_at(clock.now() + timedelta(days=7, minutes=1)):
        with refused(CreatorClosingMoved):
            agree_to_closing(second, proposed.id)
        assert lapse_closing(proposed.id, "Nobody agreed.").state == "declined"
    assert closed_from(cast) is None


def test_declined_it_may_be_proposed_again(cast: Cast, proposed: Closing, second: User) -> None:
    with refused(CreatorClosingMoved):
        propose_closing(cast.operator, proposed.finding_id, "Once more.", clock.today())
    decline_closing(second, proposed.id, "Not for that.")
    assert propose_closing(cast.operator, proposed.finding_id, "Once more.", clock.today()).state == "proposed"


@pytest.mark.parametrize("state", [FindingState.OPEN, FindingState.UPHELD, FindingState.APPEALED])
def test_not_for_what_may_still_be_objected_to(cast: Cast, state: FindingState) -> None:
    found = finding(cast, state)
    with refused(NotFinalYet):
        propose_closing(cast.operator, found.id, "Fraud.", clock.today())


@pytest.mark.parametrize("days", [-1, 31])
def test_not_for_the_past_and_not_for_a_far_day(cast: Cast, days: int) -> None:
    found = finding(cast, FindingState.FINAL)
    with refused(ClosesAtWrongTime):
        propose_closing(cast.operator, found.id, "Fraud.", clock.today() + timedelta(days=days))


def test_not_without_words(cast: Cast, proposed: Closing, second: User) -> None:
    with refused(FindingWordsRefused):
        decline_closing(second, proposed.id, " ")
    agree_to_closing(second, proposed.id)
    with refused(FindingWordsRefused):
        reopen_creator(second, proposed.id, "")


def test_it_is_the_operators_alone(cast: Cast, proposed: Closing) -> None:
    for other in (cast.stranger, cast.seller, cast.creator_user):
        with refused(FindingNotFound):
            propose_closing(other, proposed.finding_id, "Fraud.", clock.today())
        with refused(CreatorClosingNotFound):
            agree_to_closing(other, proposed.id)
        with refused(CreatorClosingNotFound):
            decline_closing(other, proposed.id, "No.")
