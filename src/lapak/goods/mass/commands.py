"""Many goods changed at once: chosen, looked at, changed good by good, and put back.

Each good is changed by the very command that changes one, in a transaction of its own: what is refused of one stops no other.
"""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.utils import translation
from procrastinate.contrib.django import app

from lapak.goods.catalogue.errors import ProductNotFound
from lapak.goods.catalogue.models import Product, Variant
from lapak.goods.mass.errors import MassChangeMoved, MassChangeNotFound, NothingChosen
from lapak.goods.mass.kinds import KINDS
from lapak.goods.mass.models import MassChange, MassChangeRow
from lapak.goods.mass.queries import change_for_seller, goods_of
from lapak.goods.mass.rules import MOST_GOODS, Good
from lapak.lib import clock
from lapak.lib.acts import act
from lapak.lib.refusal import Refusal
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import require_duty
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User

JOB = "mass.run_mass_change"
"""The job in `tasks.py`, named here because tasks call commands and not the other way round."""

AT_ONCE = 100
"""So many are done while the seller waits, in about a second; more are a job's."""

HEARD_OF_WITHIN = timedelta(minutes=5)
"""A job that says nothing for longer has stopped."""

KEPT_FOR = timedelta(days=30)
"""How long a change can be looked at and taken back."""

_LOOKED_AT_ONCE = 500
_SAYS_EVERY = 25
"""Goods between two words of a job that it is still at work."""

State, Outcome = MassChange.State, MassChangeRow.Outcome

Row = tuple[uuid.UUID, str, Mapping[str, Any]]
"""A good to be changed: its product, its title, and what it was before an earlier change."""


@act
def choose_goods(by: User, shop: Shop, product_ids: Iterable[uuid.UUID], language: str) -> MassChange:
    """The first `MOST_GOODS` of the named goods that are the shop's are kept together, in the order named, for what is to be
    done with them.

    Refuses one who does not work for the shop (`ShopNotFound`), and none (`NothingChosen`).
    """
    require_duty(by, shop.id, Duty.GOODS)
    named = list(dict.fromkeys(product_ids))[:MOST_GOODS]
    titles = dict(Product.objects.filter(shop=shop, id__in=named).values_list("id", "title"))
    rows: list[Row] = [(id_, titles[id_], {}) for id_ in named if id_ in titles]
    if not rows:
        raise NothingChosen
    return _make(MassChange(shop=shop, by=by, language=language), rows)


@act
def plan_mass_change(by: User, change_id: uuid.UUID, what: str, value: Mapping[str, Any]) -> MassChange:
    """The change would do this (`MassChange.Act`, and its value as `KINDS` reads it); what would come of each good is noted.

    Refuses a stranger (`MassChangeNotFound`), and one that has begun (`MassChangeMoved`).
    """
    change = _lock(by, change_id)
    if change.state not in {State.CHOSEN, State.PLANNED} or change.takes_back_id:
        raise MassChangeMoved
    change.act, change.value = what, dict(value)
    return _plan(change)


def begin_mass_change(by: User, change_id: uuid.UUID, asks: str) -> MassChange:
    """What was planned is done: up to `AT_ONCE` goods before this returns, more by a job. One that stopped goes on. Whoever
    begins it acts from then on, whoever chose and planned; `asks` is what they were shown of it (`MassChange.asks`).

    Refuses a stranger (`MassChangeNotFound`), and one that is not waiting for this, asks something else by now or is being
    taken back (`MassChangeMoved`).
    """
    change, is_short = _begin(by, change_id, asks)
    if is_short:
        run_mass_change(change.id)
        change.refresh_from_db()
    return change


@act
def take_back_mass_change(by: User, change_id: uuid.UUID) -> MassChange:
    """Another change is planned, which puts back what this one did.

    Refuses a stranger (`MassChangeNotFound`), and one that cannot be or was taken back (`MassChangeMoved`).
    """
    change = _lock(by, change_id)
    if not is_undoable(change):
        raise MassChangeMoved
    MassChange.objects.filter(takes_back=change).delete()  # one that was looked at and left
    rows = change.rows.filter(outcome=Outcome.DONE).values_list("product_id", "title", "was")
    back = MassChange(shop=change.shop, by=by, language=change.language, act=MassChange.Act.RESTORE, takes_back=change)
    return _plan(_make(back, list(rows)))


def is_undoable(change: MassChange) -> bool:
    """Whether it has done something that can be put back, and was not yet."""
    return (
        change.state in {State.DONE, State.STOPPED}
        and KINDS[change.act].is_undoable
        and not _is_taken_back(change)
        and change.rows.filter(outcome=Outcome.DONE).exists()
    )


def has_stopped(change: MassChange) -> bool:
    """Whether it can be gone on with: a job that should be at work has not been heard of, and nothing was put back."""
    is_silent = change.state == State.RUNNING and change.touched_at < clock.now() - HEARD_OF_WITHIN
    return (is_silent or change.state == State.STOPPED) and not _is_taken_back(change)


def _is_taken_back(change: MassChange) -> bool:
    return MassChange.objects.filter(takes_back=change).exclude(state=State.PLANNED).exists()


def run_mass_change(change_id: uuid.UUID) -> None:
    """The job: what waits is done, good by good. Running it again, or twice at once, does each good once."""
    change = MassChange.objects.select_related("by").get(id=change_id)
    if change.state != State.RUNNING:
        return
    with translation.override(change.language):
        for n, row_id in enumerate(list(change.rows.filter(outcome=Outcome.WAITING).values_list("id", flat=True))):
            if n % _SAYS_EVERY == 0:
                MassChange.objects.filter(id=change.id).update(touched_at=clock.now())
            _do_or_note(change, row_id)
    _end(change_id, State.DONE)


