"""Every change of what a programme pays and who is in it."""

from datetime import datetime

from django.db import IntegrityError

from lapak.affiliates.attribution import DEFAULT_WINDOW_DAYS, LONGEST_WINDOW
from lapak.affiliates.errors import (
    CapTooLow,
    ProgrammeAlreadyOpen,
    ProgrammeNotFound,
    RateOutOfBounds,
    WindowOutOfBounds,
    WonByUnknown,
)
from lapak.affiliates.models import Membership, Programme, ProgrammeRate
from lapak.affiliates.queries import creator_beginning_anew, current_rate
from lapak.affiliates.rates import CUT_REACHES_AFTER, MAX_RATE_BP
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, is_let_in, require_desk


@act
def open_programme(by: User, shop: Shop, rate_bp: int, *, window_days: int = DEFAULT_WINDOW_DAYS) -> Programme:
    """The shop pays every creator who joins `rate_bp` of a sale that a click of the last `window_days` brought about.

    Refuses who does not work in the shop (`ShopNotFound`), a second open programme (`ProgrammeAlreadyOpen`), a rate
    beyond 0–8000 bp (`RateOutOfBounds`), a window beyond 1–90 days (`WindowOutOfBounds`).
    """
    require_duty(by, shop.id, Duty.PROMOTION)
    require_terms(rate_bp, window_days)
    try:
        return new_programme(Programme.Kind.OPEN, shop, rate_bp, window_days)
    except IntegrityError:
        raise ProgrammeAlreadyOpen from None


@act
def open_platform_programme(by: User, rate_bp: int, *, window_days: int = DEFAULT_WINDOW_DAYS) -> Programme:
    """Lapak's own programme, good in every shop, is open to all creators. Lapak pays its commission, no shop does.

    Only the operator may (`ProgrammeNotFound`), once (`ProgrammeAlreadyOpen`), within the bounds of every programme.
    """
    require_desk(by, Desk.MONEY, ProgrammeNotFound)
    require_terms(rate_bp, window_days)
    # One operator desk, so reading first is enough; two programmes would do no harm either: the better rate wins.
    if Programme.objects.filter(shop=None, is_active=True).exists():
        raise ProgrammeAlreadyOpen
    return new_programme(Programme.Kind.PLATFORM, None, rate_bp, window_days)


@act
def announce_rate(
    by: User, programme: Programme, rate_bp: int, *, indirect_bp: int | None = None, cap_idr: int | None = None
) -> ProgrammeRate:
    """The programme's rate is `rate_bp`, of other goods than the linked ones `indirect_bp` (none: as much), at most `cap_idr` a
    line: for newcomers and if it is a raise for all at once; a cut reaches those already promoting 30 days from now. Zero ends a
    programme decently.

    Refuses who does not work in the shop, or for the platform's programme is not the operator (`ProgrammeNotFound`),
    a rate beyond 0–8000 bp (`RateOutOfBounds`) and a cap that is not above zero (`CapTooLow`). What is in force is left as it is.
    """
    programme = lock_programme(by, programme)
    require_bounds(rate_bp, cap_idr)
    require_bounds(indirect_bp or 0)
    current = current_rate(programme)
    return announce(by, programme, current, rate_bp, indirect_bp=indirect_bp, cap_idr=cap_idr)


@act
def choose_who_earns(by: User, programme: Programme, won_by: str) -> None:
    """The clicks that win are those that `won_by` says (`Programme.WonBy`), where the newest is one of this programme: of
    purchases from 30 days from now on, as of a cut, or at once where nobody promotes under it. Announcing what holds takes the
    announcement back. What was ordered stays as it was decided, and says by which rule.

    Refuses who may not change the programme (`ProgrammeNotFound`), and what is no such rule (`WonByUnknown`).
    """
    programme = lock_programme(by, programme)
    if won_by not in Programme.WonBy.values:
        raise WonByUnknown
    if programme.won_by != won_by:
        shop = programme.shop
        subject = Subject(Kind.PROGRAMME, programme.id, str(programme), shop.id if shop else None)
        note_changes(by.id, subject, {"won_by": programme.won_by}, {"won_by": won_by})
        _announce_who_earns(programme, won_by)


