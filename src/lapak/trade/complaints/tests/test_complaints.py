"""A complaint goes from side to side until it is over, and never waits for anybody without end."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress

from lapak.flows.clocks import run_due_clocks
from lapak.lib import clock
from lapak.people.shops.errors import NotYourDuty
from lapak.people.shops.models import Member
from lapak.testing.cast import Cast, stocked_variant
from lapak.testing.complaints import WORDS, answered_by_shop, complaint_about, complaint_with_lapak
from lapak.testing.histories import delivered_order
from lapak.testing.refused import refused
from lapak.trade.complaints import commands
from lapak.trade.complaints.errors import (
    ComplaintContactMissing,
    ComplaintMoved,
    ComplaintNotFound,
    ComplaintTopicRefused,
    ComplaintWordsRefused,
    TooManyComplaintsOpen,
    TooManyComplaintsToday,
)
from lapak.trade.complaints.models import Complaint
from lapak.trade.complaints.queries import Figures, events_of_complaint, figures, most_open
from lapak.trade.complaints.rules import LONGEST_COMPLAINT, MOST_A_DAY, ComplaintState
from lapak.trade.orders.errors import OrderNotFound

pytestmark = pytest.mark.django_db

S = ComplaintState
LATER = timedelta(days=40)


def states_of(complaint: Complaint) -> list[str]:
    return list(events_of_complaint(complaint).values_list("state", flat=True))


def silence(complaint: Complaint, days: int = 40) -> Complaint:
    """Nobody says anything for so long, and the clock runs."""
    with clock.stopped_at(clock.now() + timedelta(days=days)):
        run_due_clocks()
    return Complaint.objects.get(id=complaint.id)


def test_about_an_order_its_shop_is_asked_first(cast: Cast) -> None:
    complaint = complaint_about(cast)
    assert (complaint.state, complaint.shop) == (S.WITH_SHOP, cast.shop)
    assert complaint.act_by is not None
    assert timedelta(days=1) < complaint.act_by - clock.now() < timedelta(days=13), "two working days"
    commands.answer_complaint_for_shop(cast.seller, complaint.id, "We send you another one.")
    commands.accept_shops_answer(cast.buyer, complaint.id)
    complaint.refresh_from_db()
    assert (complaint.act_by is None, complaint.ended_at is None) == (True, False)
    assert states_of(complaint) == [S.WITH_SHOP, S.SHOP_ANSWERED, S.SETTLED]


def test_an_answer_that_settles_nothing_goes_to_lapak(cast: Cast) -> None:
    complaint = answered_by_shop(cast)
    commands.take_complaint_to_lapak(cast.buyer, complaint.id, "It is as wrong as the first.")
    commands.answer_complaint(cast.operator, complaint.id, "The shop refunds you; see your order.")
    assert states_of(complaint)[2:] == [S.WITH_LAPAK, S.ANSWERED]
    assert [event.words for event in events_of_complaint(complaint)][2] == "It is as wrong as the first."


def test_about_anything_else_lapak_answers(cast: Cast) -> None:
    complaint = complaint_with_lapak(cast)
    assert (complaint.state, complaint.shop) == (S.WITH_LAPAK, None)


def test_silence_of_the_shop_leads_to_lapak_and_of_lapak_onto_record(cast: Cast) -> None:
    complaint = silence(complaint_about(cast))
    assert (complaint.state, complaint.was_late) == (S.WITH_LAPAK, False)
    with clock.stopped_at(clock.now() + LATER):
        complaint = silence(complaint)
        assert (complaint.state, complaint.was_late, complaint.act_by) == (S.OVERDUE, True, None)
        answered = commands.answer_complaint(cast.operator, complaint.id, "We are sorry that it took so long.")
    assert (answered.state, answered.was_late) == (S.ANSWERED, True)


def test_silence_about_the_shops_answer_settles_it(cast: Cast) -> None:
    complaint = answered_by_shop(cast)
    assert silence(complaint, days=6).state == S.SHOP_ANSWERED
    assert silence(complaint, days=8).state == S.SETTLED


def test_what_came_elsewhere_is_noted_and_belongs_to_whoever_has_the_address(cast: Cast) -> None:
    def note(contact: str) -> Complaint:
        return commands.note_complaint(cast.operator, channel="mail", contact=contact, topic="money", words=WORDS)

    assert note(cast.buyer.email.upper()).author == cast.buyer
    unknown = note("0812 3456 7890")
    assert (unknown.author, unknown.contact, unknown.state) == (None, "0812 3456 7890", S.WITH_LAPAK)


def test_nobody_elses_business(cast: Cast) -> None:
    complaint, order = answered_by_shop(cast), delivered_order(cast, (stocked_variant(cast.shop), 1))
    with refused(OrderNotFound):
        commands.lodge_complaint(cast.stranger, topic="goods", words=WORDS, order_id=order.id)
    with refused(ComplaintNotFound):
        commands.accept_shops_answer(cast.stranger, complaint.id)
    with refused(ComplaintNotFound):
        commands.take_complaint_to_lapak(cast.seller, complaint.id, WORDS)
    with refused(ComplaintNotFound):
        commands.withdraw_complaint(cast.stranger, complaint.id)
    with refused(ComplaintNotFound):
        commands.answer_complaint_for_shop(cast.stranger, complaint.id, WORDS)
    with refused(ComplaintNotFound):
        commands.answer_complaint(cast.seller, complaint.id, WORDS)
    with refused(ComplaintNotFound):
        commands.note_complaint(cast.seller, channel="mail", contact="a@example.com", topic="money", words=WORDS)


def test_who_looks_after_the_money_does_not_answer(cast: Cast) -> None:
    complaint = complaint_about(cast)
    Member.objects.create(shop=cast.shop, user=cast.stranger, role="finance")
    with refused(NotYourDuty):
        commands.answer_complaint_for_shop(cast.stranger, complaint.id, WORDS)


def test_what_has_moved_on(cast: Cast) -> None:
    complaint = complaint_about(cast)
    with refused(ComplaintMoved):
        commands.accept_shops_answer(cast.buyer, complaint.id)
    with refused(ComplaintMoved):
        commands.take_complaint_to_lapak(cast.buyer, complaint.id, WORDS)
    with refused(ComplaintMoved):
        commands.answer_complaint(cast.operator, complaint.id, WORDS)
    with refused(ComplaintMoved):
        commands.end_time_of_complaint(complaint.id, words="")
    commands.withdraw_complaint(cast.buyer, complaint.id)
    for _twice in range(2):
        with refused(ComplaintMoved):
            commands.withdraw_complaint(cast.buyer, complaint.id)
    with refused(ComplaintMoved):
        commands.answer_complaint_for_shop(cast.seller, complaint.id, WORDS)


@pytest.mark.parametrize("words", ["", "   ", "too few", "x" * (LONGEST_COMPLAINT + 1)])
def test_words_that_say_too_little_or_too_much(cast: Cast, words: str) -> None:
    complaint = complaint_with_lapak(cast)
    with refused(ComplaintWordsRefused):
        commands.lodge_complaint(cast.buyer, topic="goods", words=words)
    with refused(ComplaintWordsRefused):
        commands.answer_complaint(cast.operator, complaint.id, words)


def test_a_topic_or_a_contact_that_is_none(cast: Cast) -> None:
    with refused(ComplaintTopicRefused):
        commands.lodge_complaint(cast.buyer, topic="weather", words=WORDS)
    for channel, contact in (("mail", "  "), ("smoke", "a@example.com"), ("mail", "a" * 201)):
        with refused(ComplaintContactMissing):
            commands.note_complaint(cast.operator, channel=channel, contact=contact, topic="money", words=WORDS)


def test_nobody_has_more_open_than_the_rules_allow(cast: Cast) -> None:
    complaints = [complaint_with_lapak(cast) for _n in range(most_open())]
    with refused(TooManyComplaintsOpen):
        complaint_with_lapak(cast)
    commands.withdraw_complaint(cast.buyer, complaints[0].id)
    complaint_with_lapak(cast)


def test_the_public_figures(cast: Cast) -> None:
    assert (figures().came, figures().kept_percent, figures().days) == (0, None, None)
    commands.accept_shops_answer(cast.buyer, answered_by_shop(cast).id)
    commands.answer_complaint(cast.operator, complaint_with_lapak(cast).id, WORDS)
    commands.withdraw_complaint(cast.buyer, complaint_with_lapak(cast).id)
    complaint_about(cast)
    silence(complaint_with_lapak(cast))
    told = figures()
    assert (told.came, told.settled, told.in_time, told.late, told.withdrawn, told.open) == (5, 1, 1, 1, 1, 1)
    assert told.kept_percent == 50
    assert told.days is not None
    with clock.stopped_at(clock.now() + timedelta(days=91)):
        assert figures().came == 0, "a quarter of a year"


def test_what_came_by_mail_is_read_by_who_has_confirmed_the_address(cast: Cast) -> None:
    """Whoever only typed somebody's address when they joined reads nothing of theirs."""
    EmailAddress.objects.filter(user=cast.buyer).update(verified=False)
    noted = commands.note_complaint(cast.operator, channel="mail", contact=cast.buyer.email, topic="data", words=WORDS)
    assert noted.author is None
    EmailAddress.objects.filter(user=cast.buyer).update(verified=True)
    noted = commands.note_complaint(
        cast.operator, channel="mail", contact=cast.buyer.email.upper(), topic="data", words=WORDS
    )
    assert noted.author == cast.buyer


def test_an_answer_after_the_time_is_late_though_the_clock_has_not_come_by(cast: Cast) -> None:
    complaint = complaint_with_lapak(cast)
    assert complaint.act_by is not None
    with clock.stopped_at(complaint.act_by):
        commands.answer_complaint(cast.operator, complaint.id, "It is put right now.")
        told = figures()
    assert (told.in_time, told.late, told.kept_percent) == (0, 1, 0)


def test_one_that_is_late_is_never_rounded_away() -> None:
    told = Figures(since=clock.now(), came=1000, settled=0, in_time=999, late=1, withdrawn=0, open=0, days=None)
    assert told.kept_percent == 99


def test_who_withdraws_each_makes_no_more_than_some_in_a_day(cast: Cast) -> None:
    for _ in range(MOST_A_DAY.on(clock.today())):
        commands.withdraw_complaint(cast.buyer, complaint_with_lapak(cast).id)
    with refused(TooManyComplaintsToday):
        complaint_with_lapak(cast)
    with clock.stopped_at(clock.now() + timedelta(days=1)):
        assert complaint_with_lapak(cast).state == S.WITH_LAPAK
