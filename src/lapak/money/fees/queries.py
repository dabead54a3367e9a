"""Fee schedules as people read them, which of them a shop is under, and the gates."""

import uuid
from datetime import datetime
from typing import LiteralString

from django.db.models import Exists, OuterRef, Q, QuerySet

from lapak.lib import clock
from lapak.money.fees.errors import ObjectionNotFound
from lapak.money.fees.models import Consent, Schedule
from lapak.people.shops.models import Shop
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk

UNDER: LiteralString = """
    SELECT shop.id, schedule.id, rate.category, rate.rate_bp, rate.small_bp
    FROM shops_shop AS shop
    CROSS JOIN LATERAL (
        SELECT each.id FROM fees_schedule AS each
        WHERE each.begins_at <= %(at)s::timestamptz AND each.called_off_at IS NULL AND (
            each.agreed_from = 1
            OR EXISTS (
                SELECT FROM fees_schedule AS base WHERE base.number = each.agreed_from AND base.begins_at <= shop.created_at
            )
            OR EXISTS (
                SELECT FROM fees_consent AS consent JOIN fees_schedule AS agreed ON agreed.id = consent.schedule_id
                WHERE consent.shop_id = shop.id AND consent.agreed_at <= %(at)s::timestamptz
                    AND agreed.number BETWEEN each.agreed_from AND each.number AND agreed.called_off_at IS NULL
            )
        )
        ORDER BY each.begins_at DESC LIMIT 1
    ) AS schedule
    JOIN fees_schedulerate AS rate ON rate.schedule_id = schedule.id
    WHERE shop.id = ANY (%(shops)s::uuid[])
"""
"""`schedule_of` of many shops, as a purchase asks it, with all rates."""


def schedule_of(shop: Shop, at: datetime | None = None) -> Schedule:
    """What the shop's sales are charged by at a moment: the newest schedule that has begun and that binds the shop."""
    moment = at or clock.now()
    return schedules_begun(moment).filter(binds(shop, moment))[0]


def binds(shop: Shop, at: datetime) -> Q:
    """A schedule to which the shop has agreed by then: itself, or one since which nobody pays more. By being opened a shop
    agrees to the fees of that day, and the first schedule is everybody's."""
    agreed = Consent.objects.filter(
        shop=shop,
        agreed_at__lte=at,
        schedule__called_off_at=None,
        schedule__number__gte=OuterRef("agreed_from"),
        schedule__number__lte=OuterRef("number"),
    )
    opened_under = Schedule.objects.filter(number=OuterRef("agreed_from"), begins_at__lte=shop.created_at)
    return Q(agreed_from=1) | Q(Exists(opened_under)) | Q(Exists(agreed))


def schedules_begun(at: datetime | None = None) -> QuerySet[Schedule]:
    """What has begun, with the rates, the newest first."""
    return standing().filter(begins_at__lte=at or clock.now()).order_by("-begins_at").prefetch_related("rates")


def schedule_of_today() -> Schedule:
    """By which shops that open now are charged."""
    return schedules_begun()[0]


def schedule_ahead() -> Schedule | None:
    """What is announced and has not begun; there is one at most."""
    return standing().filter(begins_at__gt=clock.now()).prefetch_related("rates").first()


def standing() -> QuerySet[Schedule]:
    """Those that were not called off."""
    return Schedule.objects.filter(called_off_at=None)


def all_schedules() -> QuerySet[Schedule]:
    """All there ever were, with their rates, the newest first."""
    return Schedule.objects.prefetch_related("rates").select_related("announced_by").order_by("-number")


def schedule_to_answer(shop: Shop) -> Schedule | None:
    """The newest schedule, where it needs the consent of the shop and has not got it; else none."""
    newest = standing().order_by("-begins_at")[:1]
    return (
        standing()
        .filter(id__in=newest.values("id"))
        .exclude(binds(shop, clock.now()))
        .prefetch_related("rates")
        .first()
    )


def consent_of(shop: Shop, schedule: Schedule) -> Consent | None:
    """What the shop has said to it."""
    return Consent.objects.filter(shop=shop, schedule=schedule).first()


def objections_to_answer() -> QuerySet[Consent]:
    """What waits for the operator, the most urgent first."""
    waiting = Consent.objects.filter(state=Consent.State.OBJECTED)
    return waiting.select_related("shop", "schedule").order_by("act_by", "id")


def objections_past_time() -> QuerySet[Consent]:
    """Those that nobody has answered in time."""
    overdue = Consent.objects.filter(state=Consent.State.OBJECTED, act_by__lte=clock.now())
    return overdue.order_by("act_by", "id")


def objection_for_operator(by: User, consent_id: uuid.UUID) -> Consent:
    """The gate of those who answer objections: `ObjectionNotFound` for everyone else."""
    require_desk(by, Desk.FEES, ObjectionNotFound)
    found = Consent.objects.filter(id=consent_id).exclude(objection="").select_related("shop", "schedule").first()
    if found is None:
        raise ObjectionNotFound
    return found
