"""Why somebody earns on a line, and why others do not; nothing here says who bought."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from lapak.affiliates.contenders.models import Contender
from lapak.affiliates.models import Creator
from lapak.lib.among import among


def contenders_of_lines(line_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, list[Contender]]:
    """Every click that was looked at for each of the lines, with link and creator, the newest first."""
    found = Contender.objects.filter(among("line_id", line_ids)).select_related("creator", "link")
    of_line: dict[uuid.UUID, list[Contender]] = defaultdict(list)
    for contender in found.order_by("-clicked_at", "-id"):
        of_line[contender.line_id].append(contender)
    return of_line


def passed_over(creator: Creator) -> QuerySet[Contender]:
    """As `without_earning`, without the clicks in whose place another of the creator's own earns: where they get nothing."""
    return without_earning(creator).exclude(verdict=Contender.Verdict.STOOD_FOR)


def without_earning(creator: Creator) -> QuerySet[Contender]:
    """The creator's clicks that led to an order and earn nothing on it, with the goods, the newest first."""
    found = Contender.objects.filter(creator=creator).exclude(verdict=Contender.Verdict.WON)
    return found.select_related("line__order__shop", "link").order_by("-id")
