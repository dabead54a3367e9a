"""A complaint's way: to the shop, to Lapak, to its end; whoever's turn it is has until a date."""

import uuid

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.people.users.queries import users_with
from lapak.trade.complaints.errors import (
    ComplaintContactMissing,
    ComplaintMoved,
    ComplaintNotFound,
    ComplaintTopicRefused,
    ComplaintWordsRefused,
    TooManyComplaintsOpen,
    TooManyComplaintsToday,
)
from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.complaints.queries import (
    complaint_for_author,
    complaint_for_operator,
    complaint_for_seller,
    complaints_of_a_day,
    most_open,
    open_complaints,
)
from lapak.trade.complaints.rules import (
    AFTER_ITS_TIME,
    LONGEST_COMPLAINT,
    MOST_A_DAY,
    OPEN,
    SHORTEST_COMPLAINT,
    ComplaintState,
    act_by,
    may_move,
)
from lapak.trade.orders.queries import order_for_buyer

LONGEST_CONTACT = 200


@act
def lodge_complaint(by: User, *, topic: str, words: str, order_id: uuid.UUID | None = None) -> Complaint:
    """The complaint is made: about an order its shop is asked first, about anything else Lapak answers.

    Refuses another's order (`OrderNotFound`), none of the topics (`ComplaintTopicRefused`), too few words or too many
    (`ComplaintWordsRefused`), and more than anybody needs open at a time (`TooManyComplaintsOpen`) or made within a day, also
    of those withdrawn (`TooManyComplaintsToday`).
    """
    order = order_for_buyer(by, order_id) if order_id else None
    User.objects.select_for_update(no_key=True).get(id=by.id)  # of two at once, one counts the other
    if open_complaints(by) >= most_open():
        raise TooManyComplaintsOpen
    if complaints_of_a_day(by) >= MOST_A_DAY.on(clock.today()):
        raise TooManyComplaintsToday
    complaint = Complaint(author=by, topic=_topic(topic), words=_words(words), order=order)
    complaint.shop = order.shop if order else None
    return _begin(by, complaint, ComplaintState.WITH_SHOP if order else ComplaintState.WITH_LAPAK)


@act
def note_complaint(by: User, *, channel: str, contact: str, topic: str, words: str) -> Complaint:
    """What came by mail, phone or letter is a complaint like the others, which Lapak answers where it came from. Whose e-mail
    address it is, and who has confirmed it, reads it here as well.

    Refuses anyone but the operator (`ComplaintNotFound`), and what `lodge_complaint` refuses of a topic and words; nobody to
    answer (`ComplaintContactMissing`).
    """
    require_desk(by, Desk.COMPLAINTS, ComplaintNotFound)
    contact = contact.strip()
    if not 1 <= len(contact) <= LONGEST_CONTACT or channel not in Complaint.Channel.values:
        raise ComplaintContactMissing
    author_id = next(iter(users_with(contact)), None)
    complaint = Complaint(
        author_id=author_id, contact=contact, channel=channel, topic=_topic(topic), words=_words(words)
    )
    return _begin(by, complaint, ComplaintState.WITH_LAPAK)


@act
def answer_complaint_for_shop(by: User, complaint_id: uuid.UUID, words: str) -> Complaint:
    """The shop says what it does about it; who complained has some days to say that this settles nothing.

    Refuses strangers (`ComplaintNotFound`), whose duty the shop's orders are not (`NotYourDuty`), too few words or too many
    (`ComplaintWordsRefused`), and what does not wait for the shop (`ComplaintMoved`).
    """
    complaint_for_seller(by, complaint_id)
    return _move(by, complaint_id, ComplaintState.SHOP_ANSWERED, _words(words))


@act
def accept_shops_answer(by: User, complaint_id: uuid.UUID) -> Complaint:
    """Who complained is content. Refuses anyone else (`ComplaintNotFound`), and what the shop has not answered
    (`ComplaintMoved`)."""
    complaint_for_author(by, complaint_id)
    return _move(by, complaint_id, ComplaintState.SETTLED)