def end_unforeseen(change_id: uuid.UUID) -> None:
    """A change whose job nobody will end any more can be gone on with, or taken back as far as it came."""
    _end(change_id, State.STOPPED)


def clear_old_changes() -> int:
    """Those of a month ago are forgotten; answers how many."""
    old = list(MassChange.objects.filter(made_at__lt=clock.now() - KEPT_FOR).values_list("id", flat=True)[:1000])
    MassChange.objects.filter(id__in=old).delete()
    return len(old)


def _make(change: MassChange, rows: Sequence[Row]) -> MassChange:
    change.made_at = change.touched_at = clock.now()
    change.save()
    MassChangeRow.objects.bulk_create(
        [
            MassChangeRow(change=change, position=position, product_id=product_id, title=title, was=was)
            for position, (product_id, title, was) in enumerate(rows)
        ],
        batch_size=1_000,
    )
    return change


def _plan(change: MassChange) -> MassChange:
    all_rows = list(change.rows.all())
    for start in range(0, len(all_rows), _LOOKED_AT_ONCE):
        rows = all_rows[start : start + _LOOKED_AT_ONCE]
        goods = goods_of(change.shop_id, [row.product_id for row in rows])
        with translation.override(change.language):
            for row in rows:
                row.outcome, row.why = _foreseen(change, row, goods.get(row.product_id))
        MassChangeRow.objects.bulk_update(rows, ["outcome", "why"], batch_size=_LOOKED_AT_ONCE)
    change.state, change.touched_at = State.PLANNED, clock.now()
    change.save()
    return change


def _foreseen(change: MassChange, row: MassChangeRow, good: Good | None) -> tuple[MassChangeRow.Outcome, str]:
    try:
        if good is None:
            raise ProductNotFound
        would_change = KINDS[change.act].changes(good, _value(change, row))
    except Refusal as refusal:
        return Outcome.REFUSED, str(refusal)
    return (Outcome.WAITING if would_change else Outcome.AS_IT_IS), ""


def _value(change: MassChange, row: MassChangeRow) -> Mapping[str, Any]:
    value: Mapping[str, Any] = row.was if change.act == MassChange.Act.RESTORE else change.value
    return value


@act
def _begin(by: User, change_id: uuid.UUID, asks: str) -> tuple[MassChange, bool]:
    """Also whether it is short enough to be done at once."""
    change = _lock(by, change_id)
    if change.asks != asks or not (_is_ready(change) or has_stopped(change)):
        raise MassChangeMoved
    change.state, change.by, change.touched_at = State.RUNNING, by, clock.now()
    change.save()
    is_short = change.rows.filter(outcome=Outcome.WAITING).count() <= AT_ONCE
    if not is_short:
        app.configure_task(JOB).defer(change_id=str(change.id))
    return change, is_short


def _is_ready(change: MassChange) -> bool:
    """Whether it is planned, and what it takes back was not gone on with since."""
    return change.state == State.PLANNED and (change.takes_back is None or is_undoable(change.takes_back))


def _do_or_note(change: MassChange, row_id: int) -> None:
    """What is refused, also because others were at it, is noted beside the good."""
    try:
        _do(change, row_id)
    except Refusal as refusal:
        MassChangeRow.objects.filter(id=row_id, outcome=Outcome.WAITING).update(
            outcome=Outcome.REFUSED, why=str(refusal)
        )


@act
def _do(change: MassChange, row_id: int) -> None:
    """The good is changed and its row says so, or neither."""
    row = MassChangeRow.objects.select_for_update(no_key=True).get(id=row_id)
    if row.outcome != Outcome.WAITING:
        return
    good = _lock_good(change.shop_id, row.product_id)
    if good is None:
        raise ProductNotFound
    kind, value = KINDS[change.act], _value(change, row)
    row.outcome = Outcome.AS_IT_IS
    if kind.changes(good, value):
        row.outcome, row.was = Outcome.DONE, kind.do(change.by, good, value)
    row.save()


def _lock_good(shop_id: uuid.UUID, product_id: uuid.UUID) -> Good | None:
    """The good as it is now, and as nobody changes it until the transaction ends; its stock is sold all the same. None if it
    is there no more."""
    product = Product.objects.filter(id=product_id, shop=shop_id)
    list(product.select_for_update(no_key=True).values_list("id"))
    list(Variant.objects.filter(product__in=product).select_for_update(no_key=True, of=("self",)).order_by("id"))
    return goods_of(shop_id, [product_id]).get(product_id)


def _end(change_id: uuid.UUID, state: MassChange.State) -> None:
    MassChange.objects.filter(id=change_id, state=State.RUNNING).update(state=state, touched_at=clock.now())


def _lock(by: User, change_id: uuid.UUID) -> MassChange:
    """The change, and the one that it takes back: the older one first, and by its id that is which it is."""
    ids = [change_id, change_for_seller(by, change_id).takes_back_id]
    held = MassChange.objects.select_for_update(no_key=True, of=("self",)).select_related("shop").order_by("id")
    found = {change.id: change for change in held.filter(id__in=filter(None, ids))}
    if change_id not in found:
        raise MassChangeNotFound
    return found[change_id]
