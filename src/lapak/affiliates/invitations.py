"""Every change of the rates that a shop offers to one creator: asked, answered, withdrawn, or not answered in time."""

import secrets
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db.models import QuerySet

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS
from lapak.affiliates.errors import (
    AnswerDayOutOfBounds,
    CreatorInvitationGone,
    CreatorInvitationNotFound,
    CreatorNotFound,
    DeclinedLately,
    InvitationReasonTooLong,
    InvitedEnough,
    InvitedLately,
    MessageTooLong,
    RateEndOutOfBounds,
    TooManyInvited,
)
from lapak.affiliates.known_as import known_as
from lapak.affiliates.link_rules import lines_pasted
from lapak.affiliates.models import Creator, CreatorInvitation, Membership, Programme
from lapak.affiliates.offers import own_programme
from lapak.affiliates.programmes import announce, lock_programme, new_programme, require_terms
from lapak.affiliates.queries import creator_beginning_anew, creator_by_handle, creator_of_user, current_rate
from lapak.affiliates.rates import BINDS_AFTER
from lapak.affiliates.rules import (
    ANSWER_DAYS,
    ASKED_AGAIN_AFTER,
    INVITATION_DAYS,
    INVITED_AGAIN_AFTER,
    LONGEST_MESSAGE,
    LONGEST_RATE_DAYS,
    MOST_INVITED,
    MOST_INVITED_A_DAY,
    mask_of,
    moment_after,
)
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.written import LONGEST_NOTE
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.queries import users_with

_INVITATION_BYTES = 16
"""An invitation's address cannot be guessed: who has it may accept."""

HERE, BY_MAIL = "Lapak", "E-mail"
"""Where those are known who are invited by handle or by e-mail address."""

State = CreatorInvitation.State


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """What an invitation says beside the rate. `rate_ends_on`: its last day (none: until another is announced); `answer_on`: the
    last day for an answer (none: as long as is usual)."""

    message: str = ""
    rate_ends_on: date | None = None
    answer_on: date | None = None


AS_USUAL = Offered()


class Asked(StrEnum):
    """What became of a line of those to invite."""

    ASKED = "asked"
    ANNOUNCED = "announced"
    """They have a rate of their own already: the new one is announced."""
    DOUBLED = "doubled"
    UNKNOWN = "unknown"
    DECLINED = "declined"
    """They said no not long ago."""
    LATELY = "lately"
    """They were invited not long ago."""
    UNRATED = "unrated"
    """No rate is known at which to invite them."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A pasted line, what became of it, and the invitation that was made."""

    line: str
    outcome: Asked
    invitation: CreatorInvitation | None = field(default=None)


@act
def invite_creator(
    by: User, shop: Shop, creator: Creator, rate_bp: int, offered: Offered = AS_USUAL
) -> CreatorInvitation | None:
    """The creator is asked to promote the shop at a rate of their own, and nobody is bound before they accept. To one who has
    such a rate already the new one is announced as every other is (None): a raise at once, a cut after 30 days.

    Refuses who does not work in the shop (`ShopNotFound`), a creator whose account is closed (`CreatorNotFound`), who declined
    less than 30 days ago (`DeclinedLately`) or was told of an invitation less than a day ago (`InvitedLately`), a rate beyond
    0–8000 bp (`RateOutOfBounds`), a message over 500 characters (`MessageTooLong`), days out of bounds (`AnswerDayOutOfBounds`,
    `RateEndOutOfBounds`).
    """
    _require(by, shop, rate_bp)
    answer_by, ends_at = _fit_days(offered, ANSWER_DAYS)
    _fit_message(offered)
    if creator.closed_from is not None:
        raise CreatorNotFound
    programme = own_programme(shop, creator)
    if programme is not None:
        programme = lock_programme(by, programme)
        announce(by, programme, current_rate(programme), rate_bp, ends_at=ends_at)
        return None
    if _declined_lately(shop, creator):
        raise DeclinedLately
    if _lately(CreatorInvitation.objects.filter(shop=shop, invited=creator)):
        raise InvitedLately
    meant = CreatorInvitation(shop=shop, place=HERE, name=str(creator), invited=creator, rate_bp=rate_bp)
    return _make(by, meant, offered, answer_by)


