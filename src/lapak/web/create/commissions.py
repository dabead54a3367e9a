"""What a creator earns: every commission by state, each with its frozen terms and its transfers."""

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from lapak.affiliates.contenders.queries import contenders_of_lines, passed_over
from lapak.affiliates.explained import why_paid
from lapak.affiliates.integrity.queries import finding_of_commission
from lapak.affiliates.models import Commission, Creator
from lapak.affiliates.postings import commission_transfer_ids
from lapak.affiliates.queries import commission_for_creator, commission_totals_idr, commissions_of_creator
from lapak.affiliates.releases import release_days, release_of
from lapak.money.ledger.queries import transfers_of_reference
from lapak.web.create.access import for_creators
from lapak.web.create.balance import payable
from lapak.web.shell import books
from lapak.web.shell.acts import page_of, signed_in

COMMISSIONS_ON_A_PAGE = 30


@require_safe
@for_creators
def commissions(request: HttpRequest, creator: Creator) -> HttpResponse:
    """The creator's commissions, newest first; of one state with `?state=`."""
    asked = request.GET.get("state", "")
    state = asked if asked in Commission.State.values else ""
    totals = commission_totals_idr(creator)
    page = page_of(request, commissions_of_creator(creator, state or None), COMMISSIONS_ON_A_PAGE)
    days = release_days(list(page))
    context: dict[str, Any] = {
        "creator": creator,
        "state": state,
        "tabs": [("", _("All"), None), *((each.value, each.label, totals[each]) for each in Commission.State)],
        "page": page,
        "rows": [(each, days.get(each.pk), each.pk in days) for each in page],
        "has_any": commissions_of_creator(creator).exists(),
    }
    return render(request, "create/commissions.html", context)


@require_safe
@for_creators
def nothing(request: HttpRequest, creator: Creator) -> HttpResponse:
    """Orders that the creator's links led to and that earn them nothing, newest first, each with the reason."""
    page = page_of(request, passed_over(creator), COMMISSIONS_ON_A_PAGE)
    return render(request, "create/nothing.html", {"creator": creator, "page": page})


@require_safe
@for_creators
def commission(request: HttpRequest, creator: Creator, commission_id: uuid.UUID) -> HttpResponse:
    """A commission's terms as they were frozen at purchase, and what has been booked for it."""
    found = commission_for_creator(signed_in(request), commission_id)
    ids = commission_transfer_ids(found)
    booked = [transfer for transfer in transfers_of_reference(found.order_id) if transfer.id in ids]
    context: dict[str, Any] = {
        "creator": creator,
        "commission": found,
        "contenders": contenders_of_lines([found.line_id])[found.line_id],
        "release": release_of(found),
        "why": why_paid(found),
        "review": finding_of_commission(found),
        "sheet": books.sheet(_("Your balance"), payable(creator), booked),
        "transfers": booked,
    }
    return render(request, "create/commission.html", context)
