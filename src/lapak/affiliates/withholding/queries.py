"""Reading what was withheld: a creator's year, its slips, and the operator's list for the tax office."""

import uuid
from collections.abc import Iterator
from datetime import date

from django.db.models import OuterRef, Subquery

from lapak.affiliates.models import Creator
from lapak.affiliates.withholding.errors import SlipNotFound
from lapak.affiliates.withholding.models import Slip, TaxIdentity, TaxMonth
from lapak.people.users.models import User


def tax_identity_of(creator: Creator) -> TaxIdentity | None:
    """As whom the tax office knows the creator, if they have said."""
    return TaxIdentity.objects.filter(creator=creator).first()


def tax_years_of(creator: Creator) -> list[int]:
    """The years in which anything was withheld from the creator, the newest first."""
    years = TaxMonth.objects.filter(creator=creator).dates("month", "year", order="DESC")
    return [day.year for day in years]


def tax_months_of(creator: Creator, year: int) -> list[TaxMonth]:
    """The creator's months of a year, the first first, with their slips (`slips`, the first first)."""
    months = TaxMonth.objects.filter(creator=creator, month__range=(date(year, 1, 1), date(year, 12, 1)))
    return list(months.order_by("month", "taxed_as").prefetch_related("slips"))


def slip_for_creator(user: User, month_id: uuid.UUID) -> Slip:
    """The newest slip of the month, for the creator whose it is; `SlipNotFound` for everyone else, and before it is issued."""
    slips = Slip.objects.filter(of=month_id, of__creator__user=user).select_related("of__creator")
    slip = slips.order_by("-revision").first()
    if slip is None:
        raise SlipNotFound
    return slip


def slips_of_month(month: date) -> Iterator[Slip]:
    """The newest slip of each creator in the month, PPh 21 before PPh 23."""
    newest = Slip.objects.filter(of=OuterRef("of")).order_by("-revision").values("id")[:1]
    slips = Slip.objects.filter(of__month=month, id=Subquery(newest)).select_related("of__creator")
    return slips.order_by("-of__taxed_as", "of__id").iterator(500)
