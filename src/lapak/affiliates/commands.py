"""Every change of who promotes what, at which rate, with which link."""

import re
import secrets
import uuid

from django.db import IntegrityError
from django.db.models import Q

from lapak.affiliates.errors import (
    AlreadyCreator,
    CreatorInvitationGone,
    CreatorInvitationNotFound,
    HandleInvalid,
    HandleTaken,
    LabelTooLong,
    NoProgramme,
    NotOnSale,
    ProgrammeAlreadyOpen,
    ProgrammeNotFound,
    RateOutOfBounds,
    WindowOutOfBounds,
)
from lapak.affiliates.models import Creator, CreatorInvitation, Link, Membership, Programme, ProgrammeRate
from lapak.affiliates.queries import creator_of_user
from lapak.affiliates.rules import (
    DEFAULT_WINDOW_DAYS,
    LONGEST_HANDLE,
    LONGEST_LABEL,
    LONGEST_WINDOW,
    MAX_RATE_BP,
    SHORTEST_HANDLE,
)
from lapak.goods.catalogue.models import Product
from lapak.goods.catalogue.rules import is_on_sale
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk, works_at
from lapak.people.users.queries import bank_account_for_user

_HANDLE = re.compile(rf"[a-z0-9][a-z0-9_-]{{{SHORTEST_HANDLE - 2},{LONGEST_HANDLE - 2}}}[a-z0-9]", re.ASCII)
_RESERVED_HANDLES = frozenset({"admin", "administrator", "help", "lapak", "official", "operator", "resmi", "staff"})
"""Handles that would pass for the marketplace itself."""

_CODE_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without 0, 1, i, l and o: a code is also read from a video and typed."""
_INVITATION_BYTES = 16
"""An invitation's address cannot be guessed: who has it may accept."""
_CODE_LENGTH = 7
"""31 ** 7 = 27 thousand million codes: a million links leave a guess 1 in 27 thousand, and a collision as rare."""


@act
def become_creator(by: User, handle: str, *, tax_status: str = Creator.TaxStatus.INDIVIDUAL) -> Creator:
    """The user promotes from now on, with a showcase page at `/@handle` (kept in small letters).

    Refuses a second time (`AlreadyCreator`), a malformed handle (`HandleInvalid`), and one that is taken or would pass
    for Lapak itself (`HandleTaken`).
    """
    handle = handle.strip().removeprefix("@").lower()
    if not _HANDLE.fullmatch(handle):
        raise HandleInvalid
    if handle in _RESERVED_HANDLES:
        raise HandleTaken
    creator = Creator(user=by, handle=handle, tax_status=Creator.TaxStatus(tax_status), joined_at=clock.now())
    try:
        _insert(creator)
    except IntegrityError:
        is_creator = Creator.objects.filter(user=by).exists()
        raise (AlreadyCreator if is_creator else HandleTaken) from None
    return creator


@act
def set_payout_account(by: User, bank_account_id: uuid.UUID) -> Creator:
    """The creator's payouts go to this bank account from now on; one that replaces another is paid after a day only
    (money/payouts/holds.py). Refuses who is no creator (`CreatorNotFound`) and another's account (`BankAccountNotFound`)."""
    creator = Creator.objects.select_for_update(of=("self",), no_key=True).get(pk=creator_of_user(by).pk)
    account = bank_account_for_user(by, bank_account_id)
    if creator.bank_account == account:
        return creator
    subject = Subject(Kind.CREATOR, creator.id, str(creator))
    replaced = creator.bank_account
    note_changes(by.id, subject, {"bank_account": replaced and replaced.kept}, {"bank_account": account.kept})
    if replaced:
        creator.bank_account_changed_at = clock.now()
    creator.bank_account = account
    creator.save(update_fields=["bank_account", "bank_account_changed_at"])
    return creator


