"""Reading promotion: links and what they brought, programmes to join, commissions; and the gates to each."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Aggregate, BigIntegerField, Count, Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Cast, Coalesce

from lapak.affiliates.clicks.models import ClickTotal
from lapak.affiliates.errors import (
    CodeUnknown,
    CommissionNotFound,
    CreatorClosed,
    CreatorInvitationNotFound,
    CreatorNotFound,
    LinkNotFound,
    ProgrammeNotFound,
)
from lapak.affiliates.link_rules import code_typed
from lapak.affiliates.models import (
    Commission,
    Creator,
    CreatorInvitation,
    Link,
    Membership,
    Programme,
    ProgrammeRate,
)
from lapak.affiliates.postings import withheld_transfer_id
from lapak.affiliates.rules import Person, State
from lapak.affiliates.token import ClickToken
from lapak.goods.catalogue.on_sale import ON_SALE_SQL, is_on_sale, on_sale
from lapak.lib import clock
from lapak.lib.among import among
from lapak.lib.ids import new_id
from lapak.lib.prepared import fetch_all
from lapak.money.ledger.models import Transfer
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import shops_of_seller
from lapak.people.users.models import BankAccount, User
from lapak.people.users.queries import require_confirmed_email

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """Where a link leads now: the product while it is on sale, else its shop while it is open, else the creator's page."""

    link_id: uuid.UUID
    creator_id: uuid.UUID
    label: str
    handle: str
    product_id: uuid.UUID | None
    product_slug: str | None
    shop_slug: str | None
    utm: str


class LinkFigures(TypedDict):
    """What a link brought: clicks, people (each once a day), orders, and commission expected and earned (IDR)."""

    click_count: int
    people_count: int
    order_count: int
    commission_idr: int


class JoinableFigures(TypedDict):
    """A programme's current rate, its shop's products on sale (none for the platform's), and whether one is in it."""

    rate_bp: int
    product_count: int | None
    is_joined: bool


class ProgrammeFigures(TypedDict):
    """A programme's current rate, and how many creators promote under it."""

    rate_bp: int
    creator_count: int


def link_for_code(code: str) -> LinkTarget | None:
    """What `/r/<code>` stands for; none if no link has this code."""
    rows = fetch_all(
        f"""
        SELECT link.id AS link_id, link.creator_id, link.label, creator.handle, product.id AS product_id,
            product.slug AS product_slug, shop.slug AS shop_slug, link.utm
        FROM affiliates_link AS link
        JOIN affiliates_creator AS creator ON creator.id = link.creator_id
        LEFT JOIN shops_shop AS shop ON shop.id = link.shop_id AND shop.is_open
        LEFT JOIN catalogue_product AS product ON product.id = link.product_id AND {ON_SALE_SQL}
        WHERE link.code = %(code)s
        """,  # noqa: S608 - a constant of ours
        {"code": code},
    )
    return LinkTarget(**rows[0]) if rows else None


def typed_code(text: str) -> ClickToken:
    """What stands for a link whose code a buyer typed just now, in whatever letters, or pasted with its address.

    Refuses what is no link's code (`CodeUnknown`).
    """
    link_id = Link.objects.filter(code=code_typed(text)).values_list("id", flat=True).first()
    if link_id is None:
        raise CodeUnknown
    return ClickToken(link_id, new_id(), clock.now(), is_typed=True)


def creator_of_user(user: User) -> Creator:
    """The user as a creator; `CreatorNotFound` if they do not promote."""
    creator = Creator.objects.filter(user=user).select_related("bank_account").first()
    if creator is None:
        raise CreatorNotFound
    return creator


def creator_beginning_anew(user: User) -> Creator:
    """The user as a creator who may begin something new: a link, a programme, a collaboration. `CreatorNotFound` as
    `creator_of_user`; `EmailUnconfirmed`; `CreatorClosed` from the moment on at which two operators have agreed to close the
    account."""
    creator = creator_of_user(user)
    require_confirmed_email(user)
    if creator.closed_from is not None:
        raise CreatorClosed
    return creator


def is_creator(user: User) -> bool:
    """Whether the user promotes."""
    return Creator.objects.filter(user=user).exists()


def creator_by_handle(handle: str) -> Creator:
    """The creator whose showcase page `/@handle` is; `CreatorNotFound` if there is none."""
    creator = Creator.objects.filter(handle=handle.lower()).first()
    if creator is None:
        raise CreatorNotFound
    return creator


def showcase_links(creator: Creator) -> QuerySet[Link]:
    """What a creator's showcase page shows: their newest link to each product on sale that they have not archived, newest
    first."""
    shown = Link.objects.filter(creator=creator, archived_at=None)
    newer = shown.filter(product=OuterRef("product")).filter(
        Q(created_at__gt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__gt=OuterRef("id"))
    )
    return shown.filter(~Exists(newer), is_on_sale("product__")).order_by("-created_at", "-id")


