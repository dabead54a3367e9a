"""Every change of a sample. A promised piece leaves the shelf when the shop agrees, and is put back if it is not sent."""

import uuid
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_noop

from lapak.affiliates.models import Creator
from lapak.affiliates.queries import creator_beginning_anew, promotes
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
from lapak.affiliates.samples.models import Sample, SampleEvent, SampleTerms
from lapak.affiliates.samples.queries import (
    asked_this_month,
    can_be_shown,
    has_no_ground,
    most_open,
    open_samples,
    samples_a_month,
    sells_no_more,
)
from lapak.affiliates.samples.rules import (
    AFTER_ITS_TIME,
    LONGEST_COURIER,
    MOST_A_MONTH,
    NEEDS_ADDRESS,
    SampleState,
    act_by,
    gives_piece_back,
    is_address_of_post,
    is_last,
    may_move,
)
from lapak.goods.catalogue import stock
from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.on_sale import variants_on_sale
from lapak.goods.catalogue.stock import Cause, Reason
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_NOTE, LONGEST_STORY
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.queries import address_for_user
from lapak.trade.orders.redirecting import as_kept
from lapak.trade.shipping.commands import clean_tracking_number

Gate = Callable[[Sample], bool]

NOT_TO_BE_SHOWN = gettext_noop(
    "The goods or the programme are gone, so there was nothing left to show. No post is owed."
)


