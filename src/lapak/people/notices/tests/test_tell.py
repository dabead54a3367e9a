"""Telling: once each person and fact, by mail unless they do without, and gone when it is old."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from lapak.lib import clock
from lapak.lib.ids import new_id
from lapak.people.notices.commands import (
    KEPT,
    MAILS_KEPT,
    Telling,
    choose_mails,
    mark_all_read,
    mark_failed,
    mark_read,
    mute,
    prune,
    tell,
    write_mail,
)
from lapak.people.notices.errors import NoticeNotFound
from lapak.people.notices.models import Mail, MutedTopic, Notice
from lapak.people.notices.queries import (
    MOST_COUNTED,
    kinds_of_reader,
    mails_wanted,
    notices_of,
    unread_count,
)
from lapak.people.notices.rules import MAY_BE_OFF, Reader, Topic
from lapak.people.users.models import User
from lapak.testing.refused import refused

pytestmark = pytest.mark.django_db

Told = Callable[..., Notice]


def test_a_fact_is_told_once_whatever_comes_again(told: Told) -> None:
    about = new_id()
    first = told("order_paid", about=about)
    again = told("order_paid", about=about, said={"number": "other"})

    assert again == first
    assert Notice.objects.get().said["number"] == "0482-7391-5026"


def test_the_same_event_may_be_two_facts_and_concern_two_people(told: Told, reader: User) -> None:
    about, other = new_id(), User.objects.create_user("other@example.com")
    told("order_paid", about=about)
    told("refund_owed", about=about)
    tell([Telling(fact="order_paid", reader_id=other.id, about_id=about, happened_at=clock.now())])

    assert Notice.objects.count() == 3


def test_what_is_switched_off_is_told_in_the_page_alone(told: Told, reader: User) -> None:
    mute(reader.id, [Topic.PROGRESS])

    assert told("order_shipped").mail_at is None
    assert told("order_paid").mail_at
    assert unread_count(reader.id) == 2


def test_what_is_not_for_mail_goes_by_none(told: Told) -> None:
    assert told("last_day_to_return").mail_at is None


@pytest.mark.parametrize("topic", [topic for topic in Topic if topic not in MAY_BE_OFF])
def test_money_safety_and_deadlines_cannot_be_switched_off(reader: User, topic: Topic) -> None:
    mute(reader.id, [topic])
    assert not MutedTopic.objects.exists()


def test_choosing_again_changes_only_what_was_chosen(reader: User) -> None:
    choose_mails(reader.id, [Topic.PROGRESS])
    assert mails_wanted(reader.id) == {Topic.PROGRESS}
    choose_mails(reader.id, [Topic.CASES, Topic.PROGRAMMES])
    assert mails_wanted(reader.id) == {Topic.CASES, Topic.PROGRAMMES}
    choose_mails(reader.id, list(MAY_BE_OFF))
    assert mails_wanted(reader.id) == set(MAY_BE_OFF)
    assert not MutedTopic.objects.exists()


def test_telling_thousands_costs_few_statements(
    reader: User, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    tellings = [
        Telling(fact="new_order", reader_id=reader.id, about_id=new_id(), happened_at=clock.now()) for _ in range(2500)
    ]
    with django_assert_max_num_queries(6):  # who does without, three inserts, the savepoint around them
        tell(tellings)
    assert Notice.objects.count() == 2500


def test_the_bell_counts_in_one_statement_and_not_beyond_a_hundred(
    reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    tell(
        [
            Telling(fact="new_order", reader_id=reader.id, about_id=new_id(), happened_at=clock.now())
            for _ in range(MOST_COUNTED + 5)
        ]
    )
    with django_assert_num_queries(1):
        assert unread_count(reader.id) == MOST_COUNTED


def test_what_is_read_is_no_longer_new(told: Told, reader: User) -> None:
    first, _second, _third = told(), told(), told()
    mark_read(reader.id, first.id)
    assert unread_count(reader.id) == 2
    assert mark_all_read(reader.id) == 2
    assert unread_count(reader.id) == 0


def test_a_stranger_reads_nothing(told: Told) -> None:
    notice, stranger = told(), User.objects.create_user("stranger@example.com")
    with refused(NoticeNotFound):
        mark_read(stranger.id, notice.id)
    assert mark_all_read(stranger.id) == 0
    assert list(notices_of(stranger.id)) == []
    notice.refresh_from_db()
    assert notice.read_at is None


def test_the_list_is_cut_by_kind_and_by_age(told: Told, reader: User) -> None:
    rows = [told("order_paid"), told("new_order"), told("order_shipped")]

    assert [row.fact for row in notices_of(reader.id)] == ["order_shipped", "new_order", "order_paid"]
    assert [row.fact for row in notices_of(reader.id, "shop")] == ["new_order"]
    assert [row.fact for row in notices_of(reader.id, "no such kind", rows[2].id)] == ["new_order", "order_paid"]
    assert kinds_of_reader(reader.id) == [Reader.BUYER, Reader.SHOP]


def test_old_notices_and_mails_are_pruned_and_what_waits_is_not(told: Told) -> None:
    with clock.stopped_at(clock.now() - KEPT - timedelta(minutes=1)):
        told()
        waiting, given_up = (write_mail(to="a@example.com", subject=word, text="") for word in ("waits", "gone"))
        mark_failed(given_up.id, "refused")
    young = told()
    with clock.stopped_at(clock.now() - MAILS_KEPT + timedelta(minutes=1)):
        mark_failed(write_mail(to="a@example.com", subject="young", text="").id, "refused")

    assert prune() == 2
    assert list(Notice.objects.all()) == [young]
    assert set(Mail.objects.values_list("subject", flat=True)) == {waiting.subject, "young"}
