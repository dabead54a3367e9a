"""Every change of a programme's special rates and of its budget."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from lapak.affiliates.errors import ProgrammeNotFound
from lapak.affiliates.models import Programme
from lapak.affiliates.programmes import lock_programme, require_bounds
from lapak.affiliates.terms.errors import BudgetOfAnotherKind, BudgetTooLow, NotOfProgramme
from lapak.affiliates.terms.models import BudgetTerm, BudgetUse, SpecialRate
from lapak.goods.catalogue.models import Category, Product
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.people.audit.commands import note_changes
from lapak.people.audit.rules import Kind, Subject
from lapak.people.users.models import User


@act
def set_special_rate(
    by: User, programme: Programme, of: Category | Product, rate_bp: int, *, cap_idr: int | None = None
) -> SpecialRate:
    """The programme pays `rate_bp`, at most `cap_idr` a line, for this product, or for goods of this category and all below it.

    As of every rate a raise counts at once, a cut after 30 days, a slip never (`rates.applicable_term`).
    Refuses who may not change the programme, and one that is for invited creators alone (`ProgrammeNotFound`); goods of another
    shop (`NotOfProgramme`); what is out of bounds (`RateOutOfBounds`, `CapTooLow`). What stands already is left as it is.
    """
    programme = _lock_open(by, programme)
    require_bounds(rate_bp, cap_idr)
    if isinstance(of, Product) and programme.shop_id not in {None, of.shop_id}:
        raise NotOfProgramme
    current = _current(programme, of)
    if current and (current.rate_bp, current.cap_idr) == (rate_bp, cap_idr):
        return current
    now = clock.now()
    _note(by, programme, current, of, f"{rate_bp}")
    if current:
        _supersede(current)
    return SpecialRate.objects.create(
        programme=programme, rate_bp=rate_bp, cap_idr=cap_idr, announced_at=now, **_goods(of)
    )


@act
def withdraw_special_rate(by: User, programme: Programme, of: Category | Product) -> None:
    """What is paid for all goods is paid for these too, by the rule of every change: a cut reaches creators after 30 days.

    Refuses as `set_special_rate`, and where nothing special is promised (`NotOfProgramme`).
    """
    programme = _lock_open(by, programme)
    current = _current(programme, of)
    if current is None:
        raise NotOfProgramme
    _note(by, programme, current, of, None)
    _supersede(current)


@act
def set_budget(
    by: User, programme: Programme, amount_idr: int | None, *, is_monthly: bool = False
) -> BudgetTerm | None:
    """The programme's commissions come to at most `amount_idr`, in each month of Jakarta or in all from now on; none: to whatever
    they come to.

    More counts at once; less, or the first, 30 days from now, for creators count on it (`rules.applicable_budget`). Refuses who
    may not change the programme (`ProgrammeNotFound`), an amount that is not above zero (`BudgetTooLow`), and a month's in place
    of one in all or the other way round (`BudgetOfAnotherKind`).
    """
    programme = _lock_open(by, programme)
    if amount_idr is not None and amount_idr <= 0:
        raise BudgetTooLow
    current = BudgetTerm.objects.filter(programme=programme, superseded_at=None).first()
    before_idr = current.amount_idr if current else None
    if before_idr == amount_idr and (amount_idr is None or (current and current.is_monthly == is_monthly)):
        return current
    if current and before_idr and amount_idr and current.is_monthly != is_monthly:
        raise BudgetOfAnotherKind
    now = clock.now()
    note_changes(by.id, _subject(programme), {"budget_idr": before_idr}, {"budget_idr": amount_idr})
    if current:
        _supersede(current)
    if amount_idr:
        BudgetUse.objects.get_or_create(programme=programme, defaults={"most_idr": amount_idr, "counted_since": now})
    return BudgetTerm.objects.create(
        programme=programme,
        amount_idr=amount_idr,
        is_monthly=is_monthly,
        counts_from=current.counts_from if current and before_idr else now,
        announced_at=now,
    )


def give_back_budget(freed: Iterable[tuple[uuid.UUID, datetime, int]]) -> None:
    """What (locked) commissions had reserved is there for others again: of each the programme, when it was made, and how much
    (IDR). What was taken before the count began anew, as with a month, is not given back."""
    given = list(freed)
    uses = BudgetUse.objects.filter(programme__in={programme_id for programme_id, _, _ in given}).order_by("programme")
    for use in uses.select_for_update(no_key=True):
        use.used_idr -= sum(
            idr for programme_id, made_at, idr in given if programme_id == use.pk and made_at >= use.counted_since
        )
        use.save(update_fields=["used_idr"])


def _lock_open(by: User, programme: Programme) -> Programme:
    locked = lock_programme(by, programme)
    if locked.kind == Programme.Kind.INVITED:
        raise ProgrammeNotFound
    return locked


def _current(programme: Programme, of: Category | Product) -> SpecialRate | None:
    return SpecialRate.objects.filter(programme=programme, superseded_at=None, **_goods(of)).first()


def _goods(of: Category | Product) -> dict[str, Category | Product]:
    return {"product" if isinstance(of, Product) else "category": of}


def _supersede(term: SpecialRate | BudgetTerm) -> None:
    term.superseded_at = clock.now()
    term.save(update_fields=["superseded_at"])


def _note(
    by: User, programme: Programme, current: SpecialRate | None, of: Category | Product, rate: str | None
) -> None:
    before = f"{of}: {current.rate_bp}" if current else None
    after = f"{of}: {rate}" if rate is not None else None
    note_changes(by.id, _subject(programme), {"special_rate": before}, {"special_rate": after})


def _subject(programme: Programme) -> Subject:
    return Subject(Kind.PROGRAMME, programme.id, str(programme), programme.shop_id)