@act
def open_programme(by: User, shop: Shop, rate_bp: int, *, window_days: int = DEFAULT_WINDOW_DAYS) -> Programme:
    """The shop pays every creator who joins `rate_bp` of a sale that a click of the last `window_days` brought about.

    Refuses who does not work in the shop (`ShopNotFound`), a second open programme (`ProgrammeAlreadyOpen`), a rate
    beyond 0–8000 bp (`RateOutOfBounds`), a window beyond 1–90 days (`WindowOutOfBounds`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    _require_terms(rate_bp, window_days)
    try:
        return _new_programme(Programme.Kind.OPEN, shop, rate_bp, window_days)
    except IntegrityError:
        raise ProgrammeAlreadyOpen from None


@act
def open_platform_programme(by: User, rate_bp: int, *, window_days: int = DEFAULT_WINDOW_DAYS) -> Programme:
    """Lapak's own programme, good in every shop, is open to all creators. The shop that sells pays its commission too.

    Only the operator may (`ProgrammeNotFound`), once (`ProgrammeAlreadyOpen`), within the bounds of every programme.
    """
    require_desk(by, Desk.CREATORS, ProgrammeNotFound)
    _require_terms(rate_bp, window_days)
    # One operator desk, so reading first is enough; two programmes would do no harm either: the better rate wins.
    if Programme.objects.filter(shop=None, is_active=True).exists():
        raise ProgrammeAlreadyOpen
    return _new_programme(Programme.Kind.PLATFORM, None, rate_bp, window_days)


@act
def announce_rate(by: User, programme: Programme, rate_bp: int) -> ProgrammeRate:
    """The programme's rate is `rate_bp`: for newcomers and if it is a raise for all at once; a cut reaches those
    already promoting 30 days from now. Zero ends a programme decently.

    Refuses who does not work in the shop, or for the platform's programme is not the operator (`ProgrammeNotFound`),
    and a rate beyond 0–8000 bp (`RateOutOfBounds`). The rate already in force is left as it is.
    """
    # Locked, so that of two announcements at the same moment one follows the other.
    programme = (
        Programme.objects.select_for_update(of=("self",), no_key=True).select_related("shop").get(pk=programme.pk)
    )
    if not _may_change(by, programme):
        raise ProgrammeNotFound
    _require_terms(rate_bp, programme.window_days)
    current = ProgrammeRate.objects.get(programme=programme, superseded_at=None)
    return _announce(by, programme, current, rate_bp)


def _announce(by: User, programme: Programme, current: ProgrammeRate, rate_bp: int) -> ProgrammeRate:
    if current.rate_bp == rate_bp:
        return current
    shop = programme.shop
    subject = Subject(Kind.PROGRAMME, programme.id, str(programme), shop.id if shop else None)
    note_changes(by.id, subject, {"rate_bp": current.rate_bp}, {"rate_bp": rate_bp})
    now = clock.now()
    current.superseded_at = now
    current.save(update_fields=["superseded_at"])
    return ProgrammeRate.objects.create(programme=programme, rate_bp=rate_bp, announced_at=now)


@act
def invite_creator(by: User, shop: Shop, creator: Creator, rate_bp: int) -> Programme:
    """The creator promotes the shop at a rate of their own; there is nothing to accept, as the best rate counts anyway.

    Inviting again announces a new rate. Refuses who does not work in the shop (`ShopNotFound`) and a rate beyond
    0–8000 bp (`RateOutOfBounds`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    _require_terms(rate_bp, DEFAULT_WINDOW_DAYS)
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
    _require_terms(rate_bp, DEFAULT_WINDOW_DAYS)
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

    Refuses who is no creator (`CreatorNotFound`), an address that leads nowhere (`CreatorInvitationNotFound`), and an invitation
    that another accepted or that is over (`CreatorInvitationGone`).
    """
    creator = creator_of_user(by)
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
    current = ProgrammeRate.objects.get(programme=programme, superseded_at=None)
    if current.rate_bp < invitation.rate_bp:
        _announce(by, programme, current, invitation.rate_bp)
    return programme


def join_programme(by: User, programme: Programme) -> Membership:
    """The creator promotes under the programme; joining again changes nothing.

    Refuses who is no creator (`CreatorNotFound`), and one that is closed or by invitation only (`ProgrammeNotFound`),
    unless they are in it already.
    """
    creator = creator_of_user(by)
    membership = Membership.objects.filter(creator=creator, programme=programme).first()
    if membership is not None:
        return membership
    if programme.kind == Programme.Kind.INVITED or not programme.is_active:
        raise ProgrammeNotFound
    return Membership.objects.get_or_create(creator=creator, programme=programme, defaults={"joined_at": clock.now()})[
        0
    ]


@act
def create_link(by: User, *, product: Product | None = None, shop: Shop | None = None, label: str = "") -> Link:
    """The creator has a link to a product, to a shop, or (neither given) to their own showcase page.

    Refuses who is no creator (`CreatorNotFound`), goods or a shop not on sale (`NotOnSale`), a target under no programme
    of theirs (`NoProgramme`), and a label over 30 characters (`LabelTooLong`). A showcase link needs no programme: it
    earns through the links shown there.
    """
    creator, label = creator_of_user(by), label.strip()
    if len(label) > LONGEST_LABEL:
        raise LabelTooLong
    if product is not None:
        if not is_on_sale(is_active=True, status=product.status, shop_is_open=product.shop.is_open):
            raise NotOnSale
        shop = product.shop
    if shop is not None:
        if not shop.is_open:
            raise NotOnSale
        if not _promotes(creator, shop):
            raise NoProgramme
    return _insert_link(Link(creator=creator, product=product, shop=shop, label=label, created_at=clock.now()))


@act
def _insert(row: Creator | Link) -> None:
    """An act of its own: the larger one goes on where a unique column refuses the row."""
    row.save(force_insert=True)


def _insert_link(link: Link) -> Link:
    """Store it under a code that no other link has."""
    while True:
        link.code = _random_code()
        try:
            _insert(link)
        except IntegrityError:
            if not Link.objects.filter(code=link.code).exists():
                raise
        else:
            return link


def _random_code() -> str:
    return "".join(secrets.choice(_CODE_ALPHABET) for _ in range(_CODE_LENGTH))


def _new_programme(kind: Programme.Kind, shop: Shop | None, rate_bp: int, window_days: int) -> Programme:
    now = clock.now()
    programme = Programme.objects.create(kind=kind, shop=shop, window_days=window_days, created_at=now)
    ProgrammeRate.objects.create(programme=programme, rate_bp=rate_bp, announced_at=now)
    return programme


def _own_programme(shop: Shop, creator: Creator) -> Programme | None:
    """The creator's own with the shop, if there is one; locked, so that two at the same moment do not make two."""
    Creator.objects.select_for_update(no_key=True).get(pk=creator.pk)
    return Programme.objects.filter(kind=Programme.Kind.INVITED, shop=shop, memberships__creator=creator).first()


def _new_own_programme(shop: Shop, creator: Creator, rate_bp: int) -> Programme:
    programme = _new_programme(Programme.Kind.INVITED, shop, rate_bp, DEFAULT_WINDOW_DAYS)
    Membership.objects.create(programme=programme, creator=creator, joined_at=clock.now())
    return programme


def _promotes(creator: Creator, shop: Shop) -> bool:
    return Membership.objects.filter(
        Q(programme__shop=shop) | Q(programme__kind=Programme.Kind.PLATFORM),
        creator=creator,
        programme__is_active=True,
    ).exists()


def _may_change(by: User, programme: Programme) -> bool:
    if programme.shop is None:
        return works_at(by, Desk.CREATORS)
    return works_for(by, programme.shop.pk, Duty.PROMOTION)


def _require_terms(rate_bp: int, window_days: int) -> None:
    if not 0 <= rate_bp <= MAX_RATE_BP:
        raise RateOutOfBounds
    if not 1 <= window_days <= LONGEST_WINDOW.days:
        raise WindowOutOfBounds