def links_of_creator(creator: Creator) -> "QuerySet[WithAnnotations[Link, LinkFigures]]":
    """A creator's links, newest first, with what each brought: automatic visits and reversed commission left out."""
    total = ClickTotal.objects.filter(of_id=OuterRef("id"))
    earning = Commission.objects.filter(link_id=OuterRef("id")).exclude(state=State.REVERSED)
    return (
        Link.objects.filter(creator=creator)
        .select_related("product", "shop")
        .annotate(
            click_count=Coalesce(Subquery(total.values("clicks")), 0),
            people_count=Coalesce(Subquery(total.values("people")), 0),
            order_count=_per_link(earning, Count("order_id", distinct=True)),
            commission_idr=_per_link(earning, Sum("amount_idr")),
        )
        .order_by("-created_at", "-id")
    )


def link_for_creator(user: User, code: str) -> Link:
    """The link, for the creator who made it; `LinkNotFound` for everyone else."""
    link = Link.objects.filter(creator__user=user, code=code).select_related("creator", "product", "shop").first()
    if link is None:
        raise LinkNotFound
    return link


def programmes_to_join(creator: Creator, words: str = "") -> "QuerySet[WithAnnotations[Programme, JoinableFigures]]":
    """Programmes that pay something and are open to all, the best paid first; `words` narrow them by the shop's name."""
    current = ProgrammeRate.objects.filter(programme=OuterRef("id"), superseded_at=None)
    of_shop = on_sale().filter(shop=OuterRef("shop_id"))
    programmes = (
        Programme.objects.filter(Q(shop__is_open=True) | Q(shop=None), is_active=True)
        .exclude(kind=Programme.Kind.INVITED)
        .select_related("shop")
        .annotate(
            rate_bp=Subquery(current.values("rate_bp")),
            product_count=Subquery(of_shop.order_by().values("shop_id").annotate(n=Count("*")).values("n")),
            is_joined=Exists(Membership.objects.filter(programme=OuterRef("id"), creator=creator)),
        )
        .filter(rate_bp__gt=0)
        .order_by("-rate_bp", "id")
    )
    for word in words.split()[:5]:
        programmes = programmes.filter(shop__name__icontains=word)
    return programmes


def paying(memberships: QuerySet[Membership]) -> QuerySet[Membership]:
    """Of these those in a programme that pays something now."""
    return memberships.filter(
        programme__is_active=True, programme__rates__superseded_at=None, programme__rates__rate_bp__gt=0
    )


def promotes(creator: Creator, shop: Shop) -> bool:
    """Whether the creator is in a programme of the shop that pays something."""
    return paying(Membership.objects.filter(creator=creator, programme__shop=shop)).exists()


def invitation_of_code(code: str) -> CreatorInvitation:
    """The invitation that this address is of; `CreatorInvitationNotFound` for any other."""
    invitation = CreatorInvitation.objects.filter(code=code).select_related("shop", "creator", "invited").first()
    if invitation is None:
        raise CreatorInvitationNotFound
    return invitation


def invitations_made_by(shop: Shop) -> QuerySet[CreatorInvitation]:
    """All that the shop made, the newest first."""
    return CreatorInvitation.objects.filter(shop=shop).select_related("creator").order_by("-made_at", "-id")


def invitations_past_answer() -> QuerySet[CreatorInvitation]:
    """What has waited long enough, the oldest first."""
    waiting = CreatorInvitation.objects.filter(state=CreatorInvitation.State.OPEN, answer_by__lte=clock.now())
    return waiting.order_by("answer_by", "id")


def invitations_of_shop(shop: Shop, names: Collection[tuple[str, str]]) -> dict[tuple[str, str], CreatorInvitation]:
    """Those the shop made, of these places and the names there."""
    made = CreatorInvitation.objects.filter(shop=shop, name__in=[name for _place, name in names])
    newest_last = made.select_related("creator").order_by("made_at", "id")
    return {(each.place, each.name): each for each in newest_last}


def current_rate(programme: Programme) -> ProgrammeRate:
    """What the programme announced last for all goods."""
    return ProgrammeRate.objects.get(programme=programme, superseded_at=None)


def programmes_of_shop(shop: Shop) -> "QuerySet[WithAnnotations[Programme, ProgrammeFigures]]":
    """A shop's programmes, the open one first."""
    current = ProgrammeRate.objects.filter(programme=OuterRef("id"), superseded_at=None)
    return (
        Programme.objects.filter(shop=shop)
        .annotate(rate_bp=Subquery(current.values("rate_bp")), creator_count=Count("memberships"))
        .order_by("-kind", "created_at")
    )