@act
def take_complaint_to_lapak(by: User, complaint_id: uuid.UUID, words: str) -> Complaint:
    """The shop's answer settles nothing: Lapak answers next.

    Refuses anyone else (`ComplaintNotFound`), too few words or too many (`ComplaintWordsRefused`), and what the shop has not
    answered (`ComplaintMoved`).
    """
    complaint_for_author(by, complaint_id)
    complaint = _lock(complaint_id)
    if complaint.state != ComplaintState.SHOP_ANSWERED:
        raise ComplaintMoved
    return _move_locked(by, complaint, ComplaintState.WITH_LAPAK, _words(words))


@act
def withdraw_complaint(by: User, complaint_id: uuid.UUID) -> Complaint:
    """It is no complaint any more. Refuses anyone else (`ComplaintNotFound`), and what is answered or over (`ComplaintMoved`)."""
    complaint_for_author(by, complaint_id)
    return _move(by, complaint_id, ComplaintState.WITHDRAWN)


@act
def answer_complaint(by: User, complaint_id: uuid.UUID, words: str) -> Complaint:
    """Lapak's answer, which ends it here.

    Refuses anyone but the operator (`ComplaintNotFound`), too few words or too many (`ComplaintWordsRefused`), and what does not
    wait for Lapak (`ComplaintMoved`).
    """
    complaint_for_operator(by, complaint_id)
    return _move(by, complaint_id, ComplaintState.ANSWERED, _words(words))


@act
def end_time_of_complaint(complaint_id: uuid.UUID, *, words: str) -> Complaint:
    """The clock's: whoever's turn it was said nothing. A shop's silence leads to Lapak, silence about its answer settles it, and
    Lapak's own stays on record. `ComplaintMoved` while there is time."""
    complaint = _lock(complaint_id)
    if complaint.act_by is None or complaint.act_by > clock.now():
        raise ComplaintMoved
    return _move_locked(None, complaint, AFTER_ITS_TIME[ComplaintState(complaint.state)], words)


def _begin(by: User, complaint: Complaint, state: ComplaintState) -> Complaint:
    complaint.lodged_at = clock.now()
    _enter(complaint, state)
    complaint.save(force_insert=True)
    _note(by, complaint)
    return complaint


def _lock(complaint_id: uuid.UUID) -> Complaint:
    locked = Complaint.objects.select_for_update(of=("self",), no_key=True).select_related("shop")
    complaint = locked.filter(id=complaint_id).first()
    if complaint is None:
        raise ComplaintNotFound
    return complaint


def _move(by: User, complaint_id: uuid.UUID, to_state: ComplaintState, words: str = "") -> Complaint:
    return _move_locked(by, _lock(complaint_id), to_state, words)


def _move_locked(by: User | None, complaint: Complaint, to_state: ComplaintState, words: str = "") -> Complaint:
    if not may_move(complaint.state, to_state):
        raise ComplaintMoved
    _enter(complaint, to_state)
    complaint.save(update_fields=["state", "act_by", "ended_at", "was_late"])
    _note(by, complaint, words)
    return complaint


def _enter(complaint: Complaint, state: ComplaintState) -> None:
    now = clock.now()
    complaint.was_late = complaint.was_late or _is_late(complaint)
    complaint.state = state
    zone = complaint.shop.time_zone if complaint.shop else clock.WIB.key
    complaint.act_by = act_by(state, now.astimezone(clock.WIB), zone)
    complaint.ended_at = None if state in OPEN else now


def _is_late(complaint: Complaint) -> bool:
    """Lapak's time is over, whether the clock has come by or not."""
    is_over = complaint.act_by is not None and complaint.act_by <= clock.now()
    return is_over and complaint.state == ComplaintState.WITH_LAPAK


def _note(by: User | None, complaint: Complaint, words: str = "") -> None:
    ComplaintEvent.objects.create(
        complaint=complaint, state=complaint.state, actor=by, words=words, happened_at=clock.now()
    )


def _topic(topic: str) -> str:
    if topic not in Complaint.Topic.values:
        raise ComplaintTopicRefused
    return topic


def _words(words: str) -> str:
    words = words.strip()
    if not SHORTEST_COMPLAINT <= len(words) <= LONGEST_COMPLAINT:
        raise ComplaintWordsRefused
    return words