@act
def set_samples_a_month(by: User, shop: Shop, a_month: int) -> SampleTerms:
    """The shop gives each creator who promotes it up to so many samples a month from now on; with 0 it gives none. What was asked
    for before stays asked.

    Refuses who does not work in the shop (`ShopNotFound`) and a number beyond 0–20 (`SamplesAMonthOutOfBounds`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    if not 0 <= a_month <= MOST_A_MONTH:
        raise SamplesAMonthOutOfBounds
    terms, _is_new = SampleTerms.objects.select_for_update(no_key=True).get_or_create(shop=shop)
    subject = Subject(Kind.SHOP, shop.id, shop.name, shop.id)
    note_changes(by.id, subject, {"samples_a_month": terms.a_month}, {"samples_a_month": a_month})
    terms.a_month = a_month
    terms.save(update_fields=["a_month"])
    return terms


@act
def ask_for_sample(by: User, variant_id: uuid.UUID, address_id: uuid.UUID, *, words: str, place: str) -> Sample:
    """The creator asks the shop of this variant for a piece, says why and where they will show it. It would go to that address of
    theirs, which the shop reads once it has agreed.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), goods that are not on sale (`ProductNotFound`),
    another user's address (`AddressNotFound`), a shop that gives none or takes no orders any more (`NoSamples`) or that they do
    not promote (`SampleWithoutProgramme`), more than it gives in a month (`SamplesOfMonthGiven`), more than may be open
    (`TooManySamplesOpen`), and words or a place that are missing or too long (`SampleWordsRefused`, `SamplePlaceRefused`).
    """
    creator = creator_beginning_anew(by)
    variant = variants_on_sale().filter(id=variant_id).select_related("product__shop").first()
    if variant is None:
        raise ProductNotFound
    address = address_for_user(by, address_id)
    # Of two at once, one counts the other.
    Creator.objects.select_for_update(of=("self",), no_key=True).get(pk=creator.pk)
    _refuse_to_ask(creator, variant.product.shop)
    sample = Sample(
        shop=variant.product.shop, creator=creator, variant=variant, price_idr=variant.price_idr, asked_at=clock.now(),
        words=_fit_words(words), place=_fit_place(place), address=as_kept(address), act_by=_ends(SampleState.ASKED),
    )  # fmt: skip
    sample.save(force_insert=True)
    _note(by, sample)
    return sample


def _refuse_to_ask(creator: Creator, shop: Shop) -> None:
    a_month = samples_a_month(shop)
    if not a_month or sells_no_more(shop):
        raise NoSamples
    if not promotes(creator, shop):
        raise SampleWithoutProgramme
    if asked_this_month(creator, shop) >= a_month:
        raise SamplesOfMonthGiven
    if open_samples(creator) >= most_open():
        raise TooManySamplesOpen


@act
def withdraw_sample(by: User, sample_id: uuid.UUID) -> Sample:
    """The creator does not want it any more; a promised piece is the shop's to sell again.

    Refuses anyone else (`SampleNotFound`), and what is sent or over (`SampleMoved`).
    """
    return _move(by, _lock(sample_id, _of_creator(by)), SampleState.WITHDRAWN)


@act
def approve_sample(by: User, sample_id: uuid.UUID) -> Sample:
    """The shop gives a piece, which leaves its shelf now, and is told where it goes.

    Refuses a stranger (`SampleNotFound`), what was answered (`SampleMoved`) or waited too long (`SampleOutOfTime`), and when no
    piece is left that buyers were not promised (`SampleOutOfStock`).
    """
    sample = _move(by, _lock(sample_id, _of_shop(by)), SampleState.APPROVED)
    if stock.shift({sample.variant_id: -1}, Cause(Reason.SAMPLE, by.id, sample.id)):
        raise SampleOutOfStock
    return sample


@act
def decline_sample(by: User, sample_id: uuid.UUID, words: str) -> Sample:
    """The shop gives none; the creator reads why.

    Refuses a stranger (`SampleNotFound`), no words (`SampleWordsRefused`), what was answered (`SampleMoved`) or waited too long
    (`SampleOutOfTime`).
    """
    return _move(by, _lock(sample_id, _of_shop(by)), SampleState.DECLINED, words)


@act
def call_off_sample(by: User, sample_id: uuid.UUID, words: str) -> Sample:
    """The shop cannot send what it promised; the creator reads why, and the piece is the shop's to sell again.

    Refuses a stranger (`SampleNotFound`), no words (`SampleWordsRefused`), and what is sent or over (`SampleMoved`).
    """
    return _move(by, _lock(sample_id, _of_shop(by)), SampleState.CALLED_OFF, words)


@act
def send_sample(by: User, sample_id: uuid.UUID, courier: str, tracking_number: str) -> Sample:
    """A courier has it, whom the shop has paid.

    Refuses a stranger (`SampleNotFound`), no courier (`SampleCourierMissing`), a malformed number (`TrackingNumberMalformed`),
    what was not agreed or is over (`SampleMoved`), and what should have been sent before (`SampleOutOfTime`).
    """
    sample = _lock(sample_id, _of_shop(by))
    if not 1 <= len(courier.strip()) <= LONGEST_COURIER:
        raise SampleCourierMissing
    sample.courier, sample.tracking_number = courier.strip(), clean_tracking_number(tracking_number)
    return _move(by, sample, SampleState.SENT)


@act
def receive_sample(by: User, sample_id: uuid.UUID) -> Sample:
    """The creator has it; the time in which they show it begins. Refuses anyone else (`SampleNotFound`), and what is not on its
    way (`SampleMoved`)."""
    return _move(by, _lock(sample_id, _of_creator(by)), SampleState.ARRIVED)


@act
def miss_sample(by: User, sample_id: uuid.UUID, words: str) -> Sample:
    """It did not come, or came broken or as something else, says the creator: nothing is left to be shown. The shop reads it,
    and has the receipt of its courier. What counts as arrived may come later still, or never.

    Refuses anyone else (`SampleNotFound`), no words (`SampleWordsRefused`), what is neither on its way nor to be shown
    (`SampleMoved`) and what is so no longer by now (`SampleOutOfTime`).
    """
    return _move(by, _lock(sample_id, _of_creator(by)), SampleState.NOT_ARRIVED, words)


@act
def name_post(by: User, sample_id: uuid.UUID, address: str) -> Sample:
    """The creator has shown it, at this address, which is kept as it is and never fetched. A post after its time counts as well.

    Refuses anyone else (`SampleNotFound`), what is no address (`PostAddressRefused`), and what was not sent (`SampleMoved`).
    """
    sample = _lock(sample_id, _of_creator(by))
    address = address.strip()
    if not is_address_of_post(address):
        raise PostAddressRefused
    sample.post = address
    return _move(by, sample, SampleState.POSTED)


@act
def end_time_of_sample(sample_id: uuid.UUID, *, words: str) -> Sample:
    """The clock's: its time in its state is over, and what then becomes of it is so. What cannot be shown any more, as the goods
    or the programme are gone, ends, and no post is owed. `SampleMoved` when there is time."""
    sample = _lock(sample_id, lambda _sample: True)
    if sample.act_by is None or sample.act_by > clock.now():
        raise SampleMoved
    after = AFTER_ITS_TIME[SampleState(sample.state)]
    if after == SampleState.UNPOSTED and not can_be_shown(sample):
        return _step(None, sample, SampleState.ENDED, NOT_TO_BE_SHOWN)
    return _step(None, sample, after, words)


@act
def end_groundless_sample(sample_id: uuid.UUID, *, words: str) -> Sample:
    """The clock's: its shop, its creator or their programme is no longer there for it. `SampleMoved` when they are."""
    sample = _lock(sample_id, lambda _sample: True)
    if not has_no_ground(sample):
        raise SampleMoved
    return _step(None, sample, SampleState.ENDED, words)


