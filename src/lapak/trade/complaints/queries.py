"""Complaints as their people read them, the gates of each, and what is published of them all."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from lapak.lib import clock
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk
from lapak.trade.complaints.errors import ComplaintNotFound
from lapak.trade.complaints.models import Complaint, ComplaintEvent
from lapak.trade.complaints.rules import (
    FIGURES_DAYS,
    MOST_OPEN,
    OPEN,
    WAITS_FOR_LAPAK,
    ComplaintState,
)

_SHOWN = ("shop", "order", "author")


def complaints_of(user: User) -> QuerySet[Complaint]:
    """What somebody complained about, newest first."""
    return Complaint.objects.filter(author=user).order_by("-id")


def complaints_of_shop(shop: Shop) -> QuerySet[Complaint]:
    """What the shop was asked about, newest first."""
    return Complaint.objects.filter(shop=shop).select_related("order").order_by("-id")


def complaints_to_answer_by(shop: Shop) -> int:
    """How many wait for the shop."""
    return Complaint.objects.filter(shop=shop, state=ComplaintState.WITH_SHOP).count()


def complaints_to_answer() -> QuerySet[Complaint]:
    """What waits for an operator, the oldest first."""
    return (
        Complaint.objects.filter(state__in=WAITS_FOR_LAPAK).select_related("shop", "author").order_by("lodged_at", "id")
    )


def complaint_for_author(user: User, complaint_id: uuid.UUID) -> Complaint:
    """The complaint, for who made it; `ComplaintNotFound` for everyone else."""
    return _found(Complaint.objects.filter(id=complaint_id, author=user))


def complaint_for_seller(user: User, complaint_id: uuid.UUID) -> Complaint:
    """The complaint, for who deals with the orders of its shop; `ComplaintNotFound` for a stranger."""
    complaint = _found(Complaint.objects.filter(id=complaint_id))
    if complaint.shop_id is None or not works_for(user, complaint.shop_id, Duty.ORDERS):
        raise ComplaintNotFound
    return complaint


def complaint_for_operator(user: User, complaint_id: uuid.UUID) -> Complaint:
    """The complaint, for the operator; `ComplaintNotFound` for everyone else."""
    require_desk(user, Desk.COMPLAINTS, ComplaintNotFound)
    return _found(Complaint.objects.filter(id=complaint_id))


def _found(complaints: QuerySet[Complaint]) -> Complaint:
    complaint = complaints.select_related(*_SHOWN).first()
    if complaint is None:
        raise ComplaintNotFound
    return complaint


def events_of_complaint(complaint: Complaint) -> QuerySet[ComplaintEvent]:
    """What happened to it, the oldest first."""
    return complaint.events.order_by("happened_at", "id")


def open_complaints(user: User) -> int:
    """How many of somebody's are not over."""
    return complaints_of(user).filter(state__in=OPEN).count()


def complaints_of_a_day(user: User) -> int:
    """How many somebody made within the last 24 hours, whatever became of them."""
    return complaints_of(user).filter(lodged_at__gt=clock.now() - timedelta(days=1)).count()


def most_open() -> int:
    """As many as there may be, today."""
    return MOST_OPEN.on(clock.today())


def complaints_past_time() -> QuerySet[Complaint]:
    """Those whose time in their state is over, the oldest first."""
    return Complaint.objects.filter(act_by__lte=clock.now()).order_by("act_by", "id")


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published: of the complaints since a moment, how many came, what became of them, and how long it took."""

    since: datetime
    came: int
    settled: int
    in_time: int
    late: int
    withdrawn: int
    open: int
    days: float | None

    @property
    def kept_percent(self) -> int | None:
        """Of those that Lapak had to answer, and has or is late with, how many in time; None while there are none.
        Never rounded up: a single late one is seen."""
        due = self.in_time + self.late
        return 100 * self.in_time // due if due else None


def figures() -> Figures:
    """Of the last `FIGURES_DAYS` days, whole market."""
    since = clock.now() - timedelta(days=FIGURES_DAYS)
    state = Complaint.State
    took = ExpressionWrapper(F("ended_at") - F("lodged_at"), output_field=DurationField())
    told = Complaint.objects.filter(lodged_at__gte=since).aggregate(
        came=Count("*"),
        settled=Count("id", filter=Q(state=state.SETTLED)),
        in_time=Count("id", filter=Q(state=state.ANSWERED, was_late=False)),
        late=Count("id", filter=Q(was_late=True)),
        withdrawn=Count("id", filter=Q(state=state.WITHDRAWN, was_late=False)),
        open=Count("id", filter=Q(state__in=OPEN, was_late=False)),
        took=Avg(took, filter=Q(state__in=[state.SETTLED, state.ANSWERED])),
    )
    took_on_average = told.pop("took")
    days = took_on_average / timedelta(days=1) if took_on_average is not None else None
    return Figures(since=since, days=days, **told)
