"""Reading shops, and the gate for those who work in one."""

import uuid
from itertools import chain, count

from django.db.models import Q, QuerySet
from django.utils.text import slugify

from lapak.people.shops.errors import NotYourDuty, OperatorSellsNothing, SellerOperatesNothing, ShopNotFound
from lapak.people.shops.models import Invitation, Member, Shop
from lapak.people.shops.rules import Duty, Role, has_duty, roles_with
from lapak.people.users.models import User

LONGEST_PROPOSAL = 50
"""Characters of a proposed address: `-2` and so on still fit behind it."""


def shops_of_seller(user: User, duty: Duty | None = None) -> QuerySet[Shop]:
    """The shops a user works for (with this duty, if one is named), by name."""
    mine = Q(members__user=user) if duty is None else Q(members__user=user, members__role__in=roles_with(duty))
    return Shop.objects.filter(mine).order_by("name")


def member_for_seller(user: User, slug: str, duty: Duty | None = None) -> Member:
    """Who works in the shop, with the shop (and has the duty: else `NotYourDuty`); `ShopNotFound` for everyone else."""
    return _let_in(Member.objects.filter(user=user, shop__slug=slug).select_related("shop").first(), duty)


def works_for(user: User, shop_id: uuid.UUID, duty: Duty) -> bool:
    """The gate of every act in a shop: False for a stranger, `NotYourDuty` for one who works there without this duty."""
    member = Member.objects.filter(user=user, shop_id=shop_id).first()
    return member is not None and _let_in(member, duty) is member


def is_member(user: User, shop_id: uuid.UUID) -> bool:
    """Whether the user works for the shop, whatever their duties."""
    return Member.objects.filter(user=user, shop_id=shop_id).exists()


def require_duty(by: User, shop_id: uuid.UUID, duty: Duty) -> None:
    """As `works_for`, with `ShopNotFound` for a stranger."""
    if not works_for(by, shop_id, duty):
        raise ShopNotFound


def refuse_operator(by: User) -> None:
    """The gate before working for any shop: `OperatorSellsNothing` for whoever runs the marketplace."""
    if by.is_staff:
        raise OperatorSellsNothing


def refuse_seller(user: User) -> None:
    """The gate before running the marketplace: `SellerOperatesNothing` for whoever works for a shop."""
    if Member.objects.filter(user=user).exists():
        raise SellerOperatesNothing


def members_of_shop(shop: Shop) -> QuerySet[Member]:
    """Who works for the shop, owners first."""
    return Member.objects.filter(shop=shop).select_related("user").order_by("-role", "user__name", "id")


def invitations_of_shop(shop: Shop) -> QuerySet[Invitation]:
    """Who has been asked to and has not answered, newest first."""
    return Invitation.objects.filter(shop=shop).select_related("user").order_by("-invited_at")


def invitations_of_user(user: User) -> QuerySet[Invitation]:
    """Which shops ask the user to work for them, newest first."""
    return Invitation.objects.filter(user=user).select_related("shop").order_by("-invited_at")


def owners_of_shop(shop_id: uuid.UUID) -> QuerySet[User]:
    """Whoever the shop belongs to."""
    return User.objects.filter(memberships__shop_id=shop_id, memberships__role=Role.OWNER)


def open_shops() -> QuerySet[Shop]:
    """Every shop that sells, the newest first."""
    return Shop.objects.filter(is_open=True).order_by("-id")


def shop_by_slug(slug: str) -> Shop | None:
    """An open shop as visitors see it."""
    return Shop.objects.filter(slug=slug, is_open=True).first()


def free_address(name: str) -> str:
    """An address for a new shop of that name which no other shop has; empty where the name has no letters for one."""
    wanted = slugify(name)[:LONGEST_PROPOSAL].strip("-")
    taken = set(Shop.objects.filter(slug__startswith=wanted).values_list("slug", flat=True)) if wanted else set()
    return next(each for each in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if each not in taken)


def _let_in(member: Member | None, duty: Duty | None) -> Member:
    if member is None:
        raise ShopNotFound
    if duty is not None and not has_duty(member.role, duty):
        raise NotYourDuty
    return member