def _of_creator(by: User) -> Gate:
    return lambda sample: sample.creator.user_id == by.id


def _of_shop(by: User) -> Gate:
    return lambda sample: works_for(by, sample.shop_id, Duty.PROMOTION)


def _lock(sample_id: uuid.UUID, gate: Gate) -> Sample:
    """The sample, held until the transaction ends, for whom the gate lets in; `SampleNotFound` for anyone else."""
    locked = Sample.objects.select_for_update(of=("self",), no_key=True).select_related("creator")
    sample = locked.filter(id=sample_id).first()
    if sample is None or not gate(sample):
        raise SampleNotFound
    return sample


_IN_TIME_ONLY = frozenset({SampleState.APPROVED, SampleState.DECLINED, SampleState.SENT, SampleState.NOT_ARRIVED})
"""Steps that are refused once their time is over, though the clock has not come by yet; others hurt nobody late."""


def _move(by: User, sample: Sample, to_state: SampleState, words: str | None = None) -> Sample:
    """A step by a person; with `words` where the other side is told why."""
    if not may_move(sample.state, to_state):
        raise SampleMoved
    if to_state in _IN_TIME_ONLY and sample.act_by and sample.act_by <= clock.now():
        raise SampleOutOfTime
    if words is not None:
        sample.reason = words = _fit_words(words)
    return _step(by, sample, to_state, words or "")


def _step(by: User | None, sample: Sample, to_state: SampleState, words: str) -> Sample:
    was = sample.state
    if not may_move(was, to_state):
        raise SampleMoved
    sample.state, sample.act_by = to_state, _ends(to_state)
    if to_state not in NEEDS_ADDRESS:
        sample.address = {}
    if by is None and is_last(to_state):
        sample.reason = words  # both sides read why
    sample.save(update_fields=["state", "act_by", "address", "reason", "courier", "tracking_number", "post"])
    if gives_piece_back(was, to_state):
        stock.shift({sample.variant_id: 1}, Cause(Reason.SAMPLE, by.id if by else None, sample.id))
    _note(by, sample, words)
    return sample


def _note(by: User | None, sample: Sample, words: str = "") -> None:
    SampleEvent.objects.create(sample=sample, state=sample.state, actor=by, words=words, happened_at=clock.now())


def _ends(state: SampleState) -> datetime | None:
    return act_by(state, clock.now().astimezone(clock.WIB))


def _fit_words(words: str) -> str:
    words = words.strip()
    if not 1 <= len(words) <= LONGEST_STORY:
        raise SampleWordsRefused
    return words


def _fit_place(place: str) -> str:
    place = place.strip()
    if not 1 <= len(place) <= LONGEST_NOTE:
        raise SamplePlaceRefused
    return place