@act
def invite_creators(by: User, shop: Shop, who: str, rate_bp: int, offered: Offered = AS_USUAL) -> list[Answer]:
    """Each line of `who` is a creator's handle, and they are asked as by `invite_creator`; or an e-mail address, for which there
    is an invitation whose address the shop sends itself. Whether somebody has this e-mail address here the shop does not learn.

    A line that means nobody, or one who declined or was invited lately, is answered so and keeps no other out. Refuses as
    `invite_creator` what is said to all of them, and no line or more than a hundred (`TooManyInvited`).
    """
    _require(by, shop, rate_bp)
    _fit_message(offered)
    _fit_days(offered, ANSWER_DAYS)
    lines = lines_pasted(who)
    if not 0 < len(lines) <= MOST_INVITED:
        raise TooManyInvited
    words = [line.lower().removeprefix("@") for line in lines]
    return [
        Answer(line, *((Asked.DOUBLED,) if word in words[:number] else _ask(by, shop, word, rate_bp, offered)))
        for number, (line, word) in enumerate(zip(lines, words, strict=True))
    ]


@act
def make_creator_invitation(
    by: User,
    shop: Shop,
    *,
    place: str,
    name: str,
    rate_bp: int,
    email: str = "",
    offered: Offered = AS_USUAL,
) -> CreatorInvitation:
    """Whoever was called `name` at `place` can accept this rate by the invitation's address, which the shop sends them; who has
    confirmed a channel there under this name, or the `email`, finds it among their own as well. Nobody else is told, the shop
    does not learn who that is, and nothing is agreed. Made again it has a new address and rate, and the old address leads
    nowhere. The `email` is forgotten when it is over.

    Refuses who does not work in the shop (`ShopNotFound`), what is offered as `invite_creator`, one that was accepted already
    (`CreatorInvitationGone`), and one that was declined less than 30 days ago (`DeclinedLately`).
    """
    _require(by, shop, rate_bp)
    _fit_message(offered)
    answer_by, _ends_at = _fit_days(offered, INVITATION_DAYS)
    made = CreatorInvitation.objects.filter(shop=shop, place=place, name=name)
    if made.filter(state=State.ACCEPTED).exists():
        raise CreatorInvitationGone
    if made.filter(state=State.DECLINED, ended_at__gt=clock.now() - ASKED_AGAIN_AFTER).exists():
        raise DeclinedLately
    meant = CreatorInvitation(shop=shop, place=place, name=name, email=email, rate_bp=rate_bp)
    return _make(by, meant, offered, answer_by)


@act
def accept_creator_invitation(by: User, code: str) -> Programme:
    """The creator promotes the shop at the rate they were invited at, unless they have a better one there; accepting again
    changes nothing.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), an address that leads nowhere, or is for another
    creator (`CreatorInvitationNotFound`), and an invitation that another accepted or that is over (`CreatorInvitationGone`).
    """
    creator = creator_beginning_anew(by)
    invitation = _lock_for(creator, code)
    programme = _lock_own_programme(invitation.shop, creator)
    if invitation.creator == creator and programme is not None:
        return programme
    if invitation.is_over:
        raise CreatorInvitationGone
    _end(by, invitation, State.ACCEPTED, creator=creator)
    return _agree(by, invitation, creator, programme)


@act
def decline_creator_invitation(by: User, code: str, reason: str = "") -> None:
    """The creator does not want to; the shop reads why, if they say, and does not ask again for 30 days.

    Refuses as `accept_creator_invitation`, and a reason over 200 characters (`InvitationReasonTooLong`).
    """
    creator = creator_of_user(by)
    invitation = _lock_for(creator, code)
    if invitation.is_over:
        raise CreatorInvitationGone
    reason = reason.strip()
    if len(reason) > LONGEST_NOTE:
        raise InvitationReasonTooLong
    invitation.declined_by = creator
    _end(by, invitation, State.DECLINED, reason=reason)


