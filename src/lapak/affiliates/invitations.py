"""Every change of the rates that a shop offers to one creator."""

import secrets

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS
from lapak.affiliates.errors import (
    CreatorInvitationGone,
    CreatorInvitationNotFound,
)
from lapak.affiliates.models import Creator, CreatorInvitation, Membership, Programme
from lapak.affiliates.programmes import announce, announce_rate, new_programme, require_terms
from lapak.affiliates.queries import creator_beginning_anew, current_rate
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

_INVITATION_BYTES = 16
"""An invitation's address cannot be guessed: who has it may accept."""


@act
def invite_creator(by: User, shop: Shop, creator: Creator, rate_bp: int) -> Programme:
    """The creator promotes the shop at a rate of their own; there is nothing to accept, as the best rate counts anyway.

    Inviting again announces a new rate. Refuses who does not work in the shop (`ShopNotFound`) and a rate beyond
    0–8000 bp (`RateOutOfBounds`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    require_terms(rate_bp, DEFAULT_WINDOW_DAYS)
    programme = _own_programme(shop, creator)
    if programme is not None:
        announce_rate(by, programme, rate_bp)
        return programme
    return _new_own_programme(shop, creator, rate_bp)


@act
def make_creator_invitation(by: User, shop: Shop, *, place: str, name: str, rate_bp: int) -> CreatorInvitation:
    """Whoever was called `name` at `place` can accept this rate by the invitation's address, which the shop sends them; nobody
    is told, and nothing is agreed. Made again it has a new address and rate, and the old address leads nowhere.

    Refuses who does not work in the shop (`ShopNotFound`), a rate beyond 0–8000 bp (`RateOutOfBounds`), and one that was
    accepted already (`CreatorInvitationGone`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    require_terms(rate_bp, DEFAULT_WINDOW_DAYS)
    code, now = secrets.token_urlsafe(_INVITATION_BYTES), clock.now()
    invitation, is_new = CreatorInvitation.objects.select_for_update(no_key=True).get_or_create(
        shop=shop, place=place, name=name, defaults={"rate_bp": rate_bp, "code": code, "made_at": now}
    )
    if invitation.creator_id is not None:
        raise CreatorInvitationGone
    if not is_new:
        invitation.rate_bp, invitation.code, invitation.made_at = rate_bp, code, now
        invitation.save()
    return invitation


@act
def accept_creator_invitation(by: User, code: str) -> Programme:
    """The creator promotes the shop at the rate they were invited at, unless they have a better one there; accepting again
    changes nothing.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), an address that leads nowhere
    (`CreatorInvitationNotFound`), and an invitation that another accepted or that is over (`CreatorInvitationGone`).
    """
    creator = creator_beginning_anew(by)
    invitation = CreatorInvitation.objects.select_for_update(of=("self",), no_key=True).filter(code=code).first()
    if invitation is None:
        raise CreatorInvitationNotFound
    is_accepted = invitation.creator_id is not None
    if invitation.creator_id not in {None, creator.pk} or (not is_accepted and invitation.ends_at <= clock.now()):
        raise CreatorInvitationGone
    programme = _own_programme(invitation.shop, creator)
    if programme is not None and is_accepted:
        return programme
    invitation.creator = creator
    invitation.save()
    if programme is None:
        return _new_own_programme(invitation.shop, creator, invitation.rate_bp)
    current = current_rate(programme)
    if current.rate_bp < invitation.rate_bp:
        announce(by, programme, current, invitation.rate_bp)
    return programme


def _own_programme(shop: Shop, creator: Creator) -> Programme | None:
    """The creator's own with the shop, if there is one; locked, so that two at the same moment do not make two."""
    Creator.objects.select_for_update(no_key=True).get(pk=creator.pk)
    return Programme.objects.filter(kind=Programme.Kind.INVITED, shop=shop, memberships__creator=creator).first()


def _new_own_programme(shop: Shop, creator: Creator, rate_bp: int) -> Programme:
    programme = new_programme(Programme.Kind.INVITED, shop, rate_bp, DEFAULT_WINDOW_DAYS)
    Membership.objects.create(programme=programme, creator=creator, joined_at=clock.now())
    return programme
