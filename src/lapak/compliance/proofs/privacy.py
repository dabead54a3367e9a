"""What is kept of people, and what they allow."""

from datetime import date, timedelta

from django.db import connection
from django.db.models import F, Q

from lapak.affiliates.known_clicks.models import KnownClick
from lapak.compliance import processing
from lapak.compliance.outlived import OUTLIVED
from lapak.compliance.proofs import there
from lapak.compliance.proofs.asked import ask
from lapak.compliance.rules import Found
from lapak.lib import clock
from lapak.people.privacy.consents import has_consented
from lapak.people.privacy.models import Breach, Erasure
from lapak.people.privacy.rules import Purpose
from lapak.people.users.models import User

LOOKED_AT = 200

NIGHTS = timedelta(days=7)
"""So long what is put away at night may take, should there be much of it at once."""

BREACHES_OF = timedelta(days=365)
"""What was told too late is held against Lapak for a year, and as long as nobody has been told."""


def register_is_whole(_on: date) -> Found:
    """Every table of the database is in the register, and the public page shows each of its entries."""
    named = {table for each in processing.REGISTER for table in each.tables} | processing.OF_NOBODY
    missing = sorted(set(connection.introspection.django_table_names(only_existing=True)) - named)
    page = ask("/privacy").text
    not_shown = [each.id for each in processing.REGISTER if f'id="{each.id}"' not in page]
    return Found(
        not missing and not not_shown, {"entries": len(processing.REGISTER), "missing": missing, "not_shown": not_shown}
    )


def nothing_without_consent(_on: date) -> Found:
    """Of those whose clicks are known, some: whether they said yes to the words of today."""
    known = User.objects.filter(id__in=KnownClick.objects.values("user_id")).order_by("-id")[:LOOKED_AT]
    users = list(known)
    without = sum(not has_consented(user, Purpose.CLICKS) for user in users)
    return Found(not without, {"looked_at": len(users), "without_consent": without})


def erasures_are_answered(on: date) -> Found:
    """There is a page to ask, and whoever asked was told in time that it is done, or what it waits for."""
    page = there.has_page("account_erasure")(on)
    now = clock.now()
    asked = Erasure.objects.filter(called_off_at=None)
    late = asked.filter(Q(answered_at__gt=F("answer_by")) | Q(answered_at=None, answer_by__lt=now)).count()
    counts = {
        "asked_to_erase": asked.count(),
        "erased": asked.exclude(erased_at=None).count(),
        "not_answered_yet": asked.filter(answered_at=None).count(),
        "answered_late": late,
    }
    return Found(page.holds and not late, {**page.what, **counts})


def breaches_are_told(_on: date) -> Found:
    """There is a public page, and whoever has to hear of a breach of the last year did in time."""
    page = there.has_page("breaches")(_on)
    recent = Breach.objects.filter(Q(closed_at=None) | Q(known_at__gte=clock.now() - BREACHES_OF))
    found = list(recent.order_by("known_at"))
    late = [breach.number for breach in found if breach.is_late]
    off = sum(breach.called_off_at is not None for breach in found)
    waiting = sum(not breach.standing.is_told for breach in found) - off
    return Found(
        page.holds and not late,
        {**page.what, "breaches": len(found), "called_off": off, "to_be_told": waiting, "told_late": late},
    )


def nothing_outlives_its_time(_on: date) -> Found:
    """Of each class: how much of what names people stands longer than the law has it kept."""
    moment = clock.now() - NIGHTS
    found = {name: each.due(moment).count() for name, each in OUTLIVED.items()}
    return Found(not any(found.values()), {"classes": len(OUTLIVED), "outlived": {k: n for k, n in found.items() if n}})