@act
def withdraw_creator_invitation(by: User, invitation_id: UUID) -> None:
    """Nobody can accept it any more. Refuses who does not promote in its shop (`CreatorInvitationNotFound`), and one that is over
    (`CreatorInvitationGone`)."""
    invitation = _locked().filter(pk=invitation_id).first()
    if invitation is None or not works_for(by, invitation.shop_id, Duty.PROMOTION):
        raise CreatorInvitationNotFound
    if invitation.is_over:
        raise CreatorInvitationGone
    _end(by, invitation, State.WITHDRAWN)


@act
def lapse_creator_invitation(invitation_id: UUID) -> None:
    """It has waited long enough. Refuses (`CreatorInvitationGone`) one that was answered, or whose day has not come."""
    invitation = _locked().get(pk=invitation_id)
    if invitation.state != State.OPEN or clock.now() < invitation.answer_by:
        raise CreatorInvitationGone
    _end(None, invitation, State.LAPSED)


def _ask(
    by: User, shop: Shop, word: str, rate_bp: int, offered: Offered
) -> tuple[Asked] | tuple[Asked, CreatorInvitation | None]:
    try:
        if "@" in word:
            return Asked.ASKED, _ask_by_mail(by, shop, word, rate_bp, offered)
        invitation = invite_creator(by, shop, creator_by_handle(word), rate_bp, offered)
    except DeclinedLately:
        return (Asked.DECLINED,)
    except InvitedLately:
        return (Asked.LATELY,)
    except (CreatorNotFound, ValidationError):
        return (Asked.UNKNOWN,)
    return Asked.ASKED if invitation else Asked.ANNOUNCED, invitation


def _ask_by_mail(by: User, shop: Shop, email: str, rate_bp: int, offered: Offered) -> CreatorInvitation:
    """Who has confirmed this address here finds it among their own as well, unless they said no or were invited not long ago;
    the shop is answered the same."""
    validate_email(email)
    asked = CreatorInvitation.objects.filter(shop=shop, place=BY_MAIL, name=email[:100])
    if _lately(asked):
        raise InvitedLately
    answer_by, _ends_at = _fit_days(offered, ANSWER_DAYS)
    creator = Creator.objects.filter(user__in=users_with(email), user__is_active=True, closed_from=None).first()
    meant = CreatorInvitation(
        shop=shop, place=BY_MAIL, name=email[:100], email=email, rate_bp=rate_bp,
        invited=creator if creator and _may_be_told(shop, creator) else None,
    )  # fmt: skip
    return _make(by, meant, offered, answer_by)


def _make(by: User, meant: CreatorInvitation, offered: Offered, answer_by: datetime) -> CreatorInvitation:
    """One that waits for the same person is replaced: its old address leads nowhere."""
    same = _locked().filter(shop=meant.shop, place=meant.place, name=meant.name, state=State.OPEN).first()
    meant.id = same.id if same else meant.id
    meant.code, meant.made_at, meant.answer_by = secrets.token_urlsafe(_INVITATION_BYTES), clock.now(), answer_by
    meant.message, meant.rate_ends_on = offered.message.strip(), offered.rate_ends_on
    meant.known_as = known_as(meant.place, meant.name)
    _note(by, meant, str(same.rate_bp) if same else "", str(meant.rate_bp))
    meant.save(force_update=bool(same), force_insert=not same)
    return meant


def _agree(by: User, invitation: CreatorInvitation, creator: Creator, programme: Programme | None) -> Programme:
    """The creator has the rate, unless they have a better one that goes on."""
    ends_at = moment_after(invitation.rate_ends_on) if invitation.rate_ends_on else None
    if programme is None:
        programme = new_programme(
            Programme.Kind.INVITED, invitation.shop, invitation.rate_bp, DEFAULT_WINDOW_DAYS, ends_at=ends_at
        )
        Membership.objects.create(programme=programme, creator=creator, joined_at=clock.now())
        return programme
    current = current_rate(programme)
    has_ended = current.ends_at is not None and current.ends_at <= clock.now()
    if has_ended or current.rate_bp < invitation.rate_bp:
        announce(by, programme, current, invitation.rate_bp, ends_at=ends_at)
    return programme


