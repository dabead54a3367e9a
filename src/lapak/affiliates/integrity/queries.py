"""Reviews of creators' accounts as those read them whom they are about, and the operator; and the gates of both."""

import uuid

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from lapak.affiliates.integrity.errors import CreatorClosingNotFound, FindingNotFound, HeldByReview
from lapak.affiliates.integrity.models import AccountEvent, Closing, Finding, FindingLine
from lapak.affiliates.integrity.rules import UNDECIDED, ClosingState, FindingState, answered_since
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.queries import commissions_under_review
from lapak.affiliates.rules import State, reviewed_since
from lapak.lib import clock
from lapak.people.users.models import User
from lapak.people.users.operators import Desk, require_desk, works_at
from lapak.trade.orders.models import Order

LINES_SHOWN = 100
"""Of a finding's lines: it freezes what waits, seldom more."""


def findings_of_creator(creator: Creator) -> QuerySet[Finding]:
    """What rules saw in a creator's sales, newest first."""
    return Finding.objects.filter(creator=creator).order_by("-found_at", "-id")


def finding_for_creator(user: User, finding_id: uuid.UUID) -> Finding:
    """The finding, for the creator it is about; `FindingNotFound` for everyone else."""
    finding = Finding.objects.filter(id=finding_id, creator__user=user).select_related("creator").first()
    if finding is None:
        raise FindingNotFound
    return finding


def finding_for_operator(by: User, finding_id: uuid.UUID) -> Finding:
    """The finding, for the operator; `FindingNotFound` for everyone else."""
    require_desk(by, Desk.CREATORS, FindingNotFound)
    finding = Finding.objects.filter(id=finding_id).select_related("creator__user").first()
    if finding is None:
        raise FindingNotFound
    return finding


def finding_for_its_people(by: User, finding_id: uuid.UUID) -> Finding:
    """The finding, for the creator it is about and the operator."""
    return (finding_for_operator if works_at(by, Desk.CREATORS) else finding_for_creator)(by, finding_id)


def finding_of_commission(commission: Commission) -> Finding | None:
    """The review that holds a commission, if it is frozen and a rule froze it; the operator freezes by hand as well."""
    if commission.frozen_at is None or commission.state != State.FROZEN:
        return None
    line = FindingLine.objects.filter(commission=commission, frozen_at=commission.frozen_at).select_related("finding")
    found = line.order_by("-id").first()
    return found.finding if found else None


def frozen_by_hand() -> QuerySet[Commission]:
    """What the operator froze and has not decided, the oldest first; what a rule holds is decided with its finding."""
    held = FindingLine.objects.filter(commission=OuterRef("pk"), frozen_at=OuterRef("frozen_at"))
    return commissions_under_review().filter(~Exists(held))


def frozen_past_decision() -> QuerySet[Commission]:
    """Of these, what was to be decided by now."""
    return frozen_by_hand().filter(frozen_at__lte=reviewed_since(clock.now().astimezone(clock.WIB)))


def require_by_hand(commission: Commission) -> None:
    """Refuses (`HeldByReview`) a commission that a rule holds."""
    if finding_of_commission(commission):
        raise HeldByReview


def frozen_lines(finding: Finding) -> list[Commission]:
    """The commissions it froze, of the newest `LINES_SHOWN`, as they are now."""
    ids = finding.lines.order_by("-id").values_list("commission_id", flat=True)[:LINES_SHOWN]
    found = Commission.objects.filter(pk__in=list(ids)).select_related("line", "shop", "link", "creator")
    return list(found.order_by("-created_at", "-pk"))


def frozen_sum(finding: Finding) -> tuple[int, int]:
    """How many lines it froze, and what they come to before tax (IDR)."""
    found = finding.lines.aggregate(lines=Count("id"), total=Coalesce(Sum("commission__amount_idr"), 0))
    return found["lines"], int(found["total"])


def findings_to_decide() -> QuerySet[Finding]:
    """What waits for the operator, what ends first on top."""
    undecided = Finding.objects.filter(state__in=UNDECIDED).select_related("creator")
    return undecided.order_by("act_by", "id")


def findings_past(*states: FindingState) -> QuerySet[Finding]:
    """Those in one of the states, whose time is over, the oldest first."""
    return Finding.objects.filter(state__in=states, act_by__lte=clock.now()).order_by("act_by", "id")


def closings_to_answer() -> QuerySet[Closing]:
    """What waits for a second operator, the oldest first."""
    proposed = Closing.objects.filter(state=ClosingState.PROPOSED)
    return proposed.select_related("creator", "finding", "proposed_by").order_by("proposed_at", "id")


def closings_in_force() -> QuerySet[Closing]:
    """Accounts that are closed, or have their date, newest first."""
    agreed = Closing.objects.filter(state=ClosingState.AGREED)
    return agreed.select_related("creator", "proposed_by", "agreed_by").order_by("-proposed_at", "-id")


def orders_named(finding: Finding) -> list[Order]:
    """The orders it is about, newest first, of which `LINES_SHOWN`: the operator's evidence."""
    named = Order.objects.filter(id__in=finding.orders[:LINES_SHOWN])
    return list(named.select_related("buyer").order_by("-placed_at", "-id"))


def closings_past_answer() -> QuerySet[Closing]:
    """To which nobody agreed in time."""
    return closings_to_answer().filter(proposed_at__lte=answered_since(clock.now().astimezone(clock.WIB)))


def closing_of(creator: Creator) -> Closing | None:
    """The closing of a creator's account that is proposed or in force."""
    return Closing.objects.filter(creator=creator, state__in=[ClosingState.PROPOSED, ClosingState.AGREED]).first()


def closing_for_operator(by: User, closing_id: uuid.UUID) -> Closing:
    """The closing, for the operator; `CreatorClosingNotFound` for everyone else."""
    require_desk(by, Desk.CREATORS, CreatorClosingNotFound)
    closing = Closing.objects.filter(id=closing_id).select_related("creator", "finding").first()
    if closing is None:
        raise CreatorClosingNotFound
    return closing


def events_of_creator(creator: Creator) -> QuerySet[AccountEvent]:
    """Everything that was logged of a creator's account, newest first."""
    return AccountEvent.objects.filter(creator=creator).order_by("-happened_at", "-id")


def events_of_finding(finding: Finding) -> QuerySet[AccountEvent]:
    """What happened to it, the oldest first: to itself, and to the account because of it."""
    about = Q(finding=finding) | Q(closing__finding=finding)
    return AccountEvent.objects.filter(about).select_related("actor").order_by("happened_at", "id")