def programme_for_seller(user: User, programme_id: uuid.UUID) -> Programme:
    """The programme, for one who works in its shop; `ProgrammeNotFound` for everyone else."""
    programme = Programme.objects.filter(id=programme_id, shop__in=shops_of_seller(user)).select_related("shop").first()
    if programme is None:
        raise ProgrammeNotFound
    return programme


def commissions_of_creator(creator: Creator, state: str | None = None) -> QuerySet[Commission]:
    """A creator's commissions with order and goods, newest first; of one state when given."""
    commissions = Commission.objects.filter(creator=creator).select_related("line__order__shop", "link", "programme")
    return (commissions.filter(state=state) if state else commissions).order_by("-created_at", "-id")


def commission_for_creator(user: User, commission_id: uuid.UUID) -> Commission:
    """The commission, for the creator who earns it; `CommissionNotFound` for everyone else."""
    commission = (
        Commission.objects.filter(creator__user=user, id=commission_id)
        .select_related("line__order__shop", "link", "programme")
        .first()
    )
    if commission is None:
        raise CommissionNotFound
    return commission


def commissions_of_order(order_id: uuid.UUID) -> list[Commission]:
    """What an order's lines bring to creators, apart from what was reversed, in line order."""
    earning = Commission.objects.filter(order_id=order_id).exclude(state=State.REVERSED)
    return list(earning.select_related("creator").order_by("line_id", "id"))


def commission_totals_idr(creator: Creator) -> dict[str, int]:
    """What a creator's commissions come to before tax, per state."""
    totals = Commission.objects.filter(creator=creator).values_list("state").annotate(total=Sum("amount_idr"))
    return {state.value: 0 for state in State} | {state: int(total) for state, total in totals}


def coming_and_under_review_idr(creator: Creator) -> tuple[int, int]:
    """What a creator's commissions come to before tax that are in no balance yet: those that are pending, and those under review
    until they are released."""
    waiting = Commission.objects.filter(creator=creator, state__in=[State.PENDING, State.FROZEN])
    sums = dict(waiting.values_list("state").annotate(total=Sum("amount_idr")))
    return int(sums.get(State.PENDING, 0)), int(sums.get(State.FROZEN, 0))


def commissions_to_credit() -> QuerySet[Commission]:
    """What has settled and has not reached its creator's balance, the oldest first."""
    return Commission.objects.filter(state=State.PENDING, settled_at__isnull=False).order_by("settled_at", "id")


def commissions_under_review() -> QuerySet[Commission]:
    """What waits for the operator's decision, the oldest first."""
    frozen = Commission.objects.filter(state=State.FROZEN)
    return frozen.select_related("creator", "shop", "line").order_by("frozen_at", "id")


def payable_commissions(creator_ids: Collection[uuid.UUID]) -> QuerySet[Commission]:
    """What is in the creators' balances."""
    return Commission.objects.filter(creator_id__in=creator_ids, state=State.PAYABLE).order_by("id")


def persons(user_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Person]:
    """Each of the users with the bank accounts that are theirs, in one query: who earns is not to be who buys."""
    accounts = defaultdict(set)
    theirs = BankAccount.objects.filter(among("user_id", user_ids)).exclude(number="")
    for user_id, bank_code, number in theirs.values_list("user_id", "bank_code", "number"):
        accounts[user_id].add((bank_code, number))
    return {user_id: Person(user_id, frozenset(accounts[user_id])) for user_id in user_ids}


def users_of_creators(creator_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Who each of the creators is."""
    return dict(Creator.objects.filter(among("id", creator_ids)).values_list("id", "user_id"))


def tax_status_of(creator_id: uuid.UUID) -> str:
    """How the creator's commissions are taxed: a `Creator.TaxStatus`."""
    return Creator.objects.values_list("tax_status", flat=True).get(id=creator_id)


def _per_link(rows: QuerySet[Any], figure: Aggregate) -> Cast:
    """A figure over the rows of each link; zero where it has none."""
    per_link = rows.order_by().values("link_id").annotate(figure=figure).values("figure")
    return Cast(Coalesce(Subquery(per_link), 0), BigIntegerField())


def credited_idr(commissions: Sequence[Commission]) -> list[int]:
    """What each of the (credited) commissions brought its creator: after the tax that was withheld."""
    taxes = Transfer.objects.filter(id__in=[withheld_transfer_id(commission) for commission in commissions])
    withheld = dict(taxes.values_list("id", "amount_idr"))
    return [commission.amount_idr - withheld.get(withheld_transfer_id(commission), 0) for commission in commissions]