def _lock_own_programme(shop: Shop, creator: Creator) -> Programme | None:
    """The creator's own with the shop, also one whose rate has ended; locked, so that two at the same moment do not make two,
    and a rate that is announced meanwhile is seen."""
    Creator.objects.select_for_update(no_key=True).get(pk=creator.pk)
    own = Programme.objects.filter(kind=Programme.Kind.INVITED, shop=shop, memberships__creator=creator)
    return own.select_for_update(of=("self",), no_key=True).first()


def _end(
    by: User | None,
    invitation: CreatorInvitation,
    state: State,
    *,
    creator: Creator | None = None,
    reason: str = "",
) -> None:
    _note(by, invitation, str(invitation.rate_bp), state.value)
    invitation.state, invitation.ended_at = state, clock.now()
    invitation.creator, invitation.reason = creator, reason
    if invitation.email:
        invitation.name = invitation.name.replace(invitation.email, mask_of(invitation.email))[:100]
        invitation.email = ""
    invitation.save()


def _require(by: User, shop: Shop, rate_bp: int) -> None:
    """The shop is held until the transaction ends: of two that invite the same person at once, one replaces the other's."""
    require_duty(by, shop.id, Duty.PROMOTION)
    require_terms(rate_bp, DEFAULT_WINDOW_DAYS)
    Shop.objects.select_for_update(of=("self",), no_key=True).get(pk=shop.pk)
    lately = CreatorInvitation.objects.filter(shop=shop, made_at__gt=clock.now() - timedelta(days=1))
    if lately[:MOST_INVITED_A_DAY].count() >= MOST_INVITED_A_DAY:
        raise InvitedEnough


def _fit_message(offered: Offered) -> None:
    if len(offered.message.strip()) > LONGEST_MESSAGE:
        raise MessageTooLong


def _fit_days(offered: Offered, usual_days: int) -> tuple[datetime, datetime | None]:
    """Until when it can be answered, and when its rate ends."""
    today = clock.today()
    last_day = offered.answer_on or today + timedelta(days=usual_days)
    ends_on = offered.rate_ends_on
    if ends_on is not None and offered.answer_on is None:
        last_day = min(last_day, ends_on)
    if not today <= last_day <= today + timedelta(days=INVITATION_DAYS):
        raise AnswerDayOutOfBounds
    if ends_on is not None and not last_day <= ends_on <= today + timedelta(days=LONGEST_RATE_DAYS):
        raise RateEndOutOfBounds
    return moment_after(last_day), moment_after(ends_on) if ends_on else None


def _declined_lately(shop: Shop, creator: Creator) -> bool:
    declined = CreatorInvitation.objects.filter(shop=shop, invited=creator, state=State.DECLINED)
    return declined.filter(ended_at__gt=clock.now() - ASKED_AGAIN_AFTER).exists()


def _lately(invitations: QuerySet[CreatorInvitation]) -> bool:
    """Whether one of them was made within a day, and long enough ago to have been told."""
    now = clock.now()
    return invitations.filter(made_at__gt=now - INVITED_AGAIN_AFTER, made_at__lte=now - BINDS_AFTER).exists()


def _may_be_told(shop: Shop, creator: Creator) -> bool:
    return not (
        _declined_lately(shop, creator) or _lately(CreatorInvitation.objects.filter(shop=shop, invited=creator))
    )


def _lock_for(creator: Creator, code: str) -> CreatorInvitation:
    invitation = _locked().filter(code=code).first()
    if invitation is None or invitation.invited not in {None, creator}:
        raise CreatorInvitationNotFound
    return invitation


def _locked() -> QuerySet[CreatorInvitation]:
    found = CreatorInvitation.objects.select_for_update(of=("self",), no_key=True)
    return found.select_related("shop", "invited", "creator")


def _note(by: User | None, invitation: CreatorInvitation, old: str, new: str) -> None:
    """What is offered in basis points, and what became of it. An e-mail address is not kept on record."""
    name = mask_of(invitation.email) if invitation.email else invitation.name
    subject = Subject(Kind.PROGRAMME, invitation.id, name, invitation.shop_id)
    note_changes(by.id if by else None, subject, {"creator_invitation": old}, {"creator_invitation": new})