def won_by_at(programme: Programme, moment: datetime) -> str:
    """Which clicks win at a moment."""
    waits = programme.won_by_from and moment < programme.won_by_from
    return programme.won_by_before if waits else programme.won_by


def _announce_who_earns(programme: Programme, won_by: str) -> None:
    now = clock.now()
    holds = won_by_at(programme, now)
    waits = won_by != holds and Membership.objects.filter(programme=programme).exists()
    programme.won_by = won_by
    programme.won_by_before, programme.won_by_from = (holds, now + CUT_REACHES_AFTER) if waits else ("", None)
    programme.save(update_fields=["won_by", "won_by_before", "won_by_from"])


def announce(
    by: User,
    programme: Programme,
    current: ProgrammeRate,
    rate_bp: int,
    *,
    indirect_bp: int | None = None,
    cap_idr: int | None = None,
    ends_at: datetime | None = None,
) -> ProgrammeRate:
    """The (locked) programme's rate takes the place of the `current` one, unless it is the same."""
    before: dict[str, object] = {
        "rate_bp": current.rate_bp,
        "indirect_bp": current.indirect_bp,
        "cap_idr": current.cap_idr,
    }
    now_is: dict[str, object] = {"rate_bp": rate_bp, "indirect_bp": indirect_bp, "cap_idr": cap_idr}
    if current.ends_at or ends_at:
        before, now_is = before | {"ends_at": current.ends_at}, now_is | {"ends_at": ends_at}
    if before == now_is:
        return current
    shop = programme.shop
    subject = Subject(Kind.PROGRAMME, programme.id, str(programme), shop.id if shop else None)
    note_changes(by.id, subject, before, now_is)
    now = clock.now()
    current.superseded_at = now
    current.save(update_fields=["superseded_at"])
    return ProgrammeRate.objects.create(
        programme=programme,
        rate_bp=rate_bp,
        indirect_bp=indirect_bp,
        cap_idr=cap_idr,
        ends_at=ends_at,
        announced_at=now,
    )


def join_programme(by: User, programme: Programme) -> Membership:
    """The creator promotes under the programme; joining again changes nothing.

    Refuses who is no creator (`CreatorNotFound`) or is closed (`CreatorClosed`), and a programme that is closed or by
    invitation only (`ProgrammeNotFound`), unless they are in it already.
    """
    creator = creator_beginning_anew(by)
    membership = Membership.objects.filter(creator=creator, programme=programme).first()
    if membership is not None:
        return membership
    if programme.kind == Programme.Kind.INVITED or not programme.is_active:
        raise ProgrammeNotFound
    return Membership.objects.get_or_create(creator=creator, programme=programme, defaults={"joined_at": clock.now()})[
        0
    ]


def new_programme(
    kind: Programme.Kind, shop: Shop | None, rate_bp: int, window_days: int, *, ends_at: datetime | None = None
) -> Programme:
    now = clock.now()
    programme = Programme.objects.create(kind=kind, shop=shop, window_days=window_days, created_at=now)
    ProgrammeRate.objects.create(programme=programme, rate_bp=rate_bp, ends_at=ends_at, announced_at=now)
    return programme


def lock_programme(by: User, programme: Programme) -> Programme:
    """The programme, held until the transaction ends, so that of two changes at the same moment one follows the other.

    `ProgrammeNotFound` for who does not promote in its shop; for the platform's, who is not the operator.
    """
    found = Programme.objects.select_for_update(of=("self",), no_key=True).select_related("shop").get(pk=programme.pk)
    if not (works_for(by, found.shop.pk, Duty.PROMOTION) if found.shop else is_let_in(by, Desk.MONEY)):
        raise ProgrammeNotFound
    return found


def require_bounds(rate_bp: int, cap_idr: int | None = None) -> None:
    """Refuses `RateOutOfBounds`, `CapTooLow`."""
    if not 0 <= rate_bp <= MAX_RATE_BP:
        raise RateOutOfBounds
    if cap_idr is not None and cap_idr <= 0:
        raise CapTooLow


def require_terms(rate_bp: int, window_days: int) -> None:
    """Refuses `RateOutOfBounds`, `WindowOutOfBounds`."""
    require_bounds(rate_bp)
    if not 1 <= window_days <= LONGEST_WINDOW.days:
        raise WindowOutOfBounds
