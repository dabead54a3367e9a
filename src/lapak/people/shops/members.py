"""Who works for a shop: asked by an owner, agreed to by themselves. A shop is never without an owner."""

import uuid

from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.commands import lock_shop
from lapak.people.shops.errors import (
    AlreadyMember,
    InvitationNotFound,
    MemberNotFound,
    OwnerNeeded,
    RoleUnknown,
    TooManyMembers,
    UserUnknown,
)
from lapak.people.shops.models import Invitation, Member, Shop
from lapak.people.shops.queries import refuse_operator
from lapak.people.shops.rules import MAX_MEMBERS, Duty, Role
from lapak.people.users.models import User
from lapak.people.users.queries import require_confirmed_email


@act
def invite_member(by: User, shop_id: uuid.UUID, *, email: str, role: str) -> Invitation:
    """The user with this e-mail address is asked to work for the shop in this role.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), an address nobody signed up with
    (`UserUnknown`), who works there or is asked already (`AlreadyMember`), one too many (`TooManyMembers`), and a role that
    there is not (`RoleUnknown`).
    """
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    user = User.objects.filter(email=email.strip().lower(), is_active=True).first()
    if user is None:
        raise UserUnknown
    if shop.members.filter(user=user).exists() or shop.invitations.filter(user=user).exists():
        raise AlreadyMember
    if shop.members.count() + shop.invitations.count() >= MAX_MEMBERS:
        raise TooManyMembers
    role = _fit_role(role)
    _note(by, shop, user, invitation=("", role))
    return Invitation.objects.create(shop=shop, user=user, role=role, invited_at=clock.now())


@act
def withdraw_invitation(by: User, shop_id: uuid.UUID, invitation_id: uuid.UUID) -> None:
    """The user is no longer asked. Refuses as `invite_member`, and one that was answered (`InvitationNotFound`)."""
    shop = lock_shop(by, shop_id, Duty.OWNERSHIP)
    invitation = shop.invitations.filter(id=invitation_id).select_related("user").first()
    if invitation is None:
        raise InvitationNotFound
    _note(by, shop, invitation.user, invitation=(invitation.role, ""))
    invitation.delete()


@act
def accept_invitation(by: User, invitation_id: uuid.UUID) -> Member:
    """The user works for the shop. Refuses another's invitation, and one that was taken back (`InvitationNotFound`), an
    e-mail that is not confirmed (`EmailUnconfirmed`), and whoever runs the marketplace (`OperatorSellsNothing`)."""
    invitation = _own_invitation(by, invitation_id)
    require_confirmed_email(by)
    refuse_operator(by)
    member = Member.objects.create(shop=invitation.shop, user=by, role=invitation.role)
    _note(by, invitation.shop, by, role=("", member.role))
    invitation.delete()
    return member


@act
def decline_invitation(by: User, invitation_id: uuid.UUID) -> None:
    """The user does not want to. Refuses as `accept_invitation`."""
    invitation = _own_invitation(by, invitation_id)
    _note(by, invitation.shop, by, invitation=(invitation.role, ""))
    invitation.delete()


@act
def change_role(by: User, shop_id: uuid.UUID, user_id: uuid.UUID, role: str) -> Member:
    """The member works in this role from now on.

    Refuses strangers (`ShopNotFound`), whoever is no owner (`NotYourDuty`), who is no member (`MemberNotFound`), a
    role that there is not (`RoleUnknown`), and to leave the shop without an owner (`OwnerNeeded`).
    """
    member = _member(lock_shop(by, shop_id, Duty.OWNERSHIP), user_id)
    role = _fit_role(role)
    _refuse_to_lose(member, role)
    _note(by, member.shop, member.user, role=(member.role, role))
    member.role = role
    member.save(update_fields=["role"])
    return member


@act
def remove_member(by: User, shop_id: uuid.UUID, user_id: uuid.UUID) -> None:
    """The member works there no longer. Refuses as `change_role`."""
    _end(by, _member(lock_shop(by, shop_id, Duty.OWNERSHIP), user_id))


@act
def leave_shop(by: User, shop_id: uuid.UUID) -> None:
    """The user works there no longer. Refuses strangers (`MemberNotFound`) and the last owner (`OwnerNeeded`)."""
    shop = Shop.objects.select_for_update(of=("self",), no_key=True).filter(id=shop_id, members__user=by).first()
    if shop is None:
        raise MemberNotFound
    _end(by, _member(shop, by.id))


@act
def part_with_colleagues(by: User) -> None:
    """Nobody else works for the shops that the user has opened, or is asked to: whoever let them in was a stranger."""
    owned = Member.objects.filter(user=by, role=Role.OWNER).values("shop")
    shops = Shop.objects.select_for_update(of=("self",), no_key=True).filter(id__in=owned)
    for shop in shops.order_by("id"):
        if shop.members.earliest("pk").user_id != by.id:
            continue
        for member in shop.members.exclude(user=by).select_related("user", "shop"):
            _end(by, member)
        for invitation in shop.invitations.select_related("user"):
            _note(by, shop, invitation.user, invitation=(invitation.role, ""))
            invitation.delete()


def _end(by: User, member: Member) -> None:
    _refuse_to_lose(member)
    _note(by, member.shop, member.user, role=(member.role, ""))
    member.delete()


def _own_invitation(by: User, invitation_id: uuid.UUID) -> Invitation:
    invitation = (
        Invitation.objects.select_for_update(of=("self",), no_key=True)
        .filter(id=invitation_id, user=by)
        .select_related("shop")
        .first()
    )
    if invitation is None:
        raise InvitationNotFound
    return invitation


def _member(shop: Shop, user_id: uuid.UUID) -> Member:
    member = Member.objects.filter(shop=shop, user_id=user_id).select_related("user", "shop").first()
    if member is None:
        raise MemberNotFound
    return member


def _fit_role(role: str) -> Role:
    if role not in Role.values:
        raise RoleUnknown
    return Role(role)


def _refuse_to_lose(member: Member, becomes: Role | None = None) -> None:
    """The shop is held: of two owners who leave at once, one stays."""
    is_last = not Member.objects.filter(shop=member.shop, role=Role.OWNER).exclude(pk=member.pk).exists()
    if member.role == Role.OWNER and becomes != Role.OWNER and is_last:
        raise OwnerNeeded


def _note(by: User, shop: Shop, user: User, **changed: tuple[str, str]) -> None:
    """Each field with its old and its new value."""
    old, new = ({field: values[n] for field, values in changed.items()} for n in (0, 1))
    note_changes(by.id, Subject(Kind.MEMBER, user.id, str(user), shop.id), old, new)
