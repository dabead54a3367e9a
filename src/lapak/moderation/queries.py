"""Cases as their people read them, the gates of each, and what is published of them all."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, QuerySet

from lapak.lib import clock
from lapak.moderation.errors import CaseNotFound
from lapak.moderation.models import Case, CaseEvent, CasePicture, CaseReport
from lapak.moderation.rules import FIGURES_DAYS, IN_FORCE, WAITS_FOR_LAPAK, CaseState
from lapak.people.shops.models import Shop
from lapak.people.shops.queries import is_member, require_duty, works_for
from lapak.people.shops.rules import Duty
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk, works_at

_DECIDED_OF_SHOP = [*IN_FORCE, CaseState.LIFTED, CaseState.ENDED]
"""What a shop reads: never what was reported of it and is not decided, or was dismissed."""


def cases_to_decide() -> QuerySet[Case]:
    """What waits for an operator, the oldest first, with how many reported it."""
    waiting = Case.objects.filter(state__in=WAITS_FOR_LAPAK).select_related("product", "shop", "creator")
    return waiting.annotate(report_count=Count("reports")).order_by("opened_at", "id")


def count_to_decide() -> int:
    """How many wait for an operator."""
    return Case.objects.filter(state__in=WAITS_FOR_LAPAK).count()


def cases_decided() -> QuerySet[Case]:
    """What was decided, newest first."""
    decided = Case.objects.filter(decided_at__isnull=False).select_related("product", "shop", "creator")
    return decided.order_by("-decided_at", "-id")


def case_for_operator(user: User, case_id: uuid.UUID) -> Case:
    """The case, for the operator; `CaseNotFound` for everyone else."""
    require_desk(user, Desk.MODERATION, CaseNotFound)
    return _found(Case.objects.filter(id=case_id))


def case_for_seller(user: User, case_id: uuid.UUID) -> Case:
    """What was decided about a shop or its goods, for who works there; `CaseNotFound` for a stranger, and of what is
    not decided."""
    case = _found(Case.objects.filter(id=case_id, state__in=_DECIDED_OF_SHOP))
    if case.shop_id is None or not is_member(user, case.shop_id):
        raise CaseNotFound
    return case


def case_for_owner(user: User, case_id: uuid.UUID) -> Case:
    """As `case_for_seller`, for an owner of the shop alone: `NotYourDuty` for the others who work there."""
    case = case_for_seller(user, case_id)
    if case.shop_id is None or not works_for(user, case.shop_id, Duty.OWNERSHIP):
        raise CaseNotFound
    return case


def cases_of_shop(shop: Shop) -> QuerySet[Case]:
    """What was decided about the shop and its goods, newest first."""
    return shop.cases.filter(state__in=_DECIDED_OF_SHOP).select_related("product").order_by("-opened_at", "-id")


def case_against(product_id: uuid.UUID) -> Case | None:
    """What is in force about the goods."""
    return Case.objects.filter(product=product_id, state__in=IN_FORCE).first()


def standing_beside(case: Case) -> QuerySet[Case]:
    """Another decision in force about the same."""
    same = {"product": case.product_id} if case.product_id else {"shop": case.shop_id, "product": None}
    return Case.objects.filter(**same, state__in=IN_FORCE).exclude(id=case.id)


def has_reported_page(user: User, kind: str, id_: uuid.UUID) -> bool:
    """Whether a report of theirs waits."""
    about = {"shop": {"case__shop": id_, "case__product": None}}.get(kind, {f"case__{kind}": id_})
    return CaseReport.objects.filter(reporter=user, case__state=CaseState.OPEN, **about).exists()


def reports_of_person(user: User) -> QuerySet[CaseReport]:
    """What they reported, the newest first, with what came of it."""
    return CaseReport.objects.filter(reporter=user).select_related("case").order_by("-reported_at", "-id")


def reports_of_case(case: Case) -> QuerySet[CaseReport]:
    """Who said what, the first first."""
    return case.reports.select_related("reporter").prefetch_related("pictures").order_by("reported_at", "id")


def events_of_case(case: Case) -> QuerySet[CaseEvent]:
    """What happened to it, the oldest first."""
    return case.events.select_related("actor").order_by("happened_at", "id")


def cases_past_time() -> QuerySet[Case]:
    """Those whose time in their state is over, the oldest first."""
    return Case.objects.filter(act_by__lte=clock.now()).order_by("act_by", "id")


def picture_of_case(user: User, picture_id: uuid.UUID) -> CasePicture:
    """The picture, for the operator and whoever gave it; `CaseNotFound` for everyone else."""
    picture = CasePicture.objects.filter(id=picture_id).select_related("case", "report").first()
    if picture is None:
        raise CaseNotFound
    if works_at(user, Desk.MODERATION) or (picture.report and picture.report.reporter_id == user.id):
        return picture
    if picture.report or picture.case.shop_id is None:
        raise CaseNotFound
    _of_shop(user, picture.case.shop_id)
    return picture


def _of_shop(user: User, shop_id: uuid.UUID) -> None:
    if not is_member(user, shop_id):
        raise CaseNotFound
    require_duty(user, shop_id, Duty.OWNERSHIP)


def _found(cases: QuerySet[Case]) -> Case:
    case = cases.select_related("product", "shop", "creator", "finding").first()
    if case is None:
        raise CaseNotFound
    return case


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published: of the reports since a moment, how many came, what was stopped, how long a decision took, and how many
    objections were right."""

    since: datetime
    reports: int
    decided: int
    stopped: int
    hours: float | None
    appeals: int
    appeals_upheld: int


class _Median(Aggregate):
    """Of durations: so that no row of them is read."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def figures() -> Figures:
    """Of the last `FIGURES_DAYS` days, whole market."""
    since = clock.now() - timedelta(days=FIGURES_DAYS)
    appealed = Q(appealed_at__isnull=False)
    told = Case.objects.filter(decided_at__gte=since).aggregate(
        decided=Count("*"),
        stopped=Count("id", filter=~Q(state=CaseState.DISMISSED)),
        appeals=Count("id", filter=appealed),
        appeals_upheld=Count("id", filter=appealed & Q(state=CaseState.LIFTED)),
        took=_Median(ExpressionWrapper(F("decided_at") - F("opened_at"), output_field=DurationField())),
    )
    took = told.pop("took")
    reports = CaseReport.objects.filter(reported_at__gte=since).count()
    return Figures(since=since, reports=reports, hours=took and took / timedelta(hours=1), **told)
